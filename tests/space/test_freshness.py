"""« Votre fiche est-elle toujours juste ? »: who is asked, what a click does, when reminders stop."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.directory.models import Flag, Organisation
from maillage.kernel.models import JournalEntry
from maillage.outbox import actions as outbox
from maillage.outbox.enums import StopReason
from maillage.outbox.models import Climb, Letter, ToDo
from maillage.space import actions
from maillage.space.campaign import plan
from maillage.space.enums import Months, Part
from maillage.space.models import Freshness
from maillage.space.notices_freshness import SHEETS
from tests.factories import human_source, open_source, person
from tests.space.world import AT, OWN, leave, links_in, manager, sheet

pytestmark = pytest.mark.django_db
TUESDAY = AT + timedelta(days=6)


def ask(**traits: object) -> Organisation:
    one = sheet(**traits)  # type: ignore[arg-type]
    assert actions.ask_freshness(at=AT).posted == 1
    return one


def letter_links() -> dict[str, str]:
    (message,) = leave(TUESDAY)
    assert "Votre fiche est-elle toujours juste" in str(message.subject)
    return links_in(message)


def dry_run(*words: str) -> dict[str, list[dict[str, str]]]:
    out = StringIO()
    call_command("freshness_campaign", "--dry-run", "--json", f"--now={AT.isoformat()}", *words, stdout=out)
    told: dict[str, list[dict[str, str]]] = json.loads(out.getvalue())
    return told


def test_a_dry_run_says_who_would_be_asked_and_why_others_are_not() -> None:
    sheet("Sans adresse", email="")
    sheet("Exemple", is_example=True)
    sheet("Arrêtée", email="partie@exemple.test")
    sheet("Refus", email="non@exemple.test")
    sheet("Récente", age_days=300)
    manager(sheet("Tenue", email=""), "claire@exemple.test")
    sheet("Libre")
    stopped = outbox.mailbox_for("partie@exemple.test", at=AT)
    outbox.stop(mailbox=stopped, reason=StopReason.BOUNCE, by=None, at=AT, happened_at=AT)
    outbox.block(mailbox=outbox.mailbox_for("non@exemple.test", at=AT), subject=SHEETS.key, at=AT)
    told = dry_run()
    assert {(one["organisation"], one["reader"]) for one in told["asked"]} == {
        ("Tenue", "responsable"),
        ("Libre", "adresse de la structure"),
    }
    assert {(one["organisation"], one["reason"]) for one in told["left_out"]} == {
        ("Sans adresse", "no_address"),
        ("Exemple", "example"),
        ("Arrêtée", "stopped"),
        ("Refus", "blocked"),
    }
    assert not Letter.objects.exists()
    assert not Freshness.objects.exists()


def test_examples_are_asked_when_one_says_so() -> None:
    sheet("Exemple", is_example=True)
    assert [one["organisation"] for one in dry_run("--examples")["asked"]] == ["Exemple"]


def test_the_command_asks_once_and_says_how_many() -> None:
    sheet()
    out = StringIO()
    call_command("freshness_campaign", f"--now={AT.isoformat()}", stdout=out)
    call_command("freshness_campaign", f"--now={(AT + timedelta(days=30)).isoformat()}", stdout=out)
    assert out.getvalue().split("\n")[:2] == ["Lettres postées\u00a0: 1", "Lettres postées\u00a0: 0"]
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("months", "age_days", "is_asked"),
    [(Months.THREE, 91, False), (Months.THREE, 93, True), (Months.SIX, 180, False), (Months.SIX, 185, True),
     (Months.TWELVE, 364, False), (Months.TWELVE, 366, True)],
)  # fmt: skip
def test_each_organisation_is_asked_as_often_as_it_chose(months: Months, age_days: int, is_asked: bool) -> None:
    one = sheet(age_days=age_days)
    actions.choose_months(organisation=one, months=months, by=person(), at=AT)
    assert [planned.organisation for planned in plan(AT)] == ([one] if is_asked else [])
    assert JournalEntry.objects.filter(verb="choose").count() == (0 if months == Months.TWELVE else 1)


def test_the_plan_asks_as_many_queries_for_three_sheets_as_for_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    sheet("Un")
    with django_assert_num_queries(4):
        assert len(list(plan(AT))) == 1
    for name in ("Deux", "Trois"):
        manager(sheet(name), f"{name.lower()}@exemple.test")
    with django_assert_num_queries(4):
        assert len(list(plan(AT))) == 3


def test_one_click_confirms_and_the_second_link_still_helps(client: Client) -> None:
    one = ask()
    links = letter_links()
    with time_machine.travel(TUESDAY, tick=False):
        page = client.get(links["Toujours valable"]).content.decode()
        assert "tout est juste" in page
        one.refresh_from_db()
        assert one.verified_at == AT - timedelta(days=400)
        assert "Merci" in client.post(links["Toujours valable"]).content.decode()
        again = client.post(links["Toujours valable"])
        overtaken = client.get(links["La structure a fermé"])
    one.refresh_from_db()
    assert one.verified_at == TUESDAY
    assert "déjà fait" in again.content.decode()
    assert overtaken.status_code == 409
    assert "/corriger/" in overtaken.content.decode()
    assert Climb.objects.get().closed_at == TUESDAY


def test_closed_says_so_asks_an_agent_and_leaves_the_sheet_in_place(client: Client) -> None:
    one = ask()
    with time_machine.travel(TUESDAY, tick=False):
        link = letter_links()["La structure a fermé"]
        assert "a fermé" in client.get(link).content.decode()
        client.head(link)
        assert Organisation.objects.filter(closed_date=None).count() == 1
        client.post(link)
    one.refresh_from_db()
    assert (one.closed_date, one.status) == (TUESDAY.date(), "published")
    assert [todo.title for todo in ToDo.objects.all()] == ["Vérifier la fermeture, puis archiver la fiche"]
    assert Flag.objects.filter(organisation=one, code="closed", resolved_at=None).exists()
    assert list(plan(AT + timedelta(days=800))) == []


def test_a_manager_is_led_to_the_own_sheet_and_a_stranger_to_a_form(client: Client) -> None:
    one = sheet()
    manager(one)
    actions.ask_freshness(at=AT)
    assert letter_links()["Modifier"] == f"/moi/structures/{one.pk}/"


def test_reminders_come_twice_then_somebody_calls() -> None:
    ask()
    days = []
    for day in range(60):
        at = AT + timedelta(days=day)
        outbox.take_steps(at=at)
        days += [day for _ in leave(at)]
    assert len(days) == 3
    assert [todo.title for todo in ToDo.objects.all()] == ["Appeler la structure : sa fiche attend d’être confirmée"]
    assert OWN not in ToDo.objects.get().title


@pytest.mark.parametrize("by_import", [False, True])
def test_reminders_stop_when_a_person_moved_the_sheet_not_an_import(by_import: bool) -> None:
    from maillage.directory import actions as directory

    one = ask()
    directory.revise_organisation(
        organisation=one, facts={"services": "Prêt d’outils"}, at=AT + timedelta(days=2), by=None,
        source=open_source() if by_import else human_source(), batch="import:3" if by_import else "",
    )  # fmt: skip
    outbox.take_steps(at=AT + timedelta(days=10))
    assert Letter.objects.count() == (2 if by_import else 1)
    assert (Climb.objects.get().closed_at is None) is by_import


@pytest.mark.parametrize(("age_days", "called"), [(394, 0), (396, 1)])
def test_after_a_year_and_a_month_of_silence_an_agent_calls_once(age_days: int, called: int) -> None:
    sheet(age_days=age_days)
    sheet("Exemple", age_days=900, is_example=True)
    assert actions.list_calls(at=AT) == called
    assert actions.list_calls(at=AT + timedelta(hours=1)) == 0
    assert [todo.title[:27] for todo in ToDo.objects.all()] == ["Appeler « Atelier du Port »"] * called


def test_the_call_takes_the_place_of_reminders_and_comes_back_after_another_silence() -> None:
    one = ask()
    actions.list_calls(at=AT)
    assert Climb.objects.get().closed_at == AT
    outbox.do(to_do=ToDo.objects.get(), note="Elle va bien.", by=person(), at=AT)
    actions.confirm_sheet(organisation=one, source=human_source(), by=None, at=AT)
    assert actions.list_calls(at=AT + timedelta(days=300)) == 0
    assert actions.list_calls(at=AT + timedelta(days=400)) == 1


def test_the_public_reads_since_when_nobody_confirmed(client: Client) -> None:
    one, recent = sheet(age_days=400), sheet("Fanfare", age_days=10)
    with time_machine.travel(AT, tick=False):
        assert "Fiche non confirmée depuis le" in client.get(one.get_absolute_url()).content.decode()
        assert "on confirmée depuis" not in client.get(recent.get_absolute_url()).content.decode()


def test_a_member_confirms_and_only_the_manager_chooses_how_often(client: Client) -> None:
    one = sheet()
    alice, bob = manager(one), manager(one, "bob@exemple.test", Part.CONTRIBUTOR)
    client.force_login(bob)
    page = client.get(f"/moi/structures/{one.pk}/").content.decode()
    assert "Toujours valable" in page
    assert "Changer la fréquence" not in page
    assert client.post(f"/moi/structures/{one.pk}/frequence/", {"months": "3"}).status_code == 403
    assert client.post(f"/moi/structures/{one.pk}/confirmer/").status_code == 302
    one.refresh_from_db()
    assert one.verified_at is not None
    assert one.verified_at > AT - timedelta(days=400)
    client.force_login(alice)
    assert "une fois par an" in client.get(f"/moi/structures/{one.pk}/").content.decode()
    client.post(f"/moi/structures/{one.pk}/frequence/", {"months": "5"})
    assert not Freshness.objects.exists()
    client.post(f"/moi/structures/{one.pk}/frequence/", {"months": "3"})
    assert Freshness.objects.get().months == 3
    client.force_login(person("chloe@exemple.test"))
    assert client.post(f"/moi/structures/{one.pk}/confirmer/").status_code == 403
