"""Opinions asked outside the jury: by letter, without an account, once; what is shown, to whom, until when."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import Settings

from maillage.calls import actions
from maillage.calls.actions import Asked, CallRefused
from maillage.calls.enums import ApplicationState as S
from maillage.calls.enums import OutsideSense
from maillage.calls.models import Application, OutsideOpinion
from maillage.calls.models.application import FOLDER
from maillage.calls.phrases import outside as phrases
from maillage.kernel.models import JournalEntry
from maillage.kernel.registry import purposes
from maillage.outbox.actions.posting import kind_of
from maillage.outbox.links import sign
from maillage.outbox.models import Letter, ToDo
from maillage.outbox.occasions import occasion_of
from tests.calls.drafts import a_ready, sent
from tests.calls.reading import a_reviewer, handed_in, in_review, recused, user_of
from tests.calls.world import AT, a_call, agent, an_application, later
from tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]
EMAIL, ANSWER = "routes@exemple.test", "Le pont est limité à 3,5 tonnes."


def asked(application: Application, **instead: Any) -> OutsideOpinion:
    facts: dict[str, Any] = {
        "name": "Service des routes", "email": EMAIL, "question": "La route est-elle ouverte ?",
        "due_on": later(10).date(), "parts": ("project",),
    }  # fmt: skip
    return actions.ask_outside(application=application, asked=Asked(**{**facts, **instead}), by=agent(), at=AT)


def answered(one: OutsideOpinion, words: str = ANSWER) -> OutsideOpinion:
    return actions.answer_outside(opinion=one, words=words, sense=OutsideSense.RESERVED, at=later())


def address(kind: str = "calls.outside", *, at: datetime = AT) -> str:
    """Where the button of the letter leads."""
    letter = Letter.objects.get(kind=kind, mailbox__address=EMAIL)
    return sign(purposes()["calls.outside"], occasion_of(letter, at=at), letter_id=letter.pk)


def written(kind: str, *, at: datetime = AT) -> Any:
    return kind_of(kind).write(occasion_of(Letter.objects.get(kind=kind), at=at))


@pytest.fixture(autouse=True)
def _on_that_day() -> Any:
    with time_machine.travel(AT + timedelta(minutes=5), tick=False):
        yield


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(agent())
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_an_agent_asks_by_letter_and_the_person_answers_without_an_account(office: Client) -> None:
    application, anybody = in_review(summary="Une navette à la demande."), Client()
    base = f"/gestion/demandes/{application.pk}/"
    typed = {"name": "Service des routes", "email": EMAIL, "question": "La route est-elle ouverte ?",
             "parts": ["project"], "due_on": later(10).date().isoformat()}  # fmt: skip
    assert "Demander un avis extérieur" in page(office, base)
    assert office.post(f"{base}avis-exterieur/", typed).status_code == 302
    letter = written("calls.outside")
    assert typed["question"] in letter.sentences
    assert application.title not in str(letter)

    told = page(anybody, address())
    refused = anybody.post(address(), {"words": " ", "sense": ""})
    done = anybody.post(address(), {"words": ANSWER, "sense": "reserved"})

    assert "Une navette à la demande." in told
    assert (refused.status_code, done.status_code) == (422, 200)
    one = OutsideOpinion.objects.get()
    assert (one.words, one.sense, one.answered_at) == (ANSWER, "reserved", AT + timedelta(minutes=5))
    assert ANSWER in page(office, base)
    assert Letter.objects.get(kind="calls.outside_said").mailbox.user == agent()
    verbs = set(JournalEntry.objects.filter(object_id=application.pk).values_list("verb", flat=True))
    assert {"ask_outside", "answer_outside"} <= verbs


def test_a_link_acts_once_and_only_when_it_is_posted() -> None:
    one, anybody = asked(in_review()), Client()
    path = address()
    for _ in range(2):
        page(anybody, path)
    one.refresh_from_db()
    assert one.is_open

    assert anybody.post(path, {"words": ANSWER}).status_code == 200
    again = anybody.post(path, {"words": "Autre chose"})

    one.refresh_from_db()
    assert (again.status_code, one.words, one.sense) == (200, ANSWER, "")
    assert "Autre chose" not in again.content.decode()
    assert ANSWER not in page(anybody, path)


def test_a_link_ends_with_time_a_withdrawal_a_decision_and_is_no_other_s(office: Client) -> None:
    application = in_review()
    one, anybody = asked(application), Client()
    path = address()
    page(anybody, "/avis/nimporte-quoi/", 404)
    page(anybody, path.replace("/avis/", "/lettres/"), 410)  # the same token elsewhere says nothing of the file
    with time_machine.travel(later(61)):
        page(anybody, path, 410)
    Application.objects.filter(pk=application.pk).update(state=S.REFUSED)
    assert anybody.post(path, {"words": ANSWER}).status_code == 409
    Application.objects.filter(pk=application.pk).update(state=S.REVIEW)

    office.post(f"/gestion/demandes/{application.pk}/avis-exterieur/{one.pk}/retirer/")

    one.refresh_from_db()
    assert (one.withdrawn_at, anybody.post(path, {"words": ANSWER}).status_code) == (AT + timedelta(minutes=5), 409)
    assert "n’est plus attendu" in written("calls.outside_withdrawn").title
    assert written("calls.outside") is None
    with pytest.raises(CallRefused, match="déjà rendu"):
        actions.withdraw_outside(opinion=one, by=agent(), at=AT)
    with pytest.raises(CallRefused, match="plus attendu"):
        answered(one)


def test_the_person_reads_what_was_shared_and_nothing_else() -> None:
    application = sent(a_ready(a_call(), summary="Résumé qui reste ici.", block__besoin="Réponse qui reste ici."))
    other = asked(application, email="autre@exemple.test", name="Un autre service")
    answered(other, "Ce que dit un autre.")
    asked(application, parts=("budget",))

    told = page(Client(), address())

    assert application.title in told
    assert "Dépenses" in told
    for hidden in ("Résumé qui reste ici.", "Réponse qui reste ici.", "Ce que dit un autre.", "Un autre service"):
        assert hidden not in told


def test_each_part_is_shown_when_it_was_chosen() -> None:
    application = sent(a_ready(a_call(), summary="Le résumé confié.", block__besoin="La réponse confiée."))
    asked(application, parts=("project", "answers", "budget"))

    told = page(Client(), address())

    assert [words in told for words in ("Le résumé confié.", "La réponse confiée.", "Dépenses")] == [True] * 3


@pytest.mark.parametrize(
    ("instead", "phrase", "field"),
    [
        ({"name": " "}, phrases.SAY_WHO, "name"),
        ({"question": " "}, phrases.SAY_QUESTION, "question"),
        ({"parts": ()}, phrases.SHARE_SOMETHING, "parts"),
        ({"parts": ("reviews",)}, phrases.NOT_A_PART, "parts"),
        ({"due_on": AT.date()}, phrases.DUE_PAST, "due_on"),
        ({"due_on": date(2027, 11, 1)}, phrases.DUE_TOO_FAR[:30], "due_on"),
    ],
)
def test_what_cannot_be_asked_says_why(instead: dict[str, Any], phrase: str, field: str) -> None:
    with pytest.raises(CallRefused) as refusal:
        asked(in_review(), **instead)

    assert (refusal.value.phrase[:30], refusal.value.field) == (phrase[:30], field)
    assert not OutsideOpinion.objects.exists()


def test_it_is_asked_once_of_an_address_and_never_of_its_holders_nor_of_who_stays_away() -> None:
    application = sent()
    away = user_of(a_reviewer(application.call))
    recused(application, away)
    asked(application)
    author = application.author
    assert author is not None
    for email, phrase in (
        (EMAIL.upper(), phrases.ASKED_ALREADY), (author.email, phrases.HOLDS_IT), (away.email, phrases.STAYS_AWAY),
    ):  # fmt: skip
        with pytest.raises(CallRefused) as refusal:
            asked(application, email=email)
        assert refusal.value.phrase == phrase

    with pytest.raises(CallRefused, match="plus à l’étude"):
        asked(an_application(application.call, state=S.GRANTED))
    recused(application, agent())
    with pytest.raises(CallRefused):
        asked(application, email="encore@exemple.test")


def test_whoever_stays_away_since_finds_the_link_dead() -> None:
    application = in_review()
    user = person(EMAIL)
    asked(application)
    path = address()
    a_reviewer(application.call, email="x@exemple.test")
    application.call.reviewers.create(user=user, named_at=AT, pledged_at=AT)
    recused(application, user)

    assert Client().post(path, {"words": ANSWER}).status_code == 409
    assert written("calls.outside") is None
    assert OutsideOpinion.objects.get().is_open


def test_it_is_reminded_once_then_an_agent_telephones_and_an_answer_stops_all() -> None:
    one, other = asked(in_review()), asked(in_review(), email="autre@exemple.test")
    assert actions.remind_outside(at=later(5)) == 0
    answered(other)
    assert actions.remind_outside(at=later(8)) == 1
    assert actions.remind_outside(at=later(8)) == 0
    assert "attendu pour le" in written("calls.outside_due").title

    actions.remind_outside(at=later(11))
    actions.remind_outside(at=later(12))
    to_do = ToDo.objects.get()
    assert (to_do.owner, to_do.object_id, to_do.done_at) == (agent(), one.pk, None)

    answered(one)

    to_do.refresh_from_db()
    assert to_do.done_at == later()
    assert written("calls.outside_due") is None


def test_nobody_telephones_for_a_file_that_was_decided_or_taken_back() -> None:
    """The to-do ends with the examination, whichever way it ends."""
    decided, left = in_review(), in_review()
    for one in (decided, left):
        asked(one)
    actions.remind_outside(at=later(11))
    assert ToDo.objects.filter(done_at=None).count() == 2

    actions.move_application(application=decided, to=S.DROPPED, by=agent(), at=later(12))
    actions.withdraw_application(application=left, by=None, at=later(12))

    assert [one.done_at for one in ToDo.objects.all()] == [later(12)] * 2
    assert actions.remind_outside(at=later(13)) == 0
    assert not ToDo.objects.filter(done_at=None).exists()


def test_what_is_said_by_telephone_is_noted_in_its_place_and_told(office: Client) -> None:
    application, anybody = in_review(), Client()
    one, path = asked(application), address()
    actions.remind_outside(at=later(11))
    base = f"/gestion/demandes/{application.pk}/"
    where = f"{base}avis-exterieur/{one.pk}/noter/"
    assert "Noter ce qu’elle dit par téléphone" in page(office, base)

    empty = office.post(where, {"words": " ", "sense": ""})
    done = office.post(where, {"words": ANSWER, "sense": "reserved"})
    again = office.post(where, {"words": "Autre chose", "sense": ""})

    one.refresh_from_db()
    assert (empty.status_code, done.status_code, again.status_code) == (422, 302, 422)
    assert (one.words, one.sense, one.noted_by) == (ANSWER, "reserved", agent())
    assert "dit par téléphone à" in page(office, base)
    told = str(written("calls.outside_noted"))
    assert "Votre avis est noté" in told
    assert ANSWER not in told
    assert ToDo.objects.get().done_at is not None
    assert anybody.post(path, {"words": "Encore"}).status_code == 409
    assert JournalEntry.objects.get(verb="note_outside").actor == agent()


def test_whoever_stays_away_notes_nothing() -> None:
    application = in_review()
    one = asked(application)
    recused(application, agent())

    with pytest.raises(CallRefused):
        actions.note_outside(opinion=one, words=ANSWER, sense=None, by=agent(), at=later())


def test_the_jury_and_the_report_have_it_and_whoever_stays_away_has_not(office: Client) -> None:
    application = in_review()
    answered(asked(application))
    asked(application, email="attendu@exemple.test", name="Un service attendu")
    juror, jury = a_reviewer(application.call), Client()
    jury.force_login(user_of(juror))
    path = f"/moi/jury/{application.call.slug}/{application.reference}/"
    told = page(jury, path)
    assert ANSWER in told
    assert "Un service attendu" not in told
    with zipfile.ZipFile(io.BytesIO(office.get(f"/gestion/demandes/{application.pk}/rapport.odt").content)) as book:
        assert ANSWER in book.read("content.xml").decode()
    assert office.get(f"/gestion/demandes/{application.pk}/rapport.pdf").content[:4] == b"%PDF"

    for user in (user_of(juror), agent()):
        recused(application, user)

    page(jury, path, 404)
    page(office, f"/gestion/demandes/{application.pk}/", 404)
    assert written("calls.outside_said") is None


def test_a_refused_form_shows_what_was_typed(office: Client) -> None:
    application = in_review()
    base = f"/gestion/demandes/{application.pk}/avis-exterieur/"

    answer = office.post(base, {"name": "Les routes", "email": EMAIL, "question": "Une question à garder",
                                "due_on": later(3).date().isoformat()})  # fmt: skip

    assert answer.status_code == 422
    told = answer.content.decode()
    assert phrases.SHARE_SOMETHING in told
    assert "Une question à garder" in told


def test_a_shared_document_is_taken_from_the_letter_and_another_is_not(settings: Settings, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    name = default_storage.save(f"{FOLDER}plan.pdf", ContentFile(b"%PDF"))
    application = sent(a_ready(a_call()))
    piece = application.call.pieces.create(position=1, label="Plan", is_required=False)
    kept, other = (application.files.create(
        piece=piece, name=f"plan{rank}.pdf", number=rank, file=name, sha256="0" * 64, size=4, added_at=AT
    ) for rank in (1, 2))  # fmt: skip
    asked(application, parts=(), files=(kept,))
    path, anybody = address(), Client()

    answer = anybody.get(f"{path}documents/{kept.pk}/")

    assert (answer.status_code, answer["Content-Disposition"]) == (200, 'attachment; filename="plan1.pdf"')
    assert anybody.get(f"{path}documents/{other.pk}/").status_code == 404
    assert JournalEntry.objects.filter(verb="read_file", object_id=kept.pk).count() == 1
    answered(OutsideOpinion.objects.get())
    assert anybody.get(f"{path}documents/{kept.pk}/").status_code == 409


def test_a_document_of_another_application_is_not_shared() -> None:
    application, other = in_review(), in_review()
    piece = other.call.pieces.create(position=1, label="Plan", is_required=False)
    file = other.files.create(piece=piece, name="plan.pdf", file="x", sha256="0" * 64, size=4, added_at=AT)

    with pytest.raises(CallRefused, match="pas de ce dossier"):
        asked(application, files=(file,))


def test_scores_of_the_jury_are_not_on_the_page() -> None:
    application = in_review()
    for _ in range(2):
        handed_in(application, 5, 5)
    asked(application, parts=("project", "answers", "budget"))

    assert "sur 100" not in page(Client(), address())
