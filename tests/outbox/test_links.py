from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.core.signing import Signer
from django.db import transaction
from django.test import Client
from django.utils import timezone

from maillage.kernel.models import JournalEntry, Source
from maillage.outbox import actions, links
from maillage.outbox.enums import Frequency, State
from maillage.outbox.models import Letter, Mailbox, UsedLink
from maillage.outbox.occasions import occasion, occasion_of
from tests.outbox.world import CONFIRM, Way, postman, source

pytestmark = pytest.mark.django_db
ALICE = "alice@exemple.test"
TICKED = re.compile(r"""name="(?:frequency" value="\w+|subjects" value="essai\.\w+)"[^>]*\schecked""")


@pytest.fixture
def about() -> Source:
    return source("Le Fil vert")


def link_to(about: Source, *, at: datetime | None = None) -> str:
    now = at or timezone.now()
    letter = actions.post(kind="essai.alone", to=ALICE, about=about, at=now)
    told = occasion(letter.mailbox, object_type=letter.object_type, object_id=letter.object_id, facts={}, at=now)
    return links.sign(CONFIRM, told, letter_id=letter.pk)


def everything() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (Letter, Mailbox, UsedLink, Source, JournalEntry)]


def test_looking_changes_nothing_however_one_looks(client: Client, about: Source) -> None:
    path = link_to(about)
    before = everything()
    for _ in range(3):
        assert client.get(path, headers={"user-agent": "Scanner"}).status_code == 200
        assert client.head(path).status_code == 200
        assert client.options(path).status_code == 405
    assert everything() == before
    assert client.get(path).cookies == {}


def test_a_click_does_it_once_and_writes_it_down(client: Client, about: Source) -> None:
    path = link_to(about)
    page = client.get(path).content.decode()
    assert "Confirmer ma fiche</button>" in page
    assert client.post(path).status_code == 200
    about.refresh_from_db()
    assert about.licence == "confirmée"
    act = JournalEntry.objects.get(verb="follow_link")
    assert (act.changes, act.note) == ({"purpose": [None, "essai.confirm"]}, f"kernel.source {about.pk}")
    assert act.actor_label == "Lien d’une lettre"
    assert ALICE not in f"{act.object_label}{act.note}{act.changes}{act.actor_label}"
    Source.objects.update(licence="")
    again = client.post(path)
    assert again.status_code == 200
    assert "C’est déjà fait" in again.content.decode()
    assert "Ma fiche aujourd’hui" in client.get(path).content.decode()
    about.refresh_from_db()
    assert about.licence == ""
    assert UsedLink.objects.count() == 1


def test_the_same_link_written_again_later_is_the_same_link(client: Client, about: Source) -> None:
    letter = actions.post(kind="essai.alone", to=ALICE, about=about, at=timezone.now())
    paths = []
    for minutes in (0, 10):
        at = timezone.now() + timedelta(minutes=minutes)
        told = occasion(letter.mailbox, object_type="kernel.source", object_id=about.pk, facts={}, at=at)
        paths.append(links.sign(CONFIRM, told, letter_id=letter.pk))
    assert paths[0] != paths[1]
    client.post(paths[0])
    assert "C’est déjà fait" in client.post(paths[1]).content.decode()


def test_a_link_that_is_too_old_says_so_and_helps(client: Client, about: Source) -> None:
    path = link_to(about, at=timezone.now() - timedelta(days=31))
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 410
        assert "Ce lien n’est plus valable" in answer.content.decode()
        assert "/annuaire/" in answer.content.decode()
    about.refresh_from_db()
    assert about.licence == ""


def test_a_link_whose_object_moved_does_nothing(client: Client, about: Source) -> None:
    path = link_to(about)
    Source.objects.filter(pk=about.pk).update(title="Autre nom")
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 409
        assert "Les choses ont changé" in answer.content.decode()
    assert not UsedLink.objects.exists()


def test_a_link_whose_object_is_gone_does_nothing(client: Client, about: Source) -> None:
    path = link_to(about)
    Source.objects.all().delete()
    assert (client.get(path).status_code, client.post(path).status_code) == (409, 409)


def test_a_token_that_is_not_ours_opens_nothing(client: Client, about: Source) -> None:
    path = link_to(about)
    token = path.split("/")[2]
    middle = len(token) // 2
    other = "A" if token[middle] != "A" else "B"
    forged = [
        "x",
        token[:-1],
        token[:middle] + other + token[middle + 1 :],
        # Signed by the same secret for another use, or not a payload of ours.
        Signer(salt="maillage.outbox.preferences", sep=".").sign_object([1, 2]),
        Signer(salt="maillage.outbox.link", sep=".").sign_object({"purpose": "essai.confirm"}),
        Signer(salt="maillage.outbox.link", sep=".").sign("not an object"),
    ]
    for bad in forged:
        answer = client.post(f"/l/{bad}/")
        assert (answer.status_code, "Ce lien n’est pas complet" in answer.content.decode()) == (404, True), bad
    assert not UsedLink.objects.exists()


