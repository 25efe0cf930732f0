"""Other organisations in an application: asked by a letter, they read and write once they agreed."""

from __future__ import annotations

import pytest
from django.test import Client

from maillage.accounts.models import User
from maillage.calls import actions, rules
from maillage.calls.actions import CallRefused
from maillage.calls.clicks import PURPOSES
from maillage.calls.digest import digest_of
from maillage.calls.enums import CoApplicantState
from maillage.calls.models import Application, CoApplicant
from maillage.calls.queries import own, pieces
from maillage.directory.models import Organisation
from maillage.kernel.letters import Occasion
from maillage.outbox.models import Letter
from maillage.space.enums import Part
from maillage.space.models import Membership
from tests.calls.drafts import a_draft, a_ready, manager_of, sent
from tests.calls.world import AT, a_structure, agent, later
from tests.factories import organisation, person

pytestmark = pytest.mark.django_db
JOIN, DECLINE = (next(one for one in PURPOSES if one.key == f"calls.{word}") for word in ("join", "decline"))


def invited() -> tuple[CoApplicant, Application, Organisation, User]:
    draft, (other, bob) = a_draft(), a_structure("La Ressourcerie")
    one = actions.invite_organisation(application=draft, organisation=other, part="Prête", by=draft.author, at=AT)
    return one, draft, other, bob


def click(one: CoApplicant, user: User | None) -> Occasion:
    return Occasion(
        "calls.coapplicant", one.pk, {}, mailbox_id=1, address="", user_id=user.pk if user else None, at=later()
    )


def sees(user: User, draft: Application) -> bool:
    return own.own_application(user, draft.reference) is not None


def test_the_manager_gets_a_letter_and_reads_nothing_yet() -> None:
    one, draft, _, bob = invited()

    letter = Letter.objects.get(kind="calls.joining")
    assert (letter.mailbox.user, letter.object_id) == (bob, one.pk)
    assert not sees(bob, draft)
    assert list(own.invitations_of(bob)) == [one]


def test_one_click_agrees_and_opens_the_application_to_its_people() -> None:
    one, draft, other, bob = invited()
    contributor = person("ines@exemple.test")
    Membership.objects.create(user=contributor, organisation=other, part=Part.CONTRIBUTOR, since=AT)
    page = JOIN.describe(click(one, bob))
    assert page is not None
    assert page.button == "Oui, nous participons"
    assert one.state == CoApplicantState.ASKED

    JOIN.act(click(one, bob))

    assert sees(bob, draft)
    assert sees(contributor, draft)
    kept = actions.save_application(application=draft, values={"title": "À deux"}, version=0, by=bob, at=later())
    assert kept.title == "À deux"
    assert Letter.objects.get(kind="calls.joined").mailbox.user == draft.author


def test_one_click_declines_and_opens_nothing() -> None:
    one, draft, _, bob = invited()

    DECLINE.act(click(one, bob))

    one.refresh_from_db()
    assert one.state == CoApplicantState.DECLINED
    assert not sees(bob, draft)


@pytest.mark.parametrize("who", ["stranger", "contributor", "nobody"])
def test_nobody_but_the_manager_answers(who: str) -> None:
    one, _, other, _ = invited()
    user = None if who == "nobody" else person(f"{who}@exemple.test")
    if user is not None and who == "contributor":
        Membership.objects.create(user=user, organisation=other, part=Part.CONTRIBUTOR, since=AT)

    assert JOIN.describe(click(one, user)) is None
    assert JOIN.act(click(one, user)).title == "Rien n’a changé"
    one.refresh_from_db()
    assert one.state == CoApplicantState.ASKED


def test_an_answer_is_given_once() -> None:
    one, _, _, bob = invited()
    before = JOIN.digest(click(one, bob))
    actions.answer_invitation(invited=one, agrees=True, by=bob, at=later())

    with pytest.raises(CallRefused, match="déjà une réponse"):
        actions.answer_invitation(invited=one, agrees=False, by=bob, at=later())
    assert not rules.may_answer(bob, one)
    assert JOIN.describe(click(one, bob)) is None
    assert JOIN.digest(click(one, bob)) != before


