"""An SMTP server, spoken to step by step, so that one knows which failures certainly sent nothing.

Before the text is handed over (connection, MAIL, RCPT, the word DATA) a failure sent nothing. Once it began, only the
server's answer tells: 2xx it has it, 4xx and 5xx it does not (RFC 5321, 4.2.5); without an answer nobody knows.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address

from maillage.outbox.enums import Trouble
from maillage.outbox.integrations import NotSent, Outcome, Perhaps, Sent, Unreachable
from maillage.outbox.models import Letter

STEP_SECONDS = 20.0
# A server may look at a message for a while before it answers (RFC 5321 says ten minutes; the lease allows two).
ANSWER_SECONDS = 100.0
NO_SUCH_ADDRESS_CODES = (550, 551, 553)
Security = Literal["none", "starttls", "tls"]


@dataclass(frozen=True)
class SmtpTransport:
    """Where the server is. security: "tls" from the first byte, "starttls" compulsory, or "none"."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    security: Security = "starttls"
    step_seconds: float = STEP_SECONDS
    answer_seconds: float = ANSWER_SECONDS

    def open(self) -> SmtpChannel:
        """Connect, secure, sign in. Raises Unreachable."""
        server: smtplib.SMTP | None = None
        try:
            if self.security == "tls":
                context = ssl.create_default_context()
                server = smtplib.SMTP_SSL(self.host, self.port, timeout=self.step_seconds, context=context)
            else:
                server = smtplib.SMTP(self.host, self.port, timeout=self.step_seconds)
                if self.security == "starttls":
                    server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
            server.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as error:
            if server is not None:
                _hang_up(server)
            raise Unreachable(type(error).__name__) from error
        return SmtpChannel(server, self.answer_seconds)


class SmtpChannel:
    """One conversation with the server."""

    is_apart = True

    def __init__(self, server: smtplib.SMTP, answer_seconds: float = ANSWER_SECONDS) -> None:
        self.server = server
        self.answer_seconds = answer_seconds
        self.is_open = True

    def hand_over(self, message: EmailMultiAlternatives, letter: Letter) -> Outcome:
        """MAIL, RCPT, DATA, then the text."""
        sender = sanitize_address(message.from_email, "utf-8")
        address = re.sub(r".*<(.*)>$", r"\1", sender)
        # Django's own message class takes linesep; its type stub does not say so.
        text = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
        try:
            refused = self._announce(address, message.to[0])
            if refused is not None:
                return refused
        except (OSError, smtplib.SMTPException):
            self._break()
            return NotSent(Trouble.CONNECTION)
        return self._say(text)

    def close(self) -> None:
        if self.is_open:
            self.is_open = False
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self.server.quit()
        _hang_up(self.server)

    def _announce(self, sender: str, to: str) -> NotSent | None:
        """Ask whether the server takes a message from and to; None when it waits for the text."""
        steps: tuple[Callable[[], tuple[int, bytes]], ...] = (
            lambda: self.server.mail(sender),
            lambda: self.server.rcpt(to),
            lambda: self.server.docmd("DATA"),
        )
        for rank, step in enumerate(steps):
            code, answer = step()
            if code != 354 if rank == 2 else code not in (250, 251):
                return self._refused(code, answer, is_about_reader=rank == 1)
        return None

    def _say(self, text: bytes) -> Outcome:
        # From here on the server may have it, whatever breaks.
        stuffed = re.sub(rb"(?m)^\.", b"..", text.removesuffix(b"\r\n")) + b"\r\n.\r\n"
        try:
            if self.server.sock is not None:
                self.server.sock.settimeout(self.answer_seconds)
            self.server.send(stuffed)
            code, answer = self.server.getreply()
            if self.server.sock is not None:
                self.server.sock.settimeout(self.server.timeout)
        except (OSError, smtplib.SMTPException):
            self._break()
            return Perhaps()
        if 200 <= code < 300:
            return Sent(answer.decode("ascii", "replace")[:200])
        if 400 <= code < 600:
            return self._refused(code, answer, is_about_reader=False)
        self._break()
        return Perhaps()

    def _refused(self, code: int, answer: bytes, *, is_about_reader: bool) -> NotSent:
        """What a refusal means; the conversation is taken back to its start, or ended when the server leaves."""
        if code == 421 or code < 400:  # it hangs up, or speaks another language
            self._break()
            return NotSent(Trouble.BUSY if code == 421 else Trouble.CONNECTION)
        try:
            self.server.rset()
        except (OSError, smtplib.SMTPException):
            self._break()
        if code < 500:
            return NotSent(Trouble.BUSY)
        # RFC 3463: 5.1.x speaks of the address; without such a code, the old reply codes do.
        enhanced = re.match(rb"(\d)\.(\d+)\.", answer)
        is_address = enhanced[2] == b"1" if enhanced else code in NO_SUCH_ADDRESS_CODES
        trouble = Trouble.NO_SUCH_ADDRESS if is_about_reader and is_address else Trouble.REFUSED
        return NotSent(trouble, is_final=True)

    def _break(self) -> None:
        self.is_open = False
        _hang_up(self.server)


def _hang_up(server: smtplib.SMTP) -> None:
    with contextlib.suppress(OSError):
        if isinstance(server.sock, socket.socket):
            server.close()
