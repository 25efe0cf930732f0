import pytest

from maillage.search.engine import analysis, synonyms


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Péronne", ["peronne"]),
        ("PŒUILLY", ["poeuilly"]),
        ("Poeuilly", ["poeuilly"]),
        ("l'épicerie d’insertion", ["epicerie", "insertion"]),
        ("tiers-lieu", ["tiers", "lieu"]),
        ("e\u0301picerie", ["epicerie"]),
        ("Y", ["y"]),
        ("les", ["les"]),
        ("Chaussée-d'Antin & Cie", ["chaussee", "antin", "cie"]),
        ("123 456 789", ["123456789"]),
        ("123 456 789 00012", ["12345678900012"]),
        ("80200", ["80200"]),
        ('titre:"a" AND (b OR c)*~^2', ["titre", "and", "b", "or", "2"]),
        ("%%% ??? \u200b", []),
        ("", []),
    ],
)
def test_a_text_is_read_as_its_folded_words(typed: str, asked: list[str]) -> None:
    assert analysis.asked_words(typed) == (asked, False)


@pytest.mark.parametrize(
    ("one", "other"), [("solidaires", "solidaire"), ("ateliers", "atelier"), ("culturelle", "culturel")]
)
def test_inflected_words_share_their_stem(one: str, other: str) -> None:
    assert analysis.stems(one) == analysis.stems(other)


def test_a_long_text_keeps_its_first_words_and_says_so() -> None:
    asked, shortened = analysis.asked_words(" ".join(f"mot{number}" for number in range(40)))
    assert (asked, shortened) == ([f"mot{number}" for number in range(analysis.MAX_WORDS)], True)


def test_hostile_characters_part_words() -> None:
    assert analysis.asked_words("a\0vignon\ud800lieu")[0] == ["vignon", "lieu"]


def test_every_word_has_its_stem_at_the_same_place() -> None:
    text = "L'Épicerie sociale & solidaire de Pœuilly, rue du 8-Mai-1945 " + "x" * 60
    assert len(analysis.words(text)) == len(analysis.stems(text))


def test_synonyms_are_alternatives_of_what_was_typed_first() -> None:
    parts = synonyms.default().parts(["recyclerie", "peronne"])
    assert parts[0][0] == synonyms.expression("recyclerie")
    assert synonyms.expression("ressourcerie") in parts[0]
    assert parts[1] == (synonyms.expression("Péronne"),)


def test_an_expression_of_several_words_is_one_part() -> None:
    parts = synonyms.default().parts(["entreprise", "adaptee", "bois"])
    assert len(parts) == 2
    assert synonyms.expression("ESAT") in parts[0]


def test_the_synonyms_file_has_enough_groups_and_no_lonely_expression() -> None:
    lines = [line for line in synonyms.FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) >= 40
    assert [line for line in lines if len([cell for cell in line.split(";") if cell.strip()]) < 2] == []
