"""A deliberate day of faults while applications are sent and awards are confirmed: nothing acknowledged is lost.

`CHAOS=10` kills ten times as often. Each fault has its control: a way that keeps halves, which the same look sees.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.discussion.world import pdf
from tests.faults.money_clients import Crowd
from tests.faults.place import Place, copy_of, drop, installed
from tests.faults.serving import served
from tests.faults.smtp_server import Fault, Server

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("faults")]
CHAOS = int(os.environ.get("CHAOS", "1"))
KILLS = 2 * CHAOS
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.faults.money_settings"}
PLANT = "from tests.faults import money_world\nprint(money_world.plant(applications={}, documents={}, awards={}))"
LOOK = "from tests.faults import money_world\nprint(money_world.look())"
LETTERS = "from tests.faults import money_world\nprint(money_world.letters())"
IN_PASSING = "from tests.faults import money_world\nprint(money_world.sent_in_passing({!r}))"
FULL = "from tests.faults import money_full\nprint(money_full.full({}, keeps_halves={}))"
STRAYS = "from tests.faults import money_world\nprint(money_world.strays())"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Place, dict[str, Any]]]:
    """A platform with drafts to send and awards to confirm, of which each test has a copy."""
    with installed(tmp_path_factory.mktemp("money") / "place", os.environ.get("DATABASE_URL", "")) as made:
        world = json.loads(made.shell(PLANT.format(30 * CHAOS, 8 * CHAOS, 16)))
        made.unload()
        yield made, world


@pytest.fixture
def world(planted: tuple[Place, dict[str, Any]]) -> dict[str, Any]:
    return planted[1]


@pytest.fixture
def place(planted: tuple[Place, dict[str, Any]], tmp_path: Path) -> Iterator[Place]:
    made = copy_of(planted[0], tmp_path / "place", **SETTINGS)
    yield made
    drop(made)


@pytest.fixture
def careless(planted: tuple[Place, dict[str, Any]], tmp_path: Path) -> Iterator[Place]:
    """The same, served in a way that keeps halves."""
    made = copy_of(planted[0], tmp_path / "place", **SETTINGS, KEEPS_HALVES="1")
    yield made
    drop(made)


def under_kills(place: Place, world: dict[str, Any], *, kills: int, patience: float = 60) -> Crowd:
    """Everybody at work while the whole server is killed so many times, and comes back."""
    dice = random.Random(2026)
    with served(place, "--no-worker") as site:
        crowd = Crowd(site.port, world, patience=patience)
        threads = crowd.start(pdf=pdf())
        for _ in range(kills):
            crowd.wait_for(more=2)
            time.sleep(dice.uniform(0.05, 0.4))
            site.die()
            site.rise()
        crowd.wait_for(awards=2)
        crowd.stop.set()
        for thread in threads:
            thread.join(90)
        crowd.again = {reference: crowd.send_again(reference) for reference in list(crowd.numbers)[:3]}
    return crowd


def test_what_was_acknowledged_is_there_after_kills_and_nothing_is_there_by_halves(
    place: Place, world: dict[str, Any]
) -> None:
    crowd = under_kills(place, world, kills=KILLS)
    assert crowd.refused == []
    assert crowd.again == {reference: crowd.numbers[reference] for reference in crowd.again}
    assert crowd.told >= 2 * KILLS + 2
    told = json.loads(place.shell(LOOK))
    assert told["wrong"] == []
    assert {reference: told["numbers"].get(reference) for reference in crowd.numbers} == crowd.numbers
    assert crowd.awards <= set(told["awards"])
    assert set(crowd.documents) <= set(told["documents"])
    assert len(told["documents"]) == len(set(told["documents"]))
    assert place.shell(STRAYS) == "0"
    assert place.run("work", "--once").returncode == 0
    assert place.ask("check_audit")["broken"] is None


def test_a_server_that_keeps_halves_is_seen(careless: Place, world: dict[str, Any]) -> None:
    for _ in range(3):
        under_kills(careless, world, kills=1, patience=4)
        if wrong := json.loads(careless.shell(LOOK))["wrong"]:
            break
    assert wrong


def test_letters_of_what_was_sent_while_no_mail_left_leave_once_when_it_does(
    planted: tuple[Place, dict[str, Any]], tmp_path: Path
) -> None:
    with Server(share=1.0, faults=(Fault.HANG_UP_AT_START, Fault.BUSY_AT_START)) as mail:
        url = f"smtp://127.0.0.1:{mail.port}?tls=non"
        place = copy_of(planted[0], tmp_path / "place", **SETTINGS, EMAIL_URL=url)
        try:
            with served(place, "--no-worker") as site:
                crowd = Crowd(site.port, planted[1])
                threads = crowd.start(pdf=pdf())
                down = place.ask("deliver", "--once")["sent"]
                time.sleep(1)
                crowd.stop.set()
                for thread in threads:
                    thread.join(60)
            down += place.ask("deliver", "--once")["sent"]
            mail.share = 0.0
            place.ask("deliver", "--once")
            place.ask("deliver", "--once")
            letters, told = json.loads(place.shell(LETTERS)), json.loads(place.shell(LOOK))
        finally:
            drop(place)
    assert (down, crowd.refused, told["wrong"]) == (0, [], [])
    assert len(mail.met) > 0
    assert len(letters) == len(told["numbers"]) + len(told["awards"]) > 4
    assert {number: (state, mail.taken[number]) for number, state in letters} == {
        number: ("sent", 1) for number, _ in letters
    }


def test_a_receipt_that_is_sent_in_passing_is_seen_to_be_lost(place: Place, world: dict[str, Any]) -> None:
    told = json.loads(place.shell(IN_PASSING.format(world["ready"][0][0])))
    assert [one.split(":")[0] for one in told["wrong"]] == [world["ready"][0][0]]


def test_on_a_full_disk_what_is_told_is_kept_and_the_rest_is_sent_again(place: Place, world: dict[str, Any]) -> None:
    told = json.loads(place.shell(FULL.format(json.dumps(world), False)))
    full = told["full"]
    assert full["document"] == {"status": 422, "says": True, "rows": 0, "files": 0}
    assert (full["wrong"], full["award"], full["is_confirmed"]) == ([], 503, False)
    assert full["statuses"] == {"302": 2, "503": 3}
    assert told["again"] == {"statuses": {"302": 3}, "document": 302, "award": 302}
    assert told["after"]["wrong"] == []
    assert told["after"]["numbers"].items() >= full["numbers"].items()
    assert len(told["after"]["numbers"]) == sum(full["statuses"].values())
    assert place.shell(STRAYS) == "0"


def test_a_number_that_is_counted_for_good_before_the_disk_is_full_is_seen(place: Place, world: dict[str, Any]) -> None:
    assert json.loads(place.shell(FULL.format(json.dumps(world), True)))["full"]["wrong"]
