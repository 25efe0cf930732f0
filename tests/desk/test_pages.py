"""What people see and send at the desk: one walk for each page, without a script."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate
from maillage.desk import actions
from maillage.desk.enums import Advice, Outcome, PartnerPart, Turn, Usefulness
from maillage.desk.models import Draft, Project
from maillage.directory.enums import TermKind
from maillage.directory.models import Term
from maillage.discussion.models import Message
from maillage.territories.models import Commune
from tests.aids.world import made as made_aid
from tests.desk.world import (
    AT,
    CHLOE,
    IDEA,
    advised,
    agent,
    chloe,
    click,
    followed,
    later,
    posted,
    referred,
    requested,
)
from tests.factories import person
from tests.forms import form_in

pytestmark = pytest.mark.django_db
ASK = "/guichet/"


def send(client: Client, path: str = ASK, **typed: str) -> tuple[int, str]:
    """Open the form, wait three seconds, send it; the page that answers."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        fields = form_in(client.get(path).content.decode()) | typed
        clock.shift(3)
        answer = client.post(path, fields)
        return answer.status_code, answer.content.decode()


def test_just_an_idea_a_name_and_an_address_are_enough(client: Client) -> None:
    agent()
    status, page = send(client, idea=IDEA, name="Chloé", email=CHLOE)
    project = Project.objects.get()
    assert status == 200
    assert project.reference in page
    assert str(project.adviser) in page
    assert posted("desk.received") == [CHLOE]


def test_at_most_seven_questions_and_no_siret(client: Client) -> None:
    Term.objects.create(kind=TermKind.THEME, code="culture", label="Culture")
    page = client.get(ASK).content.decode()
    form = page[page.index('<form method="post" class="stack"') : page.index("</form>")]
    questions = set(re.findall(r'name="(\w+)"', form)) - {"csrfmiddlewaretoken", "form_key", "fax", "seen", "later"}
    # An address or a telephone is one question.
    assert questions == {"idea", "stage", "commune", "topics", "seeks", "name", "email", "phone"}
    assert "SIRET" not in form


def test_what_is_missing_is_said_and_what_was_typed_stays(client: Client) -> None:
    status, page = send(client, idea=IDEA, name="", email="pas une adresse")
    assert status == 422
    assert IDEA in page.replace("&#x27;", "'")
    assert not Project.objects.exists()


def test_a_machine_is_thanked_and_not_heard(client: Client) -> None:
    assert send(client, idea=IDEA, name="Chloé", email=CHLOE, fax="0322000000")[0] == 200
    assert not Project.objects.exists()


