"""Every address × 14 actors × the objects it may be about, against the table kept by hand in tests/rights.csv.

A cell says what an actor meets: `in` (the door opens), `sign-in`, `no` (refused, with a reason), `none` (as if it did
not exist), `post` (nothing to read there). A door that cannot be read is tried by POST. An address that the table does
not know fails, and so does a row that no address has any more. Wagtail's own screens share one row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User
from maillage.directory.models import Organisation
from maillage.kernel.management.commands.url_inventory import doors
from maillage.kernel.models import JournalEntry
from maillage.space import actions
from maillage.space.enums import Part
from maillage.strategy.actions import load_strategy
from maillage.strategy.actions.measuring import load_indicators
from maillage.strategy.models import Indicator
from maillage.territories.models import Epci
from tests.accounts.people import holder
from tests.directory.test_sheet import published
from tests.factories import AT, person, small_territory
from tests.strategy.files import indicator_file, strategy_file

TABLE = Path(__file__).parent.parent / "rights.csv"
ACTORS = (
    "anonymous", "inhabitant", "holder", "manager", "other_manager", "buyer", "teacher", "partner", "commission",
    "recused", "liaison_1", "liaison_2", "agent", "administrator",
)  # fmt: skip
PARTS = 4  # so that several processes share the five thousand doors
OFFICE = "/gestion/"
WAGTAIL = "/gestion/…"
OURS = (
    "directory_office:", "people_office:", "mail_office:", "space_office:", "logbook_office:", "strategy_office:",
    "needs_office:", "aids_office:", "choosing_office:", "governance_office:", "discussion_office:", "steering_office:",
    "applications_office:",
    "calls_office:",
    "content_office:",
    "desk_office:",
    "grants_office:",
)  # fmt: skip
BY_OBJECT = ("/annuaire/<slug:slug>", "/moi/structures/<int:organisation_id>", "/api/v1/organisations/<slug>")
OBJECTS = ("own", "other", "unpublished")


@dataclass(frozen=True)
class World:
    """Who there is, and what they may try to reach."""

    people: dict[str, User]
    objects: dict[str, Organisation]
    membership: int
    act: int


def make_world() -> World:
    home = small_territory()
    load_strategy(document={**strategy_file(), "territory": home.pk}, by=None, at=AT)
    load_indicators(document=indicator_file(), by=None, at=AT)
    Indicator.objects.filter(code="1.2").update(gauge="directory.confirmed")
    epcis = list(Epci.objects.filter(territories=home).order_by("pk")[:2])
    roles = {
        "buyer": Role.BUYER, "teacher": Role.TEACHER, "partner": Role.PARTNER_ADVISER,
        "commission": Role.STEERING_MEMBER, "agent": Role.AGENT, "administrator": Role.ADMINISTRATOR,
    }  # fmt: skip
    people = {name: holder(role, email=f"{name}@exemple.test") for name, role in roles.items()}
    people["recused"] = holder(Role.STEERING_MEMBER, email="recused@exemple.test")
    for rank, name in enumerate(("liaison_1", "liaison_2")):
        people[name] = person(f"{name}@exemple.test")
        Mandate.objects.create(
            user=people[name], role=Role.LIAISON_OFFICER, epci=epcis[rank % len(epcis)], start_date=AT.date()
        )
    people |= {name: person(f"{name}@exemple.test") for name in ("inhabitant", "holder")}
    objects = {
        "own": published("La mienne"), "other": published("La leur"),
        "unpublished": published("Cachée", status="to_review"),
    }  # fmt: skip
    own = actions.admit(organisation=objects["own"], email="manager@exemple.test", part=Part.MANAGER, by=None, at=AT)
    other = actions.admit(
        organisation=objects["other"], email="other_manager@exemple.test", part=Part.MANAGER, by=None, at=AT
    )
    people |= {"manager": own.user, "other_manager": other.user}
    act = JournalEntry.objects.filter(object_type="directory.organisation", object_id=objects["own"].pk).earliest("pk")
    return World(people, objects, own.pk, act.pk)


def rows() -> list[tuple[str, str]]:
    """Every (address, object) that the site has today; Wagtail's own screens are one."""
    found: set[tuple[str, str]] = set()
    for door in doors():
        if door.pattern.startswith(OFFICE) and not door.name.startswith(OURS):
            found.add((WAGTAIL, ""))
        elif door.pattern.startswith(BY_OBJECT):
            found |= {(door.pattern, one) for one in OBJECTS}
        else:
            found.add((door.pattern, ""))
    return sorted(found)


