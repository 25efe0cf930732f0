"""What everybody sees and sends: one walk for each page, without a script."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from io import BytesIO

import cv2
import numpy
import pikepdf
import pypdfium2
import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate
from maillage.needs import actions
from maillage.needs.enums import Audience, Channel, Reading
from maillage.needs.gauges import GAUGES, published_needs, themes_to_offer
from maillage.needs.manifest import pages
from maillage.needs.models import Need, Voice
from maillage.space import actions as space
from maillage.space.enums import Part
from maillage.strategy.queries import proofs_for
from maillage.territories.models import Commune
from tests.factories import organisation, person, small_territory
from tests.forms import form_in
from tests.needs.world import AT, CHLOE, NAVETTE, agent, joined, posted, published, said, theme_of, town
from tests.strategy.counting import differing

pytestmark = pytest.mark.django_db
SAY = "/besoins/dire/"


@pytest.fixture(autouse=True)
def _here() -> None:
    cache.clear()
    small_territory()


def send(client: Client, path: str = SAY, **typed: str) -> str:
    """Open the form, wait three seconds, send it; the page that answers."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        fields = form_in(client.get(path).content.decode()) | typed
        clock.shift(3)
        return client.post(path, fields).content.decode()


def fields_of(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def test_a_need_is_said_in_one_screen_of_four_questions(client: Client) -> None:
    page = client.get(f"{SAY}?commune=80620").content.decode()
    assert len(re.findall(r'<label class="field-label"', page)) == 4
    assert "santé" in page
    assert '<option value="80620" selected>' in page
    page = send(client, words=NAVETTE, commune="80620", audience="without_car", email=CHLOE)
    need = Need.objects.get()
    assert (need.words, need.commune, need.audience) == (NAVETTE, town(), Audience.WITHOUT_CAR)
    assert need.reference in page
    assert "confirme votre adresse" in page
    assert posted("needs.confirm") == [(CHLOE, "pending")]


def test_without_an_address_the_reference_is_enough_and_shows_no_word(client: Client) -> None:
    page = send(client, words=NAVETTE)
    need = Need.objects.get()
    assert "gardez le lien" in page
    page = client.get(need.get_absolute_url()).content.decode()
    assert NAVETTE not in page
    assert "une personne de l’équipe le lit" in page
    assert "noindex" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"words": " "}, "Dites en quelques mots"),
        ({"words": "a" * 501}, "Cinq cents signes"),
        ({"words": NAVETTE, "commune": "99999"}, "Choisissez une commune"),
        ({"words": NAVETTE, "email": "chloe"}, "adresse"),
        ({"words": NAVETTE, "email": "é@exemple.test"}, "adresse"),
        ({"words": NAVETTE, "audience": "x"}, "Sélectionnez un choix valide"),
    ],
)
def test_a_wrong_answer_is_said_and_nothing_is_kept(client: Client, typed: dict[str, str], words: str) -> None:
    assert words in unescape(send(client, **typed))
    assert not Need.objects.exists()


def test_a_machine_is_thanked_and_a_hurried_hand_is_asked_again(client: Client) -> None:
    assert "Merci" in send(client, words=NAVETTE, fax="1")
    fields = form_in(client.get(SAY).content.decode()) | {"words": NAVETTE}
    assert client.post(SAY, fields).status_code == 422
    assert not Need.objects.exists()


