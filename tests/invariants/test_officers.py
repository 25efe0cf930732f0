"""One officer sits for an EPCI, one colleague takes a place, one portrait is shown, whatever comes at once."""

from __future__ import annotations

import itertools
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pytest_django import Settings
from wagtail.images import get_image_model

from maillage.accounts import actions
from maillage.accounts.actions import delegations, mandates
from maillage.accounts.enums import Role
from maillage.accounts.models import Delegation, Mandate
from maillage.kernel.uploads import clean_picture
from maillage.space import actions as space
from maillage.space.actions import portraits
from maillage.space.models import Portrait
from maillage.territories.models import Epci
from tests.accounts.people import holder
from tests.factories import AT, person
from tests.invariants.racing import breaches, caught, race, slowed, strange, without_locks
from tests.space.pictures import kept_in, photograph

pytestmark = pytest.mark.django_db
_numbers = itertools.count(1)
START, END = date(2026, 12, 1), date(2026, 12, 8)


def six_named() -> list[str]:
    epci = Epci.objects.order_by("pk")[0]
    Mandate.objects.all().delete()
    people = [person(f"p{next(_numbers)}@exemple.test") for _ in range(6)]
    outcomes = race(*(
        lambda one=one: actions.give_mandate(
            user=one, role=Role.LIAISON_OFFICER, epci=epci, start_date=START, by=None, at=AT
        )
        for one in people
    ))  # fmt: skip
    sitting = Mandate.objects.filter(epci=epci).count()
    return [*([f"{sitting} sit"] if sitting != 1 else []), *strange(outcomes, actions.PersonRefused)]


def six_asked() -> list[str]:
    giver = holder(Role.AGENT, email=f"giver{next(_numbers)}@exemple.test", second_factor=False)
    takers = [
        holder(Role.AGENT, email=f"taker{next(_numbers)}@exemple.test", second_factor=False) for _ in range(6)
    ]  # fmt: skip
    outcomes = race(*(
        lambda one=one: actions.delegate(giver=giver, taker=one, start_date=START, end_date=END, by=giver, at=AT)
        for one in takers
    ))  # fmt: skip
    standing = Delegation.objects.filter(giver=giver).count()
    return [*([f"{standing} stand in"] if standing != 1 else []), *strange(outcomes, actions.PersonRefused)]


def six_put() -> list[str]:
    Portrait.objects.all().delete()
    get_image_model().objects.all().delete()
    officer, picture = person(f"face{next(_numbers)}@exemple.test"), clean_picture(BytesIO(photograph()))
    outcomes = race(*(lambda: space.put_portrait(officer=officer, picture=picture, at=AT) for _ in range(6)))
    shown = list(Portrait.objects.values_list("picture", flat=True))
    there = list(get_image_model().objects.values_list("pk", flat=True))
    return [*([f"{shown} shown, {there} there"] if len(shown) != 1 or shown != there else []), *strange(outcomes)]


def test_of_six_named_at_once_one_sits() -> None:
    assert breaches(six_named, 3) == []


def test_of_six_asked_at_once_one_stands_in() -> None:
    assert breaches(six_asked, 3) == []


@pytest.mark.usefixtures("wagtail_roots")
def test_of_six_portraits_put_at_once_one_stays_with_one_file(settings: Settings, tmp_path: Path) -> None:
    settings.STORAGES = kept_in(tmp_path / "media", settings.STORAGES)
    assert breaches(six_put, 1) == []
    assert len([path for path in (tmp_path / "media").rglob("*") if path.is_file()]) == 1


@pytest.mark.usefixtures("wagtail_roots")
def test_without_its_lock_two_first_portraits_meet(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    settings.STORAGES = kept_in(tmp_path / "media", settings.STORAGES)
    without_locks(monkeypatch)
    slowed(monkeypatch, portraits, "_held")
    assert caught(six_put, 5)


def test_without_their_locks_several_would(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    slowed(monkeypatch, mandates, "_refuse_second_officer")
    slowed(monkeypatch, delegations, "_check_days")
    assert caught(six_named, 20)
    assert caught(six_asked, 20)
