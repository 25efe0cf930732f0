"""The plan as agents steer it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.strategy import actions
from maillage.strategy.enums import State
from maillage.strategy.models import Measure
from tests.accounts.people import holder
from tests.factories import AT, territory
from tests.strategy.files import strategy_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]
LIST = "/gestion/strategie/"


@pytest.fixture
def agent(client: Client) -> User:
    territory(siren="200000009")
    actions.load_strategy(document=strategy_file(), by=None, at=AT)
    found = holder(Role.AGENT, first_name="Bruno", last_name="Essai")
    client.force_login(found)
    return found


def of(code: str) -> Measure:
    return Measure.objects.get(code=code)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def steer(client: Client, code: str, **facts: object) -> int:
    typed = {"state": "to_launch", "priority": "2", **facts}
    return client.post(f"{LIST}mesures/{of(code).pk}/", typed).status_code


def test_a_measure_is_steered_from_its_page(client: Client, agent: User) -> None:
    assert steer(client, "1.1", state="under_way", owner=agent.pk, end_date="2027-03-01", frameworks=["pat"]) == 302
    kept = of("1.1")
    assert (kept.state, kept.owner, str(kept.end_date), kept.frameworks) == ("under_way", agent, "2027-03-01", ["pat"])


def test_a_standstill_without_reason_comes_back_with_what_was_typed(client: Client, agent: User) -> None:
    answer = client.post(
        f"{LIST}mesures/{of('1.1').pk}/", {"state": "blocked", "priority": "2", "carried_by": "Le pont"}
    )
    assert answer.status_code == 422
    assert "pourquoi la mesure est bloquée" in answer.content.decode()
    assert 'value="Le pont"' in answer.content.decode()


def test_a_page_left_open_while_a_colleague_wrote_is_refused(client: Client, agent: User) -> None:
    actions.steer_measure(measure=of("1.1"), facts={"carried_by": "Une"}, by=agent, at=AT)
    assert steer(client, "1.1", carried_by="Deux") == 409
    assert steer(client, "1.1", carried_by="Deux", seen_at=AT.isoformat()) == 302
    assert of("1.1").carried_by == "Deux"


def test_steps_and_news_are_written_changed_and_taken_away(client: Client, agent: User) -> None:
    page = f"{LIST}mesures/{of('1.1').pk}/"
    assert client.post(f"{page}etapes/", {"title": "Inviter", "due_date": "2026-12-01"}).status_code == 302
    step = of("1.1").steps.get()
    assert client.post(f"{LIST}etapes/{step.pk}/", {"title": "Inviter tôt", "today": "1"}).status_code == 302
    step.refresh_from_db()
    assert (step.title, step.due_date, step.done_date) == ("Inviter tôt", None, timezone.localdate())
    wrong = client.post(f"{LIST}etapes/{step.pk}/", {"title": ""})
    assert (wrong.status_code, 'class="office-step" open' in wrong.content.decode()) == (422, True)
    assert client.post(f"{LIST}etapes/{step.pk}/retirer/").status_code == 302
    assert client.post(f"{page}nouvelles/", {"text": "Bonjour.", "news_date": "2026-01-05"}).status_code == 302
    assert client.post(f"{page}nouvelles/", {"text": "Demain.", "news_date": "2999-01-05"}).status_code == 422
    news = of("1.1").news.get()
    assert client.post(f"{LIST}nouvelles/{news.pk}/retirer/").status_code == 302
    assert (of("1.1").steps.count(), of("1.1").news.count()) == (0, 0)


def test_the_list_puts_the_late_first_and_obeys_its_address(client: Client, agent: User) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    actions.steer_measure(measure=of("2.1"), facts={"end_date": yesterday, "owner": agent}, by=agent, at=AT)
    actions.steer_measure(measure=of("1.2"), facts={"state": State.UNDER_WAY}, by=agent, at=AT)
    page = text(client, LIST)
    assert page.index("2.1 Un guichet") < page.index("1.1 Un collectif")
    every = {"1.1", "1.2", "2.1", "G.1"}
    for query, codes in (
        ("etat=late", {"2.1"}), ("etat=under_way", {"1.2"}), ("etat=to_launch", {"1.1", "2.1", "G.1"}),
        ("axe=0", {"G.1"}), ("axe=1", {"1.1", "1.2"}), ("suivie=moi", {"2.1"}),
        ("suivie=personne", {"1.1", "1.2", "G.1"}), ("axe=rien", every),
    ):  # fmt: skip
        found = text(client, f"{LIST}?{query}")
        assert {code for code in every if f"Cocher {code}" in found} == codes, query


def test_several_measures_change_at_once_or_not_at_all(client: Client, agent: User) -> None:
    chosen = [of("1.1").pk, of("2.1").pk]
    assert (
        client.post(f"{LIST}ensemble/", {"measures": chosen, "change": "owner", "owner": agent.pk}).status_code == 302
    )
    assert set(Measure.objects.filter(owner=agent).values_list("code", flat=True)) == {"1.1", "2.1"}
    nothing = client.post(f"{LIST}ensemble/", {"change": "owner", "owner": agent.pk})
    assert (nothing.status_code, "Cochez au moins une mesure" in nothing.content.decode()) == (422, True)
    no_priority = client.post(f"{LIST}ensemble/", {"measures": chosen, "change": "priority"})
    assert (no_priority.status_code, "Choisissez une priorité" in no_priority.content.decode()) == (422, True)


def test_the_home_says_what_is_late_and_who_must_act(client: Client, agent: User) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    actions.steer_measure(measure=of("2.1"), facts={"end_date": yesterday, "owner": agent}, by=agent, at=AT)
    page = text(client, "/gestion/")
    assert "2.1 Un guichet" in page
    assert "Bruno Essai d’agir" in page
    assert "3\xa0mesures que personne ne suit" in page


def test_the_list_asks_no_more_questions_for_more_measures(
    client: Client, agent: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    text(client, LIST)
    with django_assert_max_num_queries(40) as few:
        text(client, LIST)
    document = strategy_file()
    document["axes"][1]["measures"] += [{"code": f"2.{n}", "title": f"Mesure {n}"} for n in range(2, 9)]
    actions.load_strategy(document=document, by=None, at=AT)
    for one in Measure.objects.all():
        actions.add_step(measure=one, title="Inviter", by=agent, at=AT)
        actions.steer_measure(measure=one, facts={"owner": agent}, by=agent, at=AT)
    with django_assert_max_num_queries(len(few)):
        text(client, LIST)


def test_without_a_strategy_the_list_says_how_to_load_one(client: Client) -> None:
    client.force_login(holder(Role.AGENT))
    assert "maillage load_strategy" in text(client, LIST)
