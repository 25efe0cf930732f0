"""People who send their application, join a document, prepare and confirm awards, on a real server that dies.

Each insists as somebody would: what was cut is sent again as it was, with the same key. *Acknowledged* is what the
server told them: the number that stands on the page after the sending, the page after an award.
"""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.faults.clients import TRIES_SECONDS, Answer, ask
from tests.forms import form_in

NUMBER = re.compile(r"sous le numéro <b class=\"num\">([A-Z]+-\d{4}-\d{4})</b>")
TICK = re.compile(r"name=\"(c\d+)\" value=\"([^\"]+)\"")
ROW = re.compile(r"name=\"(d\d+)-outcome\"")


@dataclass
class Person:
    """A browser that is signed in."""

    port: int
    jar: dict[str, str]
    patience: float = TRIES_SECONDS

    def ask(self, path: str, said: dict[str, Any] | None = None, *, file: bytes = b"") -> Answer | None:
        """The same request until it is answered; None when nothing answers for so long."""
        until = time.monotonic() + self.patience
        while time.monotonic() < until:
            with suppress(OSError, http.client.HTTPException):
                answer = self._upload(path, said or {}, file) if file else ask(self.port, path, said, cookies=self.jar)
                if answer.status < 500 and answer.status != 429:
                    self.jar |= answer.cookies
                    return answer
            time.sleep(0.05)
        return None

    def _upload(self, path: str, said: dict[str, str], file: bytes) -> Answer:
        named = Named(file)
        body = encode_multipart(BOUNDARY, {**said, "document": named})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        jar = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        try:
            connection.request("POST", path, body, {"Cookie": jar, "Content-Type": MULTIPART_CONTENT})
            found = connection.getresponse()
            return Answer(found.status, found.read().decode(), {}, dict(found.getheaders()))
        finally:
            connection.close()


class Named:
    """A file as a browser sends it."""

    name = "statuts.pdf"
    content_type = "application/pdf"

    def __init__(self, content: bytes) -> None:
        self.content = content

    def read(self) -> bytes:
        return self.content


@dataclass
class Crowd:
    """What was acknowledged so far, and to whom; `forms`: what was sent, to be sent once `again`."""

    port: int
    world: dict[str, Any]
    numbers: dict[str, str] = field(default_factory=dict)
    awards: set[int] = field(default_factory=set)
    documents: list[str] = field(default_factory=list)
    forms: dict[str, tuple[Person, dict[str, str]]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    again: dict[str, str] = field(default_factory=dict)
    patience: float = TRIES_SECONDS
    stop: threading.Event = field(default_factory=threading.Event)

    def person(self, session: str) -> Person:
        return Person(self.port, {self.world["cookie"]: session}, self.patience)

    def start(self, *, senders: int = 4, pdf: bytes = b"") -> list[threading.Thread]:
        """Everybody at work, until there is nothing left to do or the crowd is stopped."""
        shares = [self.world["ready"][rank::senders] for rank in range(senders)]
        prepare, *confirm = self.world["people"]
        work = [threading.Thread(target=self.send, args=[share], daemon=True) for share in shares]
        work.append(threading.Thread(target=self.join_documents, args=[self.world["joined"], pdf], daemon=True))
        work.append(threading.Thread(target=self.prepare, args=[prepare], daemon=True))
        work += [
            threading.Thread(target=self.confirm, args=[one, rank], daemon=True) for rank, one in enumerate(confirm)
        ]
        for one in work:
            one.start()
        return work

    @property
    def told(self) -> int:
        """How much was acknowledged."""
        return len(self.numbers) + len(self.awards) + len(self.documents)

    def wait_for(self, *, more: int = 0, awards: int = 0) -> None:
        """Until so much more is acknowledged, and so many awards in all; not for ever."""
        wanted, until = self.told + more, time.monotonic() + self.patience
        while (self.told < wanted or len(self.awards) < awards) and time.monotonic() < until:
            time.sleep(0.02)

    def send(self, rows: Iterable[tuple[str, str]]) -> None:
        """The last click of each application; acknowledged once its number was read."""
        for reference, session in rows:
            if self.stop.is_set():
                return
            person, path = self.person(session), f"/moi/demandes/{reference}/"
            page = person.ask(path)
            if page is None or f"{path}envoyer/" not in page.page:
                self.refused.append(f"{path} {page and page.status}")
                continue
            said = form_in(page.page, f"{path}envoyer/")
            self.forms[reference] = (person, said)
            self._read_number(reference, person.ask(f"{path}envoyer/", said))

    def _read_number(self, reference: str, answer: Answer | None) -> None:
        person, _ = self.forms[reference]
        if answer is None or answer.status != 302:
            self.refused.append(f"{reference} {answer and answer.status}")
            return
        shown = person.ask(f"/moi/demandes/{reference}/")
        if shown is not None and (found := NUMBER.search(shown.page)):
            self.numbers[reference] = found[1]

    def send_again(self, reference: str) -> str:
        """The same form, once more; the number that is shown after it."""
        person, said = self.forms[reference]
        answer = person.ask(f"/moi/demandes/{reference}/envoyer/", said)
        assert answer is not None
        assert answer.status == 302, answer.page[:500]
        shown = person.ask(f"/moi/demandes/{reference}/")
        found = NUMBER.search(shown.page) if shown else None
        return found[1] if found else ""

    def join_documents(self, rows: Iterable[tuple[str, str]], pdf: bytes) -> None:
        for reference, session in rows:
            if self.stop.is_set():
                return
            person, path = self.person(session), f"/moi/demandes/{reference}/pieces/{self.world['piece']}/"
            page = person.ask(f"/moi/demandes/{reference}/etapes/pieces/")
            answer = page and person.ask(path, form_in(page.page, path), file=pdf)
            if answer is not None and answer.status == 302:
                self.documents.append(reference)
            else:
                self.refused.append(f"{path} {answer and answer.status}")

    def prepare(self, session: str) -> None:
        """One line of the sheet after the other."""
        person, path = self.person(session), f"/gestion/subventions/appels/{self.world['call']}/"
        page = person.ask(path)
        for name in dict.fromkeys(ROW.findall(page.page if page else "")):
            if self.stop.is_set():
                return
            said = {"csrfmiddlewaretoken": _token(page), f"{name}-outcome": "granted", f"{name}-amount": "5000"}
            answer = person.ask(path, said)
            if answer is None or answer.status not in (302, 422):
                self.refused.append(f"{path} {answer and answer.status}")

    def confirm(self, session: str, rank: int) -> None:
        """What was prepared, one at a time; what another confirmed, or no money is left for, is refused."""
        person, path = self.person(session), f"/gestion/subventions/appels/{self.world['call']}/confirmer/"
        while not self.stop.is_set():
            page = person.ask(path)
            ticks = TICK.findall(page.page) if page else []
            if page is None or not ticks:
                time.sleep(0.1)
                continue
            name, seen = ticks[-1 - rank] if rank < len(ticks) else ticks[0]
            said = {**form_in(page.page), "number": "2026-112"}
            others = {other for other, _ in ticks} - {name}
            said = {key: value for key, value in said.items() if key not in others} | {name: seen}
            answer = person.ask(path, said)
            if answer is not None and answer.status == 302:
                self.awards.add(int(name[1:]))
            elif answer is None or answer.status != 422:
                self.refused.append(f"{path} {answer and answer.status}")


def _token(page: Answer | None) -> str:
    found = re.search(r"name=\"csrfmiddlewaretoken\" value=\"([^\"]+)\"", page.page if page else "")
    return found[1] if found else ""
