from __future__ import annotations

from collections.abc import Callable

import pytest

from maillage.directory import actions, imports
from maillage.directory.enums import Status
from maillage.directory.facts import facts_of
from maillage.directory.models import ColumnMapping, DuplicatePair, ImportRun, Organisation
from maillage.kernel.models import Source
from tests.directory.importing import HEADER, bring, counts, messages, own_files, preview, receive, traces
from tests.factories import AT, human_source, organisation, siren, siret, small_territory
from tests.hostile import tables

__all__ = ["own_files"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
WIDE = (
    "Nom;SIRET;Catégorie juridique;NAF;Commune;Code INSEE;Latitude;Longitude;Date de création;Téléphone;Site;Horaires"
)


def test_sheets_arrive_to_be_reviewed_with_their_source_and_their_place() -> None:
    small_territory()
    run = bring(
        WIDE,
        f"Les Ateliers;{siret(1)};9220;9499Z;Péronne;;50,05;3,05;01/02/2003;0322840000;ateliers.fr;Mo-Fr 09:00-12:00",
    )
    assert (run.state, counts(run)) == (ImportRun.State.DONE, (1, 0, 0, 0))
    made = Organisation.objects.get()
    facts = facts_of(made)
    assert (made.status, made.slug, made.siren) == (Status.TO_REVIEW, "les-ateliers", siren(1))
    assert (facts["place.commune_id"], facts["place.latitude"], facts["creation_date"]) == (
        "80620",
        50.05,
        "2003-02-01",
    )
    assert (made.ess_verdict, made.ess_reason, made.family) == ("yes", "core_category", "association")
    assert made.naf_code == "94.99Z"
    source = Source.objects.get(pk=made.sources["name"])
    assert (source.kind, source.title) == (Source.Kind.IMPORT, "Liste d’essai")
    assert run.source == source


def test_a_second_run_says_nothing_created_and_writes_nothing() -> None:
    small_territory()
    lines = [
        WIDE,
        f"Les Ateliers;{siret(1)};9220;9499Z;Péronne;;50,05;3,05;01/02/2003;0322840000;ateliers.fr;Mo-Fr 09:00-12:00",
        ";;;;;;;;;;;",
        "Le Relais;;;;Y;;;;;;;",
        f"Bar du Port;{siret(2)};5710;56.30Z;Ville inconnue;;3,05;50,05;31/02/2001;;;fermé quand il pleut",
    ]
    first = bring(*lines)
    assert counts(first) == (3, 0, 0, 0)
    before, facts = traces(), [facts_of(one) for one in Organisation.objects.order_by("pk")]
    second = bring(*lines)
    assert (second.state, counts(second)) == (ImportRun.State.DONE, (0, 0, 3, 0))
    assert traces() == before
    assert [facts_of(one) for one in Organisation.objects.order_by("pk")] == facts
    assert DuplicatePair.objects.count() == 0


def test_each_odd_cell_is_reported_by_line_and_column_and_the_row_stays() -> None:
    small_territory()
    run = bring(
        WIDE,
        f"Les Ateliers;{siret(1)};9220;ZZ;Péronne;;3,05;50,05;31/02/2003;à la mairie;pas une adresse;quand il pleut",
        ";;;;Péronne;;;;;;;",
        f"Encore;{siret(1)};;;;;;;;;;",
    )
    assert counts(run) == (1, 0, 0, 2)
    found = messages(run)
    for line, column, words in [
        (2, "NAF", "code NAF"), (2, "Date de création", "n’existe pas"), (2, "Téléphone", "téléphone"),
        (2, "Site", "adresse internet"), (3, "Nom", "pas de nom"), (4, "SIRET", "déjà à la ligne 2"),
    ]:  # fmt: skip
        assert any(at == line and under == column and words in said for at, under, said in found), (line, column)
    assert any("Horaires illisibles" in said for _, _, said in found)
    assert any("interverties" in said for _, _, said in found)
    flags = set(Organisation.objects.get().flags.values_list("code", flat=True))
    assert flags == {"swapped_point", "bad_hours"}


@pytest.mark.parametrize(
    ("code", "name", "postal", "commune"),
    [
        ("80620", "", "", "80620"),
        ("80506", "", "", "80230"),  # a former code
        ("", "Y", "80190", "80829"),
        ("", "POEUILLY", "80240", "80629"),
        ("", "épénancourt", "80200", "80557"),  # 80200 stands in three EPCI: the name decides
        ("", "Peronne Cedex", "80205", "80620"),
        ("", "Pertain", "", "80230"),  # a former name
        ("", "", "80200", None),
        ("", "Paris", "75011", None),
    ],
)
def test_a_commune_is_found_by_code_or_by_name(code: str, name: str, postal: str, commune: str | None) -> None:
    small_territory()
    bring("Nom;Code INSEE;Commune;Code postal", f"Les Ateliers;{code};{name};{postal}")
    place = Organisation.objects.get().establishments.get()
    assert place.commune_id == commune
    assert bool(place.place_label) == (commune is None)


def test_wrong_keys_are_kept_and_flagged() -> None:
    wrong = siret(1)[:-1] + str((int(siret(1)[-1]) + 1) % 10)
    bring(HEADER, f"Les Ateliers;{wrong};;;", "La Poste;35600000000048;;;")
    assert Organisation.objects.get(name="Les Ateliers").flags.filter(code="bad_siret").exists()
    assert not Organisation.objects.get(name="La Poste").flags.filter(code="bad_siret").exists()


def test_a_closed_establishment_is_flagged_not_dropped() -> None:
    run = bring("Nom;SIRET;Etat administratif", f"Les Ateliers;{siret(1)};F")
    assert counts(run) == (1, 0, 0, 0)
    flag = Organisation.objects.get().flags.get(code="closed")
    assert "à une date inconnue" in flag.message


def test_two_places_of_one_siren_make_one_sheet_with_two_places_and_stay_so() -> None:
    small_territory()
    lines = [HEADER, f"Emploi Plus;{siret(1, 1)};;Péronne;80200", f"Emploi Plus Roisel;{siret(1, 2)};;Y;80190"]
    assert counts(bring(*lines)) == (1, 1, 0, 0)
    made = Organisation.objects.get()
    assert made.name == "Emploi Plus"
    (other,) = facts_of(made)["other_places"]
    assert other == {"siret": siret(1, 2), "name": "Emploi Plus Roisel", "postal_code": "80190", "commune_id": "80829"}
    before = traces()
    assert counts(bring(*lines)) == (0, 0, 2, 0)
    assert traces() == before


def test_an_empty_cell_erases_nothing_and_another_value_updates() -> None:
    bring("Nom;SIREN;Téléphone", f"Les Ateliers;{siren(1)};03 22 00 00 00")
    run = bring("Nom;SIREN;Téléphone;Objet", f"Les Ateliers;{siren(1)};;Réparer ensemble")
    assert counts(run) == (0, 1, 0, 0)
    made = Organisation.objects.get()
    assert (made.phone, made.description) == ("03 22 00 00 00", "Réparer ensemble")
    assert run.differences[0]["changes"] == {"description": ["", "Réparer ensemble"]}


def test_a_human_value_and_a_human_verdict_are_never_overwritten() -> None:
    made = organisation("Les Ateliers", siren=siren(1), phone="03 22 11 11 11")
    actions.revise_organisation(
        organisation=made, source=human_source(), by=None, at=AT,
        facts={"phone": "03 22 22 22 22", "ess_verdict": "no", "ess_overridden": True},
    )  # fmt: skip
    run = bring("Nom;SIREN;Téléphone;Catégorie juridique;Sigle", f"ATELIERS;{siren(1)};0322333333;9220;LA")
    made.refresh_from_db()
    assert (made.phone, made.ess_verdict, made.acronym) == ("03 22 22 22 22", "no", "LA")
    assert counts(run) == (0, 1, 0, 0)


def test_the_name_given_by_another_source_stays_and_the_new_one_becomes_the_legal_name() -> None:
    made = organisation("Récup’Aire", siren=siren(1))
    bring("Nom;SIREN", f"ASSOC RECUP AIRE;{siren(1)}")
    made.refresh_from_db()
    assert (made.name, made.legal_name) == ("Récup’Aire", "ASSOC RECUP AIRE")


def test_a_row_whose_numbers_belong_to_two_sheets_is_refused_and_the_two_are_paired() -> None:
    organisation("Une", siren=siren(1))
    organisation("Deux", place__siret=siret(1))
    run = bring(HEADER, f"Laquelle;{siret(1)};;;", "Autre;;;;")
    assert counts(run) == (1, 0, 0, 1)
    assert messages(run)[0][2].startswith("Le SIRET est celui de « Deux », le SIREN celui de « Une »")
    assert actions.find_duplicates(at=AT)[0].reason == "Même SIREN"


def test_a_row_without_number_is_found_again_by_its_source_and_paired_with_another_one() -> None:
    small_territory()
    organisation("Amicale laïque", place__commune_id="80620")
    run = bring("Nom;Commune", "Amicale Laique;Péronne", "Théâtre en herbe;Y")
    assert counts(run) == (2, 0, 0, 0)
    assert run.counts["duplicates"] == 1
    pair = DuplicatePair.objects.get()
    assert (pair.reason, pair.likeness, pair.state) == ("Même nom, même commune", 100, DuplicatePair.State.OPEN)
    assert counts(bring("Nom;Commune", "Amicale Laique;Péronne", "Théâtre en herbe;Y")) == (0, 0, 2, 0)
    assert DuplicatePair.objects.count() == 1


def test_a_preview_counts_the_same_and_writes_nothing() -> None:
    small_territory()
    organisation("Amicale laïque", place__commune_id="80620")
    bring(HEADER, f"Ancienne;{siret(1)};;Y;80190")
    lines = [
        HEADER, f"Ancienne;{siret(1)};;Y;80190", "Amicale laïque;;;Péronne;80200",
        f"Nouvelle;{siret(2)};;Péronne;80200", f"Nouvelle annexe;{siret(2, 2)};;Y;80190", ";;;Y;80190",
    ]  # fmt: skip
    before = traces()
    shown = preview(*lines)
    assert traces() == before
    assert shown.counts == {
        "rows": 5, "created": 2, "updated": 1, "unchanged": 1, "refused": 1, "flagged": 0, "duplicates": 1,
    }  # fmt: skip
    done = bring(*lines)
    assert done.counts == shown.counts
    assert {one["name"] for one in shown.differences} == {"Amicale laïque", "Nouvelle"}


@pytest.mark.parametrize(
    "make",
    [
        tables.mixed_encodings, tables.unclosed_quote, tables.text_after_quote, tables.huge_cell, tables.with_nul,
        tables.many_columns, tables.shifted_columns, tables.repeated_title, tables.without_name, tables.web_page,
        tables.deep_json, tables.zip_bomb, tables.entity_bomb, tables.broken_workbook,
    ],
)  # fmt: skip
def test_a_refused_file_leaves_the_database_as_it_was(make: Callable[[], bytes]) -> None:
    organisation("Les Ateliers", siren=siren(1))
    before, facts = traces(), facts_of(Organisation.objects.get())
    run = receive(make())
    if run.state == ImportRun.State.DRAFT:
        imports.carry_out(run=run, by=None, at=AT)
    run.refresh_from_db()
    assert run.state == ImportRun.State.REFUSED
    (note,) = run.report
    assert note["level"] == "error"
    assert note["message"].endswith((".", "»"))
    assert (traces(), facts_of(Organisation.objects.get())) == (before, facts)


def test_a_fault_found_at_the_last_line_undoes_the_first_ones() -> None:
    run = bring(HEADER, *(f"Structure {number};{siret(number)};;;" for number in range(1, 30)), 'Fin;"ouvert;;;')
    assert run.state == ImportRun.State.REFUSED
    assert run.report[0]["line"] == 31
    assert Organisation.objects.count() == 0


def test_the_loss_of_a_tenth_of_the_rows_stops_until_someone_says_so() -> None:
    lines = [f"Structure {number};{siret(number)};;;" for number in range(1, 21)]
    bring(HEADER, *lines)
    assert bring(HEADER, *lines[:18]).state == ImportRun.State.DONE
    bring(HEADER, *lines)
    stopped = bring(HEADER, *lines[:15])
    assert stopped.state == ImportRun.State.REFUSED
    assert "15 lignes ; elle en avait 20" in stopped.report[0]["message"]
    assert bring(HEADER, *lines[:15], label="Autre source").state == ImportRun.State.DONE
    with pytest.raises(actions.RunTaken):
        imports.carry_out(run=stopped, by=None, at=AT)
    assert imports.carry_out(run=stopped, by=None, at=AT, force=True).state == ImportRun.State.DONE
    assert bring(HEADER, *lines[:12], force=True).state == ImportRun.State.DONE


def test_columns_corrected_by_a_person_are_read_so_next_time() -> None:
    run = receive(tables.text("Quoi;Où;Num", f"Les Ateliers;Péronne;{siren(1)}"))
    assert run.state == ImportRun.State.REFUSED  # no title says a name
    run = receive(tables.text("Nom;Où;Num", f"Les Ateliers;Péronne;{siren(1)}"))
    imports.correct_columns(run=run, columns={"Nom": "name", "Où": "commune_name", "Num": "siren"})
    imports.carry_out(run=run, by=None, at=AT)
    assert Organisation.objects.get().siren == siren(1)
    assert ColumnMapping.objects.count() == 1
    assert receive(tables.text("Num;Nom;Où", "1;2;3")).columns == {"Num": "siren", "Nom": "name", "Où": "commune_name"}
    with pytest.raises(imports.MappingRefused):
        imports.correct_columns(run=run, columns={"Num": "siren"})


def test_a_workbook_is_imported_like_a_csv() -> None:
    small_territory()
    content = tables.workbook([["Nom", "SIRET", "Ville", "CP"], ["Atelier", int(siret(1)), "Péronne", 80200]])
    run = imports.carry_out(run=receive(content), by=None, at=AT)
    assert counts(run) == (1, 0, 0, 0)
    assert Organisation.objects.get().establishments.get().siret == siret(1)


def test_a_run_cannot_be_carried_out_twice_at_once() -> None:
    run = receive(tables.sound())
    actions.claim_run(run=run, at=AT)
    with pytest.raises(actions.RunTaken):
        imports.carry_out(run=run, by=None, at=AT)


def test_hundreds_of_homonyms_get_each_an_address() -> None:
    organisation("Le Relais")
    bring(HEADER, "Le Relais 2;;;;", *(f"Le Relais;{siret(number)};;;" for number in range(1, 40)))
    slugs = set(Organisation.objects.values_list("slug", flat=True))
    assert len(slugs) == 41
    assert {"le-relais", "le-relais-2", "le-relais-3", "le-relais-41"} <= slugs
