"""What everybody sees of aids: the list and its filters, one aid, the questions, files."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.aids.manifest import pages
from maillage.aids.models import Aid
from maillage.space import actions as space
from maillage.space.enums import Part
from tests.aids.world import AT, later, made, received, sample, subjects
from tests.directory.test_sheet import published
from tests.factories import small_territory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here() -> Any:
    small_territory()
    subjects()
    with time_machine.travel(AT, tick=True):
        yield


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def listed(client: Client, query: str = "") -> list[str]:
    """Names of the aids that a list shows, in its order."""
    page = shown(client, f"/aides/?{query}")
    places = {aid.name: page.find(aid.get_absolute_url()) for aid in Aid.objects.all()}
    return [name for name, place in sorted(places.items(), key=lambda one: one[1]) if place >= 0]


def test_the_default_list_shows_what_is_open_the_nearest_deadline_first(client: Client) -> None:
    made("Sans fin")
    made("Loin", deadline_date=later(60).date())
    made("Bientôt", deadline_date=later(1).date())
    made("Aujourd’hui", deadline_date=AT.date())
    made("Hier", deadline_date=later(-1).date())
    assert listed(client) == ["Aujourd’hui", "Bientôt", "Loin", "Sans fin"]
    assert listed(client, "etat=finies") == ["Hier"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("public=association", ["Ici", "Partout"]), ("sujet=culture", ["Ici"]), ("etape=idea", ["Ici"]),
        ("etape=scale", ["Partout"]), ("apporte=loan", ["Partout"]), ("q=VELO", ["Partout"]),
        ("echeance=1", ["Ici"]), ("echeance=sans", ["Ailleurs", "Partout"]), ("lieu=80620", ["Ici", "Partout"]),
        ("public=association&apporte=grant", ["Ici"]), ("public=zut&etape=zut&echeance=9&lieu=zut'", None),
    ],
)  # fmt: skip
def test_filters_stand_in_the_address(client: Client, query: str, expected: list[str] | None) -> None:
    made("Ici", audiences=["association"], types=["grant"], themes=["culture"], steps=["preop"],
         coverage=["department:80"], deadline_date=later(20).date())  # fmt: skip
    made("Partout", audiences=["association"], types=["loan"], steps=["op", "postop"], description="Des vélos.")
    made("Ailleurs", audiences=["commune"], types=["grant"], coverage=["department:26"])
    assert sorted(listed(client, query)) == (expected or ["Ailleurs", "Ici", "Partout"])


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    assert "paraîtront ici" in shown(client, "/aides/")
    assert "Enlevez-en un" in shown(client, "/aides/?q=introuvable")


def test_lists_ask_as_many_questions_for_three_as_for_one_and_are_paged(client: Client) -> None:
    counts: dict[str, set[int]] = {}
    for number in (1, 3):
        received([{**sample()[1], "id": rank, "name": f"Prêt {rank}"} for rank in range(number)])
        for address in (
            "/aides/?lieu=80620",
            "/aides.csv",
            "/aides/echeances.ics",
            "/aides/possibles/?public=association",
        ):
            client.get(address)
            cache.clear()
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(address)
                assert answer.getvalue() if answer.streaming else answer.content
            counts.setdefault(address, set()).add(len(asked))
    assert {address: len(found) for address, found in counts.items()} == dict.fromkeys(counts, 1)
    received([{**sample()[1], "id": rank, "name": f"Prêt {rank}"} for rank in range(25)])
    assert len(listed(client)) == 20
    assert len(listed(client, "page=2")) == 5


def test_an_aid_tells_its_source_its_day_and_everything_known(client: Client) -> None:
    received()
    page = shown(client, "/aides/des-outils-pour-les-ateliers-partages/")
    for words in (
        "Catalogue d’essai, lue le 25\u00a0novembre", "31\u00a0janvier 2027", "de 20 à 50", "Appel à projets",
        "Le guichet", "https://fonds.exemple.test/outils/demande/", "Une association, une commune",
    ):  # fmt: skip
        assert words in page, words
    assert "<script>alert" not in page
    assert "onclick" not in page
    over = shown(client, "/aides/un-conseil-pour-les-mairies/")
    assert "Cette aide est finie" in over
    assert client.get("/aides/rien/").status_code == 404


def test_files_hold_the_same_list(client: Client) -> None:
    made("=SOMME(A1)", deadline_date=later(10).date(), financers=["A", "B"])
    made("Hier", deadline_date=later(-1).date())
    rows = b"".join(client.get("/aides.csv").streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert rows[1].startswith("'=SOMME(A1);A | B;")
    assert len(rows) == 2
    calendar = client.get("/aides/echeances.ics").content.decode()
    assert calendar.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20261205" in calendar
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))


def test_five_questions_say_which_aids_fit_why_and_what_is_missing(client: Client) -> None:
    made(
        "Tout va",
        audiences=["association"],
        themes=["culture"],
        coverage=["department:80"],
        steps=["op"],
        amount_max=9_000,
    )
    made("À vérifier", audiences=["association"])
    made("Trop petite", audiences=["association"], amount_max=500)
    assert "Voir les aides possibles" in shown(client, "/aides/possibles/")
    page = shown(client, "/aides/possibles/?public=association&commune=80620&sujet=culture&etape=creation&montant=8000")
    fitting, aside = page.split("écartée", 1)
    assert fitting.index("Tout va") < fitting.index("À vérifier")
    assert "2\u00a0aides possibles" in fitting
    assert "Elle couvre votre commune." in fitting
    assert "La source ne dit pas où." in fitting
    assert "Votre montant dépasse son plafond, 500\u00a0€." in aside
    assert "Trop petite" not in fitting


def test_wrong_or_missing_answers_are_said_and_held_against_nothing(client: Client) -> None:
    made()
    page = shown(client, "/aides/possibles/?montant=beaucoup&public=zut&commune=zut")
    assert "Écrivez un nombre entier d’euros" in page
    assert "1\u00a0aide possible" in page
    made("Pour les mairies", audiences=["commune"])
    Aid.objects.exclude(name="Pour les mairies").delete()
    assert "Rien ne répond à tout" in shown(client, "/aides/possibles/?public=association")


def test_nothing_of_the_answers_is_kept(client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        client.get("/aides/possibles/?public=association&montant=9000")
    assert [one["sql"] for one in asked if not one["sql"].lstrip().upper().startswith("SELECT")] == []


def test_whoever_holds_a_sheet_finds_its_aids_on_their_page(client: Client) -> None:
    sheet = published("L’atelier", family="association")
    member = space.admit(organisation=sheet, email="alice@exemple.test", part=Part.MANAGER, by=None, at=AT)
    client.force_login(member.user)
    assert "mes-aides" not in shown(client, "/moi/")
    made("Pour nous", audiences=["association"], coverage=["commune:80620"])
    made("Pour eux", audiences=["commune"])
    page = shown(client, "/moi/")
    assert "1\u00a0aide possible, et pourquoi" in page
    assert "/aides/possibles/?public=association&commune=80620" in page


def test_search_engines_are_told_of_open_aids_that_are_real() -> None:
    made("Vraie")
    made("Finie", deadline_date=later(-3).date())
    Aid.objects.create(slug="exemple", name="Exemple", first_seen_at=AT, changed_at=AT, is_example=True)
    assert [path for path, _ in pages()] == ["/aides/", "/aides/possibles/", "/aides/vraie/"]
