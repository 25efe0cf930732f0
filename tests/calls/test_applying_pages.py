"""The pages of applicants: one walk through each, who meets them, lists at one query count."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pytest_django import Settings

from maillage.accounts.models import User
from maillage.calls import actions
from maillage.calls.enums import ApplicationState, CoApplicantState, Step
from maillage.calls.models import Application, Call, Completion
from maillage.calls.phrases import applying as phrases
from tests.calls.drafts import SAID, a_draft, a_ready, sent, with_profile
from tests.calls.world import a_call, a_structure, an_application, later
from tests.forms import form_in

pytestmark = pytest.mark.django_db


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def step_path(application: Application, step: Step) -> str:
    return f"{application.get_absolute_url()}etapes/{step.value}/"


def save(client: Client, application: Application, step: Step, **said: Any) -> Any:
    """Send the form of a step back as it is, with these fields changed; `key__rest` stands for `key:rest`."""
    path = step_path(application, step)
    form = form_in(page(client, path), "")
    return client.post(path, form | {key.replace("__", ":"): value for key, value in said.items()})


def test_one_applies_from_the_call_to_the_receipt() -> None:
    made, alice = a_structure("Le Relais", family="association", rna="W802000001")
    with_profile(made)
    call, client = a_call(), browser(alice)
    path = f"/appels/{call.slug}/demander/"

    begun = client.post(path, form_in(page(client, path), ""))
    draft = Application.objects.get()
    assert begun["Location"] == step_path(draft, Step.STRUCTURE)
    assert "Repris du profil privé de la structure" in page(client, begun["Location"])

    assert save(client, draft, Step.STRUCTURE, siret="123 456 782 00010").status_code == 302
    save(
        client, draft, Step.PROJECT, title="Une épicerie", summary="Acheter local.", commune="80620",
        starts_on="2027-01-04", ends_on="2027-12-17", requested="5 000", is_economic="no", recovers_vat="no",
    )  # fmt: skip
    save(
        client, draft, Step.BUDGET, a__601="10 000,50 €", f__744__0__label="PETR", f__744__0__amount="5000",
        f__744__0__funding="asked", a__7OWN="5000,5",
    )  # fmt: skip
    save(client, draft, Step.QUESTIONS, block__besoin="Plus de commerce.")
    save(client, draft, Step.PLEDGES, cer_at="on", honour_at="on", honour_by="Alice Martin")
    whole = page(client, draft.get_absolute_url())
    assert "Tout est là" in whole
    sending = f"{draft.get_absolute_url()}envoyer/"
    form = form_in(whole, sending)
    answer = client.post(sending, form, follow=True).content.decode()

    assert "Elle porte le numéro AAP-2026-0001" in answer
    assert "Elle porte le numéro AAP-2026-0001" in client.post(sending, form, follow=True).content.decode()
    kept = Application.objects.get()
    assert (kept.siret, kept.requested, kept.state) == ("12345678200010", Decimal(5000), ApplicationState.SUBMITTED)
    assert set(kept.origins) == {"legal_name", "rna", "representative", "representative_role", "structure:volunteers"}
    for name in ("recepisse.pdf", "dossier.pdf"):
        assert client.get(f"{draft.get_absolute_url()}{name}").content.startswith(b"%PDF-")


def test_what_is_wrong_is_said_and_what_was_typed_stays() -> None:
    draft = a_draft()
    assert draft.author is not None

    answer = save(browser(draft.author), draft, Step.PROJECT, title="Un lieu", requested="beaucoup",
                  starts_on="2027-05-01", ends_on="2027-01-01")  # fmt: skip

    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Un lieu"' in text
    assert "Écrivez un montant en euros" in text
    assert "Le projet finirait avant de commencer" in text
    assert Application.objects.get().title == ""


def test_saving_as_one_goes_answers_a_sentence_and_the_next_version() -> None:
    draft = a_draft()
    assert draft.author is not None
    client, path = browser(draft.author), step_path(draft, Step.PROJECT)
    form = form_in(page(client, path), "")

    first = client.post(path, form | {"title": "Un"}, headers={"HX-Request": "true"}).content.decode()
    second = client.post(path, form | {"title": "Deux", "version": "1"}, headers={"HX-Request": "true"})
    late = client.post(path, form | {"title": "Trois"}, headers={"HX-Request": "true"})

    assert "C’est enregistré (" in first
    assert 'value="1" id="id_version" hx-swap-oob="true"' in first
    assert (second.status_code, late.status_code) == (200, 422)
    assert Application.objects.get().title == "Deux"


def test_two_people_see_both_texts_and_what_was_typed_is_kept() -> None:
    draft = a_draft()
    assert draft.author is not None
    client, path = browser(draft.author), step_path(draft, Step.PROJECT)
    form = form_in(page(client, path), "")
    actions.save_application(application=draft, values={"title": "Celui des autres"}, version=0, by=None, at=later())

    answer = client.post(path, form | {"title": "Le mien"})
    text = answer.content.decode()
    again = client.post(path, form_in(text, ""))

    assert answer.status_code == 409
    assert 'value="Le mien"' in text
    assert "Enregistré entre-temps\u00a0: Celui des autres" in text
    assert (again.status_code, Application.objects.get().title) == (302, "Le mien")


def test_the_budget_is_said_in_euros_and_drawn_with_its_table() -> None:
    one = a_ready()
    assert one.author is not None

    text = page(browser(one.author), step_path(one, Step.BUDGET))

    assert "Le budget est équilibré" in text
    assert text.count('class="table calls-plot"') == 2
    assert "D’où vient l’argent" in text
    assert "6\u202f000,50\u00a0€" in text


def test_a_late_sending_is_refused_with_a_sentence_that_says_what_is_kept() -> None:
    one = a_ready()
    assert one.author is not None
    client = browser(one.author)
    sending = f"{one.get_absolute_url()}envoyer/"
    form = form_in(page(client, one.get_absolute_url()), sending)
    Call.objects.filter(pk=one.call_id).update(opens_at=later(-20), closes_at=later(-19))

    answer = client.post(sending, form)

    assert answer.status_code == 409
    assert "tout ce que vous y avez écrit est gardé" in answer.content.decode()
    assert Application.objects.get().state == ApplicationState.DRAFT


def test_only_the_parts_that_were_opened_again_may_be_typed() -> None:
    one = sent()
    assert one.author is not None
    Application.objects.filter(pk=one.pk).update(state=ApplicationState.INCOMPLETE, reopened=["summary"])
    Completion.objects.create(
        application=one, fields=["summary"], words="Dites pour qui.", due_on=later(10).date(), asked_at=later()
    )
    client = browser(one.author)

    answer = save(client, one, Step.PROJECT, summary="Pour tous.", title="Un autre titre")

    kept = Application.objects.get()
    assert answer.status_code == 302
    assert (kept.summary, kept.title) == ("Pour tous.", SAID["title"])
    assert "Dites pour qui." in page(client, one.get_absolute_url())


def test_an_old_draft_shows_the_questions_of_its_own_form() -> None:
    one = a_ready()
    assert one.author is not None
    form = one.call.forms.get()
    one.call.forms.create(number=2, blocks=[], made_at=form.made_at, fixed_at=form.made_at)

    assert "À quel besoin répondez-vous" in page(browser(one.author), step_path(one, Step.QUESTIONS))


def test_every_kind_of_question_is_asked_and_read_back() -> None:
    kinds = {
        "words": None, "line": "Court", "text": "Long", "number": "3,5", "euros": "1 234,5", "date": "2027-02-01",
        "yes_no": "no", "choice": "A", "choices": ["A", "B"],
    }  # fmt: skip
    call = a_call()
    call.forms.update(blocks=[
        {"key": kind, "kind": kind, "label": f"Question {kind}", "help": "", "required": False, "options": ["A", "B"],
         "most": None}
        for kind in kinds
    ])  # fmt: skip
    draft = a_draft(call)
    assert draft.author is not None
    client = browser(draft.author)

    answer = save(client, draft, Step.QUESTIONS, **{f"block__{kind}": one for kind, one in kinds.items() if one})

    assert answer.status_code == 302
    assert Application.objects.get().answers == {
        "line": "Court", "text": "Long", "number": "3.5", "euros": "1234.50", "date": "2027-02-01", "yes_no": False,
        "choice": "A", "choices": ["A", "B"],
    }  # fmt: skip
    text = page(client, step_path(draft, Step.QUESTIONS))
    assert 'value="3,5"' in text
    assert 'value="1\u202f234,50"' in text


def test_aids_de_minimis_are_asked_when_the_scheme_is_one_and_the_activity_economic() -> None:
    call = a_call()
    type(call.scheme).objects.filter(pk=call.scheme_id).update(state_aid="de_minimis")
    call.refresh_from_db()
    one = a_ready(call, is_economic=True)
    assert one.author is not None
    client = browser(one.author)

    answer = save(client, one, Step.PLEDGES, aid__0__granted_on="2026-01-05", aid__0__funder="Région",
                  aid__0__amount="1 000", aid__0__regulation="de_minimis")  # fmt: skip
    half = save(client, one, Step.PLEDGES, aid__1__amount="5")

    assert answer.status_code == 302
    assert [(one.funder, one.amount) for one in one.declared_aids.all()] == [("Région", Decimal(1000))]
    assert half.status_code == 422


def test_one_withdraws_from_one_s_own_page() -> None:
    one = sent()
    assert one.author is not None
    client, path = browser(one.author), f"{one.get_absolute_url()}retirer/"

    answer = client.post(path, form_in(page(client, path), "") | {"why": "Projet abandonné"}, follow=True)

    assert phrases.WITHDRAWN in answer.content.decode()
    assert Application.objects.get().state == ApplicationState.WITHDRAWN


def test_without_an_organisation_one_is_shown_what_to_do() -> None:
    stranger = a_structure()[1]
    stranger.memberships.all().delete()

    text = page(browser(stranger), f"/appels/{a_call().slug}/demander/")

    assert "Aucune structure dans votre espace" in text


@pytest.mark.parametrize("rest", ["", "dossier.pdf", "recepisse.pdf", "etapes/projet/", "structures/", "retirer/"])
def test_the_pages_of_an_application_do_not_exist_for_others(rest: str) -> None:
    one = sent()

    answer = browser(a_structure()[1]).get(f"{one.get_absolute_url()}{rest}")

    assert answer.status_code == 404


@pytest.mark.parametrize("step", ["nulle-part", "budgets"])
def test_there_is_no_other_step(step: str) -> None:
    one = a_draft()
    assert one.author is not None

    assert browser(one.author).get(f"{one.get_absolute_url()}etapes/{step}/").status_code == 404


def test_my_list_costs_the_same_for_one_and_three() -> None:
    made, alice = a_structure()
    an_application(organisation=made)
    client = browser(alice)
    page(client, "/moi/demandes/")

    counts = []
    for more in (0, 2):
        for _ in range(more):
            an_application(organisation=made)
        with CaptureQueriesContext(connection) as queries:
            page(client, "/moi/demandes/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_an_invitation_is_answered_from_my_own_page() -> None:
    draft, (other, bob) = a_draft(), a_structure("L’Autre", status="published")
    invited = actions.invite_organisation(application=draft, organisation=other, part="", by=draft.author, at=later())
    client = browser(bob)
    assert client.get(draft.get_absolute_url()).status_code == 404

    answer = client.post(f"/moi/demandes/invitations/{invited.pk}/", {"agree": "1"})

    invited.refresh_from_db()
    assert (answer["Location"], invited.state) == (draft.get_absolute_url(), CoApplicantState.AGREED)
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert save(client, draft, Step.PROJECT, title="À deux").status_code == 302


def test_a_document_is_joined_read_and_removed_from_the_page(settings: Settings, tmp_path: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    call = a_call()
    piece = call.pieces.create(position=1, label="Statuts")
    draft = a_draft(call)
    assert draft.author is not None
    client = browser(draft.author)
    adding = f"{draft.get_absolute_url()}pieces/{piece.pk}/"
    form = form_in(page(client, step_path(draft, Step.PIECES)), adding)
    wrong = client.post(adding, form | {"document": SimpleUploadedFile("a.exe", b"MZ")})

    client.post(adding, form | {"document": SimpleUploadedFile("statuts.png", png())})
    file = draft.files.get()
    taken = client.get(f"{draft.get_absolute_url()}documents/{file.pk}/")
    stranger = browser(a_structure()[1]).get(f"{draft.get_absolute_url()}documents/{file.pk}/")
    client.post(f"{draft.get_absolute_url()}documents/{file.pk}/retirer/")

    assert wrong.status_code == 422
    assert (file.name, taken["Content-Disposition"]) == ("Statuts.png", 'attachment; filename="Statuts.png"')
    assert (taken.status_code, stranger.status_code) == (200, 404)
    assert not draft.files.exists()


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "PNG")
    return out.getvalue()
