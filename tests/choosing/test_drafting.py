"""Preparing and opening a consultation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from maillage.accounts.enums import Role
from maillage.choosing import actions
from maillage.choosing.enums import Phase, State, VoiceKind
from maillage.choosing.models import Consultation, Elector
from maillage.kernel.models import JournalEntry
from maillage.outbox.models import Letter
from tests.accounts.people import holder
from tests.choosing.world import (
    BEFORE,
    CLOSES,
    DURING,
    OPENS,
    dots,
    draft_of,
    drafted,
    elected,
    held_by,
    opened,
    voice_of,
    vote,
    vote_by_address,
)
from tests.factories import organisation
from tests.space.world import leave

pytestmark = pytest.mark.django_db


def refused(field: str, **traits: Any) -> bool:
    with pytest.raises(actions.ConsultationRefused) as refusal:
        drafted(**traits)
    assert not Consultation.objects.exists()
    return refusal.value.field == field


def test_what_cannot_be_asked_is_refused_with_its_field() -> None:
    assert refused("closes_at", closes_at=OPENS)
    assert refused("paper_until", paper_until=CLOSES - timedelta(hours=1))
    assert refused("electorates", electorates=())
    assert refused("electorates", electorates=("nobody.knows",))
    assert refused("dots", dots=None)
    assert refused("options", options=(("Seule", ""),))
    assert refused("options", options=tuple((f"Option {n}", "") for n in range(21)))
    assert refused("options", options=(("Réparer", ""), ("réparer", "")))
    assert refused("options", options=(("R" * 161, ""), ("Manger", "")))
    with pytest.raises(actions.ConsultationRefused):
        actions.draft(what=actions.Draft(
            question="?", method="consent", opens_at=OPENS, closes_at=CLOSES, electorates=("choosing.elected",),
            options=(("A", ""),),
        ), by=None, at=BEFORE)  # fmt: skip


def test_a_draft_keeps_its_options_in_order_and_a_free_address() -> None:
    first, second = drafted(), drafted()
    assert [str(one) for one in first.options.order_by("letter")] == ["A. Réparer", "B. Manger", "C. Bouger"]
    assert (first.slug, second.slug) == ("quels-themes-en-2027", "quels-themes-en-2027-2")
    assert drafted(question="Voter").slug == "voter-2"
    assert first.phase_at(DURING) == Phase.DRAFT


def test_a_draft_is_said_anew_and_never_over_a_colleague() -> None:
    one = drafted()
    what = draft_of(question="Et en 2028 ?", options=(("Lire", ""), ("Jouer", "")))
    later = BEFORE + timedelta(minutes=5)
    kept = actions.revise(consultation=one, what=what, by=None, at=later, seen_at=one.changed_at)
    assert [option.label for option in kept.options.order_by("letter")] == ["Lire", "Jouer"]
    with pytest.raises(actions.ConsultationRefused, match="collègue"):
        actions.revise(consultation=one, what=draft_of(), by=None, at=later, seen_at=one.changed_at)
    actions.open_consultation(consultation=one, by=None, at=BEFORE)
    with pytest.raises(actions.ConsultationRefused, match="brouillon"):
        actions.revise(consultation=one, what=draft_of(), by=None, at=later, seen_at=later)


def test_opening_freezes_who_votes_each_once() -> None:
    ours = held_by("alice@exemple.test", "ines@exemple.test", name="Atelier")
    partner = held_by("colette@exemple.test", name="BGE", is_partner=True)
    organisation("Sans personne", status="published")
    edith = elected()
    adviser = holder(Role.PARTNER_ADVISER, email="autre@exemple.test")
    one = opened()
    found = {(elector.label, elector.kind, elector.college.key) for elector in one.electors.select_related("college")}
    assert found == {
        ("Atelier", "organisation", "structures"), ("BGE", "organisation", "partenaires"),
        ("Élue, élu, référente, référent", "mandate", "elus"),
        ("Conseillère, conseiller d’un partenaire", "mandate", "partenaires"),
    }  # fmt: skip
    assert [voice_of(one, who).kind for who in (ours, edith)] == [VoiceKind.ORGANISATION, VoiceKind.MANDATE]
    assert {college.key: college.is_open for college in one.colleges.all()} == {
        "structures": False, "elus": False, "partenaires": False, "habitants": True,
    }  # fmt: skip
    held_by("tard@exemple.test", name="Trop tard")
    assert Elector.objects.filter(consultation=one).count() == 4
    assert voice_of(one, partner) != voice_of(one, adviser)
    assert JournalEntry.objects.get(verb="open").changes == {"electors": [None, 4]}


def test_each_person_gets_one_letter_then_a_reminder_at_their_moments() -> None:
    held_by("alice@exemple.test", name="Un")
    held_by("alice@exemple.test", name="Deux")
    one = opened()
    told = {letter.kind: letter.due_at for letter in Letter.objects.all()}
    assert Letter.objects.count() == 2
    assert told == {"choosing.open": OPENS, "choosing.reminder": CLOSES - timedelta(days=3)}
    short = drafted(closes_at=OPENS + timedelta(days=3))
    actions.open_consultation(consultation=short, by=None, at=BEFORE)
    assert not Letter.objects.filter(kind="choosing.reminder", object_id=short.pk).exists()
    assert one.state == State.OPEN


def test_what_cannot_open_stays_a_draft() -> None:
    nobody = drafted(electorates=("choosing.organisations",))
    with pytest.raises(actions.ConsultationRefused, match="aucune voix"):
        actions.open_consultation(consultation=nobody, by=None, at=BEFORE)
    late = drafted()
    with pytest.raises(actions.ConsultationRefused, match="passée"):
        actions.open_consultation(consultation=late, by=None, at=CLOSES)
    late.refresh_from_db()
    assert late.state == State.DRAFT
    actions.open_consultation(consultation=late, by=None, at=BEFORE)
    with pytest.raises(actions.ConsultationRefused, match="brouillon"):
        actions.open_consultation(consultation=late, by=None, at=BEFORE)


def test_a_consultation_is_given_up_for_a_reason_before_its_result() -> None:
    one = opened()
    with pytest.raises(actions.ConsultationRefused) as refusal:
        actions.cancel(consultation=one, reason=" ", by=None, at=DURING)
    assert refusal.value.field == "reason"
    actions.cancel(consultation=one, reason="La question a changé.", by=None, at=DURING)
    one.refresh_from_db()
    assert (one.phase_at(DURING), one.cancel_reason) == (Phase.CANCELLED, "La question a changé.")
    with pytest.raises(actions.ConsultationRefused):
        actions.cancel(consultation=one, reason="Encore", by=None, at=DURING)


def test_whoever_voted_or_was_invited_is_told_once_that_it_is_cancelled() -> None:
    held_by("alice@exemple.test")
    late, one = held_by("ines@exemple.test"), opened()
    leave(OPENS)
    Letter.objects.filter(mailbox__address="ines@exemple.test").update(state="cancelled")  # she refuses such letters
    held_by("nadia@exemple.test")
    vote_by_address(one, "habitant@exemple.test", dots(A=1))
    for address in ("habitant@exemple.test", "personne@exemple.test"):
        actions.ask_for_a_ballot(consultation=one, address=address, at=DURING)
    leave(DURING)
    actions.cancel(consultation=one, reason="La salle manque.", by=None, at=DURING)
    told = Letter.objects.filter(kind="choosing.cancelled")
    assert {each.mailbox.address for each in told} == {"alice@exemple.test", "habitant@exemple.test"}
    assert told.count() == 2
    left = leave(DURING + timedelta(minutes=5))
    assert {each.to[0] for each in left} == {"alice@exemple.test", "habitant@exemple.test"}
    assert all("La salle manque." in str(each.body) for each in left)
    another = opened(question="Et celle-ci ?")
    vote(voice_of(another, late), dots(A=1))
    actions.cancel(consultation=another, reason="Non.", by=None, at=DURING)
    assert [each.mailbox.address for each in told.filter(object_id=another.pk)] == ["ines@exemple.test"]


def test_who_was_not_told_of_a_vote_is_not_told_that_it_is_cancelled() -> None:
    held_by("alice@exemple.test")
    actions.cancel(consultation=opened(), reason="Trop tôt.", by=None, at=BEFORE)
    assert not Letter.objects.filter(kind="choosing.cancelled").exists()
    assert leave(DURING) == []
