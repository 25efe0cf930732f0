"""Replies by mail: they land once, in the right thread, from the right person; machines never talk to each other."""

from __future__ import annotations

import base64
import io
import json
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db.utils import OperationalError
from django.test import Client
from pytest_django import Settings

from maillage.accounts.models import User
from maillage.discussion import actions, terms
from maillage.discussion.actions import replies
from maillage.discussion.enums import Outcome, Way
from maillage.discussion.mail.addresses import read_address, reply_address
from maillage.discussion.mail.reading import parsed
from maillage.discussion.models import Following, Message, ReceivedMail, SharedFile, Thread
from maillage.outbox.models import Letter
from tests.discussion.world import AT, REPLIES, mail, pdf, people, talk
from tests.space.world import leave

pytestmark = pytest.mark.django_db
LATER = date(2027, 1, 1)


@pytest.fixture
def alice() -> User:
    return people("alice")[0]


@pytest.fixture
def thread(alice: User) -> Thread:
    return talk(people("bruno")[0])


def address(thread: Thread, user: User, until: date = LATER) -> str:
    return reply_address(thread_id=thread.pk, user_id=user.pk, until=until)


def took(message: Any, **facts: Any) -> ReceivedMail:
    trace = actions.take_mail(message=message, at=AT, **facts)
    assert trace is not None
    return trace


def said() -> list[str]:
    return [one.text for one in Message.objects.filter(way=Way.MAIL).order_by("pk")]


def told() -> list[str]:
    return list(Letter.objects.filter(kind="discussion.mail_refused").values_list("mailbox__address", flat=True))


def test_a_reply_lands_in_the_thread_under_its_authors_name(thread: Thread, alice: User) -> None:
    text = "Oui, mardi.\n\nLe 24/11/2026 à 10:02, Maillage a écrit :\n> On y va ?\n"
    trace = took(mail(address(thread, alice).upper(), text))

    message = Message.objects.get(way=Way.MAIL)
    assert (message.text, message.author, message.thread, message.written_at) == ("Oui, mardi.", alice, thread, AT)
    assert (trace.outcome, trace.message) == (Outcome.LANDED, message)
    assert Following.objects.filter(thread=thread, user=alice, is_on=True).exists()
    assert Letter.objects.filter(kind="discussion.message", mailbox__address="bruno@exemple.test").count() == 1


def test_the_address_that_a_letter_gives_is_the_one_that_lands(thread: Thread, alice: User) -> None:
    letter = next(one for one in leave(AT + timedelta(days=6)) if one.to == ["alice@exemple.test"])
    assert letter.reply_to[0] in str(letter.body)
    assert len(letter.reply_to[0].partition("@")[0]) <= 64
    took(mail(letter.reply_to[0]))
    assert said() == ["Oui, mardi."]


def test_the_same_message_lands_once(thread: Thread, alice: User) -> None:
    first = took(mail(address(thread, alice)))
    assert took(mail(address(thread, alice), "Autre chose")) == first
    took(mail(address(thread, alice), "Une autre", number="2"))
    assert said() == ["Oui, mardi.", "Une autre"]


def test_the_same_message_brought_twice_at_once_lands_once(
    thread: Thread, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = replies._answer

    def overtaken(incoming: Any, at: Any) -> Any:
        ReceivedMail.objects.create(digest=incoming.digest, outcome=Outcome.LANDED, at=at)
        return answer(incoming, at)

    monkeypatch.setattr(replies, "_answer", overtaken)
    message = mail(address(thread, alice))
    message.add_attachment(pdf(), maintype="application", subtype="pdf", filename="plan.pdf")
    assert took(message) == ReceivedMail.objects.get()
    assert (said(), SharedFile.objects.count()) == ([], 0)
    assert default_storage.listdir("echanges")[1] == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"}, {"Auto_Submitted": "auto-generated; x=y"}, {"Precedence": "bulk"},
        {"X_Autoreply": "yes"}, {"Return_Path": "<>"}, {"List_Id": "<liste.exemple.test>"},
        {"sender": "MAILER-DAEMON@exemple.test"},
    ],
)  # fmt: skip
def test_a_machine_is_not_answered(thread: Thread, alice: User, headers: dict[str, str]) -> None:
    trace = took(mail(address(thread, alice), **headers))
    assert (trace.outcome, said(), told()) == (Outcome.IGNORED, [], [])


