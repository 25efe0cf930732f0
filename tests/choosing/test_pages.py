"""The pages as people use them, without script."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.models import User
from maillage.choosing import actions
from maillage.choosing.models import Ballot, Consultation
from maillage.kernel.edition import forget
from maillage.outbox.models import Letter
from tests.choosing.world import (
    BEFORE,
    CLOSES,
    DURING,
    PAPER_UNTIL,
    closed,
    dots,
    elected,
    held_by,
    opened,
    voice_of,
    vote,
    vote_by_address,
)
from tests.factories import person
from tests.forms import form_in
from tests.space.people import a_minute_ago, letter_to

pytestmark = pytest.mark.django_db
Move = Callable[..., None]
CODE = re.compile(r'ballot-code num">([A-Z0-9-]+)<')


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to(DURING, tick=True)


def text(client: Client, path: str, status: int = 200) -> str:
    cache.clear()
    forget()
    answer = client.get(path)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def send(client: Client, path: str, **said: Any) -> tuple[int, str]:
    form = form_in(client.get(path).content.decode())
    answer = client.post(path, {**form, **said})
    return answer.status_code, answer.content.decode().replace("\xa0", " ")


def alice(one_name: str = "Le Fil vert") -> tuple[Client, User]:
    held_by("alice@exemple.test", name=one_name)
    user = User.objects.get(email="alice@exemple.test")
    client = Client()
    client.force_login(user)
    return client, user


def test_the_page_says_what_is_asked_and_the_ballot_gives_a_receipt(client: Client) -> None:
    mine, _ = alice()
    one = opened()
    page = text(client, one.get_absolute_url())
    for words in ("Quels thèmes en 2027", "A. Réparer", "consultatif", "5 points à répartir", "Vote ouvert"):
        assert words in page
    here = f"{one.get_absolute_url()}voter/"
    assert "Vous répondez pour <b>Le Fil vert</b>" in text(mine, here)
    status, told = send(mine, here, option_A="3", option_C="2")
    [code] = CODE.findall(told)
    assert (status, Ballot.objects.get().content) == (200, dots(A=3, C=2))
    assert "Réparer : 3 points" in told
    again = text(mine, here)
    assert 'value="3"' in again
    assert "Ce que vous enverrez le remplacera" in again
    status, told = send(client, f"{one.get_absolute_url()}recu/", code=code.lower())
    assert (status, "Votre bulletin est là" in told) == (200, True)
    assert send(client, f"{one.get_absolute_url()}recu/", code="AAAA-AAAA-AAAA-AAAA")[0] == 422
    assert send(client, f"{one.get_absolute_url()}recu/", code="rien")[0] == 422


def test_the_same_ballot_sent_twice_is_one_ballot_with_one_receipt() -> None:
    mine, _ = alice()
    for is_secret in (False, True):
        one = opened(is_secret=is_secret)
        here = f"{one.get_absolute_url()}voter/"
        form = {**form_in(mine.get(here).content.decode()), "option_A": "3"}
        codes = {CODE.findall(mine.post(here, form).content.decode())[0] for _ in range(2)}
        assert (len(codes), one.ballots.count()) == (1, 1)


def test_what_cannot_be_counted_comes_back_with_what_was_typed() -> None:
    mine, _ = alice()
    one, ranked, consent = opened(), opened(method="ranking"), opened(method="consent")
    status, page = send(mine, f"{one.get_absolute_url()}voter/", option_A="4", option_B="4")
    assert (status, "et vous avez 5 points" in page, 'value="4"' in page) == (422, True, True)
    assert send(mine, f"{one.get_absolute_url()}voter/", option_A="beaucoup")[0] == 422
    assert send(mine, f"{one.get_absolute_url()}voter/", option_A="6")[0] == 422
    status, page = send(mine, f"{ranked.get_absolute_url()}voter/", option_A="1", option_B="1")
    assert (status, "ont toutes les deux le rang 1" in page) == (422, True)
    status, page = send(mine, f"{consent.get_absolute_url()}voter/", answer="object")
    assert (status, "ce qui vous gêne" in page) == (422, True)
    assert send(mine, f"{consent.get_absolute_url()}voter/")[0] == 422
    assert not Ballot.objects.exists()
    assert send(mine, f"{ranked.get_absolute_url()}voter/", option_A="2", option_B="1")[0] == 200
    assert Ballot.objects.get().content == {"ranking": ["B", "A"]}


def test_a_person_with_several_voices_chooses_and_nobody_votes_for_another() -> None:
    mine, _ = alice()
    held_by("alice@exemple.test", name="La Navette")
    theirs = held_by("zoe@exemple.test")
    one = opened()
    here = f"{one.get_absolute_url()}voter/"
    page = text(mine, here)
    assert "Vous avez plusieurs voix" in page
    other = voice_of(one, theirs)
    assert mine.post(here, {"voice": other.pk, "option_A": "1"}).status_code == 200
    assert not Ballot.objects.exists()
    mine_pk = one.electors.get(label="La Navette").pk
    assert send(mine, f"{here}?voix={mine_pk}", option_A="1")[0] == 200
    assert Ballot.objects.get().elector_id == mine_pk
    stranger = Client()
    stranger.force_login(person("paul@exemple.test"))
    assert "n’a pas de voix" in text(stranger, here)


def test_a_letter_opens_the_ballot_without_an_account(client: Client, settings: Any) -> None:
    settings.DEMO = True
    held_by("alice@exemple.test", name="Le Fil vert")
    one = opened()
    letter = letter_to("alice@exemple.test")
    path = re.findall(r"/consultations/voter/[^/\s]+/", letter.text)[0]
    assert "Le Fil vert" in text(client, path)
    assert send(client, path, option_A="2")[0] == 200
    assert send(client, path, option_A="", option_B="2")[0] == 200
    assert Ballot.objects.get().content == dots(B=2)
    assert client.get("/consultations/voter/rien/").status_code == 404
    assert one.ballots.count() == 1


def test_an_inhabitant_votes_by_a_letter_and_changes_their_mind_by_the_same(client: Client, settings: Any) -> None:
    settings.DEMO = True
    one = opened()
    ways = f"{one.get_absolute_url()}voter/"
    form = {**form_in(text(client, ways), f"{ways}lettre/"), "email": "chloe@exemple.test", "seen": a_minute_ago()}
    assert "chloe@exemple.test" in client.post(f"{ways}lettre/", form).content.decode()
    path = re.findall(r"/consultations/voter/[^/\s]+/", letter_to("chloe@exemple.test").text)[0]
    assert send(client, path, option_A="2")[0] == 200
    assert send(client, path, option_A="", option_C="1")[0] == 200
    ballot = Ballot.objects.get()
    assert (ballot.content, ballot.college.key) == (dots(C=1), "habitants")


def test_a_stranger_who_is_a_machine_too_quick_or_wrong_gets_no_letter(client: Client) -> None:
    one = opened()
    ask = f"{one.get_absolute_url()}voter/lettre/"
    said = {"email": "chloe@exemple.test", "seen": a_minute_ago()}
    assert client.post(ask, {**said, "fax": "1"}).status_code == 200
    assert client.post(ask, {**said, "seen": ""}).status_code == 422
    assert client.post(ask, {**said, "email": "chloe"}).status_code == 422
    actions.cancel(consultation=opened(), reason="Non", by=None, at=DURING)
    assert client.post("/consultations/quels-themes-en-2027-2/voter/lettre/", said).status_code == 422
    assert not Letter.objects.filter(kind="choosing.ballot").exists()
    answers = {client.post(ask, {**said, "email": f"c{number}@exemple.test"}).status_code for number in range(8)}
    assert 429 in answers


def test_a_secret_ballot_changes_on_its_page_with_its_receipt() -> None:
    mine, _ = alice()
    one = opened(is_secret=True)
    here = f"{one.get_absolute_url()}voter/"
    [code] = CODE.findall(send(mine, here, option_A="3")[1])
    page = text(mine, here)
    assert "écrivez le code de votre reçu" in page
    assert 'value="3"' not in page
    status, page = send(mine, here, option_B="3", receipt="AAAA-AAAA-AAAA-AAAA")
    assert (status, "Aucun bulletin de ce vote" in page) == (422, True)
    status, told = send(mine, here, option_B="3", receipt=code)
    assert (status, CODE.findall(told), Ballot.objects.get().content) == (200, [code], dots(B=3))


def test_before_and_after_the_vote_the_page_says_why_not(time_machine: Any) -> None:
    mine, user = alice()
    one = opened()
    here = f"{one.get_absolute_url()}voter/"
    form = {**form_in(mine.get(here).content.decode()), "option_A": "1"}
    for moment, words in ((BEFORE, "pas encore ouvert"), (CLOSES, "Le vote est terminé")):
        time_machine.move_to(moment)
        mine.force_login(user)
        assert words in text(mine, here)
        answer = mine.post(here, form)
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Ballot.objects.exists()


def divided(**traits: Any) -> Consultation:
    ours, edith = [held_by(name=f"Atelier {n}") for n in "XYZ"], elected()
    one = opened(**traits)
    for each in ours:
        vote(voice_of(one, each), dots(A=5))
    vote(voice_of(one, edith), dots(B=5))
    vote_by_address(one, "chloe@exemple.test", dots(A=1))
    return one


def test_the_result_is_shown_by_college_then_the_decision_with_its_reasons(client: Client) -> None:
    one = closed(divided())
    page = text(client, one.get_absolute_url())
    for words in (
        "« Réparer » arrive en tête, avec 16 points",
        "Élues et élus (« Manger »)</b>",
        "Points, par collège",
        "bulletins.csv",
    ):
        assert words in page, words
    file = text(client, f"{one.get_absolute_url()}bulletins.csv")
    assert file.splitlines()[0] == "empreinte,college,voie,A,B,C"
    assert (len(file.splitlines()), "chloe" in file, "Atelier" in file) == (6, False, False)
    actions.decide(
        consultation=one, decision="On retient Réparer.", by=None, at=PAPER_UNTIL,
        followings={"elus": ("part", "Manger viendra en 2028.")},
    )  # fmt: skip
    page = text(client, one.get_absolute_url())
    assert "On retient Réparer." in page
    assert "Suivi en partie.</b> Manger viendra en 2028." in page


def test_the_positions_of_organisations_are_signed_and_no_person_is_named(client: Client) -> None:
    ours, theirs = held_by(name="Atelier X"), held_by(name="Atelier Y")
    edith = elected()
    one = opened(method="consent")
    vote(voice_of(one, ours), {"answer": "agree"})
    vote(voice_of(one, theirs), {"answer": "object", "reason": "Trop tôt."})
    vote(voice_of(one, edith), {"answer": "object", "reason": "Mon nom est Édith."})
    one = closed(one)
    page = text(client, one.get_absolute_url())
    assert "Le consentement n’est pas acquis : 2 objections" in page
    assert "Atelier X</a>" in page
    assert "Trop tôt." in page
    assert "Édith" not in page


def test_a_ranking_is_shown_by_duels_and_by_rounds(client: Client) -> None:
    ours = [held_by() for _ in range(4)]
    one = opened(method="ranking")
    for who, order in zip(ours, ("ABC", "ABC", "CBA", "BAC"), strict=True):
        vote(voice_of(one, who), {"ranking": list(order)})
    page = text(client, closed(one).get_absolute_url())
    for words in ("gagne tous ses duels", "Par éliminations successives", "Duels :", "Bulletins épuisés"):
        assert words in page, words


def test_a_secret_result_with_a_small_college_is_shown_whole_only(client: Client) -> None:
    page = text(client, closed(divided(is_secret=True)).get_absolute_url())
    assert "n’est pas montré par collège" in page
    assert "Points, par collège" not in page


def test_the_ballot_prints_with_its_code_while_one_may_vote(client: Client) -> None:
    for method, words in (("dots", "5 points"), ("ranking", "Écrivez 1"), ("consent", "Pourquoi")):
        one = opened(method=method, is_secret=method == "dots")
        answer = client.get(f"{one.get_absolute_url()}bulletin.pdf")
        assert answer["Content-Type"] == "application/pdf"
        with pikepdf.open(BytesIO(answer.content)) as document:
            assert (len(document.pages), bool(document.Root.MarkInfo.Marked)) == (1, True)
        said = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_range().replace("\xa0", " ")
        assert words in said
        assert ("secret" in said) == one.is_secret
    text(client, f"{closed(one).get_absolute_url()}bulletin.pdf", 404)


def printed(client: Client, one: Consultation) -> str:
    """The words of the sheet of a position, its spaces plain; one or two tagged pages."""
    cache.clear()
    answer = client.get(f"{one.get_absolute_url()}position.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    with pikepdf.open(BytesIO(answer.content)) as document:
        assert (len(document.pages) in {1, 2}, bool(document.Root.MarkInfo.Marked)) == (True, True)
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content)]
    return " ".join(" ".join(pages).replace("\xa0", " ").split())


def test_a_position_prints_with_its_figures_its_decision_and_who_signs_it(client: Client) -> None:
    ours, theirs, others = held_by(name="Atelier X"), held_by(name="Atelier Y"), held_by(name="Atelier Z")
    edith = elected()
    one = opened(method="consent", explanation="Nous demandons des navettes.\n\nPartout.")
    vote(voice_of(one, ours), {"answer": "agree"})
    vote(voice_of(one, theirs), {"answer": "reserve", "reason": "Et le soir."})
    vote(voice_of(one, others), {"answer": "object", "reason": "Trop tôt."})
    vote(voice_of(one, edith), {"answer": "agree"})
    text(client, f"{one.get_absolute_url()}position.pdf", 404)
    one = closed(one)
    assert f"{one.get_absolute_url()}position.pdf" in text(client, one.get_absolute_url())
    sheet = printed(client, one)
    for words in (
        "Texte mis au consentement", "Nous demandons des navettes. Partout.", "1 objection", "Réponses, par collège",
        "Élues et élus", "4 bulletins, 1 réserve, 1 objection", "La décision n’est pas encore écrite",
        "D’accord (1)", "Atelier X", "Atelier Y : Et le soir.", "Décompte du", "consultations/quels-themes-en-2027",
    ):  # fmt: skip
        assert words in sheet, words
    assert ("Atelier Z" in sheet, "Édith" in sheet, "edith" in sheet) == (False, False, False)
    after = {"structures": ("yes", ""), "elus": ("part", "Manger viendra.")}
    actions.decide(consultation=one, decision="On porte ce texte.", by=None, at=PAPER_UNTIL, followings=after)
    sheet = printed(client, Consultation.objects.get())
    assert "On porte ce texte. Décision écrite le" in sheet
    assert "Suivi en partie. Manger viendra." in sheet


def test_a_position_without_a_name_says_why(client: Client) -> None:
    secret, alone, silent = (opened(method="consent", is_secret=hidden) for hidden in (True, False, False))
    for one in (secret, alone):
        vote_by_address(one, "chloe@exemple.test", {"answer": "agree"})
    hidden = printed(client, closed(secret))
    for words in ("Position du territoire", "Le vote était secret", "n’est pas montré par collège"):
        assert words in hidden, words
    assert "Aucune structure de l’annuaire" in printed(client, closed(alone))
    assert "Personne n’a répondu." in printed(client, closed(silent))
    text(client, f"{closed(opened()).get_absolute_url()}position.pdf", 404)


def test_drafts_and_counts_before_their_time_do_not_exist(client: Client) -> None:
    one = opened()
    assert client.get(f"{one.get_absolute_url()}bulletins.csv").status_code == 404
    Consultation.objects.update(state="draft")
    for path in ("", "voter/", "recu/", "bulletin.pdf", "position.pdf"):
        assert client.get(one.get_absolute_url() + path).status_code == 404


def test_the_list_puts_what_one_can_answer_first_and_asks_no_more_for_more(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assert "Aucun vote n’est ouvert" in text(client, "/consultations/")
    opened(question="À venir", opens_at=CLOSES, closes_at=PAPER_UNTIL, paper_until=None)
    opened(question="Ouverte")
    actions.cancel(consultation=opened(question="Annulée"), reason="La salle manque.", by=None, at=DURING)
    with django_assert_max_num_queries(20) as few:
        page = text(client, "/consultations/?page=1")
    assert page.index("Ouverte") < page.index("À venir") < page.index("La salle manque.")
    for number in range(3):
        actions.close(consultation=opened(question=f"Close {number}"), by=None, at=PAPER_UNTIL)
        opened(question=f"Encore {number}")
    with django_assert_max_num_queries(len(few)):
        text(client, "/consultations/?page=1&encore")


def test_the_command_counts_again_and_fails_when_the_page_lies() -> None:
    one = opened()
    with pytest.raises(CommandError, match="pas dépouillée"):
        call_command("tally", one.slug)
    with pytest.raises(CommandError, match="Aucune consultation"):
        call_command("tally", "rien")
    one = closed(divided())
    said = StringIO()
    call_command("tally", one.slug, "--verify", stdout=said)
    assert "Recompté" in said.getvalue()
    said = StringIO()
    call_command("tally", one.slug, "--verify", "--json", stdout=said)
    assert '"differences": []' in said.getvalue()
    Ballot.objects.filter(college__key="elus").update(content=dots(C=5))
    with pytest.raises(CommandError, match="recalculé"):
        call_command("tally", one.slug, "--verify", stdout=StringIO())
