"""C9: two people who write the same thing never overwrite each other in silence; the second reads both texts."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest

from maillage.accounts import actions as accounts
from maillage.accounts.actions import mandates as accounts_mandates
from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User
from maillage.directory.actions import sheets
from maillage.directory.backoffice import sheet as office
from maillage.directory.models import Organisation
from maillage.kernel.models import JournalEntry
from maillage.space import actions
from maillage.space.actions import suggestions
from maillage.space.enums import Part
from maillage.space.forms import OwnSheetForm, ProfileForm
from maillage.space.models import Profile
from tests.accounts.people import holder
from tests.factories import AT, human_source
from tests.invariants.pages import opened, sender
from tests.invariants.racing import Outcome, Round, breaches, caught, race, slowed, strange, without_locks
from tests.space.people import known

pytestmark = pytest.mark.django_db
_numbers = itertools.count(1)


def agent() -> User:
    return holder(Role.AGENT, email=f"agent{next(_numbers)}@exemple.test")


def held() -> tuple[Organisation, User, User]:
    """A sheet with its manager and a contributor."""
    number = next(_numbers)
    one = known(f"Atelier {number}", f"contact{number}@atelier.test")
    first, second = (
        actions.admit(organisation=one, email=f"{part}{number}@exemple.test", part=part, by=None, at=AT).user
        for part in (Part.MANAGER, Part.CONTRIBUTOR)
    )
    return one, first, second


def one_saved(outcomes: list[Outcome], kept: list[str], saved: set[str]) -> list[str]:
    """One is told that it is saved, the other is shown both texts; kept: what each wrote, saved: what is there."""
    if wrong := strange(outcomes):
        return wrong
    codes = sorted(one.value.status_code for one in outcomes)
    if codes not in ([302, 409], [302, 422]):
        return [f"answers {codes}"]
    winner = next(rank for rank, one in enumerate(outcomes) if one.value.status_code == 302)
    page = outcomes[1 - winner].value.content.decode()
    unseen = [word for word in kept if word not in page]
    found = [f"the second page does not show « {word} »" for word in unseen]
    return found + ([] if kept[winner] in saved else [f"« {kept[winner]} » was overwritten by {saved}"])


def two_agents() -> list[str]:
    """One writes the activities, the other the services: whole forms are sent, so the second would undo the first."""
    one = known(f"Atelier {next(_numbers)}")
    before = {"activities": "Rien encore", "services": "Rien encore"}
    sheets.revise_organisation(organisation=one, facts=before, source=human_source(), by=None, at=AT)
    path = f"/gestion/annuaire/{one.pk}/"
    words = ["Réparer des vélos", "Prêter des outils"]
    people = [agent(), agent()]
    said = [opened(path, by=by) | {field: word} for by, field, word in zip(people, ("activities", "services"), words)]  # noqa: B905
    outcomes = race(*(sender(path, one_said, by=by) for one_said, by in zip(said, people, strict=True)))
    one.refresh_from_db()
    return one_saved(outcomes, words, {one.activities, one.services})


def two_members() -> list[str]:
    """Both correct the telephone of their own sheet."""
    one, *people = held()
    path = f"/moi/structures/{one.pk}/"
    words = ["03 22 00 00 11", "03 22 00 00 22"]
    said = [opened(path, path, by=by) | {"phone": word} for by, word in zip(people, words, strict=True)]
    outcomes = race(*(sender(path, one_said, by=by) for one_said, by in zip(said, people, strict=True)))
    one.refresh_from_db()
    return one_saved(outcomes, words, {one.phone})


def two_on_the_profile() -> list[str]:
    one, *people = held()
    path = f"/moi/structures/{one.pk}/profil/"
    actions.keep_profile(organisation=one, facts={"volunteers": 3}, by=people[0], at=AT)
    words = ["Mutuelle A", "Mutuelle B"]
    said = [opened(path, by=by) | {"insurer": word} for by, word in zip(people, words, strict=True)]
    outcomes = race(*(sender(path, one_said, by=by) for one_said, by in zip(said, people, strict=True)))
    return one_saved(outcomes, words, {Profile.objects.get(organisation=one).insurer})


def two_deciders() -> list[str]:
    """The manager keeps the correction while an agent leaves it."""
    one, manager, _ = held()
    by = agent()
    facts = {"services": "Prêter des outils"}
    found = actions.propose(organisation=one, facts=facts, seen={"services": ""}, at=AT)

    def decide(kept: list[str], who: User) -> Any:
        return actions.decide(suggestion=found, kept=kept, reason="", today={"services": ""}, by=who, at=AT)

    outcomes = race(lambda: decide(["services"], manager), lambda: decide([], by))
    found.refresh_from_db()
    one.refresh_from_db()
    told = sum(outcome.error is None for outcome in outcomes)
    agree = (one.services == facts["services"]) == bool(found.verdicts.get("services"))
    acts = JournalEntry.objects.filter(verb="decide_suggestion", object_id=one.pk).count()
    return [
        *([] if told == acts == 1 else [f"{told} were told yes, {acts} acts"]),
        *([] if agree else [f"verdict {found.verdicts}, sheet « {one.services} »"]),
        *strange(outcomes, actions.SuggestionRefused),
    ]


def decision_and_edit() -> list[str]:
    """A suggestion is kept while a member writes the same line: one of them is told."""
    one, manager, contributor = held()
    path = f"/moi/structures/{one.pk}/"
    found = actions.propose(organisation=one, facts={"services": "Prêter"}, seen={"services": ""}, at=AT)
    said = opened(path, path, by=contributor) | {"services": "Réparer"}
    write = sender(path, said, by=contributor)
    outcomes = race(
        lambda: actions.decide(
            suggestion=found, kept=["services"], reason="", today={"services": one.services}, by=manager, at=AT
        ),
        write,
    )
    is_kept, is_written = outcomes[0].error is None, outcomes[1].value.status_code == 302
    wrong = strange(outcomes, actions.SuggestionRefused)
    return [*wrong, *([] if is_kept != is_written else [f"kept {is_kept}, written {is_written}"])]


def two_administrators() -> list[str]:
    """Each ends the other's mandate: one administrator stays."""
    Mandate.objects.all().delete()
    people = [holder(Role.ADMINISTRATOR, email=f"admin{next(_numbers)}@exemple.test") for _ in range(2)]
    mandates = [person.mandates.get() for person in people]
    outcomes = race(
        lambda: accounts.end_mandate(mandate=mandates[1], by=people[0], at=AT),
        lambda: accounts.end_mandate(mandate=mandates[0], by=people[1], at=AT),
    )
    left = Mandate.objects.filter(end_date=None).count()
    return [*([] if left == 1 else [f"{left} administrators"]), *strange(outcomes, accounts.PersonRefused)]