@pytest.mark.parametrize("subject", ["Réponse automatique : Une visite", "Out of office: x", "Absence du bureau"])
def test_a_holiday_is_not_published(thread: Thread, alice: User, subject: str) -> None:
    message = mail(address(thread, alice))
    message.replace_header("Subject", subject)
    assert took(message).outcome == Outcome.IGNORED


def test_a_person_who_says_no_to_auto_submitted_lands(thread: Thread, alice: User) -> None:
    took(mail(address(thread, alice), Auto_Submitted="no"))
    assert said() == ["Oui, mardi."]


def forged(thread: Thread, alice: User) -> str:
    good = address(thread, alice)
    return good.replace(f"+{thread.pk}-", f"+{thread.pk + 1}-")


def test_a_forged_address_is_told_to_a_known_sender_only(thread: Thread, alice: User) -> None:
    assert took(mail(forged(thread, alice))).trouble == "forged"
    assert took(mail(REPLIES, number="2")).trouble == "forged"
    assert told() == ["alice@exemple.test"]
    assert took(mail(forged(thread, alice), sender="inconnu@exemple.test", number="3")).trouble == "forged"
    assert told() == ["alice@exemple.test"]
    assert said() == []


def test_an_old_address_says_so_once_a_day(thread: Thread, alice: User) -> None:
    old = address(thread, alice, AT.date() - timedelta(days=1))
    for number in "123":
        assert took(mail(old, number=number)).trouble == "expired"
    assert told() == ["alice@exemple.test"]
    letter = next(one for one in leave(AT) if one.to == ["alice@exemple.test"])
    assert "trop ancienne" in str(letter.body)
    assert thread.get_absolute_url() in str(letter.body)


def test_a_letter_passed_on_does_not_lend_its_readers_name(thread: Thread, alice: User) -> None:
    people("ines")
    assert took(mail(address(thread, alice), sender="ines@exemple.test")).trouble == "other_sender"
    assert took(mail(address(thread, alice), sender="perso@exemple.test", number="2")).trouble == "other_sender"
    assert (said(), told()) == ([], ["alice@exemple.test"])
    [letter] = [one for one in leave(AT) if one.to == ["alice@exemple.test"]]
    assert letter.subject == "Un courriel n’a pas été publié", "she wrote nothing herself, perhaps"
    assert "ne les transférez pas" in str(letter.body)


def test_a_proved_second_address_of_the_account_is_theirs(thread: Thread, alice: User) -> None:
    from allauth.account.models import EmailAddress

    second = EmailAddress.objects.create(user=alice, email="perso@exemple.test", verified=False)
    assert took(mail(address(thread, alice), sender="perso@exemple.test")).trouble == "other_sender"
    second.verified = True
    second.save()
    took(mail(address(thread, alice), sender="perso@exemple.test", number="2"))
    assert said() == ["Oui, mardi."]


def test_whoever_may_not_write_any_more_is_told(thread: Thread, alice: User) -> None:
    [marcel] = people("marcel")
    assert took(mail(address(thread, marcel), sender=marcel.email)).trouble == "no_right"
    actions.set_closed(thread=thread, is_closed=True, by=alice, at=AT)
    assert took(mail(address(thread, alice), number="2")).trouble == "closed"
    alice.is_active = False
    alice.save()
    assert took(mail(address(thread, alice), number="3")).trouble == "no_right"
    thread.delete()
    assert took(mail(address(Thread(pk=10**9), marcel), sender=marcel.email, number="4")).trouble == "gone"
    assert sorted(told()) == ["alice@exemple.test", "marcel@exemple.test"]
    assert said() == []


@pytest.mark.parametrize(("text", "trouble"), [("> On y va ?", "empty"), ("x" * 8_001, "too_long")])
def test_nothing_to_publish_or_too_much_is_refused(thread: Thread, alice: User, text: str, trouble: str) -> None:
    assert took(mail(address(thread, alice), text)).trouble == trouble


