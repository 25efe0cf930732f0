"""From a workshop to a project, and from a project to the portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.desk import actions
from maillage.desk.enums import Stage
from maillage.desk.hub_blocks import HUB_BLOCKS
from maillage.desk.models import Project
from maillage.directory.models import Organisation, Term
from maillage.governance import actions as governance
from maillage.governance.enums import Presence, Reply
from maillage.governance.models import Invitation, Meeting
from maillage.kernel.registry import HubSubject
from maillage.needs.models import Need, Theme
from maillage.outbox.models import Letter
from maillage.strategy import actions as steering
from maillage.strategy.actions import load_strategy
from maillage.strategy.models import Measure
from maillage.territories.models import Territory
from tests.desk.world import AT, CHLOE, agent, chloe, followed, later
from tests.factories import organisation
from tests.forms import form_in
from tests.governance.world import body, member
from tests.needs.world import CHLOE as SAID_IT
from tests.needs.world import published, theme_of, town
from tests.strategy.files import strategy_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]


@pytest.fixture(autouse=True)
def _the_day_is_after() -> Iterator[None]:
    with time_machine.travel(later(13), tick=False):
        yield


@pytest.fixture
def sheet() -> Organisation:
    return organisation("Garage solidaire", status="published")


@pytest.fixture
def theme() -> Theme:
    topic = Term.objects.get_or_create(kind="theme", code="mobilite", defaults={"label": "Mobilité"})[0]
    need = published(email=SAID_IT, commune=town())
    Need.objects.update(topic=topic)
    return theme_of([need])


@pytest.fixture
def workshop(theme: Theme, sheet: Organisation) -> Meeting:
    """Held twelve days after AT; the garage said that it would come; its minutes say what people agreed on."""
    host, starts = body("Groupe mobilité"), later(12)
    alice = member(host)
    meeting = governance.set_up_workshop(
        theme=theme, body=host, organisations={sheet: "Elle répare."}, place="Mairie", starts_at=starts,
        ends_at=starts + timedelta(hours=2), by=agent(), at=AT,
    )  # fmt: skip
    governance.reply(invitation=Invitation.objects.get(), answer=Reply.COMING, at=AT)
    seen = {alice: (Presence.PRESENT, None)}
    governance.note_attendance(meeting=meeting, seen=seen, by=agent(), at=later(13))
    held = governance.hold(meeting=meeting, by=agent(), at=later(13))
    item = held.items.get(theme=theme)
    governance.write_minutes(item=item, text="Une voiture pour trois villages.", by=agent(), at=later(13))
    return held


def output(**traits: object) -> actions.Output:
    facts = {"aim": "Partager une voiture", "name": "Chloé", "email": CHLOE} | traits
    return actions.Output(**facts)  # type: ignore[arg-type]


def opened(meeting: Meeting, **traits: object) -> Project:
    return actions.open_from_workshop(
        meeting=meeting, output=output(**traits), by=agent(), at=later(13), has_consent=True
    )  # fmt: skip


def test_what_a_workshop_agreed_on_becomes_a_file(workshop: Meeting, sheet: Organisation, theme: Theme) -> None:
    project = opened(workshop, organisations=(sheet,), first_step="Compter les trajets", stage=Stage.STUDY)

    told = (
        project.workshop, project.stage, [one.code for one in project.topics.all()],
        [one.organisation for one in project.involvements.all()], [one.title for one in project.recommendations.all()],
        project.contacts.get().name,
    )  # fmt: skip
    assert told == (workshop, Stage.STUDY, ["mobilite"], [sheet], ["Compter les trajets"], "Chloé")


def test_whoever_said_the_need_hears_that_a_project_was_born_without_reading_which(workshop: Meeting) -> None:
    opened(workshop)

    letter = Letter.objects.filter(mailbox__address=SAID_IT).order_by("-pk")[0]
    turn = Theme.objects.get().turns.order_by("-pk")[0]

    assert (letter.kind, turn.passing, turn.address) == ("needs.turn", "project", workshop.get_absolute_url())
    assert "voiture" not in turn.sentence


@pytest.mark.parametrize(
    ("traits", "consent", "field"),
    [({"aim": " "}, True, "idea"), ({"name": ""}, True, "name"), ({}, False, "has_consent"),
     ({"email": "", "phone": ""}, True, "email")],
)  # fmt: skip
def test_an_output_that_lacks_something_opens_nothing(
    workshop: Meeting, traits: dict[str, str], consent: bool, field: str
) -> None:
    with pytest.raises(actions.DeskRefused) as refused:
        actions.open_from_workshop(
            meeting=workshop, output=output(**traits), by=agent(), at=later(13), has_consent=consent
        )

    told = Theme.objects.get().turns.filter(is_project=True).count()
    assert (refused.value.field, Project.objects.count(), told) == (field, 0, 0)


def test_a_workshop_that_has_not_begun_opens_nothing(workshop: Meeting) -> None:
    with pytest.raises(actions.DeskRefused):
        actions.open_from_workshop(meeting=workshop, output=output(), by=agent(), at=AT, has_consent=True)


def test_a_theme_that_is_over_does_not_hold_a_project_back(workshop: Meeting, theme: Theme) -> None:
    Theme.objects.update(state="closed")

    project = opened(workshop)

    assert (project.workshop, theme.turns.filter(is_project=True).count()) == (workshop, 0)


def test_an_agent_opens_the_file_from_the_page_of_the_workshop(client: Client, workshop: Meeting) -> None:
    client.force_login(agent())
    page = client.get(f"/gestion/instances/reunions/{workshop.pk}/").content.decode()
    address = f"/gestion/guichet/atelier/{workshop.pk}/"
    form = client.get(address).content.decode()
    typed = {
        "aim": "Partager une voiture", "stage": "emergence", "name": "Chloé", "email": CHLOE, "has_consent": "on",
        "organisations": [Organisation.objects.get(name="Garage solidaire").pk],
    }  # fmt: skip

    answer = client.post(address, form_in(form) | typed)

    project = Project.objects.get()
    assert address in page
    assert "Une voiture pour trois villages." in form
    assert answer["Location"] == f"/gestion/guichet/{project.pk}/"
    assert project.title in client.get(f"/gestion/instances/reunions/{workshop.pk}/").content.decode()


def test_a_refused_output_keeps_what_was_typed(client: Client, workshop: Meeting) -> None:
    client.force_login(agent())

    address = f"/gestion/guichet/atelier/{workshop.pk}/"

    answer = client.post(address, {"aim": "Partager une voiture", "stage": "idea"})

    assert (answer.status_code, Project.objects.count()) == (422, 0)
    assert "Partager une voiture" in answer.content.decode()


def test_a_project_is_shown_with_the_words_that_its_holder_agreed_to(client: Client) -> None:
    project = followed()
    before = client.get("/projets/").content.decode()
    client.force_login(chloe(project))

    client.post(
        f"{project.get_absolute_url()}montrer/",
        {"title": "L’épicerie", "words": "Une épicerie à nous.", "has_consent": "on"},
    )

    after = client.get("/projets/").content.decode()
    assert ("Une épicerie à nous." in before, "Une épicerie à nous." in after) == (False, True)
    assert "Le dernier commerce a fermé" not in after, "the idea itself stays confidential"


@pytest.mark.parametrize(
    "typed", [{"title": "A", "words": "Une épicerie"}, {"title": "A", "words": " ", "has_consent": "on"}]
)
def test_nothing_is_shown_without_words_and_an_agreement(client: Client, typed: dict[str, str]) -> None:
    project = followed()
    client.force_login(chloe(project))

    answer = client.post(f"{project.get_absolute_url()}montrer/", typed)

    project.refresh_from_db()
    assert (answer.status_code, project.shown_at) == (422, None)


def test_a_holder_changes_their_mind(client: Client) -> None:
    project = followed()
    actions.show_project(project=project, words="Une épicerie", has_consent=True, by=chloe(project), at=AT)
    client.force_login(chloe(project))

    client.post(f"{project.get_absolute_url()}montrer/", {"hide": "1"})

    assert list(Project.objects.shown()) == []


def test_an_agent_notes_the_agreement_given_on_the_telephone(client: Client) -> None:
    project = followed()
    client.force_login(agent())
    address = f"/gestion/guichet/{project.pk}/montrer/"

    typed = form_in(client.get(f"/gestion/guichet/{project.pk}/").content.decode(), address) | {"words": "Une épicerie"}

    refused = client.post(address, typed)
    client.post(address, typed | {"has_consent": "on"})
    shown = list(Project.objects.shown())
    client.post(address, {"hide": "1"})

    assert (refused.status_code, shown, list(Project.objects.shown())) == (422, [project], [])


def test_the_database_shows_no_project_without_words() -> None:
    project = followed()

    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(shown_at=AT)


def test_the_portfolio_is_filtered_by_its_address_and_names_published_organisations_only(client: Client) -> None:
    project = followed()
    public, draft = organisation("La Ruche", status="published"), organisation("Pas encore", status="to_review")
    for one in (public, draft):
        actions.involve(project=project, part="partner", organisation=one, by=agent(), at=AT)  # type: ignore[arg-type]
    actions.show_project(project=project, words="Une épicerie", has_consent=True, by=agent(), at=AT)

    whole, other = (client.get(f"/projets/{query}").content.decode() for query in ("", "?etape=scaling"))

    assert ("La Ruche" in whole, "Pas encore" in whole) == (True, False)
    assert ("Une épicerie" in other, "Aucun projet pour ces filtres" in other) == (False, True)


def test_the_portfolio_asks_the_same_whatever_it_holds(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def show(rank: int) -> None:
        project = followed(email=f"p{rank}@exemple.test")
        one = organisation(f"Structure {rank}", status="published")
        actions.involve(project=project, part="partner", organisation=one, by=agent(), at=AT)  # type: ignore[arg-type]
        actions.show_project(project=project, words="Un projet", has_consent=True, by=agent(), at=AT)

    show(1)
    client.get("/projets/")
    with django_assert_num_queries(9):
        client.get("/projets/")
    show(2)
    show(3)

    with django_assert_num_queries(9):
        client.get("/projets/")


def test_a_project_proves_a_measure_on_both_sides_while_it_is_shown(client: Client) -> None:
    topic = Term.objects.get_or_create(kind="theme", code="alimentation", defaults={"label": "Alimentation"})[0]
    project, home = followed(topics=(topic,)), Territory.objects.get()
    load_strategy(document={**strategy_file(), "territory": home.pk}, by=None, at=AT)
    measure = Measure.objects.get(code="1.1")
    actions.show_project(project=project, words="Une épicerie", has_consent=True, by=agent(), at=AT)
    steering.use_rule(measure=measure, key="desk.theme:alimentation", by=None, at=AT)
    address = f"/projets/?projet={project.reference}"
    pages = (f"{measure.get_absolute_url()}preuves/?x=1", f"{address}&x=1")

    shown = [client.get(page).content.decode() for page in pages]
    actions.hide_project(project=project, by=agent(), at=AT)
    hidden = client.get(f"{measure.get_absolute_url()}preuves/?x=2").content.decode()

    assert (address in shown[0], measure.get_absolute_url() in shown[1]) == (True, True)
    assert project.reference not in hidden
    assert "Aucun projet pour ces filtres" in client.get("/projets/?projet=zzzzzzzz").content.decode()


def test_the_page_of_a_theme_counts_the_projects_that_are_shown() -> None:
    topic = Term.objects.get_or_create(kind="theme", code="alimentation", defaults={"label": "Alimentation"})[0]
    shown, hidden = followed(topics=(topic,)), followed(topics=(topic,), email="b@exemple.test")
    actions.show_project(project=shown, words="Une épicerie", has_consent=True, by=agent(), at=AT)

    told = HUB_BLOCKS[0].read(HubSubject(topic.pk, topic.code), 3)

    assert (told.count, [one.title for one in told.rows], hidden.shown_at) == (1, [shown.title], None)
