"""A small SMTP server that fails on demand, in eleven ways, and remembers what it took.

Words: a *fault* is what it does to one message; it takes a message when a real server would, answer or not.
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import random
import re
import socket
import struct
import threading
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum


class Fault(Enum):
    """What goes wrong. The last five leave the sender without an answer."""

    NONE = "takes it"
    HANG_UP_AT_START = "closes before any word"
    BUSY_AT_START = "421 instead of a greeting"
    BUSY_AT_MAIL = "421 to MAIL"
    GREY_AT_RCPT = "450 to RCPT"
    BUSY_AT_DATA = "451 to DATA"
    FULL_AFTER_DOT = "452 after the dot: not taken, and says so"
    CUT_IN_DATA = "resets in the middle of the text"
    TAKEN_THEN_CUT = "takes it, then resets without a word"
    LOST_THEN_CUT = "does not take it, resets without a word"
    TAKEN_THEN_SILENT = "takes it, never answers"
    REFUSED = "550 5.1.1 to RCPT"


AT_START = {Fault.HANG_UP_AT_START, Fault.BUSY_AT_START}
USUAL = {"QUIT": "221 bye", "DATA": "354 go on"}
REFUSALS = {
    ("MAIL", Fault.BUSY_AT_MAIL): "421 too much mail",
    ("RCPT", Fault.GREY_AT_RCPT): "450 4.2.0 greylisted",
    ("RCPT", Fault.REFUSED): "550 5.1.1 no such user",
    ("DATA", Fault.BUSY_AT_DATA): "451 4.3.0 not now",
}
MESSAGE_ID = re.compile(rb"^Message-ID: *(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass
class Server:
    """`faults`: what to draw from, and how often (`share` of messages); `taken`: Message-ID → how many times.

    `think_seconds`: before it answers a text; `silent_seconds`: how long it holds a line that it never answers.
    """

    share: float = 0.0
    faults: tuple[Fault, ...] = tuple(fault for fault in Fault if fault not in (Fault.NONE, Fault.REFUSED))
    seed: int = 0
    silent_seconds: float = 5.0
    think_seconds: float = 0.0
    taken: Counter[str] = field(default_factory=Counter)
    texts: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    met: Counter[Fault] = field(default_factory=Counter)
    keeps_texts: bool = False
    port: int = 0

    def __enter__(self) -> Server:
        self._dice = random.Random(self.seed)
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()

        def run() -> None:
            asyncio.set_event_loop(self._loop)
            server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            self._loop.run_forever()
            server.close()
            for task in asyncio.all_tasks(self._loop):
                task.cancel()
            self._loop.run_until_complete(asyncio.sleep(0.05))
            self._loop.close()

        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()
        ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _draw(self, *, at_start: bool) -> Fault:
        """A fault for this moment: some happen when one connects, the others when a message comes."""
        possible = [fault for fault in self.faults if (fault in AT_START) == at_start]
        share = self.share
        if at_start and share < 1:  # connections are few, for they carry many messages
            share = min(0.5, share * 3)
        return self._dice.choice(possible) if possible and self._dice.random() < share else Fault.NONE

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._talk(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fault = self._draw(at_start=True)
        if fault != Fault.NONE:
            self.met[fault] += 1
            await _say(writer, "421 come back later" if fault == Fault.BUSY_AT_START else "")
            return
        await _say(writer, "220 faults.test")
        to = ""
        while line := (await reader.readline()).decode("latin-1").strip():
            word = line.split(" ")[0].split(":")[0].upper()
            if word == "MAIL":
                fault = self._draw(at_start=False)
                self.met[fault] += 1
            to = line.partition(":")[2].strip("<> ") if word == "RCPT" else to
            answer = REFUSALS.get((word, fault), USUAL.get(word, "250 ok"))
            await _say(writer, answer)
            if answer.startswith(("221", "421")):
                return
            if answer.startswith("354"):
                if not await self._take(reader, writer, fault, to):
                    return
                await _say(writer, "452 disk full" if fault == Fault.FULL_AFTER_DOT else "250 taken")

    async def _take(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, fault: Fault, to: str
    ) -> bool:  # fmt: skip
        """Read the text; whether the conversation goes on."""
        if fault == Fault.CUT_IN_DATA:
            await reader.read(200)
            _reset(writer)
            return False
        text = await reader.readuntil(b"\r\n.\r\n")
        await asyncio.sleep(self.think_seconds)
        if fault not in (Fault.FULL_AFTER_DOT, Fault.LOST_THEN_CUT):
            found = MESSAGE_ID.search(text)
            self.taken[found[1].decode() if found else "?"] += 1
            self.recipients.append(to)
            if self.keeps_texts:
                self.texts.append(text[:-3].replace(b"\r\n..", b"\r\n."))
        if fault in (Fault.TAKEN_THEN_CUT, Fault.LOST_THEN_CUT):
            _reset(writer)
            return False
        if fault == Fault.TAKEN_THEN_SILENT:
            await asyncio.sleep(self.silent_seconds)
            return False
        return True

    def read(self) -> list[email.message.EmailMessage]:
        """What was taken, as a mail program reads it (with keeps_texts)."""
        return [email.message_from_bytes(text, policy=email.policy.default) for text in self.texts]


async def _say(writer: asyncio.StreamWriter, line: str) -> None:
    if line:
        writer.write(line.encode() + b"\r\n")
        await writer.drain()


def _reset(writer: asyncio.StreamWriter) -> None:
    """End a connection with a reset instead of a goodbye."""
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
