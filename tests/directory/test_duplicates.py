from __future__ import annotations

from datetime import timedelta

import pytest

from maillage.directory import actions
from maillage.directory.likeness import Candidate, core_of, like_pairs
from maillage.directory.models import DuplicatePair, Organisation
from tests.factories import AT, human_source, organisation, small_territory


def candidate(
    pk: int, name: str, commune: str = "80620", *, siren: str = "", rna: str = "", at: float = 50.0
) -> Candidate:
    return Candidate(pk, core_of(name), commune, at, 3.0, siren, rna)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("amicale laique", "amicale laique de peronne"),
        ("association les ateliers", "ateliers"),
        ("recup aire", "recup air"),
        ("club de petanque peronnaise", "petanque club peronnaise"),
    ],
)
def test_two_spellings_in_one_commune_make_a_pair(first: str, second: str) -> None:
    assert [pair[:2] for pair in like_pairs([candidate(1, first), candidate(2, second)])] == [(1, 2)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("comite des fetes", "club de judo"),
        ("section 1 de tir", "section 2 de tir"),
        ("foyer rural", "foyer des jeunes"),
    ],
)
def test_two_names_that_differ_do_not(first: str, second: str) -> None:
    assert like_pairs([candidate(1, first), candidate(2, second)]) == []


def test_two_siren_are_two_legal_persons_and_one_rna_is_one() -> None:
    assert like_pairs([candidate(1, "ateliers", siren="1"), candidate(2, "ateliers", siren="2")]) == []
    (pair,) = like_pairs([candidate(1, "une", rna="W1"), candidate(2, "autre", rna="W1")])
    assert (pair.likeness, pair.reason) == (100, "Même numéro RNA")


def test_a_rare_name_is_looked_for_nearby_and_a_common_one_is_not() -> None:
    (pair,) = like_pairs([candidate(1, "atelier zinzolin"), candidate(2, "atelier zinzolin", "80829", at=50.05)])
    assert pair.reason == "Même nom, à 5,6 km"
    assert like_pairs([candidate(1, "atelier zinzolin"), candidate(2, "atelier zinzolin", "80829", at=51.0)]) == []
    villages = [candidate(number, "comite des fetes", f"80{number:03d}") for number in range(1, 20)]
    assert like_pairs(villages) == []


def test_only_pairs_that_touch_what_changed_are_given() -> None:
    three = [candidate(1, "ateliers"), candidate(2, "ateliers"), candidate(3, "relais"), candidate(4, "relais")]
    assert [pair[:2] for pair in like_pairs(three, among={3})] == [(3, 4)]


def test_a_crowded_word_still_finds_its_neighbours() -> None:
    crowd = [
        candidate(number, f"amicale {chr(97 + number % 26)}{chr(97 + number // 26)}xyzw") for number in range(1, 400)
    ]
    pairs = like_pairs([*crowd, candidate(900, "amicale zinzolin"), candidate(901, "amicale zinzoline")])
    assert (900, 901) in {pair[:2] for pair in pairs}


@pytest.mark.django_db
def test_a_pair_is_opened_once_and_a_decided_one_does_not_come_back() -> None:
    small_territory()
    organisation("Amicale laïque", place__commune_id="80620")
    organisation("Amicale laique de Péronne", place__commune_id="80620")
    (pair,) = actions.find_duplicates(at=AT)
    assert actions.find_duplicates(at=AT) == []
    actions.set_distinct(pair=pair, by=None, at=AT)
    assert actions.find_duplicates(at=AT) == []
    pair.refresh_from_db()
    assert (pair.state, pair.decided_at) == (DuplicatePair.State.DISTINCT, AT)
    assert not DuplicatePair.objects.to_review().exists()


@pytest.mark.django_db
def test_since_looks_only_at_what_changed() -> None:
    small_territory()
    for name in ("Amicale laïque", "Amicale laique"):
        organisation(name, place__commune_id="80620")
    assert actions.find_duplicates(at=AT, since=AT + timedelta(days=1)) == []
    assert len(actions.find_duplicates(at=AT, since=AT)) == 1


@pytest.mark.django_db
def test_a_pair_whose_sheet_was_merged_elsewhere_waits_for_nobody() -> None:
    small_territory()
    first, second, third = (organisation(name, place__commune_id="80620") for name in ("Relais", "Relai", "Le relais"))
    actions.find_duplicates(at=AT)
    assert DuplicatePair.objects.to_review().count() == 3
    actions.merge(keep=first, drop=second, source=human_source(), by=None, at=AT)
    assert list(DuplicatePair.objects.to_review().values_list("first", "second")) == [(first.pk, third.pk)]
    assert Organisation.objects.not_merged().count() == 2
