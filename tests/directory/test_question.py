from __future__ import annotations

import pytest
from django.http import QueryDict

from maillage.directory.enums import Family
from maillage.directory.forms import Question, read_question
from maillage.directory.queries.vocabulary import Place, Vocabulary
from tests.factories import AT

WORDS = Vocabulary(
    labels={
        "family": dict(Family.choices),
        "sector": {"commerce": "Commerce"},
        "commune": {"80620": "Péronne", "80629": "Pœuilly", "80557": "Épénancourt"},
        "cc": {"200037059": "CC Haute Somme"},
    },
    communes={
        "80620": Place("80620", "Péronne", "peronne", "Haute Somme", 49.93, 2.94),
        "80629": Place("80629", "Pœuilly", "poeuilly", "Haute Somme", 49.88, 3.11),
        "80557": Place("80557", "Épénancourt", "epenancourt", "Est", None, None),
    },
    postal_codes={"80240": ("80620", "80629")},
)


def asked(address: str) -> Question:
    return read_question(QueryDict(address), WORDS)


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("", ""),
        ("page=1&tri=nom&q=", ""),
        (
            "famille=mutual&famille=association&q=+v%C3%A9lo++libre",
            "q=v%C3%A9lo+libre&famille=association&famille=mutual",
        ),
        ("lieu=P%C3%89RONNE", "commune=80620"),
        ("lieu=poeuilly&rayon_km=10,0", "commune=80629&rayon_km=10"),
        ("lieu=haute+somme", "cc=200037059"),
        ("lieu=80240", "commune=80620&commune=80629"),
        ("lieu=epenan", "commune=80557"),
        ("lat=49.92871&lon=2.93399&rayon_km=5", "lat=49.929&lon=2.934&rayon_km=5"),
        ("bbox=2.5,49.5,3.5,50.25&ouvert=on&page=3", "ouvert=1&bbox=2.5,49.5,3.5,50.25&page=3"),
        ("q=velo&tri=nom", "q=velo&tri=nom"),
        ("tri=distance", ""),
    ],
)
def test_a_question_has_one_address(address: str, canonical: str) -> None:
    question = asked(address)
    assert question.address().replace("%2C", ",") == canonical
    assert asked(question.address()) == question


@pytest.mark.parametrize(
    "address",
    [
        "famille=inconnue", "secteur=vide", "commune=99999", "cc=1", "lieu=Atlantide", "lat=NaN&lon=2",
        "lat=1e309&lon=2",
        "lat=91&lon=2", "lon=-181&lat=2", f"page={2**63}", "page=-1", "page=0", "page=%D9%A3", "page=1.5",
        "rayon_km=inf", "rayon_km=0", "rayon_km=-5", f"rayon_km={'9' * 400}", "rayon_km=10", "bbox=1,2,3",
        "bbox=NaN,1,2,3", "bbox=5,50,2,49", f"bbox={'1' * 5000}", "tri=hasard", "q=" + "mot+" * 40_000,
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_left_aside_and_said(address: str) -> None:
    question = asked(address)
    assert len(question.notices) == 1, question.notices
    assert question.page == 1
    assert question.radius_km is None
    assert question.bbox is None
    question.to_query(AT)


@pytest.mark.parametrize(
    "name", ["q", "lieu", "famille", "commune", "lat", "bbox", "rayon_km", "page", "tri", "ouvert"]
)
@pytest.mark.parametrize("value", ["\ud800", "\x00", "'\"<script>", "* OR 1=1", "(((", "title:", "a" * 100_000, "🧵"])
def test_hostile_values_never_raise(name: str, value: str) -> None:
    params = QueryDict(mutable=True)
    params[name] = value
    question = read_question(params, WORDS)
    question.to_query(AT)
    question.address().encode("utf-8")


def test_thousands_of_filters_are_not_all_read() -> None:
    question = asked("&".join(f"famille=f{number}" for number in range(1_500)))
    assert len(question.notices) == 5


def test_a_radius_turns_around_the_only_commune_asked_for() -> None:
    around = asked("commune=80620&rayon_km=10")
    query = around.to_query(AT)
    assert (query.near, query.radius_km, query.sort, dict(query.filters)) == ((49.93, 2.94), 10, "distance", {})
    inside = asked("commune=80620").to_query(AT)
    assert (inside.radius_km, inside.sort, inside.filters["commune"]) == (None, "nom", frozenset({"80620"}))


def test_now_is_told_to_the_search_in_local_time() -> None:
    # Sunday 22 November 2026, 11 h in Paris.
    assert asked("ouvert=1").to_query(AT).now_slot == (6 * 24 + 11) * 4


def test_taking_a_filter_away_keeps_the_rest() -> None:
    question = asked("q=velo&famille=association&famille=mutual&commune=80620&rayon_km=10&page=2")
    assert question.without("famille", "mutual").address() == "q=velo&famille=association&commune=80620&rayon_km=10"
    assert question.without("commune", "80620").address() == "q=velo&famille=association&famille=mutual"
    assert question.without_text().address() == "famille=association&famille=mutual&commune=80620&rayon_km=10"
