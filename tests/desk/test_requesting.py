"""Ask the desk for help: what is kept, who answers, by when, and who reads the answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from maillage.accounts.models import Delegation, User
from maillage.desk import actions, phrases, terms
from maillage.desk.enums import Channel, ContactPart, Standing
from maillage.desk.models import Contact, Draft, Project
from maillage.desk.queries import own_project
from maillage.kernel.models import JournalEntry
from tests.desk.world import AT, CHLOE, IDEA, agent, asked, followed, later, posted, requested, words
from tests.factories import person

pytestmark = pytest.mark.django_db


def test_a_request_has_a_reference_a_person_and_a_day() -> None:
    project = requested()
    assert len(project.reference) == 8
    assert project.adviser == agent()
    assert project.answer_by == date(2026, 12, 2)
    assert (project.title, project.standing) == ("Une épicerie associative au village", Standing.NEW)
    assert [one.stage for one in project.passages.all()] == ["idea"]


@pytest.mark.parametrize(
    ("written_on", "promised"),
    [
        (date(2026, 11, 27), date(2026, 12, 4)),
        (date(2026, 11, 28), date(2026, 12, 4)),
        (date(2026, 11, 30), date(2026, 12, 7)),
    ],
)
def test_a_delay_counts_from_monday_to_friday(written_on: date, promised: date) -> None:
    assert terms.answer_by(written_on) == promised


def test_the_agent_with_the_fewest_open_files_answers() -> None:
    first, second = requested(), agent("autre@exemple.test")
    assert actions.send_request(asked=asked(email="b@exemple.test"), at=AT).adviser == second
    assert first.adviser == agent()


def test_an_agent_who_is_away_is_given_no_new_request_as_long_as_another_is_there() -> None:
    first, second = requested().adviser, agent("autre@exemple.test")
    assert first is not None
    days = {"start_date": AT.date(), "end_date": later(5).date(), "created_at": AT}
    Delegation.objects.create(giver=second, taker=first, **days)
    assert actions.send_request(asked=asked(email="b@exemple.test"), at=AT).adviser == first
    assert actions.send_request(asked=asked(email="c@exemple.test"), at=later(6)).adviser == second
    Delegation.objects.create(giver=first, taker=second, **days)
    assert actions.send_request(asked=asked(email="d@exemple.test"), at=AT).adviser == second


def test_whoever_asks_hears_at_once_and_confirms_by_that_letter() -> None:
    project = requested()
    assert posted("desk.received") == [CHLOE]
    assert project.reference in words("desk.received")
    assert posted("desk.new") == ["agent@exemple.test"]
    contact = actions.confirm_holder(contact=project.contacts.get(), at=AT)
    assert contact.user is not None
    assert (contact.user.email, contact.user.first_name) == (CHLOE, "Chloé")
    assert actions.confirm_holder(contact=contact, at=AT).user == contact.user


def test_an_account_that_asks_holds_its_project_without_confirming() -> None:
    alice = person("alice@exemple.test")
    project = requested(email="", user=alice)
    assert project.contacts.get().user == alice
    assert "Confirmez" not in words("desk.received")


def test_a_known_address_keeps_its_account() -> None:
    known = person(CHLOE)
    project = requested()
    assert actions.confirm_holder(contact=project.contacts.get(), at=AT).user == known
    assert User.objects.filter(email=CHLOE).count() == 1


def test_a_closed_account_is_not_opened_again_by_a_letter() -> None:
    person(CHLOE, is_active=False)
    with pytest.raises(actions.DeskRefused, match="fermé"):
        actions.confirm_holder(contact=requested().contacts.get(), at=AT)


def test_a_contact_that_is_gone_confirms_nothing() -> None:
    contact = requested().contacts.get()
    Contact.objects.all().delete()
    with pytest.raises(actions.DeskRefused, match="n’est plus là"):
        actions.confirm_holder(contact=contact, at=AT)


@pytest.mark.parametrize(
    ("traits", "phrase"),
    [
        ({"idea": "  "}, phrases.NO_IDEA),
        ({"idea": "a" * 2_001}, phrases.TOO_LONG),
        ({"name": " "}, phrases.NO_NAME),
        ({"email": ""}, phrases.NO_WAY_BACK),
        ({"channel": Channel.PHONE}, phrases.NO_CONSENT),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(traits: dict[str, Any], phrase: str) -> None:
    with pytest.raises(actions.DeskRefused) as refusal:
        requested(**traits)
    assert refusal.value.phrase == phrase
    assert not Project.objects.exists()
    assert not posted("desk.new")


def test_an_address_that_no_letter_reaches_is_said() -> None:
    with pytest.raises(actions.DeskRefused) as refusal:
        requested(email="chloe@exemple.test\r\nBcc: x@y.fr")
    assert refusal.value.field == "email"
    assert not Project.objects.exists()


def test_for_somebody_else_the_agreement_and_who_heard_it_are_kept() -> None:
    project = requested(email="", phone="03 22 00 00 00", channel=Channel.PHONE, noted_by=agent(), has_consent=True)
    assert (project.consent_at, project.consent_by) == (AT, agent())
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.update(consent_at=None)


def test_the_journal_tells_the_act_and_not_the_idea() -> None:
    requested()
    line = JournalEntry.objects.get(verb="send_request")
    assert "picerie" not in f"{line.object_label}{line.changes}{line.note}"


def test_a_draft_is_kept_once_for_an_address_and_goes_when_it_is_sent() -> None:
    actions.keep_draft(email=CHLOE, answers={"idea": "Une"}, at=AT)
    actions.keep_draft(email=CHLOE.upper(), answers={"idea": "Une épicerie"}, at=later())
    assert [one.answers for one in Draft.objects.all()] == [{"idea": "Une épicerie"}]
    assert posted("desk.draft") == [CHLOE, CHLOE]
    requested()
    assert not Draft.objects.exists()


def test_a_draft_needs_an_address_that_a_letter_reaches() -> None:
    with pytest.raises(actions.DeskRefused):
        actions.keep_draft(email="a@b\nc", answers={}, at=AT)
    assert not Draft.objects.exists()


def test_a_draft_that_nobody_came_back_to_is_forgotten() -> None:
    actions.keep_draft(email=CHLOE, answers={}, at=AT)
    assert actions.forget_drafts(at=later(60)) == 0
    assert actions.forget_drafts(at=later(61)) == 1


def test_a_second_holder_reads_once_confirmed() -> None:
    project = followed()
    contact = actions.add_contact(
        project=project, part=ContactPart.HOLDER, name="Paulo", email="paulo@exemple.test", by=agent(), at=AT
    )
    assert posted("desk.invited") == ["paulo@exemple.test"]
    assert "épicerie" not in words("desk.invited")
    user = actions.confirm_holder(contact=contact, at=AT).user
    assert user is not None
    assert own_project(user, project.reference) == project
    assert words("desk.invited") == ""


def test_a_contact_needs_a_way_to_be_reached_and_is_not_told_twice() -> None:
    project = followed()
    for facts, field in (
        ({"name": ""}, "name"),
        ({"name": "Paulo"}, "email"),
        ({"name": "P", "email": CHLOE}, "email"),
    ):
        with pytest.raises(actions.DeskRefused) as refusal:
            actions.add_contact(project=project, part=ContactPart.OTHER, by=agent(), at=AT, **facts)
        assert refusal.value.field == field


def test_the_last_holder_stays() -> None:
    project = followed()
    other = actions.add_contact(
        project=project, part=ContactPart.OTHER, name="Maire", phone="0322000000", by=agent(), at=AT
    )
    with pytest.raises(actions.DeskRefused, match="au moins une personne"):
        actions.remove_contact(contact=project.contacts.get(name="Chloé"), by=agent(), at=AT)
    actions.remove_contact(contact=other, by=agent(), at=AT)
    assert [one.name for one in project.contacts.all()] == ["Chloé"]


def test_the_title_is_the_first_sentence_cut_at_a_word() -> None:
    assert requested(idea=f"{'mot ' * 40}fin").title.endswith("mot…")
    assert IDEA.startswith(requested(email="c@exemple.test").title)
