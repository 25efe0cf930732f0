"""A fixed set of misspellings, each one edit away from a word of the field."""

from __future__ import annotations

import random
import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from maillage.search.engine.typos import Typos

VOCABULARY = re.findall(
    r"\w+",
    "ressourcerie recyclerie association cooperative insertion solidarite epicerie mobilite covoiturage transport "
    "menuiserie maraichage jardin atelier culture theatre musique bibliotheque mediatheque formation emploi chantier "
    "handicap numerique logement hebergement habitat creche enfance jeunesse vieillissement domicile alimentation "
    "restauration textile vetements meubles bois metal batiment renovation energie solaire dechets compost velo "
    "bicyclette sport football randonnee environnement riviere canal peronne montdidier roye nesle ham albert chaulnes "
    "rosieres combles moislains doingt cartigny athies mesnil bruntel villers hallencourt flaucourt herbecourt "
    "benevolat volontariat mecenat financement subvention accompagnement mutualisation entreprise artisanat commerce",
)


def misspelt(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    forms = [
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]
    return chance.choice(forms)


def fixed_set() -> list[tuple[str, str]]:
    chance = random.Random(20261122)
    pairs = [(misspelt(word, chance), word) for word in VOCABULARY if len(word) >= 5 for _ in range(5)]
    return [(typed, word) for typed, word in pairs if typed not in VOCABULARY]


def test_nine_misspellings_in_ten_find_their_word_first() -> None:
    typos = Typos.build((word, 10 + number) for number, word in enumerate(VOCABULARY))
    cases = fixed_set()
    found = sum(typos.candidates(typed)[:1] == [word] for typed, word in cases)
    assert len(cases) > 350
    assert found / len(cases) >= 0.9


@settings(deadline=None)
@given(st.sampled_from(VOCABULARY), st.randoms())
def test_a_candidate_is_one_edit_away_and_the_word_meant_is_among_them(word: str, chance: random.Random) -> None:
    typos = Typos.build((known, 1) for known in VOCABULARY)
    typed = misspelt(word, chance)
    candidates = typos.candidates(typed)
    assert all(OSA.distance(typed, candidate) == 1 for candidate in candidates)
    assert word in candidates or typed == word or len(typed) < 4 or len(word) < 4


def test_the_most_used_word_comes_first() -> None:
    typos = Typos.build([("marche", 3), ("marcher", 50), ("larche", 900)])
    assert typos.candidates("marchee") == ["marcher", "marche"]
    assert typos.candidates("marchr") == ["marcher", "marche"]


def test_numbers_and_short_words_are_left_alone() -> None:
    typos = Typos.build([("80200", 9), ("eau", 9), ("ville", 1)])
    assert (typos.candidates("80201"), typos.candidates("eai"), typos.candidates("vile")) == ([], [], ["ville"])


def test_columns_survive_the_disk(tmp_path: Path) -> None:
    Typos.build([("ressourcerie", 2)]).save(tmp_path)
    assert Typos.load(tmp_path).candidates("resourcerie") == ["ressourcerie"]


def test_an_empty_vocabulary_knows_nothing(tmp_path: Path) -> None:
    Typos.build([]).save(tmp_path)
    assert Typos.load(tmp_path).candidates("resourcerie") == []
