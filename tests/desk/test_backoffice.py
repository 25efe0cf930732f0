"""The desk as agents work at it: lists, one file and each act on it, partners, hand-over."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.desk import actions, phrases
from maillage.desk.enums import Outcome, Standing, Turn
from maillage.desk.models import Effort, Partner, Project
from maillage.kernel.models import JournalEntry
from tests.desk.world import AT, IDEA, advised, agent, chloe, followed, later, partner, referred, requested
from tests.factories import organisation
from tests.forms import form_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]
BASE = "/gestion/guichet/"


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(agent())
    return client


def page_of(office: Client, path: str) -> str:
    answer = office.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def act(office: Client, project: Project, where: str, **typed: Any) -> int:
    """Send one form of the file, as its page shows it."""
    path = f"{BASE}{project.pk}/{where}/"
    return office.post(path, form_in(page_of(office, f"{BASE}{project.pk}/"), path) | typed).status_code


def test_the_list_starts_with_what_waits_for_an_answer(office: Client) -> None:
    fresh, file = requested(), followed(email="b@exemple.test", idea="Un jardin partagé.")
    page = page_of(office, BASE)
    assert fresh.title in page
    assert file.title not in page
    assert file.title in page_of(office, f"{BASE}?liste=suivis")
    assert "Aucun dossier pour ces filtres" in page_of(office, f"{BASE}?liste=tous&q=navette")
    assert fresh.title in page_of(office, f"{BASE}?liste=inconnue&etape=nulle&cc=x&suivi=y&page=999")


def test_a_longer_list_asks_no_more(office: Client) -> None:
    counts = []
    for number in (1, 5):
        for rank in range(number):
            requested(email=f"p{number}{rank}@exemple.test")
        with CaptureQueriesContext(connection) as asked:
            page_of(office, f"{BASE}?liste=tous")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_opening_a_file_is_written_down(office: Client) -> None:
    project = requested()
    page = page_of(office, f"{BASE}{project.pk}/")
    assert IDEA in page
    assert JournalEntry.objects.filter(verb="read_project", object_id=project.pk).count() == 1
    assert office.get(f"{BASE}{10**19}/").status_code == 404


@pytest.mark.parametrize(
    ("where", "typed", "wrong"),
    [
        ("repondre", {"words": "Et le local ?"}, {"words": ""}),
        ("note", {"words": "À rappeler."}, {"words": " "}),
        ("entretien", {"words": "Vu mardi.", "day": "2026-11-20"}, {"words": "x", "day": "2099-01-01"}),
        ("etape", {"stage": "study"}, {"stage": "rien"}),
        ("point", {"team": "3", "team_words": "soudée"}, {"team": "7"}),
        ("point", {"team": "0"}, {}),
        ("plan", {"title": "Visiter"}, {"title": ""}),
        ("temps", {"half_days": "2", "day": "2026-11-20"}, {"half_days": "0"}),
        ("structures", {"name": "La mairie", "share": "1 234,56"}, {"name": "", "organisation": ""}),
        ("personnes", {"name": "Paulo", "email": "paulo@exemple.test", "part": "holder"}, {"name": "Paulo"}),
        ("pause", {"resume_on": "2099-01-01"}, {"resume_on": "2020-01-01"}),
        ("clore", {"outcome": "done", "words": "Ouverte.", "raised": "12 000,5"}, {"outcome": "done", "words": ""}),
    ],
)
def test_each_act_is_done_or_says_why_not(
    office: Client, where: str, typed: dict[str, Any], wrong: dict[str, Any]
) -> None:
    project = followed()
    before = JournalEntry.objects.exclude(verb="read_project").count()
    assert act(office, project, where, **wrong) == 422
    assert JournalEntry.objects.exclude(verb="read_project").count() == before
    assert act(office, project, where, **typed) == 302
    assert JournalEntry.objects.exclude(verb="read_project").count() > before


def test_money_is_read_as_it_is_typed(office: Client) -> None:
    project = followed()
    act(office, project, "structures", name="La mairie", share="1 234,56")
    assert "1\u202f234,56\u00a0€" in page_of(office, f"{BASE}{project.pk}/")


def test_a_partner_is_proposed_agreed_on_the_telephone_and_answers(office: Client) -> None:
    project, one = followed(), partner()
    assert act(office, project, "orienter", partner=str(one.pk), why="Il aide.", shared="Un groupe.") == 302
    assert act(office, project, "orienter", partner=str(one.pk), why="Il aide.", shared="Un groupe.") == 422
    row = project.referrals.get()
    path = f"{BASE}{project.pk}/orienter/{row.pk}/"
    turns = (({"what": "agree"}, Turn.ASKED), ({"state": "taken"}, Turn.TAKEN), ({"what": "close"}, Turn.CLOSED))
    for what, state in turns:
        office.post(path, what)
        row.refresh_from_db()
        assert row.state == state
    assert "est terminée" in office.post(path, {"what": "close"}, follow=True).content.decode()
    assert "Choisissez la réponse" in office.post(path, {"state": "rien"}, follow=True).content.decode()
    assert office.post(f"{BASE}{project.pk}/orienter/99999/", {}).status_code == 404


def test_a_step_is_moved_for_the_holder_unless_it_moved(office: Client) -> None:
    one = advised(project := followed())
    path = f"{BASE}{project.pk}/plan/{one.pk}/"
    assert "C’est noté" in office.post(path, {"state": "done", "seen": "1"}, follow=True).content.decode()
    assert "entre-temps" in office.post(path, {"state": "stuck", "seen": "1"}, follow=True).content.decode()
    assert "Choisissez un état" in office.post(path, {"state": "x", "seen": "1"}, follow=True).content.decode()


def test_what_was_added_by_mistake_is_taken_back(office: Client) -> None:
    project = followed()
    actions.log_effort(project=project, day=AT.date(), half_days=2, by=agent(), at=AT)
    effort = Effort.objects.get()
    assert office.post(f"{BASE}{project.pk}/retirer/temps/{effort.pk}/").status_code == 302
    assert not Effort.objects.exists()
    assert office.post(f"{BASE}{project.pk}/retirer/rien/1/").status_code == 404
    last = project.contacts.get()
    page = office.post(f"{BASE}{project.pk}/retirer/personne/{last.pk}/", follow=True).content.decode()
    assert "au moins une personne" in page


def test_a_file_is_paused_resumed_closed_and_opened_again(office: Client) -> None:
    project = followed()
    act(office, project, "pause", resume_on="2099-01-01")
    project.refresh_from_db()
    assert project.standing == Standing.PAUSED
    office.post(f"{BASE}{project.pk}/reprendre/")
    project.refresh_from_db()
    assert project.standing == Standing.FOLLOWED
    act(office, project, "clore", outcome="no_news", words="Plus de nouvelles.")
    assert "Plus de nouvelles." in page_of(office, f"{BASE}{project.pk}/")
    office.post(f"{BASE}{project.pk}/reprendre/")
    project.refresh_from_db()
    assert project.standing == Standing.FOLLOWED


@pytest.mark.parametrize(
    ("outcome", "said"), [("done", phrases.CLOSED_NEWS_LATER), ("abandoned", phrases.CLOSED_FOR_GOOD)]
)
def test_closing_says_whether_news_will_be_asked(office: Client, outcome: str, said: str) -> None:
    path = f"{BASE}{followed().pk}/clore/"
    page = office.post(path, {"outcome": outcome, "words": "C’est fini."}, follow=True).content.decode()
    assert said in page


def test_what_one_chooses_is_never_chosen_beforehand(office: Client) -> None:
    project, one = followed(), partner()
    agent("autre@exemple.test")
    assert act(office, project, "confier") == 422
    assert act(office, project, "clore", words="C’est fini.") == 422
    assert act(office, project, "orienter", why="Il aide.", shared="Un groupe.") == 422
    fields = form_in(page_of(office, f"{BASE}passer/"))
    assert office.post(f"{BASE}passer/", fields).status_code == 422
    project.refresh_from_db()
    assert (project.adviser, project.standing) == (agent(), Standing.FOLLOWED)
    row = actions.propose_referral(
        project=project, partner=one, why="Il aide.", shared="Un groupe.", by=agent(), at=AT
    )  # fmt: skip
    actions.agree_referral(referral=row, by=agent(), noted_by=agent(), at=AT)
    path = f"{BASE}{project.pk}/orienter/{row.pk}/"
    assert "state" not in form_in(page_of(office, f"{BASE}{project.pk}/"), path)
    page = page_of(office, f"{BASE}{project.pk}/") + page_of(office, f"{BASE}passer/")
    # A browser sends the first of a list: it has to be nobody.
    firsts = {"to": 2, "giver": 1, "outcome": 1, "partner": 1, "state": 1}
    for name, lists in firsts.items():
        found = re.findall(rf'<select[^>]* ?name="{name}"[^>]*>\s*<option value=""', page)
        assert len(found) == lists, name


def test_files_go_to_a_colleague_one_or_all(office: Client) -> None:
    project, to = followed(), agent("autre@exemple.test")
    assert act(office, project, "confier", to=str(to.pk)) == 302
    project.refresh_from_db()
    assert project.adviser == to
    fields = form_in(page_of(office, f"{BASE}passer/"))
    assert office.post(f"{BASE}passer/", fields | {"giver": str(to.pk), "to": str(to.pk)}).status_code == 422
    assert office.post(f"{BASE}passer/", fields | {"giver": str(to.pk), "to": str(agent().pk)}).status_code == 302
    project.refresh_from_db()
    assert project.adviser == agent()


def test_a_request_is_noted_on_the_telephone(office: Client) -> None:
    fields = form_in(page_of(office, f"{BASE}noter/"))
    told = {"idea": IDEA, "name": "Odette", "phone": "0322000000", "channel": "phone", "heard": "Le journal"}
    assert office.post(f"{BASE}noter/", fields | told).status_code == 422
    assert office.post(f"{BASE}noter/", fields | told | {"has_consent": "on", "phone": "x"}).status_code == 422
    assert office.post(f"{BASE}noter/", fields | told | {"has_consent": "on"}).status_code == 302
    assert Project.objects.get().heard == "Le journal"


def test_what_a_file_is_about_is_changed(office: Client) -> None:
    project, made = followed(), organisation("Le fil vert")
    path = f"{BASE}{project.pk}/changer/"
    fields = form_in(page_of(office, path))
    assert office.post(path, fields | {"title": "L’épicerie", "organisation": "nulle-part"}).status_code == 422
    told = {"title": "L’épicerie", "organisation": f"/annuaire/{made.slug}/"}
    assert office.post(path, fields | told).status_code == 302
    project.refresh_from_db()
    assert (project.title, project.organisation) == ("L’épicerie", made)


def test_partners_are_kept(office: Client) -> None:
    fields = form_in(page_of(office, f"{BASE}partenaires/nouveau/"))
    told = {"name": "Le réseau", "brings": "Des conseils.", "stages": ["idea"]}
    assert office.post(f"{BASE}partenaires/nouveau/", fields | told).status_code == 302
    one = Partner.objects.get()
    path = f"{BASE}partenaires/{one.pk}/"
    partner("L’autre")
    assert office.post(path, form_in(page_of(office, path)) | {"name": "L’autre"}).status_code == 422
    assert "Le réseau" in page_of(office, f"{BASE}partenaires/")


def test_the_home_says_what_waits(office: Client) -> None:
    project = requested()
    assert project.title in page_of(office, "/gestion/")
    referred(followed(email="b@exemple.test"))
    assert "dossiers que je suis" in page_of(office, "/gestion/")


def test_a_holder_is_no_agent(client: Client) -> None:
    project = followed()
    client.force_login(chloe(project))
    assert client.get(f"{BASE}{project.pk}/").status_code == 403


def test_news_heard_on_the_telephone_are_noted(office: Client) -> None:
    project = followed()
    result = actions.Result(Outcome.DONE, "L’épicerie a ouvert.")
    actions.close_project(project=project, result=result, by=agent(), at=AT)
    check = project.checks.get(months=6)
    path = f"{BASE}{project.pk}/nouvelles/{check.pk}/"
    assert path not in page_of(office, f"{BASE}{project.pk}/")
    actions.ask_checks(at=later(181))
    assert path in page_of(office, f"{BASE}{project.pk}/")
    assert "Dites si le projet existe toujours" in office.post(path, {}, follow=True).content.decode()
    office.post(path, {"became": "ended", "words": "Le bail a pris fin."})
    assert "s’est arrêté, « Le bail a pris fin. »" in page_of(office, f"{BASE}{project.pk}/")
