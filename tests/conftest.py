"""What every test may use. The browser's fixtures are told in tests/browser/fixtures.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.template import engines
from django.test import override_settings
from wagtail.models import Collection, Locale, Page

from maillage.kernel.edition import forget
from tests.blank import forget_run, name_run
from tests.browser.fixtures import axe, browser_type_launch_args, html_validate, visit
from tests.templates import LoudNothing

__all__ = ["axe", "browser_type_launch_args", "html_validate", "visit"]


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


def pytest_configure() -> None:
    name_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        forget_run()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What drives a browser is marked so: `-m "not browser"` runs the rest, for instance on a second database."""
    for item in items:
        if {"visit", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
def _no_test_reads_what_another_kept() -> None:
    cache.clear()
    forget()


@pytest.fixture(autouse=True, scope="session")
def _static_files_need_no_collecting() -> Iterator[None]:
    # WhiteNoise would otherwise warn of the folder that only `collectstatic` makes.
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield
