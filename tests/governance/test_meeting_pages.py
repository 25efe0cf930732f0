"""Meetings through their pages: public, by letter, one's own, the back office."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.enums import Role
from maillage.governance import actions, gauges, rules
from maillage.governance.enums import ActionState, Function, Kind, MeetingState, Presence
from maillage.governance.evidence import EVIDENCE
from maillage.governance.models import Action, Body, Decision, Meeting
from maillage.governance.queries import actions as tasks
from maillage.governance.queries import meetings as reads
from maillage.outbox.models import ToDo
from maillage.strategy import actions as steering
from maillage.strategy.actions import load_strategy
from maillage.strategy.models import Measure
from maillage.territories.models import Territory
from tests.accounts.people import holder
from tests.governance.world import AT, TODAY, announced, body, collective, held, member, minuted, signed_in
from tests.space.people import a_minute_ago
from tests.space.world import leave, links_in
from tests.strategy.counting import differing
from tests.strategy.files import strategy_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]


@pytest.fixture(autouse=True)
def _the_day_is_at() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def text(client: Client, address: str, status: int = 200) -> str:
    cache.clear()  # what is written here is never committed, so that kept pages would not know
    answer = client.get(address)
    assert answer.status_code == status, answer.content[:300]
    return answer.content.decode()


def letter(to: str, word: str) -> EmailMultiAlternatives:
    """The letter of this address whose subject has this word."""
    return next(one for one in leave(AT) if to in one.to[0] and word in str(one.subject))


def test_everybody_reads_a_public_meeting_and_its_validated_minutes_only(client: Client) -> None:
    one = body()
    alice = member(one, name="Alice Exemple")
    coming = announced(one)
    assert "Salle des fêtes" in text(client, coming.get_absolute_url())
    assert "Rencontre d’hiver" in text(client, one.get_absolute_url())
    done = minuted(one, alice, title="Rencontre passée")
    page = done.get_absolute_url()
    assert "On en a parlé" not in text(client, page)
    assert client.get(f"{page}compte-rendu.pdf").status_code == 404
    actions.validate_minutes(meeting=done, by=None, at=AT)
    assert "On en a parlé" in text(client, page)
    assert "Rencontre passée" in text(client, one.get_absolute_url())
    assert client.get(f"{page}compte-rendu.pdf").content.startswith(b"%PDF")
    assert client.get(f"{page}compte-rendu.odt").content.startswith(b"PK")
    actions.cancel_meeting(meeting=coming, reason="Neige", by=None, at=AT)
    assert "Neige" in text(client, coming.get_absolute_url())


def test_a_meeting_that_is_not_public_is_its_members_own(client: Client) -> None:
    one = body()
    alice = member(one)
    done = minuted(one, alice, is_public=False)
    page = done.get_absolute_url()
    assert client.get(page).status_code == 404
    assert client.get(f"{page}presence/").status_code == 404
    signed_in(client, "autre@exemple.test")
    assert client.get(f"{page}compte-rendu.pdf").status_code == 404
    assert client.get(f"/moi/reunions/{done.pk}/").status_code == 404
    signed_in(client)
    assert client.get(f"{page}compte-rendu.pdf").status_code == 200
    assert "On en a parlé" in text(client, f"/moi/reunions/{done.pk}/")


def test_a_date_is_answered_from_the_letter_without_an_account_and_again(client: Client) -> None:
    one = body()
    member(one)
    options = [(AT + timedelta(days=days), AT + timedelta(days=days, hours=1)) for days in (3, 4)]
    meeting = actions.propose_dates(body=one, facts={"title": "Séance"}, options=options, by=None, at=AT)
    path = links_in(letter("alice@exemple.test", "quelle date"))["Répondre"]
    assert "Quelles dates" in text(client, path)
    first, second = meeting.options.order_by("starts_at")
    assert client.post(path, {}).status_code == 422
    for answer in ("no", "yes"):
        typed = {f"option_{first.pk}": answer, f"option_{second.pk}": "yes"}
        assert "c’est noté" in client.post(path, typed).content.decode()
    assert [line.yes for line in reads.poll_of(meeting)] == [1, 1]
    actions.fix_date(option=first, by=None, at=AT)
    assert client.get(path).status_code == 409


def test_one_comes_or_is_excused_by_a_button_that_does_it_once(client: Client) -> None:
    one = body()
    member(one)
    meeting = announced(one)
    links = links_in(letter("alice@exemple.test", "Réunion"))
    assert "Je m’excuse" in text(client, links["Je m’excuse"])
    assert not meeting.attendances.exists()
    assert "excusée" in client.post(links["Je m’excuse"]).content.decode()
    assert meeting.attendances.get().presence == Presence.EXCUSED
    client.post(links["Je viens"])
    client.post(links["Je m’excuse"])
    assert meeting.attendances.get().presence == Presence.COMING
    assert b"BEGIN:VEVENT" in client.get(links["Mettre à mon agenda"]).content
    actions.revise_meeting(meeting=meeting, facts={"place": "Mairie"}, by=None, at=AT)
    assert client.get(links["Je viens"]).status_code in {200, 409}
    assert "Changement" in str(letter("alice@exemple.test", "Changement").subject)


def test_an_action_is_answered_from_the_letter_without_an_account(client: Client) -> None:
    one = body()
    alice = member(one)
    meeting = minuted(one, alice)
    action = actions.entrust(
        meeting=meeting, text="Écrire aux mairies", owner=alice, due_date=TODAY + timedelta(days=30), by=None, at=AT
    )
    actions.validate_minutes(meeting=meeting, by=None, at=AT)
    sent = {str(message.subject): message for message in leave(AT)}
    links = links_in(next(message for subject, message in sent.items() if "À faire" in subject))
    papers = links_in(next(message for subject, message in sent.items() if "compte rendu" in subject))
    assert client.get(papers["Lire le compte rendu (PDF)"]).content.startswith(b"%PDF")
    assert "en cours" in client.post(links["C’est en cours"]).content.decode()
    assert client.post(links["C’est bloqué"], {"news": ""}).status_code == 422
    assert "appeler" in client.post(links["C’est bloqué"], {"news": "Pas d’adresse"}).content.decode()
    action.refresh_from_db()
    assert (action.state, action.news, ToDo.objects.count()) == (ActionState.STUCK, "Pas d’adresse", 1)
    assert "faite" in client.post(links["C’est fait"]).content.decode()
    action.refresh_from_db()
    assert action.state == ActionState.DONE
    assert client.get(links["C’est bloqué"]).status_code in {200, 409}
    assert client.get("/action/rien/").status_code == 404


def test_a_link_of_one_sort_opens_no_page_of_another(client: Client) -> None:
    one = body()
    member(one)
    announced(one)
    token = links_in(letter("alice@exemple.test", "Réunion"))["Mettre à mon agenda"].split("/")[2]
    assert client.get(f"/reunion/{token}/dates/").status_code == 404
    assert client.get(f"/action/{token}/").status_code == 404


def test_presence_is_signed_with_the_code_said_in_the_room(client: Client) -> None:
    one = body()
    member(one)
    meeting = announced(one, days=0)
    path = f"{meeting.get_absolute_url()}presence/"
    assert "Six lettres" in text(client, path)
    typed = {"code": meeting.check_in_code, "email": "alice@exemple.test", "fax": "", "seen": a_minute_ago()}
    assert client.post(path, {**typed, "code": "AAAAAA"}).status_code == 422
    assert client.post(path, {**typed, "fax": "1"}).status_code == 422
    assert not meeting.attendances.exists()
    assert "Merci" in client.post(path, typed).content.decode()
    assert meeting.attendances.get().presence == Presence.PRESENT
    assert "pendant la réunion seulement" in text(client, f"{announced(one).get_absolute_url()}presence/")


def test_a_member_answers_proposes_and_gives_a_proxy_from_their_page(client: Client) -> None:
    one = body()
    member(one)
    bob = member(one, "bob@exemple.test")
    signed_in(client)
    meeting = announced(one)
    path = f"/moi/reunions/{meeting.pk}/"
    assert "Viendrez-vous" in text(client, path)
    assert "Rencontre d’hiver" in text(client, "/moi/instances/")
    assert client.post(f"{path}presence/", {"is_coming": "1", "proxy_to": bob.pk}).status_code == 422
    assert client.post(f"{path}presence/", {"is_coming": "0", "proxy_to": bob.pk}).status_code == 302
    assert meeting.attendances.get().proxy_to == bob
    assert client.post(f"{path}points/", {"title": ""}).status_code == 422
    assert client.post(f"{path}points/", {"title": "Le vélo"}).status_code == 302
    assert "Le vélo" in text(client, path)
    options = [(AT + timedelta(days=3), AT + timedelta(days=3, hours=1))]
    asked = actions.propose_dates(body=one, facts={"title": "x"}, options=options, by=None, at=AT)
    own = f"/moi/reunions/{asked.pk}/dates/"
    assert client.post(own, {}).status_code == 422
    assert client.post(own, {f"option_{asked.options.get().pk}": "yes"}).status_code == 302


def test_the_chair_validates_and_those_who_were_there_take_a_certificate(client: Client) -> None:
    one = body()
    alice, bob = member(one), member(one, "bob@exemple.test", function=Function.CHAIR)
    meeting = minuted(one, alice)
    path = f"/moi/reunions/{meeting.pk}/"
    user = signed_in(client)
    assert not rules.may_validate(user, one, on=TODAY)
    client.post(f"{path}valider/")
    assert Meeting.objects.get().state == MeetingState.DRAFTED
    assert client.get(f"{path}attestation.pdf").content.startswith(b"%PDF")
    signed_in(client, bob.email)
    assert client.get(f"{path}attestation.pdf").status_code == 404
    assert "Valider le compte rendu" in text(client, path)
    client.post(f"{path}valider/")
    assert Meeting.objects.get().state == MeetingState.VALIDATED


def test_an_owner_says_where_an_action_is_and_nobody_else_does(client: Client) -> None:
    one = body()
    alice = member(one)
    meeting = minuted(one, alice)
    action = actions.entrust(meeting=meeting, text="Écrire", owner=alice, due_date=TODAY, by=None, at=AT)
    actions.validate_minutes(meeting=meeting, by=None, at=AT)
    path = f"/moi/actions/{action.pk}/"
    signed_in(client, "autre@exemple.test")
    assert client.post(path, {"state": "done"}).status_code == 404
    signed_in(client)
    assert "Écrire" in text(client, "/moi/instances/")
    for typed in ({"state": "stuck"}, {"state": "dropped", "news": "x"}, {"state": "stuck", "news": "Pas de clé"}):
        client.post(path, typed)
    action.refresh_from_db()
    assert (action.state, action.news) == (ActionState.STUCK, "Pas de clé")


def test_an_agent_leads_a_meeting_from_its_dates_to_its_minutes(client: Client) -> None:
    agent = holder(Role.AGENT)
    client.force_login(agent)
    one = body()
    alice = member(one)
    member(one, "bob@exemple.test")
    new = f"/gestion/instances/{one.pk}/reunions/"
    day = (TODAY + timedelta(days=3)).isoformat()
    typed: dict[str, Any] = {"title": "Séance", "is_public": "on", "day_1": day, "starts_1": "18:00", "ends_1": "20:00"}
    assert "Date 1" in text(client, new)
    assert client.post(new, {**typed, "day_2": day}).status_code == 422
    assert client.post(new, {**typed, "day_2": day, "starts_2": "14:00", "ends_2": "16:00"}).status_code == 302
    meeting = Meeting.objects.get()
    there = f"/gestion/instances/reunions/{meeting.pk}/"
    assert "Choisir la date" in text(client, there)
    client.post(f"/gestion/instances/dates/{meeting.options.first().pk}/fixer/")  # type: ignore[union-attr]
    assert meeting.check_in_code in text(client, there)
    assert client.post(f"{there}points/", {"title": ""}).status_code == 422
    client.post(f"{there}points/", {"title": "La charte"})
    client.post(f"{there}points/", {"title": "Le budget"})
    first, second = meeting.items.order_by("position")
    client.post(f"/gestion/instances/points/{second.pk}/monter/")
    client.post(f"/gestion/instances/points/{second.pk}/retirer/")
    assert list(meeting.items.all()) == [first]
    meeting.refresh_from_db()
    revised = {"title": "Séance", "place": "Mairie", "day": day, "starts": "18:30", "ends": "20:00",
               "seen_at": meeting.changed_at.isoformat()}  # fmt: skip
    assert client.post(f"{there}changer/", revised).status_code == 302
    assert client.post(f"{there}changer/", {**revised, "place": "Perdu"}).status_code in {302, 422}
    assert client.post(f"{there}annuler/", {"reason": ""}).status_code == 422
    assert client.get(f"{there}presence.pdf").content.startswith(b"%PDF")
    with time_machine.travel(AT + timedelta(days=4), tick=False):
        client.force_login(agent)  # a session does not last four days
        wrong = {f"presence_{alice.pk}": "present", f"proxy_{alice.pk}": one.members.exclude(pk=alice.pk).get().pk}
        assert client.post(f"{there}presences/", wrong).status_code == 422
        assert client.post(f"{there}presences/", {f"presence_{alice.pk}": "present"}).status_code == 302
        client.post(f"{there}tenue/")
        assert "Le compte rendu est écrit" in text(client, there)
        point = f"/gestion/instances/points/{first.pk}/"
        seen = {"seen_at": first.changed_at.isoformat()}
        assert client.post(f"{point}compte-rendu/", {"minutes": "Adoptée.", **seen}).status_code == 302
        first.refresh_from_db()
        assert first.minutes == "Adoptée."
        stale = {"minutes": "Perdue", "seen_at": (AT - timedelta(days=1)).isoformat()}
        answer = client.post(f"{point}compte-rendu/", stale)
        assert answer.status_code == 409
        assert "Adoptée." in answer.content.decode()
        assert client.post(f"{point}lignes/", {"kind": "action", "text": "Écrire"}).status_code == 422
        line = {"kind": "action", "text": "Écrire", "owner": alice.pk, "due_date": "2026-12-24"}
        assert client.post(f"{point}lignes/", line).status_code == 302
        assert client.post(f"{point}lignes/", {"kind": "decision", "text": "Oui"}).status_code == 302
        assert client.post(f"{point}lignes/", {"kind": "decision", "text": "Non"}).status_code == 302
        client.post(f"/gestion/instances/decisions/{Decision.objects.get(text='Non').pk}/retirer/")
        client.post(f"{there}ecrit/")
        client.post(f"{there}valider/")
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.VALIDATED
        action, decision = Action.objects.get(), Decision.objects.get()
        client.post(f"/gestion/instances/actions/{action.pk}/retirer/")
        assert Action.objects.exists()
        following = announced(one, days=30)
        page = f"/gestion/instances/reunions/{following.pk}/"
        assert "Écrire" in text(client, page)
        client.post(f"/gestion/instances/decisions/{decision.pk}/suite/", {"state": "not_kept"})
        client.post(f"/gestion/instances/decisions/{decision.pk}/suite/", {"state": "kept", "meeting": following.pk})
        client.post(f"/gestion/instances/actions/{action.pk}/", {"state": "stuck"})
        answer = client.post(f"/gestion/instances/actions/{action.pk}/", {"state": "done", "meeting": following.pk})
        assert answer["Location"] == page
    action.refresh_from_db()
    decision.refresh_from_db()
    assert (action.state, decision.state) == ("done", "kept")


def test_one_date_invites_at_once_and_a_meeting_is_cancelled_from_its_page(client: Client) -> None:
    client.force_login(holder(Role.AGENT))
    one = body()
    typed = {"title": "Séance", "day_1": "2026-12-01", "starts_1": "22:00", "ends_1": "00:30"}
    client.post(f"/gestion/instances/{one.pk}/reunions/", typed)
    meeting = Meeting.objects.get()
    assert meeting.ends_at is not None
    assert timezone.localtime(meeting.ends_at).day == 2
    client.post(f"/gestion/instances/reunions/{meeting.pk}/annuler/", {"reason": "Neige"})
    assert "Neige" in text(client, f"/gestion/instances/reunions/{meeting.pk}/")


def test_what_was_decided_stands_on_the_page_of_its_measure_without_a_name(client: Client) -> None:
    home = Territory.objects.get()
    load_strategy(document={**strategy_file(), "territory": home.pk}, by=None, at=AT)
    one, measure = body(), Measure.objects.get(code="1.1")
    alice = member(one, name="Alice Exemple")
    meeting = minuted(one, alice)
    actions.decide(meeting=meeting, text="On commence", measure=measure, by=None, at=AT)
    actions.entrust(meeting=meeting, text="Écrire aux mairies", owner=alice, due_date=TODAY, measure=measure, by=None,
                    at=AT)  # fmt: skip
    assert "On commence" not in text(client, "/strategie/1.1/")
    actions.validate_minutes(meeting=meeting, by=None, at=AT)
    page = text(client, "/strategie/1.1/")
    assert "Écrire aux mairies" in page
    assert "On commence" in page
    assert "Alice Exemple" not in page


def test_gauges_count_what_took_place_this_year() -> None:
    one, committee = collective(), body("COPIL", kind=Kind.STEERING_COMMITTEE)
    alice, bob, maud = member(one), member(one, "bob@exemple.test"), member(committee)
    held(one, alice, bob)
    held(one, alice)
    held(committee, maud)
    announced(one)
    figures = [read(TODAY) for read in (gauges.meetings, gauges.steering_meetings, gauges.attendance)]
    assert [str(one.value) for one in figures] == ["2", "1", "1.5"]
    active = gauges.active_members(TODAY)
    assert (active.value, active.is_people) == (1, True)
    assert differing(gauges.GAUGES, TODAY) == {}
    assert gauges.attendance(TODAY.replace(year=2020)).value == 0


def test_a_small_mean_of_presences_is_told_unless_hardly_anybody_came_at_all() -> None:
    one = collective()
    people = [member(one, f"m{number}@exemple.test") for number in range(3)]
    held(one, *people)
    assert (gauges.attendance(TODAY).value, gauges.attendance(TODAY).is_people) == (3, True)
    held(one, *people)
    assert (gauges.attendance(TODAY).value, gauges.attendance(TODAY).is_people) == (3, False)


def test_lists_ask_the_same_number_of_queries_for_one_and_for_three(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    one = body()
    alice = member(one)
    meeting = held(one, alice)
    for rank in range(3):
        item = actions.add_item(meeting=meeting, title=f"Point {rank}", at=AT)
        actions.entrust(meeting=meeting, item=item, text="x", owner=alice, due_date=TODAY, by=None, at=AT)
        member(one, f"m{rank}@exemple.test")
        for read, most in (
            (lambda: [str(each.owner) for item in reads.agenda_of(meeting) for each in item.actions.all()], 3),
            (lambda: [str(who.college) for who, _ in reads.roll_of(meeting, AT)], 2),
            (lambda: reads.quorum_of(meeting, AT), 3), (lambda: tasks.late_actions(AT), 1),
        ):  # fmt: skip
            with django_assert_max_num_queries(most):
                read()


def test_codes_have_six_letters_that_are_said_aloud() -> None:
    codes = {announced(Body.objects.first() or body()).check_in_code for _ in range(5)}
    assert all(re.fullmatch("[BCDFGHJKLMNPQRSTVWXZ]{6}", code) for code in codes)


def test_minutes_typed_as_one_goes_are_kept_and_never_over_those_of_another(client: Client) -> None:
    one = collective()
    meeting = held(one, member(one))
    point = actions.add_item(meeting=meeting, title="La charte", at=AT)
    client.force_login(holder(Role.AGENT))
    there, page = f"/gestion/instances/points/{point.pk}/compte-rendu/", f"/gestion/instances/reunions/{meeting.pk}/"
    assert f'hx-post="{there}"' in text(client, page)
    typed = {"minutes": "On en a", "seen_at": point.changed_at.isoformat()}
    script = {"HX-Request": "true", "Sec-Fetch-Site": "same-origin"}
    with time_machine.travel(AT + timedelta(minutes=12), tick=False):
        answer = client.post(there, typed, headers=script)
        point.refresh_from_db()
    said = answer.content.decode().replace("\xa0", " ")
    assert (answer.status_code, point.minutes) == (200, "On en a")
    assert said.startswith("Enregistré à 12 h 12.")
    assert f'value="{point.changed_at.isoformat()}" id="minutes-{point.pk}-seen_at" hx-swap-oob="true"' in said
    assert "textarea" not in said
    refused = client.post(there, {**typed, "minutes": "Autre chose"}, headers=script)
    assert (refused.status_code, "On en a" in refused.content.decode()) == (422, True)
    assert "hx-swap-oob" not in refused.content.decode(), "the next letter would write over it"
    compared = client.post(there, {**typed, "minutes": "Autre chose"})
    assert (compared.status_code, f'hx-post="{there}"' in compared.content.decode()) == (409, False)
    assert client.post(there, {"minutes": "x" * 20_001}, headers=script).status_code == 422
    client.logout()
    ended = client.post(there, {**typed, "minutes": "Un texte qui ne doit pas se perdre"}, headers=script)
    assert (ended.status_code, "Connectez-vous dans un nouvel onglet" in ended.content.decode()) == (401, True)
    del script["HX-Request"]
    shown = client.post(there, {**typed, "minutes": "Un texte qui ne doit pas se perdre"}, headers=script)
    assert "Un texte qui ne doit pas se perdre" in shown.content.decode()
    point.refresh_from_db()
    assert point.minutes == "On en a"


def test_a_decision_proves_a_measure_once_its_minutes_are_public(client: Client) -> None:
    load_strategy(document={**strategy_file(), "territory": Territory.objects.get().pk}, by=None, at=AT)
    one, measure = body(), Measure.objects.get(code="1.1")
    done = minuted(one, member(one))
    said = actions.decide(
        meeting=done, text="On ouvre le samedi.", item=done.items.get(), measure=measure, by=None, at=AT
    )
    [kind] = [found for found in EVIDENCE if found.object_type == "governance.decision"]
    assert (kind.find("samedi"), kind.describe([said.pk])) == ([], {})
    actions.validate_minutes(meeting=done, by=None, at=AT)
    assert kind.find("samedi") == [(said.pk, f"{said} ({one})")]
    other = Measure.objects.exclude(pk=measure.pk).order_by("pk")[0]
    steering.attach_evidence(measure=other, object_type="governance.decision", object_id=said.pk, by=None, at=AT)
    page = text(client, done.get_absolute_url())
    assert f">Mesure {measure.code}</a>" in page  # the one that it was typed with
    assert f'Montre ce que devient <a href="{other.get_absolute_url()}">' in page
    assert kind.describe([said.pk])[said.pk].path == done.get_absolute_url()


def test_the_figures_of_meetings_lead_to_the_meetings_that_took_place(client: Client) -> None:
    one = body()
    met = held(one, member(one))
    announced(one)
    listings = {gauge.key: gauge.listing for gauge in gauges.GAUGES}
    for key, expected in (("governance.meetings", [met.get_absolute_url()]), ("governance.steering_meetings", [])):
        listing = listings[key]
        assert listing is not None
        assert listing.is_public
        assert [line.path for line in listing.read(TODAY, None).every()] == expected
    assert met.title in text(client, met.get_absolute_url())
    Meeting.objects.filter(pk=met.pk).update(is_public=False)
    listing = listings["governance.meetings"]
    assert listing is not None
    [line] = listing.read(TODAY, None).every()
    assert (line.title, line.path, line.day) == ("Réunion réservée aux membres", "", None)