def test_a_flood_is_stopped(thread: Thread, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "mails_an_hour", lambda on: 2)
    troubles = [took(mail(address(thread, alice), number=str(number))).trouble for number in range(4)]
    assert troubles == ["", "", "too_many", "too_many"]


def test_files_are_kept_clean_or_named_in_a_letter(thread: Thread, alice: User) -> None:
    for number in "12":
        message = mail(address(thread, alice), "Voici.", number=number)
        message.add_attachment(pdf(), maintype="application", subtype="pdf", filename="../le_plan.pdf")
        message.add_attachment(b"MZ", maintype="application", subtype="x-msdownload", filename="virus.exe")
        took(message)

    assert sorted(SharedFile.objects.values_list("name", flat=True)) == ["le plan", "le plan (25/11/2026 12.00.00)"]
    assert set(SharedFile.objects.values_list("circle", flat=True)) == {"essai-1"}
    dated = "Voici.\n\nFichier joint\u00a0: «\u00a0le plan (25/11/2026 12.00.00)\u00a0»."
    assert said() == ["Voici.\n\nFichier joint\u00a0: «\u00a0le plan\u00a0».", dated]
    letters = [str(one.body) for one in leave(AT) if "sans tous ses fichiers" in str(one.subject)]
    assert len(letters) == 2
    assert "«\u00a0virus.exe\u00a0»" in letters[0]


def test_a_file_alone_is_said_and_too_heavy_is_refused(
    thread: Thread, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = mail(address(thread, alice), "")
    message.add_attachment(pdf(), maintype="application", subtype="pdf", filename="plan.pdf")
    took(message)
    assert said() == ["Fichier joint\u00a0: «\u00a0plan\u00a0»."]
    monkeypatch.setattr(replies, "LARGEST_MAIL", 10)
    other = mail(address(thread, alice), "Voici", number="2")
    other.add_attachment(pdf(), maintype="application", subtype="pdf", filename="autre.pdf")
    assert took(other).trouble == "too_heavy"


def test_what_is_not_for_a_thread_is_left(thread: Thread, settings: Settings, alice: User) -> None:
    assert actions.take_mail(message=mail("contact@exemple.test"), at=AT) is None
    assert took(mail("liste@exemple.test"), envelope=(address(thread, alice),)).outcome == Outcome.LANDED
    to = address(thread, alice)
    settings.REPLY_ADDRESS = ""
    assert reply_address(thread_id=1, user_id=1, until=LATER) == ""
    assert actions.take_mail(message=mail(to, number="2"), at=AT) is None


def test_an_e_mail_with_bytes_of_no_alphabet_lands_all_the_same(thread: Thread, alice: User) -> None:
    raw = (
        mail(address(thread, alice))
        .as_bytes()
        .replace(b"Content-Type: text/plain", b"X: \xff\r\nContent-Type: text/plain")
    )
    took(parsed(raw.replace(b"Oui, mardi.", b"Oui\x00 \xe9t\xe9")))
    assert len(said()) == 1
    body = (
        f"From: alice@exemple.test\r\nTo: {address(thread, alice)}\r\nMessage-ID: <9@e>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; charset=idna\r\n\r\n'
        "<![alerte[ Oui <p>Merci</p>\r\n--x\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
    ).encode()
    name = b'Content-Disposition: attachment; filename="pl\xe9\xff\x00an.pdf"\r\n\r\n'
    took(parsed(body + name + base64.b64encode(pdf()) + b"\r\n--x--\r\n"))
    assert SharedFile.objects.count() == 1


def test_a_good_address_wins_over_a_spoilt_one(thread: Thread, alice: User) -> None:
    found = read_address([f"fil+rien@{REPLIES.partition('@')[2]}", address(thread, alice)], on=AT.date())
    assert found is not None
    assert (found.trouble, found.thread_id, found.user_id) == ("", thread.pk, alice.pk)


def test_without_an_address_letters_send_back_to_the_site(thread: Thread, settings: Settings) -> None:
    people("ines")
    settings.REPLY_ADDRESS = ""
    talk(User.objects.get(email="bruno@exemple.test"), title="Autre")
    letter = next(one for one in leave(AT + timedelta(days=6)) if one.to == ["ines@exemple.test"])
    assert "Répondez sur le site." in str(letter.body)
    assert "fil+" not in str(letter.body)


# The doors


def pipe(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content)))


