"""Every address as a stranger, a member, an agent: strict headers on each answer, and reading changes nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from http.cookies import Morsel
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db.models import Count, Max, QuerySet, TextField, UUIDField
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from tests.rights.test_rights import WAGTAIL, World, filled, make_world, rows, wagtail_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots"), pytest.mark.timeout(300)]
ROOT = Path(__file__).resolve().parents[2]
ROLES = ("anonymous", "manager", "agent", "administrator")
# What may be put in a frame: our own letters by us, the list of organisations by everybody.
FRAMED = {"/integrer/annuaire/": "frame-ancestors *", "/composants/lettres/": "frame-ancestors 'self'"}
SOURCES = {"'none'", "'self'", "data:", "*"}
# A session is read and prolonged by reading; it is nothing of the platform's.
MOVING = {"sessions.Session", "usersessions.UserSession"}


def addresses(world: World) -> list[str]:
    found = [filled(pattern, world, which) for pattern, which in rows() if pattern != WAGTAIL]
    return sorted({*found, *wagtail_addresses(), "/nulle-part/", "/annuaire/%00/", "/annuaire/?q=%ff"})


def browser(world: World, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(world.people[role])
    return client


def read(world: World, role: str, **extra: Any) -> Iterator[tuple[str, Any]]:
    client = browser(world, role)
    for address in addresses(world):
        cache.clear()
        answer = client.get(address, **extra)
        if answer.streaming:
            answer.getvalue()
        yield address, answer


def wrong_policy(address: str, answer: HttpResponse) -> list[str]:
    """What is loose in the content policy of an answer."""
    policy = answer.get("Content-Security-Policy", "")
    directives = {words.split()[0]: set(words.split()[1:]) for words in policy.split(";") if words.strip()}
    unknown = {name: said - SOURCES for name, said in directives.items() if name != "sandbox"}
    loose = [f"{name} {' '.join(sorted(words))}" for name, words in unknown.items() if words]
    everyone = [name for name, said in directives.items() if "*" in said and name != "frame-ancestors"]
    ancestors = next((rule for start, rule in FRAMED.items() if address.startswith(start)), "frame-ancestors 'none'")
    framed = [] if ancestors in policy or "frame-ancestors 'none'" in policy else [f"not {ancestors}"]
    return [*loose, *everyone, *framed, *([] if "default-src" in directives else ["no default-src"])]


def faults(address: str, answer: HttpResponse, role: str) -> list[str]:
    said = answer.headers
    found = wrong_policy(address, answer)
    expected = {"X-Content-Type-Options": {"nosniff"}, "Referrer-Policy": {"same-origin", "no-referrer"}}
    found += [f"{name}: {said.get(name)}" for name, values in expected.items() if said.get(name) not in values]
    if "camera=()" not in said.get("Permissions-Policy", ""):
        found.append("no Permissions-Policy")
    kept = said.get("Cache-Control", "")
    is_page = said.get("Content-Type", "").startswith("text/html")
    if role != "anonymous" and "no-store" not in kept and (is_page or "public" not in kept):
        found.append(f"Cache-Control: {kept}")
    return [f"{address} ({answer.status_code}): {word}" for word in found]


def counted() -> dict[str, tuple[int, Any]]:
    """{table: (how many rows, greatest key)} of everything the platform keeps."""
    found = {}
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy and model._meta.label not in MOVING:
            is_drawn = isinstance(model._meta.pk, UUIDField)  # PostgreSQL knows no greatest one
            told = QuerySet(model).aggregate(rows=Count("pk"), last=Max(Cast("pk", TextField()) if is_drawn else "pk"))
            found[model._meta.label] = (told["rows"], told["last"])
    return found


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_has_strict_headers_and_reading_changes_nothing(role: str, settings: Settings) -> None:
    """Both at once: reading every address as somebody is what costs."""
    settings.ACCOUNT_RATE_LIMITS = False
    world = make_world()
    before = counted()
    loose = [word for address, answer in read(world, role) for word in faults(address, answer, role)]
    after = counted()
    assert {name: (before[name], after[name]) for name in before if before[name] != after[name]} == {}
    assert loose == []


NAMES = (
    "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME",
)  # fmt: skip


@pytest.fixture
def over_https(settings: Settings, tmp_path: Path) -> None:
    """The settings that a site with HTTPS=true starts with."""
    code = f"import json\nfrom config import settings\nprint(json.dumps({{n: getattr(settings, n) for n in {NAMES}}}))"
    given = os.environ | {"HTTPS": "true", "DATA_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=given, capture_output=True, text=True, check=True)
    for name, value in json.loads(done.stdout).items():
        setattr(settings, name, value)


def wrong_cookie(cookie: Morsel[str]) -> list[str]:
    kept = {name: cookie[name] for name in ("secure", "httponly", "samesite", "path", "domain")}
    is_right = kept | {"samesite": kept["samesite"] in ("Lax", "Strict")} == {
        "secure": True, "httponly": True, "samesite": True, "path": "/", "domain": "",
    }  # fmt: skip
    return [] if is_right and cookie.key.startswith("__Host-") else [f"{cookie.key}: {kept}"]


@pytest.mark.usefixtures("over_https")
@pytest.mark.parametrize("role", ["anonymous", "agent"])
def test_over_https_cookies_are_bound_to_the_host_and_the_browser_comes_back_by_https(
    role: str, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    world = make_world()
    wrong, cookies = [], set()
    for address, answer in read(world, role, secure=True):
        wrong += [f"{address}: {word}" for cookie in answer.cookies.values() for word in wrong_cookie(cookie)]
        cookies |= {cookie.key for cookie in answer.cookies.values()}
        found = re.fullmatch(r"max-age=(\d+); includeSubDomains", answer.get("Strict-Transport-Security", ""))
        if not found or int(found[1]) < 31_536_000:
            wrong.append(f"{address}: {answer.get('Strict-Transport-Security')}")
    assert wrong == []
    assert "__Host-csrf" in cookies
    assert browser(world, role).get("/annuaire/")["Location"].startswith("https://")