def test_a_form_sent_twice_makes_one_file(client: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        fields = form_in(client.get(ASK).content.decode()) | {"idea": IDEA, "name": "Chloé", "email": CHLOE}
        clock.shift(3)
        pages = [client.post(ASK, fields).content.decode() for _ in range(2)]
    reference = Project.objects.get().reference
    assert all(reference in page for page in pages)


def test_a_draft_is_finished_later_from_its_letter(client: Client) -> None:
    status, page = send(client, idea="Une épi", email=CHLOE, later="1")
    assert (status, CHLOE in page) == (200, True)
    assert not Project.objects.exists()
    path = click("desk.draft", "desk.resume", at=timezone.now())
    for _ in range(2):
        assert "Une épi" in client.get(path).content.decode()
    status, _ = send(client, path, idea=IDEA, name="Chloé")
    assert (status, Project.objects.count(), Draft.objects.count()) == (200, 1, 0)
    assert client.get(path).status_code == 409


def test_to_finish_later_one_leaves_an_address_and_nothing_else(client: Client) -> None:
    status, page = send(client, idea="", later="1")
    assert status == 422
    assert "Pour finir plus tard, donnez votre adresse" in page
    assert "Dites comment vous appeler" not in page


def test_another_link_opens_no_draft(client: Client) -> None:
    requested()
    path = click("desk.received", "desk.confirm").replace("/l/", "/guichet/reprendre/")
    assert client.get(path).status_code == 404


def test_whoever_is_signed_in_is_not_asked_for_an_address(client: Client) -> None:
    agent()
    client.force_login(person("alice@exemple.test", first_name="Alice"))
    page = client.get(ASK).content.decode()
    assert 'name="email"' not in page
    assert "Repris de votre compte" in page
    status, page = send(client, idea=IDEA)
    project = Project.objects.get()
    assert (status, project.contacts.get().email) == (200, "alice@exemple.test")
    assert project.get_absolute_url() in page


def test_the_project_is_of_its_holders_alone(client: Client) -> None:
    project = followed()
    assert client.get(project.get_absolute_url()).status_code == 302
    for email in ("x@exemple.test", "agent@exemple.test"):
        client.force_login(agent() if email.startswith("agent") else person(email))
        assert client.get(project.get_absolute_url()).status_code == 404
    client.force_login(chloe(project))
    page = client.get(project.get_absolute_url()).content.decode()
    assert "Bonjour, parlons-en." in page
    assert project.title in client.get("/moi/").content.decode()


def test_a_holder_says_where_a_step_stands_and_sees_it(client: Client) -> None:
    one = advised(project := followed())
    client.force_login(chloe(project))
    base = project.get_absolute_url()
    assert client.post(f"{base}vu/").status_code == 204
    fields = form_in(client.get(base).content.decode(), f"{base}etapes/{one.pk}/")
    client.post(f"{base}etapes/{one.pk}/", fields | {"state": "done", "answer": "Deux visites"})
    page = client.post(f"{base}etapes/{one.pk}/", fields | {"state": "stuck"}, follow=True).content.decode()
    assert "a changé entre-temps" in page
    one.refresh_from_db()
    assert (one.state, one.answer) == (Advice.DONE, "Deux visites")
    assert client.post(f"{base}etapes/{one.pk}/", {"state": "rien"}, follow=True).status_code == 200


def test_a_holder_agrees_and_rates_on_the_page(client: Client) -> None:
    one = referred(project := followed())
    client.force_login(chloe(project))
    base = project.get_absolute_url()
    assert one.shared in client.get(base).content.decode()
    client.post(f"{base}partenaires/{one.pk}/")
    one.refresh_from_db()
    assert one.state == Turn.ASKED
    assert client.post(f"{base}partenaires/{one.pk}/utile/", {"usefulness": "yes"}).status_code == 404
    actions.close_referral(referral=one, by=agent(), at=AT)
    client.post(f"{base}partenaires/{one.pk}/utile/", {"usefulness": "yes"})
    one.refresh_from_db()
    assert one.usefulness == Usefulness.YES


def test_a_holder_refuses_on_the_page(client: Client) -> None:
    one = referred(project := followed())
    client.force_login(chloe(project))
    client.post(f"{project.get_absolute_url()}partenaires/{one.pk}/", {"refuse": "1"})
    one.refresh_from_db()
    assert one.state == Turn.REFUSED


def test_a_holder_writes_to_the_desk_once(client: Client) -> None:
    project = followed()
    client.force_login(chloe(project))
    base = project.get_absolute_url()
    fields = form_in(client.get(base).content.decode(), f"{base}message/") | {"words": "La salle est libre."}
    for _ in range(2):
        assert client.post(f"{base}message/", fields).status_code == 302
    assert Message.objects.filter(text="La salle est libre.").count() == 1
    assert client.post(f"{base}message/", {"words": ""}).status_code == 422


def test_a_holder_gives_news_on_the_page(client: Client) -> None:
    project = followed()
    actions.close_project(project=project, result=actions.Result(Outcome.DONE, "Ouverte."), by=agent(), at=AT)
    actions.ask_checks(at=later(200))
    client.force_login(chloe(project))
    base, check = project.get_absolute_url(), project.checks.get(months=6)
    assert "Que devient votre projet" in client.get(base).content.decode()
    client.post(f"{base}nouvelles/{check.pk}/", {"alive": "1"})
    check.refresh_from_db()
    assert check.is_alive is True


def test_a_holders_page_asks_as_much_with_one_step_as_with_ten(client: Client) -> None:
    project = followed()
    client.force_login(chloe(project))
    counts = []
    for number in (1, 9):
        for rank in range(number):
            advised(project, f"Étape {number}.{rank}")
        with CaptureQueriesContext(connection) as asked:
            client.get(project.get_absolute_url())
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_liaison_officer_passes_on_what_was_heard(client: Client) -> None:
    agent()
    town = Commune.objects.exclude(epci=None).order_by("pk")[0]
    officer = person("referent@exemple.test")
    Mandate.objects.create(user=officer, role=Role.LIAISON_OFFICER, epci=town.epci, start_date=AT.date())
    client.force_login(officer)
    fields = form_in(client.get("/moi/guichet/").content.decode())
    told = {"idea": IDEA, "name": "Odette", "phone": "03 22 00 00 00", "commune": town.pk, "channel": "met"}
    assert client.post("/moi/guichet/", fields | told).status_code == 422
    assert client.post("/moi/guichet/", fields | told | {"has_consent": "on"}).status_code == 302
    project = Project.objects.get()
    assert project.consent_by == officer
    page = client.get("/moi/guichet/").content.decode()
    assert project.title in page
    # What was said stays between the person and the desk.
    assert "Le dernier commerce a fermé" not in page
    assert "Réponse promise pour le" in page
    actions.write_note(project=project, words="Elle hésite encore.", by=agent(), at=AT)
    actions.move_advice(recommendation=advised(project), state=Advice.DONE, by=agent(), at=AT)
    advised(project, "Trouver un local")
    page = client.get("/moi/guichet/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "Plan : 1 étape ouverte, 1 faite." in page.replace("&nbsp;", " ")
    assert agent().email in page
    assert "Elle hésite" not in page
    assert "Trouver un local" not in page
    client.force_login(person("x@exemple.test"))
    assert client.get("/moi/guichet/").status_code == 403


def test_a_file_says_which_aids_fit_and_why(client: Client) -> None:
    town = Commune.objects.exclude(epci=None).order_by("pk")[0]
    project = followed(commune=town)
    made_aid("Aide au premier pas", steps=["preop"])
    made_aid("Aide pour grandir", steps=["postop"])
    client.force_login(chloe(project))
    page = client.get(project.get_absolute_url()).content.decode()
    assert "Aide au premier pas" in page
    assert "Pourquoi elle est possible" in page
    assert "Aide pour grandir" not in page


def test_a_holder_reads_who_takes_part_and_the_time_given(client: Client) -> None:
    project = followed()
    client.force_login(chloe(project))
    assert "temps donné" not in client.get(project.get_absolute_url()).content.decode()
    actions.involve(
        project=project, name="La mairie", part=PartnerPart.PARTNER, share=Decimal("1234.5"), by=agent(), at=AT
    )
    for half_days in (1, 2):
        actions.log_effort(project=project, day=AT.date(), half_days=half_days, by=agent(), at=AT)
    page = client.get(project.get_absolute_url()).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "a donné 3 demi-journées à votre projet" in page
    assert "La mairie" in page


def test_a_step_with_a_day_comes_before_one_without(client: Client) -> None:
    project = followed()
    advised(project, "Un jour peut-être")
    advised(project, "Avant Noël", due_date=later(20).date())
    client.force_login(chloe(project))
    page = client.get(project.get_absolute_url()).content.decode()
    assert page.index("Avant Noël") < page.index("Un jour peut-être")
