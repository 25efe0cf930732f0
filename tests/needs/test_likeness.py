"""Likeness proposes: measured on a small set, against letters alone."""

from __future__ import annotations

import pytest
from rapidfuzz import fuzz

from maillage.kernel.text import fold
from maillage.needs import actions, queries
from maillage.needs.likeness import Said, alike, roots_of
from tests.needs.likeness_set import GROUPS, NEAR
from tests.needs.world import AT, agent, published, said, theme_of

TEXTS = [(group, text) for group, texts in GROUPS.items() for text in texts]
SAID = [Said(rank, roots_of(text)) for rank, (_, text) in enumerate(TEXTS)]


def is_right(first: str, second: str) -> bool:
    return first == second or any({first, second} <= near for near in NEAR)


def test_of_what_is_proposed_four_in_five_are_right_and_few_needs_stay_alone() -> None:
    right = wrong = met = 0
    for rank, (group, _) in enumerate(TEXTS):
        found = [TEXTS[pk][0] for pk, _ in alike(SAID[rank].roots, [one for one in SAID if one.pk != rank])]
        right += sum(is_right(group, other) for other in found)
        wrong += sum(not is_right(group, other) for other in found)
        met += group in found
    assert right / (right + wrong) >= 0.8
    assert met / len(TEXTS) >= 0.9


def test_letters_alone_would_be_wrong_most_of_the_time() -> None:
    right = wrong = 0
    for rank, (group, text) in enumerate(TEXTS):
        for other, (its_group, its_text) in enumerate(TEXTS):
            if other != rank and fuzz.token_set_ratio(fold(text), fold(its_text)) >= 50:
                right += is_right(group, its_group)
                wrong += not is_right(group, its_group)
    assert right / (right + wrong) < 0.3


@pytest.mark.parametrize("words", ["", "de la et", "12 34", "🚲", "aaaa bbbb"])
def test_words_that_say_nothing_look_like_nothing(words: str) -> None:
    assert alike(roots_of(words), SAID) == []


def test_roots_are_the_same_whatever_the_accents_and_the_plural() -> None:
    assert roots_of("Des NAVETTES gratuites") == roots_of("une navette gratuite")


@pytest.mark.django_db
def test_only_published_needs_of_living_themes_are_shown_to_whoever_types() -> None:
    known = published("Une navette pour aller au marché sans voiture.")
    over = published("Une navette du samedi, sans voiture.")
    said("Une navette pour la gare, sans voiture.")
    actions.settle(theme=theme_of([over], "Samedi"), is_chosen=False, reason="Non.", at=AT)
    words = "Il faudrait une navette, je n’ai pas de voiture."
    assert [(one.need, one.people) for one in queries.alike_words(words)] == [(known, 1)]
    assert {one.need for one in queries.alike_need(known)} == {over}
    assert agent().is_active
