"""The whole life of a meeting, then every way it is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from maillage.governance import actions, phrases
from maillage.governance.enums import ActionState, DecisionState, MeetingState, Presence
from maillage.governance.models import AgendaItem, Meeting
from maillage.governance.queries import meetings as reads
from maillage.kernel.models import JournalEntry
from maillage.outbox.models import Climb, Letter
from tests.governance.world import AT, TODAY, announced, body, held, member, minuted

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def kinds() -> list[str]:
    return sorted(Letter.objects.values_list("kind", flat=True))


def test_reunion_cycle_from_the_date_poll_to_the_validated_minutes() -> None:
    one = body(quorum_percent=50)
    alice, bob = member(one), member(one, "bob@exemple.test")
    options = [(AT + DAY * days, AT + DAY * days + HOUR) for days in (3, 5)]
    meeting = actions.propose_dates(body=one, facts={"title": "Rencontre"}, options=options, by=None, at=AT)
    assert (meeting.state, kinds()) == (MeetingState.CHOOSING, ["governance.poll"] * 2)
    first, second = meeting.options.order_by("starts_at")
    actions.answer_dates(meeting=meeting, member=alice, answers={first.pk: "no", second.pk: "yes"}, at=AT)
    actions.answer_dates(meeting=meeting, member=bob, answers={second.pk: "if_needed"}, at=AT)
    assert [(line.yes, line.if_needed, line.no) for line in reads.poll_of(meeting)] == [(0, 0, 1), (1, 1, 0)]
    meeting = actions.fix_date(option=second, by=None, at=AT)
    assert (meeting.state, meeting.starts_at) == (MeetingState.ANNOUNCED, AT + DAY * 5)
    assert kinds().count("governance.notice") == 2
    item = actions.add_item(meeting=meeting, title="La charte", proposed_by=alice, at=AT)
    actions.say_presence(meeting=meeting, member=bob, is_coming=False, proxy_to=alice, at=AT)
    then = AT + DAY * 5
    actions.check_in(meeting=meeting, code=meeting.check_in_code.lower(), email="Alice@exemple.test", at=then)
    meeting = actions.hold(meeting=meeting, by=None, at=then + HOUR)
    quorum = reads.quorum_of(meeting, then)
    assert (quorum.members, quorum.present, quorum.represented, quorum.needed, quorum.is_reached) == (2, 1, 1, 1, True)
    with pytest.raises(actions.GovernanceRefused) as refusal:
        actions.validate_minutes(meeting=meeting, by=None, at=then)
    assert refusal.value.phrase == phrases.NO_MINUTES
    with pytest.raises(actions.GovernanceRefused, match="La charte"):
        actions.finish_minutes(meeting=meeting, by=None, at=then)
    actions.write_minutes(item=item, text="Adoptée.", by=None, at=then)
    decision = actions.decide(meeting=meeting, item=item, text="La charte est adoptée.", by=None, at=then)
    action = actions.entrust(
        meeting=meeting, item=item, text="L’envoyer", owner=bob, due_date=(then + DAY * 20).date(), by=None, at=then
    )
    assert (decision.number, action.state, kinds().count("governance.action")) == (1, ActionState.OPEN, 0)
    assert actions.finish_minutes(meeting=meeting, by=None, at=then).state == MeetingState.DRAFTED
    done = actions.validate_minutes(meeting=meeting, by=None, at=then)
    assert (done.state, done.validated_at) == (MeetingState.VALIDATED, then)
    assert (kinds().count("governance.minutes"), kinds().count("governance.action")) == (1, 1)
    assert Climb.objects.get().due_at == (then + DAY * 13).replace(hour=8)
    for refused in (actions.validate_minutes, actions.finish_minutes):
        with pytest.raises(actions.GovernanceRefused, match="validé"):
            refused(meeting=meeting, by=None, at=then)
    following = announced(one, days=40)
    assert following.items.get().is_follow_up
    assert reads.followed_by(following) == ([action], [decision])
    actions.follow_decision(decision=decision, state=DecisionState.KEPT, note="", by=None, at=then)
    actions.answer_action(action=action, state=ActionState.DONE, news="", at=then)
    assert reads.followed_by(following) == ([], [])
    assert Climb.objects.get().closed_at == then
    verbs = JournalEntry.objects.filter(object_type="governance.meeting", object_id=meeting.pk).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "propose_dates", "answer_dates", "answer_dates", "announce", "add_item", "hold", "write_minutes", "decide",
        "entrust", "finish_minutes", "validate",
    ]  # fmt: skip


@pytest.mark.parametrize(("options", "phrase"), [
    ([], phrases.NO_OPTION),
    ([(-1, 1)], phrases.OPTION_PAST),
    ([(1, -1)], phrases.ENDS_BEFORE_START),
    ([(1, 1), (1, 2)], phrases.OPTION_TWICE),
    ([(days, 1) for days in range(1, 12)], phrases.TOO_MANY_OPTIONS),
])  # fmt: skip
def test_dates_that_cannot_be_are_refused_and_nobody_is_written_to(options: list[Any], phrase: str) -> None:
    one = body()
    member(one)
    wanted = [(AT + DAY * days, AT + DAY * days + HOUR * hours) for days, hours in options]
    with pytest.raises(actions.GovernanceRefused) as refusal:
        actions.propose_dates(body=one, facts={"title": "x"}, options=wanted, by=None, at=AT)
    assert (refusal.value.phrase, Meeting.objects.count(), kinds()) == (phrase, 0, [])


def test_a_date_is_fixed_once_and_answers_come_before() -> None:
    one = body()
    alice = member(one)
    meeting = actions.propose_dates(
        body=one, facts={"title": "x"}, options=[(AT + DAY, AT + DAY + HOUR)], by=None, at=AT
    )
    option = meeting.options.get()
    with pytest.raises(actions.GovernanceRefused, match="l’une de celles"):
        actions.answer_dates(meeting=meeting, member=alice, answers={option.pk + 1: "yes"}, at=AT)
    with pytest.raises(actions.GovernanceRefused, match="l’une de celles"):
        actions.answer_dates(meeting=meeting, member=alice, answers={option.pk: "peut-être"}, at=AT)
    with pytest.raises(actions.GovernanceRefused, match="passée"):
        actions.fix_date(option=option, by=None, at=AT + DAY * 2)
    actions.fix_date(option=option, by=None, at=AT)
    with pytest.raises(actions.GovernanceRefused):
        actions.fix_date(option=option, by=None, at=AT)
    with pytest.raises(actions.GovernanceRefused):
        actions.answer_dates(meeting=meeting, member=alice, answers={option.pk: "yes"}, at=AT)


def test_a_change_is_told_with_a_greater_number_and_a_word_unchanged_is_not() -> None:
    one = body()
    member(one)
    meeting = announced(one)
    seen = meeting.changed_at
    changed = actions.revise_meeting(meeting=meeting, facts={"place": "Mairie"}, by=None, at=AT + HOUR, seen_at=seen)
    assert (changed.sequence, kinds()) == (1, ["governance.notice"] * 2)
    actions.revise_meeting(meeting=meeting, facts={"place": "Mairie"}, by=None, at=AT)
    with pytest.raises(actions.GovernanceRefused) as refusal:
        actions.revise_meeting(meeting=meeting, facts={"place": "Ailleurs"}, by=None, at=AT, seen_at=seen)
    assert refusal.value.phrase == phrases.MOVED
    with pytest.raises(actions.GovernanceRefused, match="La fin"):
        actions.revise_meeting(meeting=meeting, facts={"ends_at": AT}, by=None, at=AT)
    assert len(kinds()) == 2


def test_a_meeting_is_cancelled_for_a_reason_until_it_is_held() -> None:
    one = body()
    alice = member(one)
    meeting = announced(one)
    with pytest.raises(actions.GovernanceRefused) as refusal:
        actions.cancel_meeting(meeting=meeting, reason=" ", by=None, at=AT)
    assert refusal.value.field == "reason"
    done = actions.cancel_meeting(meeting=meeting, reason="Neige", by=None, at=AT)
    assert (done.state, done.sequence, kinds()[0]) == (MeetingState.CANCELLED, 1, "governance.cancelled")
    with pytest.raises(actions.GovernanceRefused, match="tenue"):
        actions.cancel_meeting(meeting=held(one, alice), reason="Trop tard", by=None, at=AT)
    for refused in (actions.hold, actions.finish_minutes, actions.validate_minutes):
        with pytest.raises(actions.GovernanceRefused):
            refused(meeting=meeting, by=None, at=AT)
    with pytest.raises(actions.GovernanceRefused):
        actions.add_item(meeting=meeting, title="x", at=AT)


def test_a_meeting_without_anybody_or_to_come_was_not_held() -> None:
    one = body()
    alice = member(one)
    with pytest.raises(actions.GovernanceRefused, match="pas encore commencé"):
        actions.hold(meeting=announced(one), by=None, at=AT)
    past = announced(one, days=-1)
    with pytest.raises(actions.GovernanceRefused, match="qui était là"):
        actions.hold(meeting=past, by=None, at=AT)
    actions.say_presence(meeting=past, member=alice, is_coming=True, at=AT)
    actions.note_attendance(meeting=past, seen={member(one, "b@exemple.test"): ("present", None)}, by=None, at=AT)
    actions.hold(meeting=past, by=None, at=AT)
    assert past.attendances.get(member=alice).presence == Presence.ABSENT


def test_the_truths_of_a_meeting_are_in_the_database() -> None:
    meeting = announced(body())
    for wrong in ({"starts_at": None}, {"ends_at": meeting.starts_at}, {"state": "validated"}, {"validated_at": AT}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(**wrong)


def test_points_are_ordered_by_agents_and_leave_while_they_are_empty() -> None:
    one = body()
    alice = member(one)
    meeting = announced(one)
    items = [actions.add_item(meeting=meeting, title=title, at=AT) for title in "ABC"]
    actions.raise_item(item=items[2], by=None, at=AT)
    actions.raise_item(item=items[0], by=None, at=AT)
    assert [item.title for item in reads.agenda_of(meeting)] == ["A", "C", "B"]
    actions.remove_item(item=items[1], by=None, at=AT)
    actions.remove_item(item=items[1], by=None, at=AT)
    done = held(one, alice)
    with pytest.raises(actions.GovernanceRefused):
        actions.add_item(meeting=done, title="Trop tard", proposed_by=alice, at=AT)
    came_up = actions.add_item(meeting=done, title="Divers", at=AT)
    actions.decide(meeting=done, item=came_up, text="Oui", by=None, at=AT)
    with pytest.raises(actions.GovernanceRefused, match="ne se retire plus"):
        actions.remove_item(item=came_up, by=None, at=AT)


def test_two_people_write_a_point_and_nothing_of_the_first_is_lost() -> None:
    one = body()
    meeting = held(one, member(one))
    item = actions.add_item(meeting=meeting, title="A", at=AT)
    actions.write_minutes(item=item, text="Une", by=None, at=AT + HOUR, seen_at=AT)
    actions.write_minutes(item=item, text="Une", by=None, at=AT + HOUR, seen_at=AT)
    with pytest.raises(actions.MinutesMoved) as moved:
        actions.write_minutes(item=item, text="Deux", by=None, at=AT + HOUR, seen_at=AT)
    assert moved.value.item.minutes == "Une"
    assert AgendaItem.objects.get(pk=item.pk).minutes == "Une"


def test_minutes_without_a_point_are_not_finished() -> None:
    one = body()
    with pytest.raises(actions.GovernanceRefused) as refusal:
        actions.finish_minutes(meeting=held(one, member(one)), by=None, at=AT)
    assert refusal.value.phrase == phrases.NO_ITEMS


@pytest.mark.parametrize("presence", ["coming", "absent", "present"])
def test_a_proxy_is_of_the_excused(presence: str) -> None:
    one = body()
    alice, bob, meeting = member(one), member(one, "b@exemple.test"), announced(one, days=-1)
    with pytest.raises(actions.GovernanceRefused) as refusal:
        actions.note_attendance(meeting=meeting, seen={alice: (presence, bob)}, by=None, at=AT)
    assert (refusal.value.phrase, meeting.attendances.count()) == (phrases.NO_PROXY, 0)


def test_a_proxy_stays_in_its_college_and_is_one_for_each_holder() -> None:
    one = body()
    elected, partners = (actions.add_college(body=one, label=label, by=None, at=AT) for label in ("Élus", "PETR"))
    alice, bob, chloe = (member(one, f"{name}@exemple.test", college=elected) for name in ("a", "b", "c"))
    david = member(one, "d@exemple.test", college=partners)
    meeting = announced(one)

    def excuse(who: Any, holder: Any) -> str:
        try:
            actions.say_presence(meeting=meeting, member=who, is_coming=False, proxy_to=holder, at=AT)
        except actions.GovernanceRefused as refusal:
            return refusal.phrase
        return ""

    assert excuse(alice, david) == phrases.PROXY_COLLEGE
    assert excuse(alice, alice) == phrases.PROXY_ITSELF
    assert excuse(alice, member(body("Autre"))) == phrases.NOT_MEMBER
    assert excuse(alice, chloe) == ""
    assert excuse(bob, chloe) == phrases.PROXY_FULL.format(most="1\u00a0pouvoir")
    assert excuse(alice, chloe) == ""
    assert excuse(bob, alice) == phrases.PROXY_AWAY


def test_a_code_is_taken_during_the_meeting_from_its_members_only() -> None:
    one = body()
    member(one)
    member(one, "ancien@exemple.test", until=TODAY - DAY)
    meeting = announced(one, days=0)

    def sign(code: str, email: str, at: Any = AT) -> str:
        try:
            actions.check_in(meeting=meeting, code=code, email=email, at=at)
        except actions.GovernanceRefused as refusal:
            return refusal.phrase
        return ""

    code = meeting.check_in_code
    assert sign(code, "alice@exemple.test", AT - HOUR) == phrases.OUT_OF_HOURS
    assert sign(code, "alice@exemple.test", AT + HOUR * 4) == phrases.OUT_OF_HOURS
    assert sign("AAAAAA", "alice@exemple.test") == phrases.WRONG_CODE
    assert sign(code, "ancien@exemple.test") == sign(code, "x@exemple.test") == phrases.UNKNOWN_HERE
    assert sign(f" {code[:3]} {code[3:]} ", "alice@exemple.test") == ""
    assert meeting.attendances.get().presence == Presence.PRESENT


def test_presences_are_forgotten_or_closed() -> None:
    one = body()
    alice = member(one)
    meeting = announced(one)
    actions.say_presence(meeting=meeting, member=alice, is_coming=True, at=AT)
    actions.note_attendance(meeting=meeting, seen={alice: ("", None)}, by=None, at=AT)
    assert not meeting.attendances.exists()
    done = minuted(one, alice)
    with pytest.raises(actions.GovernanceRefused):
        actions.say_presence(meeting=done, member=alice, is_coming=True, at=AT)
    actions.validate_minutes(meeting=done, by=None, at=AT)
    with pytest.raises(actions.GovernanceRefused, match="fermées"):
        actions.note_attendance(meeting=done, seen={}, by=None, at=AT)


def test_decisions_are_numbered_in_their_body_and_followed() -> None:
    one = body()
    alice = member(one)
    first = held(one, alice)
    second = held(one, alice)
    numbers = [actions.decide(meeting=each, text="Oui", by=None, at=AT).number for each in (first, second)]
    assert numbers == [1, 2]
    line = first.decisions.get()
    with pytest.raises(actions.GovernanceRefused) as refusal:
        actions.follow_decision(decision=line, state=DecisionState.NOT_KEPT, note="", by=None, at=AT)
    assert refusal.value.field == "note"
    actions.remove_line(line=line, by=None, at=AT)
    actions.remove_line(line=line, by=None, at=AT)
    assert not first.decisions.exists()
    with pytest.raises(actions.GovernanceRefused, match="quand la réunion s’est tenue"):
        actions.decide(meeting=announced(one), text="Oui", by=None, at=AT)


def test_an_action_has_an_owner_of_the_body_and_a_day_after_the_meeting() -> None:
    one = body()
    alice, stranger = member(one), member(body("Autre"))
    meeting = minuted(one, alice)
    facts: dict[str, Any] = {"meeting": meeting, "text": "Écrire", "by": None, "at": AT}
    with pytest.raises(actions.GovernanceRefused) as refusal:
        actions.entrust(**facts, owner=stranger, due_date=TODAY)
    assert refusal.value.field == "owner"
    with pytest.raises(actions.GovernanceRefused) as refusal:
        actions.entrust(**facts, owner=alice, due_date=TODAY - DAY * 30)
    assert refusal.value.field == "due_date"
    action = actions.entrust(**facts, owner=alice, due_date=TODAY)
    actions.validate_minutes(meeting=meeting, by=None, at=AT)
    with pytest.raises(actions.GovernanceRefused):
        actions.entrust(**facts, owner=alice, due_date=TODAY)
    with pytest.raises(actions.GovernanceRefused) as refusal:
        actions.answer_action(action=action, state=ActionState.STUCK, news="", at=AT)
    assert refusal.value.field == "news"
    actions.answer_action(action=action, state=ActionState.STUCK, news="Pas de clé", at=AT)
    actions.answer_action(action=action, state=ActionState.OPEN, news="", at=AT)
    action.refresh_from_db()
    assert (action.state, action.news) == (ActionState.OPEN, "Pas de clé")
    actions.answer_action(action=action, state=ActionState.DROPPED, news="Plus utile", at=AT)
    with pytest.raises(actions.GovernanceRefused, match="abandonnée"):
        actions.answer_action(action=action, state=ActionState.DONE, news="", at=AT)
