"""Calls as everybody reads them, and as agents prepare them on their screens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from maillage.calls import actions
from maillage.calls.hub_blocks import HUB_BLOCKS
from maillage.calls.models import Authority, Call, CallQuestion, EnvelopeLine, Scheme
from maillage.calls.queries.calls import latest_form
from maillage.directory.models import Term
from maillage.kernel.registry import HubSubject
from tests.calls.world import AT, a_call, a_line, agent, later
from tests.forms import form_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]
OFFICE = "/gestion/appels/"


@pytest.fixture(autouse=True)
def _the_day_is_at() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(agent())
    return client


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_list_tells_open_ones_from_those_to_come_and_those_that_are_over(client: Client) -> None:
    a_call(title="Ouvert")
    a_call(title="Demain", opens_at=later(2))
    a_call(title="Passé", opens_at=later(-20), closes_at=later(-10))
    a_call(title="Brouillon", published_at=None)

    page = read(client, "/appels/")

    order = [page.index(one) for one in ("Ouverts maintenant", ">Ouvert<", ">Demain<", ">Passé<")]
    assert order == sorted(order)
    assert "Brouillon" not in page


def test_the_list_asks_the_same_whatever_it_holds(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_call()
    client.get("/appels/")
    with django_assert_num_queries(4):
        client.get("/appels/")
    a_call()
    a_call()

    with django_assert_num_queries(4):
        client.get("/appels/")


def test_a_draft_is_nowhere(client: Client) -> None:
    call = a_call(published_at=None)

    assert [client.get(f"{call.get_absolute_url()}{rest}").status_code for rest in ("", "reglement.pdf")] == [404, 404]


def test_a_call_says_its_money_its_criteria_and_its_end_in_paris_time(client: Client) -> None:
    call = a_call(closes_at=later(3), most="8000", goals="Des trajets partagés.")

    page = read(client, call.get_absolute_url())

    for told in ("samedi 28\u00a0novembre à 12\u00a0h", "8\u202f000,00", "Des trajets partagés.", "Utilité", ">60<"):
        assert told in page


def test_the_rules_are_read_on_paper(client: Client) -> None:
    answer = client.get(f"{a_call().get_absolute_url()}reglement.pdf")

    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_the_calendar_holds_the_last_hour_of_each(client: Client) -> None:
    a_call(title="Bouger, manger", closes_at=later(3))

    told = client.get("/appels/calendrier.ics").content.decode()

    assert "DTSTART;TZID=Europe/Paris:20261128T110000" in told
    assert "SUMMARY:Clôture : Bouger\\, manger" in told


def test_anybody_asks_and_reads_the_answer_with_everybody(client: Client) -> None:
    call = a_call()
    address = call.get_absolute_url()
    with time_machine.travel(AT - timedelta(minutes=1), tick=False):
        typed = form_in(read(client, address), "#questions")

    answer = client.post(address, typed | {"text": "Et les mutuelles ?", "email": "ana@exemple.test"})

    question = CallQuestion.objects.get()
    assert answer.status_code == 302
    assert "Et les mutuelles" not in read(client, address)
    actions.answer_about_call(question=question, answer="Oui, aussi.", by=agent(), at=AT)
    page = read(client, address)
    assert ("Oui, aussi." in page, "ana@" in page) == (True, False)


def test_a_question_without_words_says_so(client: Client) -> None:
    address = a_call().get_absolute_url()
    with time_machine.travel(AT - timedelta(minutes=1), tick=False):
        typed = form_in(read(client, address), "#questions")

    answer = client.post(address, typed | {"text": " "})

    assert (answer.status_code, CallQuestion.objects.count()) == (422, 0)


def test_an_agent_creates_a_scheme_its_envelope_and_a_call_then_publishes_it(office: Client) -> None:
    authority = Authority.objects.create(name="PETR des Exemples")
    scheme_form = form_in(read(office, f"{OFFICE}dispositifs/nouveau/")) | {
        "authority": str(authority.pk), "title": "Soutien", "purpose": "Aider", "legal_basis": "Délibération 12",
    }  # fmt: skip
    office.post(f"{OFFICE}dispositifs/nouveau/", scheme_form)
    scheme = Scheme.objects.get()
    office.post(f"{OFFICE}dispositifs/{scheme.pk}/enveloppe/", {"year": "2026", "amount": "12 000,50"})
    line = EnvelopeLine.objects.get()
    address = f"{OFFICE}dispositifs/{scheme.pk}/appel/"
    opens = timezone.localtime(later(1))
    office.post(address, form_in(read(office, address)) | {
        "title": "Bouger", "kind": "projects", "summary": "Pour aller au marché.", "goals": "Des trajets.",
        "eligible_costs": "Achats", "contact": "Le guichet", "line": str(line.pk), "budget": "12 000",
        "max_rate": "80", "own_share": "0", "advance_rate": "50", "report_months": "6", "theme_reason": "Un essai",
        "opens_at_0": f"{opens:%Y-%m-%d}", "opens_at_1": "08:00", "closes_at_0": f"{later(30):%Y-%m-%d}",
        "closes_at_1": "12:00",
    })  # fmt: skip
    call = Call.objects.get()

    office.post(f"{OFFICE}{call.pk}/publier/")

    call.refresh_from_db()
    assert (str(line.amount), call.published_at) == ("12000.50", AT)


def test_a_call_that_lacks_something_says_what_and_stays_a_draft(office: Client) -> None:
    call = a_call(published_at=None, criteria=False)

    page = read(office, f"{OFFICE}{call.pk}/")
    office.post(f"{OFFICE}{call.pk}/publier/")

    call.refresh_from_db()
    assert ("Des critères qui font 100" in page, "Manque" in page, call.published_at) == (True, True, None)


def test_questions_are_written_in_the_order_of_their_ranks_and_an_empty_row_is_left_out(office: Client) -> None:
    call = a_call(published_at=None)
    latest_form(call).__class__.objects.update(fixed_at=None)
    address = f"{OFFICE}{call.pk}/formulaire/"
    typed = form_in(read(office, address)) | {
        "rang-0-label": "Seconde", "rang-0-rank": "2", "rang-1-label": "Première", "rang-1-rank": "1",
        "rang-1-kind": "line",
    }  # fmt: skip

    office.post(address, typed)

    blocks = latest_form(call).blocks
    assert [(one["label"], one["kind"]) for one in blocks] == [("Première", "line"), ("Seconde", "text")]
    assert blocks[1]["key"] == "besoin", "the key of a question never changes"


def test_criteria_that_do_not_make_a_hundred_are_refused_with_what_was_typed(office: Client) -> None:
    call = a_call(published_at=None)
    address = f"{OFFICE}{call.pk}/criteres/"

    answer = office.post(address, form_in(read(office, address)) | {"rang-0-weight": "61"})

    page = answer.content.decode()
    assert (answer.status_code, "ils font 101" in page, 'value="61"' in page) == (422, True, True)


def test_documents_are_chosen_with_what_the_profile_holds(office: Client) -> None:
    call = a_call(published_at=None)
    address = f"{OFFICE}{call.pk}/pieces/"

    office.post(address, form_in(read(office, address)) | {"rang-0-label": "Statuts", "rang-0-kind": "statutes"})

    assert list(call.pieces.values_list("label", "kind")) == [("Statuts", "statutes")]


def test_an_agent_opens_a_call_again_copies_it_and_moves_it_on(office: Client) -> None:
    call = a_call()
    typed = {"until_0": f"{later(40):%Y-%m-%d}", "until_1": "12:00", "reason": "Panne"}

    refused = office.post(f"{OFFICE}{call.pk}/rouvrir/", typed | {"reason": ""})
    office.post(f"{OFFICE}{call.pk}/rouvrir/", typed)
    office.post(f"{OFFICE}{call.pk}/copier/", {"title": "L’an prochain"})
    office.post(f"{OFFICE}{call.pk}/avancer/", {"to": "review"})
    draft = office.get(f"{OFFICE}{Call.objects.get(title='L’an prochain').pk}/").content.decode()
    assert ("Archiver l’appel" in draft, "Aucune demande reçue" in draft) == (True, True)

    call.refresh_from_db()
    assert (refused.status_code, call.reopenings.get().reason, call.review_at) == (422, "Panne", None)
    assert Call.objects.get(title="L’an prochain").published_at is None


def test_an_agent_answers_or_sets_a_question_aside(office: Client) -> None:
    call = a_call()
    kept, aside = (actions.ask_about_call(call=call, text=one, at=AT) for one in ("Et moi ?", "Spam"))

    office.post(f"{OFFICE}{call.pk}/questions/{kept.pk}/", {"answer": "Oui."})
    office.post(f"{OFFICE}{call.pk}/questions/{aside.pk}/", {"aside": "1", "answer": ""})

    page = read(office, call.get_absolute_url())
    assert ("Oui." in page, "Spam" in page) == (True, False)


def test_the_home_of_the_office_names_calls_whose_questions_wait(office: Client) -> None:
    call = a_call(title="Bouger d’ici")
    question = actions.ask_about_call(call=call, text="Et moi ?", at=AT)
    before = read(office, "/gestion/")
    actions.answer_about_call(question=question, answer="Oui.", by=agent(), at=AT)

    assert ("1 question sans réponse" in before.replace("\u00a0", " "), "Bouger d’ici" in before) == (True, True)
    assert "question sans réponse" not in read(office, "/gestion/").replace("\u00a0", " ")


def test_a_preview_is_read_by_agents_only(office: Client) -> None:
    call = a_call(published_at=None, title="Pas encore")

    assert "rien n’est publié" in read(office, f"{OFFICE}{call.pk}/apercu/")
    office.logout()
    assert office.get(f"{OFFICE}{call.pk}/apercu/").status_code == 302


def test_every_list_of_the_office_opens_and_a_scheme_that_looks_like_a_purchase_warns(office: Client) -> None:
    line = a_line(defines_need=True)
    call = a_call(line)

    for which in ("ouverts", "prepares", "clos", "finis", "inconnue"):
        read(office, f"{OFFICE}?liste={which}&page=99")
    for path in (f"dispositifs/{line.scheme_id}/", f"{call.pk}/"):
        assert "marché" in read(office, f"{OFFICE}{path}")
    assert read(office, f"{OFFICE}dispositifs/")


def test_the_list_of_a_topic_is_the_one_that_its_theme_counts(client: Client) -> None:
    topic = Term.objects.create(kind="theme", code="mobilite-solidaire", label="Mobilité solidaire")
    about, other = a_call(title="Bouger"), a_call(title="Manger")
    about.topics.add(topic)

    page = read(client, "/appels/?sujet=mobilite-solidaire")

    [block] = HUB_BLOCKS
    told = block.read(HubSubject(topic.pk, topic.code), 3)
    assert (about.title in page, other.title in page) == (True, False)
    assert (told.count, [one.title for one in told.rows]) == (1, ["Bouger"])
