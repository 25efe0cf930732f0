"""C12 and C16: what is confirmed twenty times happens once, a refusal wins, an import never undoes a person."""

from __future__ import annotations

import itertools
import time
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.utils import timezone

from maillage.directory import actions as directory
from maillage.directory.imports.planning import Planner
from maillage.directory.models import ImportRun, Organisation
from maillage.kernel import registry
from maillage.kernel.models import JournalEntry
from maillage.kernel.registry import purposes
from maillage.outbox import actions as outbox
from maillage.outbox import links, rules
from maillage.outbox.actions import following
from maillage.outbox.enums import Frequency
from maillage.outbox.models import Letter, UsedLink
from maillage.outbox.occasions import occasion
from maillage.space import actions
from maillage.space.actions import members
from maillage.space.actions import messages as relaying
from maillage.space.models import Membership, RelayedMessage
from tests.directory.importing import bring, own_files
from tests.factories import human_source, organisation, person, siren
from tests.invariants.pages import sender
from tests.invariants.racing import Round, breaches, caught, race, slowed, strange, without_constraint, without_locks
from tests.outbox.world import AT, MANIFEST, Way, postman
from tests.space.people import known

__all__ = ["own_files"]
pytestmark = pytest.mark.django_db
TIMES = 20
planned = Event()
_numbers = itertools.count(1)


def fresh() -> Organisation:
    number = next(_numbers)
    return known(f"Atelier {number}", f"contact{number}@atelier.test")


def path_of(purpose: str, address: str, about: Any) -> str:
    """The address of a link of this purpose, as a letter to this address would hold it."""
    at = timezone.now()
    mailbox = outbox.mailbox_for(address, at=at)
    told = occasion(mailbox, object_type=about._meta.label_lower, object_id=about.pk, facts={}, at=at)
    return links.sign(purposes()[purpose], told, letter_id=None)


def once(name: str, number: int) -> list[str]:
    return [] if number == 1 else [f"{number} {name}"]


def relayed_by_click() -> list[str]:
    message = written()
    path = path_of("space.send_message", "chloe@exemple.test", message)
    outcomes = race(*(sender(path, {}) for _ in range(TIMES)))
    return once("relays", letters("space.message", message)) + strange(outcomes)


def relayed_by_verb() -> list[str]:
    message = written()
    outcomes = race(*(lambda: actions.relay(message=message, at=AT) for _ in range(6)))
    return once("relays", letters("space.message", message)) + strange(outcomes, actions.MessageRefused)


def written() -> RelayedMessage:
    return actions.write_message(to=fresh(), name="Chloé", email="chloe@exemple.test", words="Bonjour", at=AT)


def letters(kind: str, about: Any) -> int:
    return Letter.objects.filter(kind=kind, object_id=about.pk).count()


def confirmed_by_click() -> list[str]:
    one = fresh()
    path = path_of("space.valid", one.email, one)
    outcomes = race(*(sender(path, {}) for _ in range(TIMES)))
    return once("confirmations", JournalEntry.objects.filter(verb="verify", object_id=one.pk).count()) + strange(
        outcomes
    )


def joined_by_click() -> list[str]:
    one, email = fresh(), f"paul{next(_numbers)}@exemple.test"
    path = path_of("space.join", email, one)
    outcomes = race(*(sender(path, {}) for _ in range(TIMES)))
    acts = JournalEntry.objects.filter(verb="admit", object_id=one.pk).count()
    return [
        *once("memberships", Membership.objects.filter(organisation=one).count()),
        *once("acts", acts), *strange(outcomes),
    ]  # fmt: skip


def joined_by_several_letters() -> list[str]:
    """Somebody who was invited several times follows all of their letters."""
    one, email = fresh(), f"paul{next(_numbers)}@exemple.test"
    person(email)
    outcomes = race(*(lambda: actions.join(organisation=one, email=email, at=AT) for _ in range(6)))
    held = Membership.objects.filter(organisation=one).count()
    return once("memberships", held) + strange(outcomes, actions.MemberRefused)


