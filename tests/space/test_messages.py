"""A visitor writes to somebody whose address they never see; the words are forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from maillage.accounts.enums import Role
from maillage.kernel.models import JournalEntry
from maillage.outbox.models import Letter
from maillage.space import actions
from maillage.space.checks import find_breaches
from maillage.space.enums import MessageState
from maillage.space.models import RelayedMessage
from maillage.space.queries_officers import message_figures
from tests.accounts.people import holder
from tests.factories import commune, epci, territory
from tests.space.test_suggestions import officer
from tests.space.world import AT, OWN, leave, links_in, manager, sheet

pytestmark = pytest.mark.django_db
SAID = {"name": "Chloé", "email": "chloe@exemple.test", "words": "Bonjour.\nPrenez-vous les vieux vélos ?"}


def test_words_leave_once_the_visitors_own_address_said_yes(client: Client) -> None:
    one = sheet()
    with time_machine.travel(AT, tick=False):
        page = client.post(f"{one.get_absolute_url()}ecrire/", SAID)
        assert "Regardez votre courriel" in page.content.decode()
        (confirm,) = leave(AT)
        assert confirm.to == ["chloe@exemple.test"]
        path = links_in(confirm)["Relire et envoyer mon message"]
        assert "vieux vélos" in client.get(path).content.decode()
        client.head(path)
        assert leave(AT) == []
        assert "C’est parti" in client.post(path).content.decode()
        (relayed,) = leave(AT)
        assert "déjà fait" in client.post(path).content.decode()
    assert (relayed.to, relayed.reply_to) == ([OWN], ["chloe@exemple.test"])
    assert "vieux vélos" in str(relayed.body)
    assert leave(AT) == []
    assert "vélos" not in str(JournalEntry.objects.values())
    assert "chloe" not in str(JournalEntry.objects.values())


def test_the_manager_reads_it_first() -> None:
    one = sheet()
    manager(one)
    actions.relay(message=actions.write_message(to=one, at=AT, **SAID), at=AT)
    assert [message.to for message in leave(AT)] == [["chloe@exemple.test"], ["alice@exemple.test"]][1:]


def test_nobody_to_read_it_is_said_at_once(client: Client) -> None:
    one = sheet(email="")
    answer = client.post(f"{one.get_absolute_url()}ecrire/", SAID)
    assert answer.status_code == 422
    assert "Appelez-nous" in answer.content.decode()
    assert not RelayedMessage.objects.exists()


def test_after_thirty_days_nothing_is_left_in_clear_but_the_counts() -> None:
    one = sheet()
    actions.relay(message=actions.write_message(to=one, at=AT, **SAID), at=AT + timedelta(hours=2))
    actions.write_message(to=one, at=AT, **SAID)
    assert actions.forget_messages(at=AT + timedelta(days=30)) == 0
    assert actions.forget_messages(at=AT + timedelta(days=30, minutes=1)) == 2
    assert actions.forget_messages(at=AT + timedelta(days=40)) == 0
    assert {(m.name, m.email, m.words) for m in RelayedMessage.objects.all()} == {("", "", "")}
    told = message_figures()
    assert (told.written, told.relayed, told.hours) == (2, 1, 2.0)
    with pytest.raises(actions.MessageRefused):
        actions.relay(message=RelayedMessage.objects.get(state=MessageState.WRITTEN), at=AT + timedelta(days=41))


def test_an_address_is_not_flooded_and_a_machine_is_not_heard(client: Client) -> None:
    one = sheet()
    path = f"{one.get_absolute_url()}ecrire/"
    assert client.post(path, {**SAID, "fax": "1"}).status_code == 200
    codes = [client.post(path, SAID).status_code for _ in range(6)]
    assert codes == [200] * 4 + [429] * 2
    assert Letter.objects.count() == 4


def test_agents_read_counts_not_words(client: Client) -> None:
    one = sheet()
    actions.relay(message=actions.write_message(to=one, at=AT, **SAID), at=AT)
    client.force_login(holder(Role.AGENT))
    assert "1 sur 1" in client.get("/gestion/espaces/propositions/").content.decode()
    for letter in Letter.objects.all():
        assert "vélos" not in client.get(f"/gestion/courrier/{letter.pk}/").content.decode()


def test_each_cc_shows_its_officer_and_a_vacancy_is_said_plainly(client: Client) -> None:
    north, east = epci("CC du Nord"), epci("CC de l’Est")
    territory([commune("80620", "Péronne", of=north), commune("80829", "Y", column=1, of=east)], [north, east])
    rachid = officer(north, end=AT.date())
    with time_machine.travel(AT, tick=False):
        html = client.get("/referents/").content.decode()
        assert html.count("Lui écrire") == 1
        assert "Rachid" in html
        assert "jusqu’au 25\u00a0novembre 2026" in html
        assert "Péronne" in html
        assert "Personne pour l’instant" in html
        assert rachid.email not in html
        assert [(one.subject, "aucun" in one.message) for one in find_breaches()] == [("CC de l’Est", True)]
        assert client.get(f"/referents/{east.siren}/ecrire/").status_code == 404
        client.post(f"/referents/{north.siren}/ecrire/", SAID)
        client.post(links_in(leave(AT)[0])["Relire et envoyer mon message"])
        assert [message.to for message in leave(AT)] == [[rachid.email]]
        officer(east, "salima@exemple.test")
        assert list(find_breaches()) == []
        officer(north, "deux@exemple.test")
        assert [(one.subject, one.message[:1]) for one in find_breaches()] == [("CC du Nord", "2")]
    with time_machine.travel(AT + timedelta(hours=12), tick=False):  # midnight in Paris: the mandate is over
        assert client.get("/referents/").content.decode().count("Lui écrire") == 2
