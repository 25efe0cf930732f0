from __future__ import annotations

import pytest

from maillage.directory import actions
from maillage.directory.facts import facts_of
from maillage.directory.models import DuplicatePair, ImportedKey, ImportRun, Organisation
from maillage.kernel.models import JournalEntry
from tests.directory.importing import HEADER, bring, counts, own_files
from tests.factories import AT, human_source, open_source, organisation, siren, siret, small_territory

__all__ = ["own_files"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def everything() -> list[dict[str, object]]:
    return [{**facts_of(one), "slug": one.slug, "sources": one.sources} for one in Organisation.objects.order_by("pk")]


def test_undoing_gives_every_sheet_back_its_values_and_their_sources() -> None:
    small_territory()
    organisation("Ancienne", siren=siren(1), phone="03 22 00 00 01", source=open_source("Premier fichier"))
    before = everything()
    run = bring(
        "Nom;SIREN;Téléphone;Sigle;SIRET", f"Ancienne;{siren(1)};0322000002;AN;{siret(1)}", "Nouvelle;;;;",
        "Nouvelle;;;;",
    )  # fmt: skip
    assert everything() != before
    undone = actions.undo_import(run=run, by=None, at=AT)
    assert (undone.deleted, undone.turned_back, undone.kept) == (1, 1, [])
    assert everything() == before
    run.refresh_from_db()
    assert run.state == ImportRun.State.UNDONE
    assert not ImportedKey.objects.filter(organisation__name="Nouvelle").exists()
    assert not DuplicatePair.objects.exists()
    assert set(JournalEntry.objects.filter(batch=f"undo:{run.batch}").values_list("verb", flat=True)) == {"undo"}


def test_what_a_person_changed_since_is_kept_and_said() -> None:
    made = organisation("Ancienne", siren=siren(1), phone="03 22 00 00 01")
    run = bring("Nom;SIREN;Téléphone;Sigle", f"Ancienne;{siren(1)};0322000002;AN", f"Neuve;{siren(2)};;", "Brute;;;")
    actions.revise_organisation(
        organisation=made, facts={"phone": "03 22 00 00 03"}, source=human_source(), by=None, at=AT
    )
    new = Organisation.objects.get(name="Neuve")
    actions.revise_organisation(organisation=new, facts={"services": "Prêt"}, source=human_source(), by=None, at=AT)
    undone = actions.undo_import(run=run, by=None, at=AT)
    made.refresh_from_db()
    assert (made.phone, made.acronym) == ("03 22 00 00 03", "")
    assert sorted(undone.kept) == [
        "« Ancienne » : Téléphone est gardé, quelqu’un l’a changé depuis.",
        "« Neuve » est gardée : elle a changé depuis.",
    ]
    assert set(Organisation.objects.values_list("name", flat=True)) == {"Ancienne", "Neuve"}


def test_an_import_undone_can_be_done_again_and_undone_once_only() -> None:
    run = bring(HEADER, f"Les Ateliers;{siret(1)};;;")
    actions.undo_import(run=run, by=None, at=AT)
    with pytest.raises(actions.UndoRefused):
        actions.undo_import(run=run, by=None, at=AT)
    assert counts(bring(HEADER, f"Les Ateliers;{siret(1)};;;")) == (1, 0, 0, 0)


def test_a_value_from_a_person_that_a_later_undo_brings_back_stays_protected() -> None:
    made = organisation("Ancienne", siren=siren(1))
    first = bring("Nom;SIREN;Sigle", f"Ancienne;{siren(1)};A1")
    bring("Nom;SIREN;Sigle", f"Ancienne;{siren(1)};A2", label="Autre fichier")
    made.refresh_from_db()
    assert made.acronym == "A2"
    undone = actions.undo_import(run=first, by=None, at=AT)
    made.refresh_from_db()
    assert made.acronym == "A2"
    assert len(undone.kept) == 1