@time_machine.travel(AT, tick=False)
def test_a_mail_server_pipes_a_message_in(
    thread: Thread, alice: User, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe(monkeypatch, mail("liste@exemple.test").as_bytes())
    call_command("take_mail", "--to", address(thread, alice), "--json")
    answer = json.loads(capsys.readouterr().out)
    assert answer == {"outcome": "landed", "message": Message.objects.get(way=Way.MAIL).pk, "trouble": ""}
    pipe(monkeypatch, mail("liste@exemple.test", number="2").as_bytes())
    call_command("take_mail")
    assert "ne répond à aucun fil" in capsys.readouterr().out


def test_a_mail_server_learns_to_come_back_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maillage.discussion.management.commands.take_mail.LARGEST", 10)
    pipe(monkeypatch, b"x" * 11)
    with pytest.raises(CommandError) as heavy:
        call_command("take_mail")
    assert heavy.value.returncode == 65

    def away(**facts: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(actions, "take_mail", away)
    pipe(monkeypatch, b"x")
    with pytest.raises(CommandError) as busy:
        call_command("take_mail")
    assert busy.value.returncode == 75


SECRET, DOOR = "maillage:un-secret-assez-long", "/courrier/entrant/"


@pytest.fixture
def postmark(settings: Settings) -> None:
    settings.EMAIL_TRANSPORT = {"kind": "service", "name": "postmark", "settings": {}}
    settings.EMAIL_WEBHOOK_SECRET = SECRET
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "x", "WEBHOOK_SECRET": SECRET}


def bring(to: str, *, secret: str = SECRET, headers: list[dict[str, str]] | None = None) -> int:
    body = {
        "FromFull": {"Email": "alice@exemple.test", "Name": "Alice", "MailboxHash": ""},
        "ToFull": [{"Email": to, "Name": "", "MailboxHash": ""}], "OriginalRecipient": to, "Subject": "Re: Une visite",
        "MessageID": "1", "Date": "Wed, 25 Nov 2026 11:00:00 +0000", "TextBody": "Oui, mardi.", "HtmlBody": "",
        "Headers": [{"Name": "Message-ID", "Value": "<1@exemple.test>"}, *(headers or [])],
        "Attachments": [{"Name": "plan.pdf", "Content": base64.b64encode(pdf()).decode(),
                         "ContentType": "application/pdf", "ContentLength": len(pdf())}],
    }  # fmt: skip
    proof = base64.b64encode(secret.encode()).decode()
    answer = Client(enforce_csrf_checks=True).post(
        DOOR, body, content_type="application/json", headers={"authorization": f"Basic {proof}"}
    )
    return answer.status_code


@pytest.mark.usefixtures("postmark")
def test_a_mail_service_brings_a_message_once(thread: Thread, alice: User) -> None:
    until = AT.date() + timedelta(days=36_500)
    assert bring(address(thread, alice, until)) == 200
    assert bring(address(thread, alice, until)) == 200
    assert said() == ["Oui, mardi.\n\nFichier joint\u00a0: «\u00a0plan\u00a0»."]
    assert SharedFile.objects.get().name == "plan"


@pytest.mark.usefixtures("postmark")
def test_a_stranger_who_knows_no_secret_brings_nothing(thread: Thread, alice: User) -> None:
    assert bring(address(thread, alice), secret="maillage:un-autre-secret-long") == 400
    assert ReceivedMail.objects.count() == 0


@pytest.mark.usefixtures("postmark")
def test_the_door_is_shut_without_a_service_or_an_address(settings: Settings) -> None:
    settings.REPLY_ADDRESS = ""
    assert Client().post(DOOR).status_code == 404
    settings.REPLY_ADDRESS = REPLIES
    settings.EMAIL_TRANSPORT = {"kind": "smtp", "settings": {}}
    assert Client().post(DOOR).status_code == 404