def one_mandate_twice() -> list[str]:
    """The same role given twice, then ended twice: one act each."""
    person, by = holder(None, email=f"elue{next(_numbers)}@exemple.test"), agent()
    giving = race(*(
        lambda: accounts.give_mandate(user=person, role=Role.AGENT, start_date=date(2026, 1, 1), by=by, at=AT)
        for _ in range(4)
    ))  # fmt: skip
    mandate = person.mandates.get()
    ending = race(*(lambda: accounts.end_mandate(mandate=mandate, by=by, at=AT) for _ in range(4)))
    acts = JournalEntry.objects.filter(object_type=User._meta.label_lower, object_id=person.pk)
    counts = {verb: acts.filter(verb=verb).count() for verb in ("give_mandate", "end_mandate")}
    wrong = strange([*giving, *ending], accounts.PersonRefused)
    return [*wrong, *([] if set(counts.values()) == {1} else [str(counts)])]


@pytest.fixture(autouse=True)
def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between reading and writing: after a form was found valid, after a rule was asked."""
    slowed(monkeypatch, office, "_valid")
    slowed(monkeypatch, OwnSheetForm, "clean")
    slowed(monkeypatch, ProfileForm, "facts")
    slowed(monkeypatch, suggestions, "role_for")
    slowed(monkeypatch, accounts_mandates, "has_other_administrator")


@pytest.mark.parametrize("one", [two_agents, two_members, two_on_the_profile, decision_and_edit])
def test_the_second_of_two_writers_is_told_and_nothing_is_overwritten(one: Round) -> None:
    assert breaches(one, 3) == []


@pytest.mark.parametrize("one", [two_deciders, two_administrators, one_mandate_twice])
def test_of_two_who_decide_at_once_one_decides(one: Round) -> None:
    assert breaches(one, 3) == []


@pytest.mark.parametrize("one", [two_agents, two_members, decision_and_edit])
def test_without_the_comparison_under_lock_an_overwriting_is_seen(one: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_refuse_if_moved", lambda *_: None)
    assert caught(one, 20)


def test_without_its_stamp_a_profile_is_overwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Profile, "stamp", "always")
    assert caught(two_on_the_profile, 20)


@pytest.mark.parametrize("one", [two_deciders, two_administrators, one_mandate_twice])
def test_without_locks_two_decisions_are_seen(one: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    assert caught(one, 20)
