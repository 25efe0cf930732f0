"""What the journeys of the strategy share: somebody who walks, and the pages that they are asked to read.

The mailbox of the demonstration stands for one's own: what is read there is no page of the platform.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils import timezone
from playwright.sync_api import Frame, Page, expect

from maillage.outbox import tasks
from maillage.outbox.models import Letter
from tests.browser.fixtures import overflow
from tests.journeys.test_by_letters import at, follow, press, title

MAILBOX, MOST_PAGES = "/boite-aux-lettres/", 20


class Walk:
    """pages: addresses that were shown, in order, letters apart; presses: buttons and links that were pressed."""

    def __init__(self, page: Page) -> None:
        self.page, self.pages, self.presses = page, list[str](), 0
        page.on("framenavigated", self._arrive)

    def _arrive(self, frame: Frame) -> None:
        path = urlsplit(frame.url).path
        if frame == self.page.main_frame and not path.startswith(MAILBOX):
            self.pages.append(path)

    def link(self, name: str) -> None:
        """Follow a link by keyboard; the page that it opens fits the screen."""
        self._press("link", name)

    def button(self, name: str) -> None:
        """Press a button by keyboard; the page that it opens fits the screen."""
        self._press("button", name)

    def follow(self, label: str) -> None:
        """Follow the signed link of this button of the open letter."""
        self.presses += 1
        with self.page.expect_navigation():
            follow(self.page, label)
        assert overflow(self.page) == [], self.page.url

    def _press(self, role: str, name: str) -> None:
        self.presses += 1
        target = self.page.get_by_role(role, name=name)  # type: ignore[arg-type]
        with self.page.expect_navigation():
            press(target)
        assert overflow(self.page) == [], self.page.url

    def letter(self, words: str, to: str) -> None:
        """Open the last letter to this address whose title begins so."""
        empty_the_tray()
        at(self.page, MAILBOX)
        row = self.page.locator("tbody tr").filter(has_text=to).filter(has_text=words)
        for number in range(2, MOST_PAGES):
            if row.count():
                break
            at(self.page, f"{MAILBOX}?page={number}")
        press(row.get_by_role("link"))
        expect(title(self.page)).to_contain_text(words)

    def reads(self, *sentences: str) -> None:
        """These stand on the page."""
        for sentence in sentences:
            expect(self.page.get_by_text(sentence).first).to_be_visible()


def empty_the_tray() -> None:
    """All that waits leaves, whatever rounds of the postman it takes."""
    Letter.objects.filter(left_at=None).update(due_at=timezone.now())
    tasks.prepare_letters()
    for _ in range(50):
        if not tasks.deliver():
            return