def test_the_link_of_somebody_forgotten_is_dead(client: Client, about: Source) -> None:
    path = link_to(about)
    actions.forget_mailbox(address=ALICE)
    assert client.post(path).status_code == 410


def test_nobody_keeps_or_indexes_the_page_or_learns_its_address(client: Client, about: Source) -> None:
    letter = actions.post(kind="essai.alone", to=ALICE, about=about, at=timezone.now())
    for path in (link_to(about), "/l/nothing/", links.preferences_path(letter.mailbox, at=timezone.now())):
        answer = client.get(path)
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert 'rel="canonical"' not in answer.content.decode()
        assert "unsafe" not in answer["Content-Security-Policy"]


def test_a_mail_program_refuses_in_one_post_without_cookie_and_as_often_as_it_likes() -> None:
    actions.post(kind="essai.news", to=ALICE, at=timezone.now())
    Letter.objects.update(state=State.PENDING, due_at=timezone.now())
    postman(way := Way()).round()
    [message] = way.sent
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = urlsplit(message.extra_headers["List-Unsubscribe"].strip("<>")).path
    waiting = actions.post(kind="essai.news", to=ALICE, at=timezone.now())
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(path).status_code == 200
    assert Mailbox.objects.get().blocked_subjects == []
    for _ in range(2):
        assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Mailbox.objects.get().blocked_subjects == ["essai.nouvelles"]
    waiting.refresh_from_db()
    assert waiting.state == State.CANCELLED
    assert actions.post(kind="essai.ask", to=ALICE, at=timezone.now()).state == State.WAITING


def test_refusing_a_gathered_letter_keeps_only_what_nobody_can_refuse() -> None:
    for title in ("Une", "Deux"):
        actions.post(kind="essai.news", to=ALICE, facts={"title": title}, at=timezone.now())
    Letter.objects.update(due_at=timezone.now())
    actions.gather(at=timezone.now())
    postman(way := Way()).round()
    [message] = way.sent
    Client().post(urlsplit(message.extra_headers["List-Unsubscribe"].strip("<>")).path)
    assert actions.post(kind="essai.ask", to=ALICE, at=timezone.now()).state == State.CANCELLED
    assert actions.post(kind="essai.alone", to=ALICE, at=timezone.now()).state == State.PENDING


def test_a_letter_nobody_can_refuse_has_no_such_header() -> None:
    actions.post(kind="essai.alone", to=ALICE, at=timezone.now())
    postman(way := Way()).round()
    assert "List-Unsubscribe" not in way.sent[0].extra_headers


def test_a_reader_chooses_from_the_letter(client: Client) -> None:
    mailbox = actions.mailbox_for(ALICE, at=timezone.now())
    path = links.preferences_path(mailbox, at=timezone.now())
    page = client.get(path).content.decode()
    assert "Votre fiche" in page
    assert len(TICKED.findall(page)) == 3  # weekly, and both subjects
    answer = client.post(path, {"frequency": "daily", "day": "3", "subjects": ["essai.fiches"]})
    assert "C’est enregistré" in answer.content.decode()
    mailbox.refresh_from_db()
    assert (mailbox.frequency, mailbox.day) == (Frequency.DAILY, 3)
    assert ("essai.nouvelles" in mailbox.blocked_subjects, "essai.fiches" in mailbox.blocked_subjects) == (True, False)
    wrong = client.post(path, {"frequency": "hourly", "day": "9"})
    assert "à corriger" in wrong.content.decode()
    assert client.post("/lettres/forged/", {"frequency": "daily"}).status_code == 410


def test_ticking_nothing_refuses_what_comes_later_too(client: Client) -> None:
    mailbox = actions.mailbox_for(ALICE, at=timezone.now())
    client.post(links.preferences_path(mailbox, at=timezone.now()), {"frequency": "weekly", "day": "1"})
    mailbox.refresh_from_db()
    assert mailbox.refuses("a.subject.born.later")
    page = client.get(links.preferences_path(mailbox, at=timezone.now())).content.decode()
    assert len(TICKED.findall(page)) == 1


def test_a_room_may_answer_a_link_with_a_page_of_its_own_and_spend_it_there(about: Source) -> None:
    purpose = replace(CONFIRM, page="outbox:preferences")  # any address that takes a token
    now = timezone.now()
    letter = actions.post(kind="essai.alone", to=ALICE, about=about, at=now)
    path = links.sign(purpose, occasion_of(letter, at=now), letter_id=letter.pk)
    assert path.startswith("/lettres/")
    link = links.read(path.split("/")[2], at=now)
    assert (link.standing, link.letter, link.mailbox) == ("good", letter, letter.mailbox)
    actions.spend(link=link, at=now)
    with pytest.raises(actions.LinkRefused) as refusal, transaction.atomic():
        actions.spend(link=link, at=now)
    assert refusal.value.link.standing == "used"
    assert JournalEntry.objects.filter(verb="follow_link").count() == 1
