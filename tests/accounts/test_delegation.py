from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.accounts import actions, queries, rules
from maillage.accounts.enums import HANDED_OVER, Role
from maillage.accounts.models import Delegation, Mandate, User
from maillage.kernel.models import JournalEntry
from maillage.outbox.models import Letter
from tests.accounts.people import holder

pytestmark = pytest.mark.django_db
# A Friday, noon in Paris.
AT = datetime(2026, 11, 27, 11, tzinfo=UTC)
TODAY, NEXT_WEEK = date(2026, 11, 27), date(2026, 12, 4)


def hand_over(giver: User, taker: User, start: date = TODAY, end: date = NEXT_WEEK) -> Delegation:
    return actions.delegate(giver=giver, taker=taker, start_date=start, end_date=end, by=giver, at=AT)


def bruno() -> User:
    return holder(Role.AGENT, first_name="Bruno", last_name="Exemple")


def salima() -> User:
    return holder(Role.LIAISON_OFFICER, first_name="Salima", last_name="Exemple", second_factor=True)


def test_a_colleague_holds_the_place_for_those_days_and_no_other() -> None:
    giver, taker = bruno(), salima()
    hand_over(giver, taker)

    held = {
        day: rules.roles_of(taker, on=day) for day in (TODAY - timedelta(1), TODAY, NEXT_WEEK, NEXT_WEEK + timedelta(1))
    }

    assert [Role.AGENT in roles for roles in held.values()] == [False, True, True, False]
    assert all(Role.LIAISON_OFFICER in roles for roles in held.values())
    assert rules.may_enter_back_office(taker, on=TODAY)


@pytest.mark.parametrize("role", Role)
def test_what_waits_for_somebody_is_handed_over_and_nothing_else(role: Role) -> None:
    giver, taker = holder(role, email="giver@exemple.test"), salima()
    Mandate.objects.create(user=giver, role=Role.AGENT, start_date=date(2020, 1, 2))
    hand_over(giver, taker)

    lent = rules.roles_of(taker, on=TODAY) - {Role.LIAISON_OFFICER}

    assert lent == ({role, Role.AGENT} & HANDED_OVER) - {Role.LIAISON_OFFICER}
    assert not rules.may_manage_people(taker, on=TODAY)


def test_a_stand_in_without_second_factor_does_not_enter_the_back_office() -> None:
    taker = holder(Role.LIAISON_OFFICER, second_factor=False)
    hand_over(bruno(), taker)
    assert rules.may_enter_back_office(taker, on=TODAY) == rules.NO_SECOND_FACTOR


def test_a_place_ends_with_the_mandate_or_the_account_that_gave_it() -> None:
    giver, taker = bruno(), salima()
    hand_over(giver, taker)
    Mandate.objects.filter(user=giver).update(end_date=TODAY)
    assert Role.AGENT in rules.roles_of(taker, on=TODAY)
    assert Role.AGENT not in rules.roles_of(taker, on=TODAY + timedelta(1))
    User.objects.filter(pk=giver.pk).update(is_active=False)
    assert Role.AGENT not in rules.roles_of(taker, on=TODAY)


def test_what_was_handed_over_is_not_handed_on() -> None:
    giver, taker = bruno(), salima()
    hand_over(giver, taker)
    third = holder(Role.AGENT, email="third@exemple.test")
    Mandate.objects.filter(user=third).update(role=Role.LIAISON_OFFICER)

    hand_over(taker, third)

    assert Role.AGENT not in rules.roles_of(third, on=TODAY)


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (TODAY - timedelta(1), NEXT_WEEK, "start_date"),
        (NEXT_WEEK, TODAY, "end_date"),
        (TODAY, TODAY + timedelta(62), "end_date"),
        (TODAY + timedelta(3), NEXT_WEEK + timedelta(9), "start_date"),
    ],
)
def test_days_that_do_not_fit_are_refused_and_nothing_is_written(start: date, end: date, field: str) -> None:
    giver, taker = bruno(), salima()
    hand_over(giver, taker)

    with pytest.raises(actions.PersonRefused) as refusal:
        hand_over(giver, taker, start, end)

    assert refusal.value.field == field
    assert refusal.value.phrase
    assert Delegation.objects.count() == 1


def test_sixty_two_days_are_the_most() -> None:
    assert hand_over(bruno(), salima(), end=TODAY + timedelta(61)).pk


def test_only_a_colleague_takes_a_place_and_only_a_place_is_given() -> None:
    giver, teacher = bruno(), holder(Role.TEACHER)
    for one, other in ((giver, giver), (giver, teacher), (teacher, giver)):
        with pytest.raises(actions.PersonRefused):
            hand_over(one, other)
    assert not Delegation.objects.exists()


