"""From a need to a workshop: who fits, who is asked, what they answer, and who hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.directory.models import Establishment, Organisation, Term
from maillage.governance import actions
from maillage.governance.enums import Kind, Reply
from maillage.governance.models import Body, Invitation, Meeting
from maillage.governance.phrases import of_place
from maillage.governance.queries.workshops import fitting, named
from maillage.needs import actions as needs
from maillage.needs.models import Need, Theme
from maillage.outbox import actions as outbox
from maillage.outbox.enums import Frequency, Weekday
from maillage.outbox.models import Letter
from maillage.space.enums import Part
from maillage.space.models import Membership
from maillage.territories.models import Commune
from tests.factories import organisation, person
from tests.governance.world import AT, body, member
from tests.needs.world import CHLOE, NAVETTE, agent, published, theme_of, town
from tests.space.world import leave, links_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]
STARTS = AT + timedelta(days=12)


@pytest.fixture(autouse=True)
def _the_day_is_at() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture(name="town")
def _town() -> Commune:
    return town()


@pytest.fixture
def theme(town: Commune) -> Theme:
    """A need of Péronne, said by Chloé, on mobility."""
    topic = Term.objects.get_or_create(kind="theme", code="mobilite", defaults={"label": "Mobilité"})[0]
    need = published(email=CHLOE, commune=town)
    Need.objects.update(topic=topic)
    return theme_of([need])


def shop(name: str, town: Commune | None = None, *, of_topic: bool = False, **facts: Any) -> Organisation:
    made = organisation(name, status="published", **facts)
    Establishment.objects.filter(organisation=made).delete()
    if town is not None:
        Establishment.objects.create(
            organisation=made, commune=town, latitude=town.latitude, longitude=town.longitude, is_main=True
        )
    if of_topic:
        made.terms.add(Term.objects.get(kind="theme", code="mobilite"))
    return made


def set_up(theme: Theme, host: Body, *asked: Organisation, **facts: Any) -> Meeting:
    told: dict[str, Any] = {
        "place": "Mairie", "starts_at": STARTS, "ends_at": STARTS + timedelta(hours=2), "by": None, "at": AT, **facts,
    }  # fmt: skip
    return actions.set_up_workshop(
        theme=theme, body=host, organisations=dict.fromkeys(asked, "Parle de navette."), **told
    )


def test_those_who_fit_come_by_topic_then_by_words_each_with_its_reason(theme: Theme, town: Commune) -> None:
    shop("Roule ensemble", town, of_topic=True, services="Navette et covoiturage")
    shop("Le minibus", town, services="Une navette le samedi")
    shop("La ruche", town, services="Du miel")
    shop("Exemple de car", town, of_topic=True, is_example=True)
    shop("Fermée", town, of_topic=True, closed_date=AT.date())
    found = fitting(theme)
    assert [one.organisation.name for one in found] == ["Roule ensemble", "Le minibus"]
    assert found[0].reason.startswith("Agit sur «\u00a0Mobilité\u00a0», parle de «\u00a0navette\u00a0»")
    assert found[0].reason.endswith("à Péronne.")
    assert [one.organisation.name for one in fitting(theme, most=1)] == ["Roule ensemble"]


def test_how_far_it_is_is_said_as_one_says_it() -> None:
    names = ("Péronne", "Allaines", "Hem-Monacu", "Le Ronssoy", "Les Hauts")
    said = ["de Péronne", "d’Allaines", "d’Hem-Monacu", "du Ronssoy", "des Hauts"]
    assert [of_place(name) for name in names] == said


def test_a_theme_without_a_place_looks_everywhere_and_finds_by_words(town: Commune) -> None:
    shop("Sans lieu", services="Une navette")
    shop("Le minibus", town, services="Une navette")
    found = fitting(theme_of([published()]))
    assert [(one.organisation.name, "Péronne" in one.reason) for one in found] == [
        ("Le minibus", False), ("Sans lieu", False),
    ]  # fmt: skip
    assert [one.name for one in named("minib")] == ["Le minibus"]
    assert named("mi") == []


def test_the_matching_asks_no_more_for_more(
    theme: Theme, town: Commune, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        shop(f"Navette {number}", town, services="Une navette")
    with django_assert_max_num_queries(7):
        assert len(fitting(theme)) == 6


def test_a_workshop_is_a_meeting_that_everybody_concerned_hears_of(theme: Theme) -> None:
    host, held, silent = body(), shop("Le minibus", email="a@minibus.test"), shop("Sans adresse")
    member(host, "bruno@exemple.test")
    alice = person("alice@exemple.test")
    Membership.objects.create(user=alice, organisation=held, part=Part.MANAGER, since=AT)
    meeting = set_up(theme, host, held, silent)
    assert (meeting.title, meeting.is_public) == ("Atelier\u00a0: Mobilité solidaire", True)
    first = meeting.items.order_by("position").first()
    assert first is not None
    assert first.theme == theme
    told = set(Letter.objects.values_list("kind", "mailbox__address"))
    assert {
        ("governance.notice", "bruno@exemple.test"), ("governance.workshop", "alice@exemple.test"),
        ("needs.turn", CHLOE),
    } <= told  # fmt: skip
    assert Invitation.objects.get(organisation=silent).told_at is None
    assert theme.turns.get(is_workshop=True).address == meeting.get_absolute_url()
    actions.invite_organisations(meeting=meeting, organisations={held: "Encore"}, by=None, at=AT)
    assert Letter.objects.filter(kind="governance.workshop").count() == 1


def test_what_cannot_be_set_up_writes_nothing(theme: Theme) -> None:
    host, one = body(), shop("Le minibus")
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"place": " "}, "où l’on se retrouve"), ({"starts_at": AT}, "déjà passée"),
        ({"ends_at": STARTS}, "avant le début"),
    ]  # fmt: skip
    for facts, words in wrong:
        with pytest.raises(actions.GovernanceRefused, match=words):
            set_up(theme, host, one, **facts)
    with pytest.raises(actions.GovernanceRefused, match="au moins une structure"):
        set_up(theme, host)
    with pytest.raises(actions.GovernanceRefused, match="groupe de travail"):
        set_up(theme, body("COPIL", kind=Kind.STEERING_COMMITTEE), one)
    needs.settle(theme=theme, is_chosen=False, reason="Non.", at=AT)
    with pytest.raises(actions.GovernanceRefused, match="plus d’atelier"):
        set_up(theme, host, one)
    assert not Meeting.objects.exists()
    assert not Letter.objects.filter(kind="governance.workshop").exists()


def test_one_click_answers_once_and_a_get_changes_nothing(theme: Theme, client: Client) -> None:
    one = shop("Le minibus", email="a@minibus.test")
    meeting = set_up(theme, body(), one)
    (letter,) = [each for each in leave(AT) if each.to == ["a@minibus.test"]]
    assert "Parle de navette." in str(letter.body)
    links = links_in(letter)
    assert {"J’y serai", "Je ne peux pas", "Pas pour nous", "Lire la page de la réunion"} <= set(links)
    invitation = Invitation.objects.get()
    assert "Le minibus" in client.get(links["J’y serai"]).content.decode()
    invitation.refresh_from_db()
    assert invitation.reply == ""
    assert client.post(links["J’y serai"]).status_code == 200
    invitation.refresh_from_db()
    assert invitation.reply == Reply.COMING
    client.post(links["Je ne peux pas"])
    client.post(links["J’y serai"])  # spent: a mail program that follows links twice changes nothing
    invitation.refresh_from_db()
    assert invitation.reply == Reply.CANNOT
    with time_machine.travel(AT + timedelta(days=61), tick=False):
        assert client.get(links["Pas pour nous"]).status_code == 410
    with pytest.raises(actions.GovernanceRefused, match="n’est plus attendue"):
        actions.reply(invitation=invitation, answer=Reply.COMING, at=STARTS)
    meeting.refresh_from_db()
    client.force_login(agent())
    assert "Je ne peux pas" in client.get(f"/gestion/instances/reunions/{meeting.pk}/").content.decode()


def test_a_change_or_a_cancellation_reaches_those_who_did_not_say_no(theme: Theme, client: Client) -> None:
    coming, refusing = shop("Le minibus", email="a@minibus.test"), shop("La ruche", email="b@ruche.test")
    meeting = set_up(theme, body(), coming, refusing)
    before = {one.to[0]: links_in(one) for one in leave(AT)}
    actions.reply(invitation=Invitation.objects.get(organisation=refusing), answer=Reply.NOT_FOR_US, at=AT)
    actions.revise_meeting(meeting=meeting, facts={"place": "Gare"}, by=None, at=AT)
    assert [(one.to, "Changement" in one.subject) for one in leave(AT)] == [(["a@minibus.test"], True)]
    client.post(before["a@minibus.test"]["J’y serai"])
    assert Invitation.objects.get(organisation=coming).reply == "", "the letter said another place"
    actions.cancel_meeting(meeting=meeting, reason="La salle est fermée.", by=None, at=AT)
    assert [(one.to, "Annulée" in one.subject) for one in leave(AT)] == [(["a@minibus.test"], True)]


def test_whoever_said_the_need_hears_of_a_change_then_that_it_will_not_be(theme: Theme) -> None:
    outbox.set_preferences(
        mailbox=outbox.mailbox_for(CHLOE, at=AT), frequency=Frequency.AT_ONCE, day=Weekday.TUESDAY,
        blocked_subjects=(), by=None, at=AT,
    )  # fmt: skip
    meeting = set_up(theme, body(), shop("Le minibus"))
    leave(AT)
    actions.revise_meeting(meeting=meeting, facts={"place": "Gare"}, by=None, at=AT)
    (letter,) = [one for one in leave(AT) if one.to == [CHLOE]]
    assert "Changement" in str(letter.body)
    assert "Gare" in str(letter.body)
    actions.cancel_meeting(meeting=meeting, reason="La salle est fermée.", by=None, at=AT)
    (letter,) = [one for one in leave(AT) if one.to == [CHLOE]]
    assert "est annulé" in letter.subject
    assert "La salle est fermée." in str(letter.body)
    assert not theme.turns.filter(is_workshop=True, taken_back_at=None).exists()
    assert needs.cancel_workshop(theme=theme, address=meeting.get_absolute_url(), reason="Encore.", at=AT) == 0
    with pytest.raises(needs.NeedRefused):
        needs.cancel_workshop(theme=theme, address="/", reason=" ", at=AT)


def test_a_theme_that_is_over_hears_no_more_of_its_workshop(theme: Theme) -> None:
    meeting = set_up(theme, body(), shop("Le minibus"))
    needs.settle(theme=theme, is_chosen=False, reason="Non.", at=AT)
    actions.revise_meeting(meeting=meeting, facts={"place": "Gare"}, by=None, at=AT)
    assert theme.turns.filter(is_workshop=True).count() == 1


def test_an_agent_sets_a_workshop_up_from_the_page_of_a_need(client: Client, town: Commune) -> None:
    need = published(email=CHLOE, commune=town)
    host, fits, other = body(), shop("Le minibus", town, services="Une navette"), shop("La ruche", town)
    client.force_login(agent())
    there = f"/gestion/instances/ateliers/besoins/{need.pk}/"
    assert there in client.get(f"/gestion/besoins/{need.pk}/").content.decode()
    assert NAVETTE in client.get(there).content.decode()
    assert client.post(there, {"title": ""}).status_code == 422
    assert client.post(there, {"title": "!"}).status_code == 422
    page = client.post(there, {"title": "Mobilité solidaire"})["Location"]
    assert client.get(there)["Location"] == page
    shown = client.get(page).content.decode()
    assert "Parle de «\u00a0navette\u00a0»" in shown
    assert "La ruche" not in shown
    assert "Ajoutée par vous" in client.get(page, {"structure": "ruche"}).content.decode()
    said = {
        "organisations": [fits.pk, other.pk], "body": host.pk, "place": "Mairie", "day": "2026-12-10",
        "starts": "18:00", "ends": "20:00",
    }  # fmt: skip
    assert client.post(page, {**said, "organisations": []}).status_code == 422
    assert client.post(page, {**said, "day": "2026-01-10"}).status_code == 422
    said["form_key"] = "k" * 22
    made = client.post(page, said)["Location"]
    assert (client.post(page, said)["Location"], Meeting.objects.count()) == (made, 1)
    assert client.post(page, {**said, "place": "Gare"}).status_code == 422
    answered = client.get(made).content.decode()
    assert "L’équipe du territoire a pensé à vous." in answered
    assert "Aucune adresse : à appeler" in answered
    theme = Theme.objects.get()
    assert made in client.get(f"/gestion/besoins/themes/{theme.pk}/").content.decode()