def test_the_same_form_twice_makes_one_need(client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        fields = form_in(client.get(SAY).content.decode()) | {"words": NAVETTE}
        clock.shift(3)
        answers = [client.post(SAY, fields) for _ in range(2)]
        other = client.post(SAY, fields | {"words": "Un café."})
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert (other.status_code, Need.objects.count()) == (409, 1)


def test_of_many_posts_from_one_place_some_wait(client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        fields = form_in(client.get(SAY).content.decode())
        del fields["form_key"]
        clock.shift(3)
        codes = [client.post(SAY, fields | {"words": f"Besoin {rank}", "alone": "1"}).status_code for rank in range(12)]
    assert codes == [200] * 10 + [429] * 2


def test_needs_that_are_alike_are_shown_first_and_one_joins_instead(client: Client) -> None:
    need = published()
    joined(need, "lina@exemple.test")
    page = send(client, words="Une navette, je n’ai pas de voiture.", email=CHLOE)
    assert "2\u00a0personnes ont dit la même chose" in unescape(page)
    assert Need.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(seconds=3), tick=False):
        back = client.post(SAY, fields_of(page) | {"back": "1"}).content.decode()
        assert "je n’ai pas de voiture" in unescape(back)
        done = client.post(SAY, fields_of(page) | {"join": need.reference}).content.decode()
    assert "vous êtes des leurs" in done
    assert Voice.objects.get(email=CHLOE).need == need
    assert Need.objects.count() == 1


def test_one_may_say_that_it_is_another_need(client: Client) -> None:
    published()
    page = send(client, words="Une navette, je n’ai pas de voiture.")
    assert "/moi-aussi/" in page  # without an address, joining asks for one on its own page
    with time_machine.travel(timezone.now() + timedelta(seconds=3), tick=False):
        assert "Merci" in client.post(SAY, fields_of(page) | {"alone": "1"}).content.decode()
    assert Need.objects.count() == 2


def test_joining_what_is_gone_or_without_an_address_is_refused_above_the_form(client: Client) -> None:
    need = published()
    assert "donnez votre adresse" in unescape(send(client, words="Un car", join=need.reference))
    actions.set_aside(need=need, reason="Déjà là.", by=agent(), at=AT)
    assert "n’est pas publié" in unescape(send(client, words="Un car", join=need.reference, email=CHLOE))
    assert Need.objects.count() == 1


def test_while_one_types_the_same_is_offered_without_a_trace(client: Client) -> None:
    need = published()
    path = "/besoins/semblables/"
    assert client.get(path).status_code == 405
    page = client.post(path, {"words": "Une navette sans voiture"}).content.decode()
    assert f'name="join" value="{need.reference}"' in page
    assert client.post(path, {"words": "navette"}).content.decode().strip() == ""


def test_one_joins_from_the_page_of_a_need(client: Client) -> None:
    need = published()
    path = f"{need.get_absolute_url()}moi-aussi/"
    assert "confirme votre adresse" in send(client, path, email=CHLOE)
    assert "Donnez votre adresse" in unescape(send(client, path, email=""))
    assert "adresse" in send(client, path, email="é@exemple.test")
    assert "Merci" in send(client, path, email="x@exemple.test", fax="1")
    client.force_login(person("alice@exemple.test"))
    assert "à l’adresse de votre compte" in send(client, path)
    assert Voice.objects.filter(need=need).count() == 3
    assert client.get(f"{said().get_absolute_url()}moi-aussi/").status_code == 404


def test_a_member_speaks_for_their_organisation(client: Client) -> None:
    one = organisation("Atelier du Port")
    alice = space.admit(organisation=one, email="alice@exemple.test", part=Part.MANAGER, by=None, at=AT).user
    client.force_login(alice)
    page = client.get(SAY).content.decode()
    assert 'name="email"' not in page
    send(client, words=NAVETTE, organisation=str(one.pk))
    need = Need.objects.get()
    assert (need.organisation, need.voices.get().user) == (one, alice)
    assert "Mes besoins" in client.get("/moi/").content.decode()


def test_the_list_is_filtered_by_its_address_and_counts_in_words(client: Client) -> None:
    here, everywhere = published(commune=town()), published("Une chorale ouverte aux débutants.")
    elsewhere = published("Un café associatif.", commune=Commune.objects.get(pk="80829"))
    said("Pas encore lu.")
    theme = theme_of([here])

    def told(query: str) -> set[Need]:
        page = client.get(f"/besoins/?{query}").content.decode()
        return {one for one in (here, everywhere, elsewhere) if one.get_absolute_url() in page}

    assert told("") == {here, everywhere, elsewhere}
    assert told(f"theme={theme.slug}") == {here}
    assert told(f"cc={town().epci_id}") == {here, everywhere}
    assert told("etat=seul") == {everywhere, elsewhere}
    assert told("etat=gathered") == {here}
    assert told("theme=zut&cc=zut&etat=zut&page=zut") == {here, everywhere, elsewhere}
    page = client.get("/besoins/").content.decode()
    assert "3\u00a0besoins" in unescape(page)
    assert "Pas encore lu" not in page
    assert "noindex" in client.get("/besoins/?etat=seul").content.decode()
    assert "Personne n’a encore dit" in client.get("/besoins/?etat=open").content.decode()


def test_the_file_has_the_same_rows_nobody_in_them_and_no_formula(client: Client) -> None:
    need = published("=1+1 navette", commune=town(), email=CHLOE)
    published("Un café associatif.")
    theme_of([need])
    answer = client.get("/besoins.csv?etat=gathered")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert text.count("\r\n") == 2
    assert "'=1+1 navette" in text
    assert "Péronne;80620;CC du Nord;Mobilité solidaire;Besoins regroupés;1;2026-11-25;non" in text
    assert CHLOE not in text


def test_a_need_and_a_theme_tell_what_they_become(client: Client) -> None:
    need = published(email=CHLOE)
    theme = theme_of([need])
    actions.put_to_vote(theme=theme, address="/votes/1/", words="Jusqu’au 12.", at=AT)
    actions.settle(theme=theme, is_chosen=True, reason="Le plus demandé.", at=AT, address="https://exemple.test/")
    for path in (need.get_absolute_url(), theme.get_absolute_url()):
        page = unescape(client.get(path).content.decode())
        assert "Le plus demandé." in page
        assert 'href="/votes/1/"' in page
        assert 'href="https://exemple.test/" rel="external nofollow"' in page
        assert NAVETTE in page
        assert CHLOE not in page
    assert client.get("/besoins/themes/rien/").status_code == 404
    assert client.get("/besoins/bbbbbbbb/").status_code == 404


def test_lists_ask_as_many_questions_for_three_as_for_one(client: Client) -> None:
    counts: dict[str, set[int]] = {}
    theme = theme_of([])
    client.force_login(person("alice@exemple.test"))
    officer = Client()
    rachid = person("rachid@exemple.test")
    Mandate.objects.create(user=rachid, role=Role.LIAISON_OFFICER, epci=town().epci, start_date=AT.date())
    officer.force_login(rachid)
    for number in (1, 3):
        while Need.objects.count() < number:
            need = published(f"Une navette n° {Need.objects.count()}", commune=town())
            actions.group_needs(theme=theme, needs=[need], by=agent(), at=AT)
        visits = (
            (client, "/besoins/"), (client, theme.get_absolute_url()), (officer, "/moi/besoins/"),
        )  # fmt: skip
        for who, path in visits:
            who.get(path)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert who.get(path).status_code == 200
            counts.setdefault(path, set()).add(len(asked))
    assert {path: len(found) for path, found in counts.items()} == dict.fromkeys(counts, 1)


def test_the_paper_form_is_tagged_and_its_code_leads_to_the_form(client: Client) -> None:
    answer = client.get("/besoins/formulaire.pdf")
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert len(pdf.pages) == 1
        assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [420, 595]
    drawn = pypdfium2.PdfDocument(answer.content)[0]
    text = " ".join(drawn.get_textpage().get_text_range().split())
    for words in ("Dites ce qui manque", "santé", *Audience.labels):
        assert words in text
    picture = numpy.array(drawn.render(scale=4).to_pil().convert("RGB"))
    found, *_ = cv2.QRCodeDetector().detectAndDecode(picture)
    assert found.endswith("/besoins/dire/")


def test_a_liaison_officer_notes_a_need_of_their_own_cc(client: Client) -> None:
    rachid = person("rachid@exemple.test")
    client.force_login(rachid)
    assert client.get("/moi/besoins/").status_code == 403
    Mandate.objects.create(user=rachid, role=Role.LIAISON_OFFICER, epci=town().epci, start_date=AT.date())
    said("Ailleurs.", commune=Commune.objects.get(pk="80829"))
    assert "Noter un besoin" in client.get("/moi/").content.decode()
    page = client.get("/moi/besoins/").content.decode()
    assert "Ailleurs." not in page
    assert '"80829"' not in page
    fields = form_in(page) | {"words": NAVETTE, "commune": "80620"}
    assert "accord" in client.post("/moi/besoins/", fields).content.decode()
    assert client.post("/moi/besoins/", fields | {"has_consent": "on", "commune": ""}).status_code == 422
    assert client.post("/moi/besoins/", fields | {"has_consent": "on", "commune": "80829"}).status_code == 422
    assert client.post("/moi/besoins/", fields | {"has_consent": "on"}).status_code == 302
    need = Need.objects.get(commune=town())
    assert (need.channel, need.consent_by, need.reading) == (Channel.MET, rachid, Reading.NEW)
    assert NAVETTE in client.get("/moi/besoins/").content.decode()


def test_the_house_knows_the_room() -> None:
    need = published(commune=town())
    published("Un exemple.", is_example=True)
    theme = theme_of([need])
    actions.settle(theme=theme, is_chosen=True, reason="Oui.", at=AT)
    paths = [path for path, _ in pages()]
    assert paths == ["/besoins/", SAY, theme.get_absolute_url(), need.get_absolute_url()]
    figure = published_needs(AT.date())
    assert (figure.value, figure.parts, figure.path, figure.note) == (
        2,
        {town().epci_id: 1},
        "/besoins/",
        "dont 1\u00a0besoin d’exemple",
    )
    offered = themes_to_offer(AT.date())
    assert (offered.value, offered.path, offered.note) == (1, "", "")
    assert differing(GAUGES, AT.date()) == {}
    assert any(line.path == "/besoins/" for line in proofs_for("2.5"))