def test_the_taker_gets_a_letter_and_the_journal_an_act() -> None:
    giver, taker = bruno(), salima()
    made = hand_over(giver, taker)

    letter = Letter.objects.get(kind="outbox.delegation")
    assert (letter.mailbox.address, letter.object_id) == (taker.email, made.pk)
    act = JournalEntry.objects.get(verb="delegate")
    assert (act.object_id, act.changes["taker"]) == (giver.pk, [None, taker.pk])


def test_a_place_taken_back_is_closed_at_once() -> None:
    giver, taker = bruno(), salima()
    made = hand_over(giver, taker)
    later = AT + timedelta(days=2)

    actions.end_delegation(delegation=made, by=giver, at=later)
    actions.end_delegation(delegation=made, by=giver, at=later)

    assert Delegation.objects.get().end_date == TODAY + timedelta(1)
    assert Role.AGENT not in rules.roles_of(taker, on=TODAY + timedelta(2))
    assert JournalEntry.objects.filter(verb="end_delegation").count() == 1


def test_one_that_began_today_is_taken_away() -> None:
    giver, taker = bruno(), salima()
    actions.end_delegation(delegation=hand_over(giver, taker), by=taker, at=AT)
    assert not Delegation.objects.exists()


@pytest.mark.parametrize(
    ("moment", "is_in"),
    [
        # The last day is over at midnight in Paris, winter and summer.
        (datetime(2026, 12, 4, 22, 59, tzinfo=UTC), True),
        (datetime(2026, 12, 4, 23, 1, tzinfo=UTC), False),
    ],
)
def test_the_door_of_the_back_office_follows_the_days(client: Client, moment: datetime, *, is_in: bool) -> None:
    giver, taker = bruno(), salima()
    hand_over(giver, taker)
    with time_machine.travel(moment, tick=False):
        client.force_login(taker)
        answer = client.get("/gestion/")
    assert (answer.status_code == 200) is is_in


def test_what_a_stand_in_does_says_so_in_the_journal(client: Client) -> None:
    giver, taker = bruno(), salima()
    with time_machine.travel(AT, tick=False):
        hand_over(giver, taker)
        client.force_login(taker)
        client.post("/moi/referent/", {"phone": "03 22 00 00 00"})
        colleague = holder(Role.AGENT, email="autre@exemple.test")
        client.post("/moi/absence/", {"taker": colleague.pk, "start_date": "2026-11-27", "end_date": "2026-11-28"})
    act = JournalEntry.objects.filter(verb="delegate").latest("pk")
    assert act.actor_label == "Salima Exemple, qui remplace Bruno Exemple"


def test_somebody_who_takes_nobody_s_place_costs_no_query_more(client: Client) -> None:
    client.force_login(holder(Role.TEACHER))
    with CaptureQueriesContext(connection) as found:
        assert client.get("/gestion/").status_code == 403
    # Inside the one query that reads the person.
    assert sum("accounts_delegation" in one["sql"] for one in found) == 1


def test_the_list_of_colleagues_names_those_who_may(client: Client) -> None:
    giver, taker = bruno(), salima()
    holder(Role.TEACHER)
    holder(Role.AGENT, email="ferme@exemple.test", is_active=False)
    holder(Role.AGENT, email="fini@exemple.test", end=TODAY - timedelta(1))
    assert list(queries.colleagues(on=TODAY, but=giver)) == [taker]


def test_the_form_asks_gives_back_what_is_wrong_and_ends(client: Client) -> None:
    giver, taker = bruno(), salima()
    client.force_login(giver)
    with time_machine.travel(AT, tick=False):
        page = client.get("/moi/absence/").content.decode()
        assert "Salima Exemple" in page
        refused = client.post(
            "/moi/absence/", {"taker": taker.pk, "start_date": "2026-11-20", "end_date": "2026-11-30"}
        )
        assert refused.status_code == 422
        assert "Ce jour est passé" in refused.content.decode()
        client.post("/moi/absence/", {"taker": taker.pk, "start_date": "2026-11-27", "end_date": "2026-11-30"})
        made = Delegation.objects.get()
        client.force_login(holder(Role.TEACHER))
        assert client.post(f"/moi/absence/{made.pk}/finir/").status_code == 404
        client.force_login(taker)
        assert "Vous remplacez" in client.get("/moi/").content.decode()
        client.post(f"/moi/absence/{made.pk}/finir/")
    assert not Delegation.objects.exists()


def test_who_has_nothing_to_hand_over_is_told_what_to_do(client: Client) -> None:
    client.force_login(holder(Role.TEACHER))
    answer = client.get("/moi/absence/")
    assert answer.status_code == 403
    assert "passez la main" in answer.content.decode()