def code_in(pattern: str) -> str:
    if "strategie" in pattern:
        return "1.2" if pattern.endswith("/liste/") else "1.1"  # 1.1 is listed by the directory itself
    return "404" if "erreur" in pattern else "80620"


def filled(pattern: str, world: World, which: str) -> str:
    """The address with something in the place of each part."""
    made = world.objects[which or "own"]
    parts: dict[str, str] = {
        "slug": made.slug if which else "rien", "organisation_id": str(made.pk), "membership_id": str(world.membership),
        "act_id": str(world.act),
        "theme": "clair", "code": code_in(pattern), "edition": "0", "provider_id": "identite",
        "batch": "bulk:0", "key": "space.claim", "name": "structures", "part": "1", "path": "rien.png", "rest": "rien",
        "token": "rien", "verb": "hold", "level": "1", "x": "1", "y": "1", "number": str(made.pk),
    }  # fmt: skip
    plain = pattern.replace("^", "").replace("$", "").replace("\\.", ".").replace("\\", "")
    plain = re.sub(r"\(\?P<(\w+)>(?:\[[^\]]*\]|[^()])*\)", lambda one: f"<{one[1]}>", plain)
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda one: parts.get(one[1], "1"), plain)


def met(client: Client, address: str, *, is_ours: bool = True) -> str:
    """What an actor meets at this address; Wagtail's own are only read, since they choke on an empty POST."""
    for ask in (client.get, client.post) if is_ours else (client.get,):
        with transaction.atomic():
            answer = ask(address)
            if answer.streaming:  # a download is read to its end, as a browser would
                answer.getvalue()
            transaction.set_rollback(True)
        if answer.status_code == 405:
            continue
        if answer.status_code in (301, 302) and answer["Location"].startswith("/connexion/?next="):
            return "sign-in"
        if answer.status_code == 403:
            return "no"
        if answer.status_code >= 500 and is_ours and answer.status_code != 503:
            return "broken"
        return "none" if answer.status_code == 404 and not address.startswith(OFFICE) else "in"
    return "post"


def clients(world: World) -> dict[str, Client]:
    found = {name: Client(raise_request_exception=False) for name in ACTORS}
    for name in ACTORS[1:]:
        found[name].force_login(world.people[name])
    return found


def wagtail_addresses() -> list[str]:
    """Wagtail's own screens that need no number."""
    return sorted(
        {door.pattern for door in doors() if door.pattern.startswith(OFFICE) and not door.name.startswith(OURS)}
        - {
            one.pattern
            for one in doors()
            if re.search(r"[<(^]|/gestion/(login|logout|sprite|jsi18n|failwhale)", one.pattern)
        }
    )


def meet(some: list[tuple[str, str]], say: Callable[[str, str, dict[str, str]], None]) -> None:
    """Everyone tries these doors."""
    world = make_world()
    actors = clients(world)
    for pattern, which in some:
        cache.clear()
        if pattern == WAGTAIL:
            said = {
                name: "/".join(sorted({met(client, address, is_ours=False) for address in wagtail_addresses()}))
                for name, client in actors.items()
            }
        else:
            said = {name: met(client, filled(pattern, world, which)) for name, client in actors.items()}
        say(pattern, which, said)


def table() -> dict[tuple[str, str], dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as handle:
        lines = list(csv.DictReader(handle, delimiter=";"))
    found = {(line["address"], line["object"]): {actor: line[actor] for actor in ACTORS} for line in lines}
    assert len(found) == len(lines)
    return found


def test_the_table_knows_every_address_and_no_other() -> None:
    assert [key for key, said in table().items() if not all(said.values())] == []
    assert sorted(set(rows()) ^ table().keys()) == [], "addresses that the table does not know, or that are gone"


@pytest.mark.django_db
@pytest.mark.usefixtures("wagtail_roots")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("part", range(PARTS))
def test_everyone_meets_what_the_table_says(part: int, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    expected, wrong = table(), list[str]()

    def compare(pattern: str, which: str, said: dict[str, str]) -> None:
        wrong.extend(
            f"{pattern} ({which}) for {actor}: {what}, not {expected[pattern, which][actor]}"
            for actor, what in said.items()
            if what != expected[pattern, which][actor]
        )

    meet(rows()[part::PARTS], compare)
    assert wrong == []
