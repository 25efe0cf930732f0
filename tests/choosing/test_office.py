"""Consultations as agents run them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.choosing import actions
from maillage.choosing.enums import State
from maillage.choosing.models import Ballot, Consultation, Elector
from tests.accounts.people import holder
from tests.choosing.world import (
    CLOSES,
    DURING,
    closed,
    dots,
    drafted,
    elected,
    held_by,
    opened,
    voice_of,
    vote,
)
from tests.forms import form_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]
LIST = "/gestion/consultations/"
TYPED = {
    "question": "Où se réunir ?", "method": "ranking", "options": "Péronne | Au théâtre\nHam\n\nRoisel", "dots": "",
    "electorates": ["choosing.organisations", "choosing.inhabitants"], "opens_at": "2026-11-23T09:00",
    "closes_at": "2026-12-07T09:00", "paper_until": "", "explanation": "", "measure": "",
}  # fmt: skip


@pytest.fixture
def bruno() -> User:
    return holder(Role.AGENT, first_name="Bruno", last_name="Essai")


@pytest.fixture
def office(bruno: User, time_machine: Any) -> Client:
    time_machine.move_to(DURING, tick=True)
    client = Client()
    client.force_login(bruno)
    return client


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode().replace("\xa0", " ")


def test_a_draft_is_written_changed_opened_and_cancelled(office: Client) -> None:
    assert "Aucune consultation" in text(office, LIST)
    assert office.post(f"{LIST}nouvelle/", TYPED).status_code == 302
    one = Consultation.objects.get()
    assert [(option.label, option.description) for option in one.options.order_by("letter")] == [
        ("Péronne", "Au théâtre"), ("Ham", ""), ("Roisel", ""),
    ]  # fmt: skip
    draft = f"{LIST}{one.pk}/brouillon/"
    form = form_in(text(office, draft))
    assert form["options"] == "Péronne | Au théâtre\nHam\nRoisel"
    assert office.post(draft, {**TYPED, "question": "Où ?", "seen_at": form["seen_at"]}).status_code == 302
    assert office.post(draft, {**TYPED, "question": "Là ?", "seen_at": form["seen_at"]}).status_code == 409
    assert office.post(f"{LIST}{one.pk}/ouvrir/").status_code == 302
    one.refresh_from_db()
    assert (one.question, one.state, office.get(draft).status_code) == ("Où ?", State.OPEN, 302)
    assert office.post(f"{LIST}{one.pk}/annuler/", {"reason": ""}).status_code == 302
    assert office.post(f"{LIST}{one.pk}/annuler/", {"reason": "La salle manque."}).status_code == 302
    assert "La salle manque." in text(office, f"{LIST}{one.pk}/")
    assert "Où ?" in text(office, LIST)


def test_a_draft_that_would_not_hold_comes_back(office: Client) -> None:
    faults: list[dict[str, Any]] = [
        {"closes_at": "2026-11-01T09:00"}, {"options": "Seule"}, {"method": "dots"}, {"electorates": []},
    ]  # fmt: skip
    for wrong in faults:
        answer = office.post(f"{LIST}nouvelle/", {**TYPED, **wrong})
        assert answer.status_code == 422
        assert "Où se réunir" in answer.content.decode()
    assert not Consultation.objects.exists()


def test_a_sheet_is_typed_by_two_colleagues(office: Client) -> None:
    ours = held_by(name="Atelier")
    one = opened()
    page = f"{LIST}{one.pk}/papier/"
    said = {"sheet": "1", "whose": f"elector:{voice_of(one, ours).pk}", "option_A": "2"}
    assert office.post(page, said).status_code == 302
    assert "Attend une deuxième personne" in text(office, page)
    colleague = Client()
    colleague.force_login(holder(Role.ADMINISTRATOR))
    assert colleague.post(page, {**said, "option_A": "3"}).status_code == 302
    assert "Les deux saisies diffèrent" in text(colleague, page)
    assert colleague.post(page, {**said, "option_A": "99"}).status_code == 422
    assert colleague.post(page, {**said, "whose": ""}).status_code == 422
    assert colleague.post(page, said).status_code == 302
    assert Ballot.objects.get().content == dots(A=2)
    again = colleague.post(page, said)
    assert (again.status_code, "déjà comptée" in again.content.decode()) == (422, True)
    open_college = one.colleges.get(key="habitants")
    for client in (office, colleague):
        client.post(page, {"sheet": "2", "whose": f"college:{open_college.pk}", "option_B": "1"})
    assert Ballot.objects.count() == 2
    third = office.post(page, {**said, "sheet": "3"})
    assert third.status_code == 302
    refused = colleague.post(page, {**said, "sheet": "3"})
    assert (refused.status_code, "a déjà un bulletin" in refused.content.decode()) == (422, True)


def test_in_a_secret_vote_the_voice_is_ticked_apart(office: Client) -> None:
    edith = elected()
    one = opened(is_secret=True)
    roll = f"{LIST}{one.pk}/liste/"
    voice = voice_of(one, edith)
    assert "edith@exemple.test" in text(office, roll)
    assert office.post(f"{LIST}voix/{voice.pk}/cocher/").status_code == 302
    assert "Oui, sur papier" in text(office, roll)
    assert office.post(f"{LIST}voix/{voice.pk}/cocher/").status_code == 302
    assert Elector.objects.get(pk=voice.pk).on_paper
    page = text(office, f"{LIST}{one.pk}/papier/")
    assert f"college:{voice.college_id}" in page
    assert f"elector:{voice.pk}" not in page
    assert "Aucune voix ne répond" in text(office, f"{roll}?q=rien")


def test_counting_then_deciding_from_the_page(office: Client, bruno: User, time_machine: Any) -> None:
    ours, edith = [held_by() for _ in range(2)], elected()
    one = opened()
    for each in ours:
        vote(voice_of(one, each), dots(A=5))
    vote(voice_of(one, edith), dots(B=5))
    here = f"{LIST}{one.pk}/"
    assert office.post(f"{here}depouiller/").status_code == 302
    assert Consultation.objects.get().state == State.OPEN
    time_machine.move_to(CLOSES)
    office.force_login(bruno)
    assert "Compter et publier" in text(office, here)
    assert "Vote terminé" in text(office, "/gestion/")
    assert office.post(f"{here}depouiller/").status_code == 302
    assert "la décision est à écrire" in text(office, "/gestion/")
    decision = f"{here}decision/"
    assert "son résultat n’est pas celui de l’ensemble" in text(office, decision)
    assert office.post(decision, {"decision": ""}).status_code == 422
    refused = office.post(decision, {"decision": "A."})
    assert (refused.status_code, "Dites comment" in refused.content.decode()) == (422, True)
    assert list(refused.context["form"].errors) == ["followed_elus"], "beside what one must choose, not beside why"
    refused = office.post(decision, {"decision": "A.", "followed_elus": "no"})
    assert list(refused.context["form"].errors) == ["why_elus"]
    assert "ont dit un besoin" not in refused.content.decode(), "no option is a theme of the needs"
    said = {"decision": "On retient A.", "followed_elus": "no", "why_elus": "B existe."}
    assert office.post(decision, said).status_code == 302
    assert "On retient A." in text(office, here)
    assert office.get(decision).status_code == 302


def test_agents_see_who_voted_and_never_what(office: Client) -> None:
    ours = held_by(name="Atelier")
    one = opened(method="consent")
    vote(voice_of(one, ours), {"answer": "object", "reason": "Un secret d’atelier."})
    for path in ("", "liste/", "papier/"):
        assert "secret d’atelier" not in text(office, f"{LIST}{one.pk}/{path}")


def test_only_agents_come_in(client: Client, bruno: User) -> None:
    one = drafted()
    client.force_login(holder(Role.ELECTED_MEMBER))
    for path in ("", "nouvelle/", f"{one.pk}/", f"{one.pk}/papier/", f"{one.pk}/liste/"):
        assert client.get(LIST + path).status_code == 403
    assert client.post(f"{LIST}{one.pk}/ouvrir/").status_code == 403


def test_lists_ask_no_more_questions_for_more_rows(
    office: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    held_by()
    one = opened()
    paths = (LIST, f"{LIST}{one.pk}/liste/", f"{LIST}{one.pk}/papier/")
    for path in paths:
        text(office, path)
    counted = {}
    for path in paths:
        with django_assert_max_num_queries(60) as few:
            text(office, path)
        counted[path] = len(few)
    college = one.colleges.get(key="structures")
    for number in range(3):
        made = held_by()
        Elector.objects.create(
            consultation=one, college=college, kind="organisation", key=f"organisation:{made.pk}", organisation=made
        )
        drafted(question=f"Autre {number}")
        actions.type_paper(
            consultation=one, sheet=str(number), college=one.colleges.get(key="habitants"), elector=None,
            content=dots(A=1), by=User.objects.get(first_name="Bruno"), at=DURING,
        )  # fmt: skip
    for path in paths:
        with django_assert_max_num_queries(counted[path]):
            text(office, path)


def test_one_s_own_page_says_where_one_has_a_voice(client: Client, time_machine: Any) -> None:
    time_machine.move_to(DURING, tick=True)
    held_by("alice@exemple.test", name="Atelier")
    one = opened()
    client.force_login(User.objects.get(email="alice@exemple.test"))
    assert "1 voix à donner" in text(client, "/moi/")
    vote(voice_of(one, one.electors.get().organisation), dots(A=1))  # type: ignore[arg-type]
    assert "Vous avez répondu" in text(client, "/moi/")


def test_a_closed_consultation_keeps_its_page(office: Client) -> None:
    one = closed(opened())
    assert re.search("Écrire la décision", text(office, f"{LIST}{one.pk}/"))
    assert "entre l’ouverture du vote et le dépouillement" in text(office, f"{LIST}{one.pk}/papier/")