def test_one_that_declined_may_be_asked_again_others_not() -> None:
    one, draft, other, bob = invited()
    with pytest.raises(CallRefused, match="déjà dans ce dossier"):
        actions.invite_organisation(application=draft, organisation=other, part="", by=draft.author, at=later())
    actions.answer_invitation(invited=one, agrees=False, by=bob, at=later())

    again = actions.invite_organisation(application=draft, organisation=other, part="Autre", by=None, at=later(2))

    assert (again.pk, again.state, again.part, again.answered_at) == (one.pk, CoApplicantState.ASKED, "Autre", None)


def test_one_s_own_and_one_that_nobody_manages_are_not_invited() -> None:
    draft, alone = a_draft(), organisation("Sans personne")

    with pytest.raises(CallRefused, match="déjà dans ce dossier"):
        actions.invite_organisation(application=draft, organisation=draft.organisation, part="", by=None, at=AT)
    with pytest.raises(CallRefused, match="reprendre sa fiche"):
        actions.invite_organisation(application=draft, organisation=alone, part="", by=None, at=AT)
    assert not CoApplicant.objects.exists()


def test_a_sent_application_takes_nobody_in_nor_out() -> None:
    one, (other, bob) = a_ready(), a_structure()
    asked = actions.invite_organisation(application=one, organisation=other, part="", by=one.author, at=AT)
    sent(one)

    with pytest.raises(CallRefused, match="déposé"):
        actions.answer_invitation(invited=asked, agrees=True, by=bob, at=later())
    with pytest.raises(CallRefused, match="déposé"):
        actions.remove_organisation(invited=asked, by=one.author, at=later())


def test_one_that_is_taken_away_reads_no_more() -> None:
    one, draft, _, bob = invited()
    actions.answer_invitation(invited=one, agrees=True, by=bob, at=later())

    actions.remove_organisation(invited=one, by=draft.author, at=later(2))

    assert not sees(bob, draft)


def test_the_directory_is_searched_by_name_and_by_siren() -> None:
    draft = a_draft()
    found = organisation("L’Épicerie du Pont", siren="732829320", status="published")
    organisation("L’Épicerie cachée")

    told = [pieces.find_organisations(draft, words) for words in ("épicerie", "epicerie", "732829320", "", "zzz")]

    assert told == [[found], [found], [found], [], []]


def test_organisations_change_again_when_the_completion_opens_that_part() -> None:
    application = sent(a_ready(organisation=a_structure(family="association")[0]))
    author, (other, alice) = application.author, a_structure("La Recyclerie")
    assert author is not None
    due = later(10).date()
    for fields, is_open in ((["title"], False), (["co_applicants"], True)):
        actions.ask_completion(application=application, fields=fields, words="Qui ?", due_on=due, by=agent(), at=AT)
        if not is_open:
            with pytest.raises(CallRefused, match="Les structures associées"):
                actions.invite_organisation(
                    application=application, organisation=other, part="", by=author, at=AT
                )  # fmt: skip
            application.refresh_from_db()
            actions.close_completion(application=application, by=agent(), at=AT)

    made = actions.invite_organisation(application=application, organisation=other, part="", by=author, at=AT)
    assert list(own.invitations_of(alice)) == [made]
    page = JOIN.describe(click(made, alice))
    assert page is not None
    JOIN.act(click(made, alice))
    assert sees(alice, application)
    application.refresh_from_db()
    again = actions.submit_application(
        application=application, version=application.version, by=author, at=later()
    )  # fmt: skip
    assert digest_of(again) == again.digest
    with pytest.raises(CallRefused):
        actions.remove_organisation(invited=made, by=author, at=later())


def test_an_invitation_left_open_is_not_answered_in_a_completion_about_something_else(client: Client) -> None:
    application = sent()
    other, alice = a_structure("La Recyclerie")
    CoApplicant.objects.create(application=application, organisation=other, asked_at=AT)
    due = later(10).date()
    actions.ask_completion(application=application, fields=["title"], words="?", due_on=due, by=agent(), at=AT)

    assert list(own.invitations_of(alice)) == []
    client.force_login(manager_of(application.organisation))
    assert "Inviter une structure" not in client.get(application.get_absolute_url()).content.decode()
