"""What every test may use. The browser's fixtures are told in tests/browser/fixtures.py."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from threading import RLock
from typing import Any

import hypothesis
import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connections
from django.template import engines
from django.test import TransactionTestCase, override_settings
from wagtail.models import Collection, Locale, Page

from maillage.kernel.edition import forget
from tests.browser.fixtures import axe, browser_type_launch_args, html_validate, visit
from tests.migrated import server_database, share, sqlite_file
from tests.templates import LoudNothing

__all__ = ["axe", "browser_type_launch_args", "html_validate", "visit"]


def pytest_configure() -> None:
    share()
    # How long an example takes says how busy the machine is, and nothing of the code.
    hypothesis.settings.register_profile("busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
    hypothesis.settings.load_profile("busy")
    TransactionTestCase._fixture_teardown = _lay_again  # type: ignore[attr-defined]


def _lay_again(case: TransactionTestCase) -> None:
    """After a test that commits: the migrated database again, whole, copied from its file or from its template.

    Emptying each table and filling those of Django and Wagtail takes a hundred times longer on SQLite, ten on a server.
    """
    made: Any = connections["default"]
    if made.vendor == "sqlite":
        with closing(made.Database.connect(sqlite_file())) as file:
            made.ensure_connection()
            file.backup(made.connection)
    else:
        name, template = made.settings_dict["NAME"], made.settings_dict["TEST"]["TEMPLATE"]
        connections.close_all()
        with made._nodb_cursor() as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    ContentType.objects.clear_cache()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Let pytest-django find every migration applied: the database it makes starts from that of the whole run."""
    made: Any = connections["default"]
    if made.vendor == "postgresql":
        made.settings_dict["TEST"]["TEMPLATE"] = server_database(os.environ["DATABASE_URL"])
        yield
        return
    # The server of a browser test shares the connection of its test; one statement at a time: the driver's cache of
    # statements, torn between two threads, loses its mind (KeyError), and every later test of the process with it.
    one_at_a_time = RLock()

    def alone(execute: Callable[..., Any], *said: Any) -> Any:
        with one_at_a_time:
            return execute(*said)

    made.execute_wrappers.append(alone)
    with closing(made.Database.connect(made.creation._get_test_db_name(), uri=True)) as memory:
        with closing(made.Database.connect(sqlite_file())) as file:
            file.backup(memory)
        yield


@pytest.fixture
def wagtail_roots(db: None) -> None:
    """The first page and collection, which migrations make and a test that empties tables takes away."""
    Locale.objects.get_or_create(language_code="fr")
    if not Page.objects.exists():
        Page.add_root(title="Root")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")


@pytest.fixture(autouse=True, scope="session")
def _unknown_template_variables_fail() -> Iterator[None]:
    engine = engines["django"].engine  # type: ignore[attr-defined]
    before = engine.string_if_invalid
    engine.string_if_invalid = LoudNothing()
    yield
    engine.string_if_invalid = before


DATABASES = {"db", "transactional_db", "live_server", "template", "place"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, and what would prove the same on any database: a second one passes over both.

    What is given more than the usual time starts first, so that all processes end together.
    """
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if {"visit", "browser"} & fixtures:
            item.add_marker(pytest.mark.browser)
        if not DATABASES & fixtures and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.one_database)
    items.sort(key=lambda item: -_allowed_seconds(item))


def _allowed_seconds(item: pytest.Item) -> float:
    given = item.get_closest_marker("timeout")
    return float(given.args[0]) if given else 0.0


@pytest.fixture(autouse=True)
def _no_test_reads_what_another_kept() -> None:
    cache.clear()
    forget()


@pytest.fixture(autouse=True, scope="session")
def _static_files_need_no_collecting() -> Iterator[None]:
    # WhiteNoise would otherwise warn of the folder that only `collectstatic` makes.
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield
