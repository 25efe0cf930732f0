"""How a letter looks, and what a mail program reads of it."""

from __future__ import annotations

import email
import email.policy
import re
from html.parser import HTMLParser

import pytest
from django.core.mail import send_mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from maillage.kernel.letters import Content
from maillage.kernel.registry import letter_kinds
from maillage.outbox import actions, writing
from maillage.outbox.actions.delivery import Postman
from maillage.outbox.enums import State
from maillage.outbox.models import CaughtLetter, Letter
from maillage.outbox.rendering import Footer, Piece, render
from maillage.outbox.tasks import way_out
from tests.factories import person
from tests.outbox.world import AT, Way, postman, source

pytestmark = pytest.mark.django_db
ALICE = "alice@exemple.test"
NASTY = '<script>alert(1)</script> & "l’été" {{ 7*7 }} <mj-raw>'


class Words(HTMLParser):
    """The text of a page, and the names of its elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.elements = "", set[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def drawn(content: Content, *more: Content) -> tuple[str, str]:
    pieces = [Piece(one, (("Ouvrir", "https://site.test/?a=1&b=2"),)) for one in (content, *more)]
    rendered = render(pieces, Footer("https://site.test/p", "https://site.test/u", "Ne plus recevoir"))
    return rendered.html, rendered.text


def test_what_people_typed_stays_words_in_both_forms() -> None:
    html, text = drawn(Content(NASTY, (NASTY,), facts=((NASTY, NASTY),), code=NASTY, signature=(NASTY,)))
    words = Words(html)
    assert "script" not in words.elements
    assert words.text.count(NASTY) >= 5
    assert text.count(NASTY) >= 5
    assert 'href="https://site.test/?a=1&amp;b=2"' in html


def test_a_letter_reads_without_pictures_and_calls_nobody() -> None:
    html, text = drawn(Content("Titre", ("Une phrase.",)))
    assert {"img", "script", "link", "iframe"} & Words(html).elements == set()
    assert re.findall(r"url\(|@import|src=", html) == []
    assert 'lang="fr"' in html
    for part in ("Titre", "Une phrase.", "Ouvrir", "https://site.test/?a=1&b=2", "https://site.test/u"):
        assert part in text


def test_gathered_contents_are_all_there_in_order() -> None:
    html, text = drawn(*(Content(f"Titre {number}", (f"Phrase {number}",)) for number in range(3)))
    for form in (Words(html).text, text):
        places = [form.index(f"Phrase {number}") for number in range(3)]
        assert places == sorted(places)


@pytest.mark.parametrize("title", ["Objet\r\nBcc: mallory@exemple.test", "Objet\nX: y", "éléphant " * 40])
def test_a_title_is_one_header_whatever_it_holds(title: str) -> None:
    actions.post(kind="essai.alone", to=ALICE, facts={"title": title}, at=AT)
    postman(way := Way(), AT).round()
    raw = way.sent[0].message().as_bytes()
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert read["Bcc"] is None
    assert read["X"] is None
    assert [one.strip() for one in read.get_all("Subject", [])] == [" ".join(title.split())[:150].strip()]
    assert read.get_all("To") == [ALICE]
    assert read["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in read.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_the_address_of_the_one_click_refusal_arrives_whole() -> None:
    actions.post(kind="essai.news", to=ALICE, at=AT)
    Letter.objects.update(state=State.PENDING, due_at=AT)
    postman(way := Way(), AT).round()
    read = email.message_from_bytes(way.sent[0].message().as_bytes(), policy=email.policy.default)
    assert read["List-Unsubscribe"].strip() == way.sent[0].extra_headers["List-Unsubscribe"]
    assert " " not in read["List-Unsubscribe"].strip()
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_message_has_the_same_number_however_often_it_is_written() -> None:
    letter = actions.post(kind="essai.alone", to=ALICE, about=source(), at=AT)
    numbers = set()
    for _ in range(2):
        written = writing.write(Letter.objects.select_related("mailbox").get(), at=AT)
        assert written is not None
        numbers.add(writing.message(letter, written).extra_headers["Message-ID"])
    assert len(numbers) == 1


def test_the_signature_is_a_person_with_a_telephone(settings: Settings) -> None:
    settings.CONTACT = {**settings.CONTACT, "person": "Anne", "phone": "03 22 00 00 00", "email": "anne@exemple.test"}
    actions.post(kind="essai.alone", to=ALICE, at=AT)
    postman(way := Way(), AT).round()
    assert "Anne" in str(way.sent[0].body)
    assert "03 22 00 00 00" in str(way.sent[0].body)
    assert way.sent[0].reply_to == ["anne@exemple.test"]


def test_the_gallery_shows_every_declared_kind_under_a_strict_policy(client: Client) -> None:
    page = client.get("/composants/lettres/").content.decode()
    for kind in letter_kinds().values():
        address = f"/composants/lettres/{kind.key}/lettre/"
        assert f'src="{address}"' in page
        answer, sheet = client.get(address), client.get(address.rstrip("/") + ".css")
        html, policy = answer.content.decode(), answer["Content-Security-Policy"]
        assert "sandbox" in policy
        assert "unsafe" not in policy
        assert "script-src" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'self'" in policy
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert re.findall(r"\sstyle=|<style|<!--\[if", html) == []
        numbers = set(re.findall(r'data-style="(\d+)"', html))
        assert numbers == set(re.findall(r'\[data-style="(\d+)"\]', sheet.content.decode()))
        assert sheet["Content-Type"].startswith("text/css")
    assert client.get("/composants/lettres/essai.unheard/lettre/").status_code == 404


def test_what_django_writes_itself_goes_through_the_outbox(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "maillage.outbox.backend.OutboxBackend"
    assert send_mail("Mot de passe", "Bonjour,\n\nVoici le lien.", None, [ALICE]) == 1
    postman(way := Way()).round()
    assert way.titles == ["Mot de passe"]
    assert "Voici le lien." in str(way.sent[0].body)
    assert Letter.objects.get().facts == {}
    assert send_mail("Titre", "Texte", None, ["pas une adresse"], fail_silently=True) == 0


def test_the_demonstration_catches_letters_and_their_links_work(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    user = person("alice@exemple.maillage.test", is_example=True)
    about = source("Le Fil vert")
    actions.post(kind="essai.alone", to=user, about=about, at=timezone.now())
    Postman(way_out).round()
    caught = CaughtLetter.objects.get()
    listed = client.get("/boite-aux-lettres/").content.decode()
    assert "Données d’exemple" in listed
    assert caught.title in listed
    page = client.get(f"/boite-aux-lettres/{caught.pk}/").content.decode()
    [path] = set(re.findall(r"http://127\.0\.0\.1:8000(/l/[^/]+/)", page))
    assert path in client.get(f"/boite-aux-lettres/{caught.pk}/lettre/").content.decode()
    client.post(path)
    about.refresh_from_db()
    assert about.licence == "confirmée"


def test_letters_are_caught_only_when_asked_and_when_none_can_leave(client: Client, settings: Settings) -> None:
    assert client.get("/boite-aux-lettres/").status_code == 404
    assert way_out() is None
    settings.DEMO = True
    assert client.get("/boite-aux-lettres/").status_code == 200
    settings.EMAIL_TRANSPORT = {"kind": "smtp", "host": "127.0.0.1", "port": 25}
    assert client.get("/boite-aux-lettres/").status_code == 404
