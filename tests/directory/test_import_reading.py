from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from maillage.directory.imports.mapping import MappingRefused, checked, guess, header_key
from maillage.directory.imports.reading import FileRefused, Table, open_table
from tests.hostile import tables


def table(tmp_path: Path, content: bytes, **declared: str) -> Table:
    path = tmp_path / "fichier"
    path.write_bytes(content)
    return open_table(path, **declared)


def read(tmp_path: Path, content: bytes, **declared: str) -> list[list[str]]:
    return [row.cells for row in table(tmp_path, content, **declared).rows()]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "cp850", "utf-32"]
)
def test_letters_are_read_right_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    lines = [tables.HEADER, "Théâtre de l'été;;Péronne;80200", "Café associatif à Épehy;;Épehy;80740"]
    rows = read(tmp_path, tables.text(*lines, encoding=encoding))
    assert rows == [["Théâtre de l'été", "", "Péronne", "80200"], ["Café associatif à Épehy", "", "Épehy", "80740"]]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_guessed(tmp_path: Path, separator: str) -> None:
    assert read(tmp_path, tables.sound(separator=separator)) == [["Les Ateliers", "", "Péronne", "80200"]]


def test_a_comma_inside_quotes_is_not_a_separator(tmp_path: Path) -> None:
    content = tables.text("Nom,Commune,Objet", '"Jardins, vergers et Cie",Y,"Dire ""oui"""', "Autre,Y,")
    assert read(tmp_path, content)[0] == ["Jardins, vergers et Cie", "Y", 'Dire "oui"']


def test_a_text_over_two_lines_keeps_the_number_of_its_first(tmp_path: Path) -> None:
    content = tables.text("Nom;Objet;Commune", 'A;"deux\nlignes";Y', "B;;Y")
    assert [(row.line, row.cells[0]) for row in table(tmp_path, content).rows()] == [(2, "A"), (4, "B")]


def test_titles_are_found_under_a_few_lines_of_presentation(tmp_path: Path) -> None:
    content = tables.text("Liste des structures;;", "au 1er mars;;", ";;", "Nom;SIRET;Ville", "A;;Ham")
    found = table(tmp_path, content)
    assert (found.titles, found.header_line) == (["Nom", "SIRET", "Ville"], 4)
    assert [row.cells for row in found.rows()] == [["A", "", "Ham"]]


def test_short_lines_are_filled_and_empty_ones_skipped(tmp_path: Path) -> None:
    assert read(tmp_path, tables.text(tables.HEADER, "A", "", ";;;", "B;;Y")) == [["A", "", "", ""], ["B", "", "Y", ""]]


def test_a_workbook_gives_dates_numbers_and_words_as_text(tmp_path: Path) -> None:
    from datetime import date

    content = tables.workbook(
        [
            ["Nom", "SIRET", "Code postal", "Création", "ESUS"],
            ["Atelier", 80000000000000.0, 80200, date(2001, 2, 3), True],
        ]
    )
    assert read(tmp_path, content) == [["Atelier", "80000000000000", "80200", "2001-02-03", "oui"]]


REFUSALS: list[tuple[Callable[[], bytes], str, int, int]] = [
    (tables.mixed_encodings, "mêle deux encodages", 4, 0),
    (tables.unclosed_quote, "jamais refermé", 4, 1),
    (tables.text_after_quote, "guillemet fermé", 3, 1),
    (tables.huge_cell, "dépasse 131072 caractères", 3, 1),
    (tables.endless_line, "démesurée", 2, 0),
    (tables.with_nul, "caractère nul", 2, 5),
    (tables.many_columns, "500 au plus", 1, 501),
    (tables.shifted_columns, "décalées", 3, 5),
    (tables.repeated_title, "même titre", 1, 4),
    (tables.web_page, "page internet", 1, 1),
    (tables.deep_json, "JSON", 1, 1),
    (tables.zip_bomb, "démesuré une fois ouvert", 0, 0),
    (tables.entity_bomb, "déclarations XML interdites", 0, 0),
    (tables.outside_entity, "déclarations XML interdites", 0, 0),
    (tables.broken_workbook, "abîmé", 0, 0),
    (tables.other_archive, "une archive ZIP", 0, 0),
    (lambda: b"", "vide", 0, 0),
    (lambda: b"%PDF-1.7 ...", "PDF", 0, 0),
    (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "ancien classeur", 0, 0),
]  # fmt: skip


@pytest.mark.parametrize(("make", "words", "line", "column"), REFUSALS)
def test_a_file_that_would_be_read_wrongly_is_refused_with_its_place(
    tmp_path: Path, make: Callable[[], bytes], words: str, line: int, column: int
) -> None:
    with pytest.raises(FileRefused) as refusal:
        read(tmp_path, make())
    assert words in refusal.value.phrase
    assert refusal.value.line == line
    assert not column or refusal.value.column == column


def test_an_encoding_declared_wrongly_is_refused_at_its_first_wrong_letter(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        read(tmp_path, tables.sound("cp1252"), encoding="utf-8")
    assert (refusal.value.line, refusal.value.column) == (2, 16)
    assert "annoncé en utf-8" in refusal.value.phrase


def test_titles_of_many_families_are_recognised() -> None:
    sirene = ["siret", "denominationUniteLegale", "codeCommuneEtablissement", "activitePrincipaleUniteLegale"]
    assert list(guess(sirene).values()) == ["place.siret", "name", "commune_code", "naf_code"]
    waldec = ["id", "titre", "objet", "adrs_codeinsee", "adrs_codepostal", "siteweb"]
    assert guess(waldec)["adrs_codeinsee"] == "commune_code"
    assert guess(waldec)["titre"] == "name"
    inclusion = ["nom", "siret", "code_insee", "courriel", "telephone", "horaires_accueil", "site_web"]
    assert set(guess(inclusion)) == set(inclusion)
    assert guess(["nomBeneficiaire", "idBeneficiaire", "rnaBeneficiaire"]) == {
        "nomBeneficiaire": "name", "idBeneficiaire": "place.siret", "rnaBeneficiaire": "rna",
    }  # fmt: skip
    assert guess(["N° SIRET", "Raison sociale*", "Ville"]) == {
        "N° SIRET": "place.siret", "Raison sociale*": "name", "Ville": "commune_name",
    }  # fmt: skip


def test_of_two_titles_for_one_field_the_plainest_wins() -> None:
    assert guess(["Raison sociale", "Nom", "Ville"]) == {"Nom": "name", "Ville": "commune_name"}


def test_a_mapping_cannot_fill_one_field_twice_nor_forget_the_name() -> None:
    titles = ["A", "B"]
    with pytest.raises(MappingRefused, match="rempliraient tous deux"):
        checked({"A": "name", "B": "name"}, titles)
    with pytest.raises(MappingRefused, match="nom de la structure"):
        checked({"A": "siren"}, titles)
    with pytest.raises(MappingRefused, match="pas un champ connu"):
        checked({"A": "name", "B": "shoe_size"}, titles)


def test_the_fingerprint_of_a_header_ignores_order_case_and_accents() -> None:
    assert header_key(["Nom", "Téléphone"]) == header_key(["telephone", "NOM"])
    assert header_key(["Nom"]) != header_key(["Nom", "Ville"])
