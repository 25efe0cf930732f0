"""What each page weighs for a first visit, and the map for a second one: kilobytes on the wire and requests.

A seeded site is served as in production (hashed and compressed files), and a real browser reads it with an empty
cache. Bodies are counted as they travel, compressed; headers are not.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, Response, sync_playwright

from tests.browser.fixtures import ARGUMENTS, CHROMIUM
from tools.example_site import example_site

PAGES = {
    "home": "/", "list": "/annuaire/", "sheet": "/annuaire/ressourcerie-air/", "communes": "/communes/",
    "town": "/communes/80620-peronne/", "strategy": "/strategie/", "map": "/carte/",
}  # fmt: skip


def run() -> dict[str, Any]:
    """Measure; {page: {"kilobytes", "requests"}}, and "map again" for the next visit."""
    figures: dict[str, Any] = {}
    with example_site() as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, path in PAGES.items():
            context = browser.new_context(viewport={"width": 1280, "height": 860})
            page = context.new_page()
            figures[name] = _weigh(page, address + path)
            if name == "map":
                figures["map again"] = _weigh(page, address + path)
            context.close()
        browser.close()
    return figures


def _weigh(page: Page, address: str) -> dict[str, Any]:
    heard: list[Response] = []

    def hear(response: Response) -> None:
        heard.append(response)

    page.on("response", hear)
    page.goto(address, wait_until="networkidle")
    page.remove_listener("response", hear)
    travelled = [one for one in heard if not one.from_service_worker and not _from_cache(one)]
    weight = sum(one.request.sizes()["responseBodySize"] for one in travelled)
    return {"kilobytes": round(weight / 1000, 1), "requests": len(travelled)}


def _from_cache(response: Response) -> bool:
    """A file kept by the browser is told as answered too, but nothing of it travelled."""
    sizes = response.request.sizes()
    return sizes["responseBodySize"] == 0 and sizes["responseHeadersSize"] == 0
