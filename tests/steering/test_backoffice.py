"""The committee's files as agents make, read and set them aside."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.steering.backoffice.files import MEDIA_TYPES, PER_PAGE
from maillage.steering.models import CommitteeFile, Form
from maillage.strategy.models import Strategy
from tests.accounts.people import holder
from tests.steering.world import DAY, NOON, plan, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]
LIST = "/gestion/comite/"


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=True)


@pytest.fixture
def agent(client: Client) -> User:
    found = holder(Role.AGENT, first_name="Bruno", last_name="Essai")
    client.force_login(found)
    return found


@pytest.fixture
def strategy() -> Strategy:
    return plan()


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def bare_files(strategy: Strategy, by: User, number: int) -> None:
    """Rows with nothing in them, for the list."""
    first = CommitteeFile.objects.count() + 1
    CommitteeFile.objects.bulk_create(
        CommitteeFile(strategy=strategy, as_of=DAY - timedelta(days=rank), document={}, made_at=NOON, made_by=by)
        for rank in range(first, first + number)
    )


def test_a_file_is_made_read_taken_and_set_aside(client: Client, agent: User, strategy: Strategy) -> None:
    assert f'value="{DAY.isoformat()}"' in text(client, LIST)
    answer = client.post(f"{LIST}preparer/", {"as_of": DAY.isoformat()})
    made = CommitteeFile.objects.get()
    assert (answer.status_code, answer["Location"], made.made_by) == (302, f"{LIST}{made.pk}/", agent)
    page = text(client, answer["Location"])
    for words in ("C’est le premier dossier", "À projeter (ODP)", "Mesures engagées, axe par axe", "Axe 1"):
        assert words in page, words
    for form in Form:
        paper = client.get(f"{LIST}{made.pk}/dossier.{form}")
        assert (paper.status_code, paper["Content-Type"]) == (200, MEDIA_TYPES[form])
        assert f'"comite-de-pilotage-2026-12-15.{form}"' in paper["Content-Disposition"]
        assert paper.content == bytes(made.papers.get(form=form).content)
        if form != Form.PDF:
            assert ZipFile(BytesIO(paper.content)).read("mimetype").decode() == MEDIA_TYPES[form]
    assert client.post(f"{LIST}{made.pk}/ecarter/", {"reason": "Une étape manque"}).status_code == 302
    assert "Écarté : Une étape manque" in text(client, LIST)
    page = text(client, f"{LIST}{made.pk}/")
    assert ("Une étape manque" in page, "Écarter ce dossier" in page) == (True, False)


def test_what_is_wrong_comes_back_with_what_was_typed(client: Client, agent: User, strategy: Strategy) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    for typed, words in ((tomorrow.isoformat(), "jour à venir"), ("hier", "Saisissez une date"), ("", "Champ requis")):
        answer = client.post(f"{LIST}preparer/", {"as_of": typed})
        assert (answer.status_code, words in answer.content.decode()) == (422, True), typed
    made = prepared(strategy)
    assert client.post(f"{LIST}{made.pk}/ecarter/", {"reason": " "}).status_code == 422
    client.post(f"{LIST}{made.pk}/ecarter/", {"reason": "Trop tôt"})
    answer = client.post(f"{LIST}{made.pk}/ecarter/", {"reason": "Encore"})
    assert (answer.status_code, "déjà été écarté" in answer.content.decode()) == (422, True)


def test_pressing_twice_makes_one_file(client: Client, agent: User, strategy: Strategy) -> None:
    places = {client.post(f"{LIST}preparer/", {"as_of": DAY.isoformat()})["Location"] for _ in range(2)}
    assert (len(places), CommitteeFile.objects.count()) == (1, 1)


@pytest.mark.parametrize("path", ["999/", f"{2**70}/", "999/dossier.pdf", "1/dossier.exe"])
def test_what_is_not_there_is_not_found(client: Client, agent: User, strategy: Strategy, path: str) -> None:
    bare_files(strategy, agent, 1)
    assert client.get(f"{LIST}{path}").status_code == 404


@pytest.mark.parametrize(("role", "status"), [
    (None, 403), (Role.LIAISON_OFFICER, 403), (Role.AGENT, 200), (Role.ADMINISTRATOR, 200),
])  # fmt: skip
def test_files_are_the_agents(client: Client, strategy: Strategy, role: Role | None, status: int) -> None:
    person = holder(role)
    bare_files(strategy, person, 1)
    made = CommitteeFile.objects.get()
    client.force_login(person)
    assert client.get(LIST).status_code == status
    for act in (f"{LIST}preparer/", f"{LIST}{made.pk}/ecarter/"):
        if status != 200:
            assert client.post(act, {"as_of": DAY.isoformat(), "reason": "Non"}).status_code == status
    made.refresh_from_db()
    assert (CommitteeFile.objects.count(), made.discarded_at) == (1, None)


def test_strangers_are_sent_to_sign_in(client: Client, strategy: Strategy) -> None:
    assert client.get(LIST).status_code == 302
    assert client.get(f"{LIST}1/dossier.pdf").status_code == 302


def test_the_list_is_paged_the_latest_day_first(client: Client, agent: User, strategy: Strategy) -> None:
    bare_files(strategy, agent, PER_PAGE + 1)
    pages = [text(client, f"{LIST}?page={number}") for number in (1, 2)]
    assert [page.count("Premier dossier") for page in pages] == [PER_PAGE, 1]
    assert pages[0].index("14 décembre 2026") < pages[0].index("13 décembre 2026")
    assert f"{PER_PAGE + 1} dossiers" in pages[0]


def test_the_list_asks_no_more_questions_for_more_files(
    client: Client, agent: User, strategy: Strategy, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    bare_files(strategy, agent, 1)
    text(client, LIST)
    with django_assert_max_num_queries(40) as few:
        text(client, LIST)
    bare_files(strategy, holder(Role.ADMINISTRATOR), 2)
    with django_assert_max_num_queries(len(few)):
        text(client, LIST)
    assert not any('"document"' in query["sql"] for query in few.captured_queries)


def test_without_a_strategy_the_list_says_how_to_load_one(client: Client, agent: User) -> None:
    assert "maillage load_strategy" in text(client, LIST)
    assert client.post(f"{LIST}preparer/", {"as_of": DAY.isoformat()}).status_code == 404
