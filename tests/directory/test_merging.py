from __future__ import annotations

import pytest

from maillage.directory import actions
from maillage.directory.enums import Status
from maillage.directory.facts import facts_of
from maillage.directory.models import DuplicatePair, FormerSlug, Organisation
from maillage.kernel.models import JournalEntry
from tests.directory.importing import HEADER, bring, counts, own_files
from tests.factories import AT, human_source, open_source, organisation, siren, siret, small_territory

__all__ = ["own_files"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
ESUS = {"kind": "esus", "number": "", "start_date": None, "end_date": None, "evidence": ""}


def two() -> tuple[Organisation, Organisation]:
    small_territory()
    keep = organisation("Les Ateliers", place__commune_id="80620", place__address="1 rue Haute", phone="03 22 00 00 01")
    drop = organisation(
        "Ateliers", siren=siren(1), acronym="LA", phone="03 22 00 00 02", email="a@exemple.fr", description="Réparer",
        place__siret=siret(1), place__commune_id="80829", place__address="2 rue Basse", qualifications=[ESUS],
    )  # fmt: skip
    return keep, drop


def merged(keep: Organisation, drop: Organisation, choices: dict[str, actions.Choice] | None = None) -> DuplicatePair:
    return actions.merge(keep=keep, drop=drop, choices=choices, source=human_source(), by=None, at=AT)


def test_a_merge_keeps_one_sheet_archives_the_other_and_leaves_a_redirect() -> None:
    keep, drop = two()
    pair = merged(keep, drop)
    keep.refresh_from_db()
    drop.refresh_from_db()
    facts = facts_of(keep)
    assert (keep.name, keep.acronym, keep.siren, keep.description) == ("Les Ateliers", "LA", siren(1), "Réparer")
    assert (keep.phone, keep.email) == ("03 22 00 00 01", "")  # a contact and its consent are one choice
    assert (facts["place.siret"], facts["place.address"]) == (siret(1), "1 rue Haute")
    assert facts["qualifications"] == [ESUS]
    assert (drop.status, drop.merged_into, drop.siren) == (Status.ARCHIVED, keep, siren(1))
    assert FormerSlug.objects.get(slug=drop.slug).organisation == keep
    assert pair.state == DuplicatePair.State.MERGED
    assert set(JournalEntry.objects.filter(batch=f"merge:{pair.pk}").values_list("object_id", flat=True)) == {
        keep.pk, drop.pk,
    }  # fmt: skip
    assert keep.sources["acronym"] == drop.sources["acronym"]


def test_a_person_chooses_field_by_field() -> None:
    keep, drop = two()
    merged(keep, drop, {"name": "drop", "email": "drop", "place.commune_id": "drop"})
    facts = facts_of(Organisation.objects.get(pk=keep.pk))
    assert (facts["name"], facts["phone"], facts["email"]) == ("Ateliers", "03 22 00 00 02", "a@exemple.fr")
    assert (facts["place.address"], facts["place.commune_id"]) == ("2 rue Basse", "80829")


def test_a_second_legal_place_joins_the_other_places() -> None:
    keep = organisation("Les Ateliers", siren=siren(1), place__siret=siret(1, 1))
    drop = organisation("Les Ateliers de Roisel", place__siret=siret(1, 2), place__address="2 rue Basse")
    merged(keep, drop)
    facts = facts_of(Organisation.objects.get(pk=keep.pk))
    assert facts["place.siret"] == siret(1, 1)
    assert facts["other_places"] == [{"siret": siret(1, 2), "address": "2 rue Basse"}]
    assert facts_of(Organisation.objects.get(pk=drop.pk))["place.siret"] is None


def test_undoing_a_merge_gives_back_both_sheets_whole() -> None:
    keep, drop = two()
    before = [facts_of(keep), keep.sources, facts_of(drop), drop.sources]
    pair = merged(keep, drop, {"name": "drop"})
    undone = actions.undo_merge(pair=pair, by=None, at=AT)
    keep, drop = Organisation.objects.get(pk=keep.pk), Organisation.objects.get(pk=drop.pk)
    assert undone.kept == []
    assert [facts_of(keep), keep.sources, facts_of(drop), drop.sources] == before
    assert drop.merged_into is None
    assert not FormerSlug.objects.exists()
    pair.refresh_from_db()
    assert pair.state == DuplicatePair.State.OPEN
    with pytest.raises(actions.UndoRefused):
        actions.undo_merge(pair=pair, by=None, at=AT)
    merged(keep, drop)
    actions.undo_merge(pair=pair, by=None, at=AT)
    assert facts_of(Organisation.objects.get(pk=keep.pk)) == before[0]


def test_what_changed_on_the_kept_sheet_since_stays_when_the_merge_is_undone() -> None:
    keep, drop = two()
    pair = merged(keep, drop)
    actions.revise_organisation(organisation=keep, facts={"acronym": "LAT"}, source=human_source(), by=None, at=AT)
    undone = actions.undo_merge(pair=pair, by=None, at=AT)
    keep.refresh_from_db()
    assert keep.acronym == "LAT"
    assert undone.kept == ["« Les Ateliers » : Sigle est gardé, quelqu’un l’a changé depuis."]


def test_a_sheet_cannot_be_merged_into_itself_nor_twice() -> None:
    keep, drop = two()
    with pytest.raises(actions.MergeRefused, match="même fiche"):
        merged(keep, keep)
    actions.merge(keep=keep, drop=drop, source=human_source(), by=None, at=AT)
    with pytest.raises(actions.MergeRefused, match="déjà fusionnée"):
        actions.merge(keep=keep, drop=drop, source=human_source(), by=None, at=AT)


def test_the_addresses_of_a_chain_of_merges_all_lead_to_the_last_sheet() -> None:
    first, second, third = organisation("Une"), organisation("Deux"), organisation("Trois")
    actions.merge(keep=second, drop=first, source=human_source(), by=None, at=AT)
    pair = actions.merge(keep=third, drop=second, source=human_source(), by=None, at=AT)
    assert set(FormerSlug.objects.values_list("slug", "organisation__name")) == {("une", "Trois"), ("deux", "Trois")}
    actions.undo_merge(pair=pair, by=None, at=AT)
    assert set(FormerSlug.objects.values_list("slug", "organisation__name")) == {("une", "Deux")}


def test_an_import_that_knew_the_dropped_sheet_now_speaks_to_the_kept_one() -> None:
    bring("Nom;Commune", "Amicale;Ville")
    keep = organisation("Amicale laïque", source=open_source("Autre"))
    actions.merge(keep=keep, drop=Organisation.objects.get(name="Amicale"), source=human_source(), by=None, at=AT)
    run = bring("Nom;Commune;Téléphone", "Amicale;Ville;0322840000")
    keep.refresh_from_db()
    assert counts(run) == (0, 1, 0, 0)
    assert keep.phone == "03 22 84 00 00"
    assert Organisation.objects.count() == 2


def test_a_number_of_the_dropped_sheet_finds_the_kept_one() -> None:
    keep, drop = two()
    merged(keep, drop)
    assert counts(bring(HEADER, f"Ateliers;{siret(1)};;;"))[:1] == (0,)
    assert Organisation.objects.count() == 2