def refused_while_posting() -> list[str]:
    """A reader refuses a subject while six letters on it are posted, and some leave: none leaves after the refusal."""
    mailbox = outbox.mailbox_for(f"zoe{next(_numbers)}@exemple.test", at=AT)
    outbox.set_preferences(mailbox=mailbox, frequency=Frequency.AT_ONCE, day=1, blocked_subjects=[], by=None, at=AT)

    def say() -> None:
        outbox.post(kind="essai.news", to=mailbox.address, facts={"title": "Nouvelle"}, at=AT)

    outcomes = race(*(say for _ in range(6)), lambda: outbox.block(mailbox=mailbox, subject="essai.nouvelles", at=AT))
    way, later = Way(), AT + timedelta(days=8)
    outbox.gather(at=later)
    postman(way, later).round()
    left = [message for message in way.sent if mailbox.address in message.to]
    waiting = Letter.objects.filter(mailbox=mailbox, state__in=["waiting", "pending", "sending"]).count()
    return [
        *([f"{len(left)} letters left after the refusal"] if left else []),
        *([f"{waiting} still wait"] if waiting else []), *strange(outcomes),
    ]  # fmt: skip


def import_and_person() -> list[str]:
    """A person corrects the telephone while an import that brings another one is writing."""
    number = next(_numbers)
    one = organisation(f"Les Ateliers {number}", siren=siren(number), phone="03 22 00 00 01")

    planned.clear()

    def correct() -> None:
        planned.wait(10)
        directory.revise_organisation(
            organisation=one, facts={"phone": "03 22 00 00 09"}, source=human_source(), by=None, at=AT
        )

    outcomes = race(lambda: bring("Nom;SIREN;Téléphone", f"{one.name};{siren(number)};0322000002"), correct)
    one.refresh_from_db()
    wrong = strange(outcomes)
    if not wrong and outcomes[0].value.state != ImportRun.State.DONE:
        wrong = [f"import {outcomes[0].value.state}"]
    return [*wrong, *([] if one.phone == "03 22 00 00 09" else [f"the person's value is lost: {one.phone}"])]


@pytest.fixture(autouse=True)
def _made_up_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_manifests", {**registry._manifests, "essai": MANIFEST})


@pytest.fixture(autouse=True)
def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    slowed(monkeypatch, relaying, "reader_of")
    slowed(monkeypatch, members, "_journal", 0.01)
    plan = Planner.plan

    def plan_slowly(*args: Any, lock: bool = False, **kwargs: Any) -> Any:
        """Between the plan of a step, made under lock, and its writing, a person comes."""
        chunk = plan(*args, lock=lock, **kwargs)
        if lock:
            planned.set()
            time.sleep(0.1)
        return chunk

    monkeypatch.setattr(Planner, "plan", plan_slowly)


@pytest.mark.parametrize("one", [relayed_by_click, confirmed_by_click, joined_by_click])
def test_of_twenty_clicks_at_once_one_acts(one: Round) -> None:
    assert breaches(one, 1) == []


@pytest.mark.parametrize("one", [relayed_by_verb, joined_by_several_letters])
def test_what_is_confirmed_by_several_ways_happens_once(one: Round) -> None:
    assert breaches(one, 3) == []


def test_a_refusal_wins_over_letters_posted_meanwhile() -> None:
    assert breaches(refused_while_posting, 3) == []


@pytest.mark.usefixtures("own_files")
def test_an_import_leaves_what_a_person_corrects_meanwhile() -> None:
    assert breaches(import_and_person, 3) == []


def test_without_used_links_several_clicks_act(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor without the digest, which says that the sheet moved: either would be enough when clicks follow each other."""
    monkeypatch.setattr(following, "spend", lambda **_: None)
    monkeypatch.setattr(UsedLink.objects, "create", lambda **_: None)
    monkeypatch.setattr(links, "_digest", lambda *_: "same")
    assert caught(confirmed_by_click, 5)


@pytest.mark.parametrize("one", [relayed_by_verb])
def test_without_locks_a_message_is_relayed_twice(one: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    assert caught(one, 20)


def test_without_the_constraint_somebody_is_a_member_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    with without_constraint(Membership, "membership_once"):
        assert caught(joined_by_several_letters, 20)


def test_without_the_look_before_leaving_a_refused_letter_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Posting looked before the refusal, and nobody looks again: neither the gathering nor the postman."""
    monkeypatch.setattr(rules, "refusal", lambda *_, **__: None)
    assert caught(refused_while_posting, 5)


@pytest.mark.usefixtures("own_files")
def test_without_locks_an_import_undoes_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    assert caught(import_and_person, 20)
