"""Bodies, members and mandates: what is written, what is refused, what ends by itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from maillage.governance import actions, phrases, rules
from maillage.governance.enums import Function, Joining, Kind, RequestState
from maillage.governance.models import Body, College, JoinRequest, Member
from maillage.governance.queries import bodies as reads
from maillage.kernel.actions import erase_person, person_known_as
from maillage.kernel.models import JournalEntry
from maillage.outbox.models import Letter
from tests.directory.test_sheet import published
from tests.factories import person
from tests.governance.world import AT, TODAY, body, collective, member

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    found = JournalEntry.objects.filter(object_type="governance.body").order_by("pk")
    return list(found.values_list("verb", flat=True))


def test_a_body_has_the_address_of_its_name() -> None:
    assert body("Bien vieillir").get_absolute_url() == "/instances/bien-vieillir/"
    assert verbs() == ["open_body"]


def test_two_bodies_do_not_share_an_address_and_there_is_one_collective() -> None:
    body("Mobilité")
    with pytest.raises(actions.GovernanceRefused) as refusal:
        body("Mobilité")
    assert refusal.value.field == "slug"
    collective()
    with pytest.raises(actions.GovernanceRefused) as refusal:
        body("Un autre", kind=Kind.COLLECTIVE)
    assert refusal.value.phrase == phrases.ONE_COLLECTIVE


def test_a_charter_without_a_date_is_refused() -> None:
    with pytest.raises(actions.GovernanceRefused, match="date"):
        body(charter="Un texte")
    with pytest.raises(IntegrityError), transaction.atomic():
        Body.objects.filter(pk=body().pk).update(charter="Un texte")


def test_a_body_is_changed_once_seen_and_the_same_words_write_nothing() -> None:
    one = body()
    seen = one.changed_at
    actions.revise_body(body=one, facts={"purpose": "Autre"}, by=None, at=AT, seen_at=seen)
    actions.revise_body(body=one, facts={"purpose": "Autre"}, by=None, at=AT)
    with pytest.raises(actions.GovernanceRefused, match="pendant que vous écriviez"):
        actions.revise_body(body=one, facts={"purpose": "Perdu"}, by=None, at=AT, seen_at=seen)
    assert verbs() == ["open_body", "revise_body"]
    other = body("Autre groupe")
    with pytest.raises(actions.GovernanceRefused) as refusal:
        actions.revise_body(body=other, facts={"slug": one.slug}, by=None, at=AT)
    assert refusal.value.field == "slug"


def test_a_college_is_there_once_and_leaves_when_nobody_sits_there() -> None:
    one = body()
    college = actions.add_college(body=one, label="Élus", by=None, at=AT)
    with pytest.raises(actions.GovernanceRefused):
        actions.add_college(body=one, label="Élus", by=None, at=AT)
    seated = member(one, college=college)
    with pytest.raises(actions.GovernanceRefused, match="siègent"):
        actions.remove_college(college=college, by=None, at=AT)
    actions.revise_member(member=seated, facts={"college": None}, by=None, at=AT)
    actions.remove_college(college=college, by=None, at=AT)
    actions.remove_college(college=college, by=None, at=AT)
    assert not College.objects.exists()


@pytest.mark.parametrize(("facts", "field"), [
    ({"since": TODAY, "until": TODAY - timedelta(days=1)}, "until"),
    ({"college": "other"}, "college"),
])  # fmt: skip
def test_a_mandate_that_cannot_be_is_refused(facts: dict[str, Any], field: str) -> None:
    one = body()
    if facts.get("college"):
        facts = {"college": actions.add_college(body=body("Autre"), label="Élus", by=None, at=AT)}
    with pytest.raises(actions.GovernanceRefused) as refusal:
        member(one, **facts)
    assert (refusal.value.field, Member.objects.count()) == (field, 0)


def test_nobody_sits_twice_at_once_but_may_come_back() -> None:
    one = body()
    first = member(one, "Alice@exemple.test", until=date(2025, 6, 30))
    assert first.email == "alice@exemple.test"
    with pytest.raises(actions.GovernanceRefused) as refusal:
        member(one, until=date(2025, 6, 30), since=date(2025, 6, 30))
    assert refusal.value.phrase == phrases.ALREADY_MEMBER
    again = member(one, since=date(2025, 7, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(body=one, email=again.email, since=TODAY)


def test_an_address_that_takes_no_letter_is_refused() -> None:
    with pytest.raises(actions.GovernanceRefused) as refusal:
        member(body(), "pas une adresse")
    assert refusal.value.field == "email"


def test_a_mandate_ends_by_itself_and_its_right_with_it() -> None:
    user, one = person("alice@exemple.test"), body()
    member(one, until=TODAY)
    assert rules.may_take_part(user, one, on=TODAY)
    refused = rules.may_take_part(user, one, on=TODAY + timedelta(days=1))
    assert not refused
    assert "mandat" in refused.reason


def test_a_mandate_is_ended_today_once() -> None:
    one = member(body())
    actions.end_member(member=one, by=None, at=AT)
    actions.end_member(member=one, by=None, at=AT + timedelta(days=3))
    one.refresh_from_db()
    assert one.until == TODAY
    assert verbs().count("end_member") == 1


def test_an_account_is_known_by_its_address_even_when_it_was_opened_later() -> None:
    one = body()
    seated = member(one)
    assert seated.user is None
    assert reads.mandates_of(person("alice@exemple.test"), AT) == [seated]


def test_a_name_is_public_only_once_its_person_agreed() -> None:
    user, one = person("alice@exemple.test"), body()
    seated = member(one, function=Function.CHAIR)
    assert reads.named_members(one, AT) == []
    actions.agree_to_be_named(member=seated, agrees=True, by=user, at=AT)
    actions.agree_to_be_named(member=seated, agrees=True, by=user, at=AT)
    assert reads.named_members(one, AT) == [seated]
    actions.agree_to_be_named(member=seated, agrees=False, by=user, at=AT)
    assert reads.named_members(one, AT) == []
    assert verbs().count("agree_to_be_named") == 2


def test_a_stranger_is_written_to_once_a_day_and_a_member_not_at_all() -> None:
    one = body()
    for _ in range(2):
        actions.ask_to_enter(body=one, name="Chloé", email="chloe@exemple.test", at=AT)
    member(one)
    actions.ask_to_enter(body=one, name="Alice", email="alice@exemple.test", at=AT)
    assert list(Letter.objects.values_list("kind", "mailbox__address")) == [("governance.join", "chloe@exemple.test")]


def test_one_enters_by_an_address_where_it_is_open_only() -> None:
    one = collective()
    with pytest.raises(actions.GovernanceRefused, match="autrement"):
        actions.ask_to_enter(body=one, name="Chloé", email="chloe@exemple.test", at=AT)
    with pytest.raises(actions.GovernanceRefused, match="autrement"):
        actions.enter_by_letter(body=one, name="Chloé", email="chloe@exemple.test", at=AT)
    with pytest.raises(actions.GovernanceRefused):
        actions.ask_to_enter(body=body(), name="Chloé", email="rien", at=AT)


def test_an_organisation_asks_and_its_manager_sits_once_accepted() -> None:
    user, agent, one, sheet = person("alice@exemple.test"), person("b@exemple.test"), collective(), published("Fil")
    asked = actions.ask_to_join(
        body=one, organisation=sheet, words="", accepts_charter=True, by=user, at=AT
    )  # fmt: skip
    with pytest.raises(actions.GovernanceRefused) as refusal:
        actions.ask_to_join(body=one, organisation=sheet, words="", accepts_charter=True, by=user, at=AT)
    assert refusal.value.phrase == phrases.ALREADY_ASKED
    actions.decide_request(request=asked, is_accepted=True, reason="", by=agent, at=AT)
    seated = Member.objects.get()
    assert (seated.user, seated.organisation, seated.charter_at) == (user, sheet, AT)
    assert Letter.objects.get().kind == "governance.join_decided"
    with pytest.raises(actions.GovernanceRefused, match="déjà décidée"):
        actions.decide_request(request=asked, is_accepted=False, reason="Non", by=agent, at=AT)
    with pytest.raises(actions.GovernanceRefused, match="siège déjà"):
        actions.ask_to_join(body=one, organisation=sheet, words="", accepts_charter=True, by=user, at=AT)


def test_the_charter_comes_first_and_a_refusal_has_a_reason() -> None:
    user, one, sheet = person("alice@exemple.test"), collective(), published("Fil")
    with pytest.raises(actions.GovernanceRefused) as refusal:
        actions.ask_to_join(body=one, organisation=sheet, words="", accepts_charter=False, by=user, at=AT)
    assert refusal.value.field == "charter"
    with pytest.raises(actions.GovernanceRefused, match="autrement"):
        actions.ask_to_join(body=body(), organisation=sheet, words="", accepts_charter=True, by=user, at=AT)
    asked = actions.ask_to_join(body=one, organisation=sheet, words="", accepts_charter=True, by=user, at=AT)
    with pytest.raises(actions.GovernanceRefused) as refusal:
        actions.decide_request(request=asked, is_accepted=False, reason=" ", by=user, at=AT)
    assert refusal.value.field == "reason"
    actions.decide_request(request=asked, is_accepted=False, reason="Trop tôt", by=user, at=AT)
    assert JoinRequest.objects.get().state == RequestState.REFUSED
    assert not Member.objects.exists()


def test_whoever_is_erased_leaves_a_mandate_without_a_name() -> None:
    one = body()
    member(one)
    erase_person(person=person_known_as("alice@exemple.test"), by=None, at=AT)
    left = Member.objects.get()
    assert (left.email, left.name, left.user, left.until) == ("", "", None, TODAY)
    assert str(left) == "Une personne partie"


def test_a_body_that_did_not_meet_for_six_months_is_dormant() -> None:
    one = body()
    assert reads.line_of(one, AT).is_dormant
    fresh = actions.open_body(
        facts={"kind": Kind.WORKING_GROUP, "name": "Neuf", "purpose": "x", "joining": Joining.NAMED}, by=None, at=AT
    )
    assert not reads.line_of(fresh, AT).is_dormant
