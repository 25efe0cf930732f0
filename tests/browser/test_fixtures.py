"""What the browser's fixtures promise: a fault that only one theme has is seen from either."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.fixtures import Axe, Theme, Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pale(page: Page, theme: Theme) -> None:
    """Grey words on grey, for readers of one theme only."""
    page.evaluate(
        """theme => {
            const sheet = new CSSStyleSheet()
            const words = 'color: #777 !important; background: #888 !important'
            sheet.replaceSync(`@media (prefers-color-scheme: ${theme}) { main p { ${words} } }`)
            document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
        }""",
        theme,
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("visited", ["light", "dark"])
def test_a_fault_of_either_theme_is_seen_whichever_is_visited(
    visit: Visit, axe: Axe, visited: Theme, theme: Theme
) -> None:
    page = visit("/composants/erreur/404/", theme=visited)
    assert axe(page) == []
    pale(page, theme)
    found = axe(page)
    assert {"color-contrast" in line for line in found} == {True}
    assert {line.startswith(f"{theme}: ") for line in found} == {theme != visited}
