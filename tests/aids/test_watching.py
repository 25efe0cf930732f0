"""Saved searches: kept by an account or a confirmed address, told once for each aid, stopped in a click."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from maillage.aids import actions
from maillage.aids.models import Aid, Watch
from maillage.kernel.actions import load_values, purge
from maillage.kernel.personal import Person
from maillage.outbox.models import Letter
from maillage.outbox.tasks import prepare_letters
from tests.aids.world import AT, CHLOE, kept, later, made, posted, subjects
from tests.factories import person
from tests.forms import form_in
from tests.space.people import a_minute_ago, follow, letter_to
from tests.space.world import leave, links_in

pytestmark = pytest.mark.django_db
PATH = "/aides/alerte/"


@pytest.fixture(autouse=True)
def _subjects() -> None:
    subjects()


def test_three_searches_that_find_one_aid_tell_it_once() -> None:
    for asked in ("", "public=association", "sujet=culture"):
        kept(asked)
    kept(user=person("alice@exemple.test"))
    made(audiences=["association"], themes=["culture"], at=later())
    assert actions.tell_new_aids(at=later(2)) == (2, 2)
    assert posted("aids.new") == [(CHLOE, "waiting"), ("alice@exemple.test", "waiting")]
    assert actions.tell_new_aids(at=later(2)) == (0, 0)
    assert actions.tell_new_aids(at=later(30)) == (0, 0)


def test_only_what_is_new_open_and_asked_for_is_told() -> None:
    made("Déjà là", audiences=["association"], at=later(-1))
    kept("public=association")
    made("Pour les mairies", audiences=["commune"], at=later())
    made("Déjà finie", audiences=["association"], deadline_date=later().date(), at=later())
    wanted = made("Nouvelle", audiences=["association"], at=later())
    hidden = made("Retirée", audiences=["association"], at=later())
    actions.withdraw_aid(aid=hidden, reason="Doublon", by=person("bruno@exemple.test"), at=later())
    actions.tell_new_aids(at=later(2))
    assert list(Letter.objects.filter(kind="aids.new").values_list("object_id", flat=True)) == [wanted.pk]


def test_each_search_has_its_pace() -> None:
    daily, monthly = kept("q=a", pace="daily"), kept("q=b", pace="monthly", email="bob@exemple.test")
    actions.tell_new_aids(at=later())
    made("a b", at=later(2))
    actions.tell_new_aids(at=later(3))
    assert posted("aids.new") == [(CHLOE, "waiting")]
    actions.tell_new_aids(at=later(29))
    assert posted("aids.new")[1:] == [("bob@exemple.test", "waiting")]
    daily.refresh_from_db()
    monthly.refresh_from_db()
    assert (daily.told_at, monthly.told_at) == (later(29), later(29))


def test_many_new_aids_come_in_several_letters() -> None:
    kept(pace="daily")
    for number in range(11):
        made(f"Aide {number}", at=later())
    assert [actions.tell_new_aids(at=later(day))[1] for day in (2, 3, 4)] == [8, 3, 0]


def test_an_unconfirmed_or_stopped_search_tells_nothing() -> None:
    kept("q=a", is_confirmed=False)
    stopped = kept("q=b")
    actions.stop_watch(watch=stopped, at=AT)
    made("a b", at=later())
    assert actions.tell_new_aids(at=later(2)) == (0, 0)
    with pytest.raises(actions.AidRefused):
        actions.confirm_watch(watch=stopped, at=AT)


def test_whoever_types_an_address_that_stopped_must_confirm_it_again() -> None:
    actions.stop_watch(watch=kept("q=a"), at=AT)
    again = kept("q=a", at=later(), is_confirmed=False)
    assert (again.confirmed_at, again.stopped_at, Watch.objects.count()) == (None, None, 1)
    assert len(posted("aids.confirm")) == 2


def test_what_the_list_does_not_know_is_not_kept() -> None:
    assert kept("q=Vélo&zut=1&public=martien&page=3").asked == "q=velo"
    with pytest.raises(actions.AidRefused):
        kept(email="")
    with pytest.raises(actions.AidRefused):
        kept(email="é@exemple.test")
    assert Watch.objects.count() == 1


def test_the_letter_tells_the_aid_and_how_to_stop() -> None:
    kept()
    made("Coup de pouce", description="Une aide.", financers=["Le fonds"], deadline_date=later(40).date(), at=later())
    actions.tell_new_aids(at=later(2))
    (letter,) = [one for one in leave(later(12)) if "Coup de pouce" in one.subject]
    assert "Le fonds" in str(letter.body)
    assert links_in(letter)["Lire cette aide"] == "/aides/coup-de-pouce/"
    assert links_in(letter)["Ne plus recevoir cette recherche"].startswith("/l/")


def test_an_aid_that_closed_meanwhile_is_not_told_any_more() -> None:
    kept()
    made("Trop tard", deadline_date=later(2).date(), at=later())
    actions.tell_new_aids(at=later(2))
    assert [one for one in leave(later(12)) if "Trop tard" in one.subject] == []


def test_one_keeps_confirms_and_stops_without_an_account(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    page = client.get(f"{PATH}?public=association&zut=1").content.decode()
    fields = form_in(page, PATH) | {"seen": a_minute_ago(), "pace": "daily"}
    assert fields["asked"] == "public=association"
    assert client.post(PATH, fields).status_code == 422
    assert client.post(PATH, fields | {"email": CHLOE, "fax": "1"}).status_code == 200
    assert not Watch.objects.exists()
    assert "Regardez votre courriel" in client.post(PATH, fields | {"email": CHLOE}).content.decode()
    watch = Watch.objects.get()
    assert (watch.asked, watch.pace, watch.confirmed_at) == ("public=association", "daily", None)
    assert "C’est noté" in follow(client, letter_to(CHLOE))
    watch.refresh_from_db()
    assert watch.confirmed_at is not None
    made("Nouvelle", audiences=["association"], at=timezone.now())
    assert actions.tell_new_aids(at=timezone.now()) == (1, 1)
    Letter.objects.filter(left_at=None).update(due_at=timezone.now(), too_late_at=timezone.now() + timedelta(days=1))
    prepare_letters()
    assert "ne vous écrirons plus" in follow(client, letter_to(CHLOE))
    watch.refresh_from_db()
    assert watch.stopped_at is not None


def test_a_signed_in_person_keeps_and_stops_their_own(client: Client) -> None:
    alice = person("alice@exemple.test")
    client.force_login(alice)
    fields = form_in(client.get(PATH).content.decode(), PATH) | {"seen": a_minute_ago()}
    assert "email" not in fields
    assert client.post(PATH, fields).status_code == 200
    watch = Watch.objects.get(user=alice)
    assert "Toutes les aides" in client.get("/moi/").content.decode()
    other = Client()
    other.force_login(person("zoe@exemple.test"))
    assert other.post(f"/moi/aides/{watch.pk}/arreter/").status_code == 404
    assert client.post(f"/moi/aides/{watch.pk}/arreter/").status_code == 302
    watch.refresh_from_db()
    assert watch.stopped_at is not None


def test_addresses_that_nobody_confirmed_and_old_stopped_searches_are_forgotten() -> None:
    load_values()
    kept("q=a", is_confirmed=False)
    kept("q=b")
    assert (actions.forget_unconfirmed(at=later(14)), actions.forget_unconfirmed(at=later(16))) == (0, 1)
    actions.stop_watch(watch=Watch.objects.get(), at=AT)
    purge(at=later(400))
    assert not Watch.objects.exists()


def test_the_command_takes_a_day(tmp_path: Path) -> None:
    kept()
    made(at=later())
    said = StringIO()
    call_command("send_alerts", "--date", "2026-11-28", stdout=said)
    assert "Lettres\u00a0: 1. Lecteurs\u00a0: 1." in said.getvalue()
    for wrong in ("hier", "2026-02-31"):
        with pytest.raises(CommandError, match="attend un jour"):
            call_command("send_alerts", "--date", wrong)
    assert (Aid.objects.count(), Person((CHLOE,)).addresses) == (1, (CHLOE,))
