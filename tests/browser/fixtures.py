"""A real browser for the tests: chromium, three widths, light and dark, with or without script.

`visit(path, …)` opens a page of the live server and, when the test ends, fails it if the page made a
noise in the console, broke its security policy or asked anything of another site. `axe(page)` and
`html_validate({name: html})` give lists of readable lines: an honest test says `== []`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from maillage.accounts.models import User

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PHONE, TABLET, DESK = 360, 768, 1280
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
Visit = Callable[..., Page]
Axe = Callable[[Page], list[str]]
HtmlValidate = Callable[[dict[str, str]], list[str]]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's chromium rather than a downloaded one."""
    if not CHROMIUM.exists():
        pytest.fail("Browser tests need chromium: apt-get install -y chromium", pytrace=False)
    # Playwright keeps an event loop in this thread; Django would then refuse its own database calls.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {**browser_type_launch_args, "executable_path": str(CHROMIUM), "args": ARGUMENTS}


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Visit]:
    """visit(path, width=1280, theme="light", javascript=True, text_percent=100, quiet=True) → Page.

    Each call is a new visitor (own context). `text_percent=200` is a reader who enlarges the text.
    `quiet=False` lets the console speak: for tests that provoke an error on purpose.
    """
    contexts: list[BrowserContext] = []
    noises: list[str] = []

    def open_page(
        path: str,
        *,
        width: int = DESK,
        theme: Theme = "light",
        javascript: bool = True,
        text_percent: int = 100,
        quiet: bool = True,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            java_script_enabled=javascript,
            locale="fr-FR",
            timezone_id="Europe/Paris",
        )
        contexts.append(context)
        page = context.new_page()
        if quiet:
            _listen(page, live_server.url, noises)
        if text_percent != 100:
            # What a reader sets in the browser: 16 px is its usual size, and media queries in em follow it.
            sizes = {"standard": round(16 * text_percent / 100)}
            context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": sizes})
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    _wait_for_the_server()
    assert noises == []


def _wait_for_the_server() -> None:
    """Until it has let go of each connection of the browser: at its end a thread closes those of the database, which it
    may not touch once the test that lent them is over."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(10)


def _listen(page: Page, home: str, noises: list[str]) -> None:
    host = urlsplit(home).netloc

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            noises.append(f"{page.url}: {message.text}")

    def on_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != host:
            noises.append(f"{page.url} asks another site: {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: noises.append(f"{page.url}: {error}"))
    page.on("request", on_request)


# What fades in is looked at once it stands: half-way, its colours are nobody's.
STANDS_STILL = (
    "async () => Promise.all("
    "document.getAnimations().filter(one => one.effect.getComputedTiming().endTime !== Infinity)"
    ".map(one => one.finished.catch(() => {})))"
)
EVERY_RULE, COLOURS = "{}", "{runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}}"


@pytest.fixture(scope="session")
def axe() -> Axe:
    """What axe finds wrong on a page as it stands now: one line per element, rule first.

    Every rule in the theme of the visit, then in the other theme the rules that a theme can break: those of colours.
    """
    script = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")

    def broken(page: Page, rules: str) -> list[str]:
        page.evaluate(STANDS_STILL)
        found = page.evaluate(f"async () => (await axe.run({{resultTypes: ['violations'], ...{rules}}})).violations")
        return [
            f"{rule['id']}: {' '.join(str(part) for part in node['target'])} | {node['failureSummary']}"
            for rule in found
            for node in rule["nodes"]
        ]

    def run(page: Page) -> list[str]:
        page.wait_for_load_state()
        # Evaluated by the debugger, hence not stopped by the page's own policy against inline scripts.
        page.evaluate(script)
        found = broken(page, EVERY_RULE)
        one, other = THEMES if page.evaluate("matchMedia('(prefers-color-scheme: light)').matches") else THEMES[::-1]
        page.emulate_media(color_scheme=other)
        found += [f"{other}: {line}" for line in broken(page, COLOURS)]
        page.emulate_media(color_scheme=one)
        return found

    return run


@pytest.fixture
def html_validate(tmp_path: Path) -> HtmlValidate:
    """What html-validate finds wrong in pages given as {name: HTML}; one process for all of them."""

    def run(pages: dict[str, str]) -> list[str]:
        node = shutil.which("node")
        if node is None:
            pytest.fail("HTML validation needs node: apt-get install -y nodejs", pytrace=False)
        # An address is a name too.
        files = [str(tmp_path / f"{name.strip('/').replace('/', '-')}.html") for name in pages]
        for file, html in zip(files, pages.values(), strict=True):
            Path(file).write_text(html, encoding="utf-8")
        command = [
            node,
            str(ROOT / "node_modules/html-validate/bin/html-validate.mjs"),
            "--config",
            str(ROOT / "ui/.htmlvalidate.json"),
            "--formatter",
            f"json={tmp_path / 'report.json'}",  # a pipe would be cut at 64 kB when node leaves
            *files,
        ]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        if done.stderr.strip():
            pytest.fail(done.stderr, pytrace=False)
        return [
            f"{Path(result['filePath']).stem}:{message['line']}: {message['ruleId']}: {message['message']}"
            for result in json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
            for message in result["messages"]
        ]

    return run


def overflow(page: Page) -> list[str]:
    """Elements that stick out of the page on the right; a page that scrolls sideways has some."""
    page.wait_for_load_state()  # between two pages, a document has no root yet
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .map(e => `${e.tagName.toLowerCase()}.${e.className} ${Math.round(e.getBoundingClientRect().right)}px`)"""
    )
    return found


def let_in(page: Page, user: User) -> None:
    """Sign somebody in without the sign-in pages, which have journeys of their own."""
    client = Client()
    client.force_login(user)
    parts = urlsplit(page.url)
    home = f"{parts.scheme}://{parts.netloc}/"
    page.context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": home}])
