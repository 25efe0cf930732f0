"""An e-mail as it came, read once: who, to whom, what, and whether a person wrote it."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses
from html.parser import HTMLParser

from django.conf import settings

# Far beyond any answer: what follows is a quotation, and is not worth the time.
LONGEST_TEXT = 400_000
# The headers in which servers say whom they delivered to.
_TO = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-forwarded-to")
_AUTOMATIC_SUBJECT = re.compile(
    r"^\s*(réponse automatique|reponse automatique|message d.absence|absence du bureau|absent(e)? du bureau"
    r"|automatic reply|auto(matic)?[- ]?reply|out of (the )?office|undeliver|delivery status|non remis)",
    re.IGNORECASE,
)
_ROBOTS = re.compile(r"^(mailer-daemon|postmaster|no-?reply|ne-?pas-?repondre)@", re.IGNORECASE)
_BULK = {"bulk", "junk", "list", "auto_reply", "auto-reply"}


@dataclass(frozen=True)
class Attached:
    """A file that came along. name: as the sender's program wrote it."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Incoming:
    """digest: stands for the Message-ID, keyed; text: all of it, quotation included; sender: lower case, "" if none."""

    digest: str
    sender: str
    recipients: tuple[str, ...]
    text: str
    attached: tuple[Attached, ...]
    is_automatic: bool


def parsed(content: bytes) -> EmailMessage:
    """An e-mail from its bytes; whatever they hold, something comes out."""
    return message_from_bytes(content, policy=policy.default)


def read(message: EmailMessage, *, envelope: tuple[str, ...] = ()) -> Incoming:
    """Read a parsed e-mail. envelope: addresses that the mail server itself names, before the headers."""
    parts = [part for part in message.walk() if not part.is_multipart()]
    plain, rich, attached = "", "", list[Attached]()
    for part in parts:
        kind, name = part.get_content_type(), _file_name(part)
        if name and not _is_inline_picture(part, kind):
            attached.append(Attached(name, _bytes(part)))
        elif kind == "text/plain" and not name:
            plain += f"{_text(part)}\n"
        elif kind == "text/html" and not name:
            rich += _text(part)
    text = plain.strip() or _from_html(rich[:LONGEST_TEXT])
    return Incoming(
        digest=_digest(message, plain or rich), sender=_sender(message), recipients=(*envelope, *_recipients(message)),
        text=_writable(text[:LONGEST_TEXT]), attached=tuple(attached), is_automatic=_is_automatic(message),
    )  # fmt: skip


def _header(message: Message, name: str) -> str:
    # A header that no rule can read is read as nothing, rather than losing the e-mail.
    try:
        return str(message.get(name) or "")
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""


def _headers(message: Message, name: str) -> list[str]:
    try:
        return [str(one) for one in message.get_all(name, [])]
    except (ValueError, IndexError, AttributeError, TypeError):
        return []


def _recipients(message: Message) -> list[str]:
    told = [line for name in _TO for line in _headers(message, name)]
    return [_writable(address.lower()) for _, address in getaddresses(told) if "@" in address]


def _sender(message: Message) -> str:
    found = [address for _, address in getaddresses(_headers(message, "from")) if "@" in address]
    return _writable(found[0].strip().lower()) if len(found) == 1 else ""


def _is_automatic(message: Message) -> bool:
    """RFC 3834 and what programs did before it; a bounce has no sender to return to."""
    said = _header(message, "auto-submitted").split(";")[0].strip().lower()
    return (
        (said not in {"", "no"})
        or _header(message, "precedence").strip().lower() in _BULK
        or any(_header(message, name) for name in ("x-autoreply", "x-autorespond", "x-auto-reply", "list-id"))
        or _header(message, "return-path").strip() == "<>"
        or message.get_content_type() == "multipart/report"
        or bool(_ROBOTS.match(_sender(message)))
        or bool(_AUTOMATIC_SUBJECT.match(_header(message, "subject")))
    )


def _digest(message: Message, words: str) -> str:
    key = hashlib.sha256(f"{settings.SECRET_KEY}:message-id".encode()).digest()
    # Without a Message-ID, what came is known by itself.
    told = _header(message, "message-id").strip() or "\n".join(
        [*(_header(message, name) for name in ("date", "from", "to", "subject")), words]
    )
    return hmac.digest(key, told.encode("utf-8", "replace"), "sha256").hex()[:32]


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        name = "fichier"
    if not name and part.get_content_disposition() == "attachment":
        name = "fichier"
    return _writable(name)


def _writable(text: str) -> str:
    """Without what no database takes: halves of characters that were badly encoded, and NUL."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def _is_inline_picture(part: Message, kind: str) -> bool:
    """The logo of a signature: drawn in the text, not sent as a file."""
    return kind.startswith("image/") and (part.get_content_disposition() == "inline" or bool(part.get("content-id")))


def _bytes(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _text(part: Message) -> str:
    content = _bytes(part)
    try:
        return content.decode(part.get_content_charset() or "utf-8", "replace")
    except (LookupError, ValueError):  # a charset that nobody knows, or that cannot forgive
        return content.decode("utf-8", "replace")


_BREAKS = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4"}
_SKIPPED = {"style", "script", "head", "title", "blockquote"}
_QUOTES = ("gmail_quote", "gmail_extra", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote", "gmail_signature")
_OLD_LETTER = ("divrplyfwdmsg", "appendonsend", "mail-editor-reference-message-container")
_VOID = {"br", "img", "hr", "meta", "link", "input", "col", "wbr"}


class _Words(HTMLParser):
    """Text of an HTML e-mail, quotations of known programs left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.skipping = 0
        self.is_over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").lower() for name, value in attrs}
        if given.get("id", "") in _OLD_LETTER:
            self.is_over = True
        if tag in _BREAKS:
            self.words.append("\n– " if tag == "li" and not self.skipping and not self.is_over else "\n")
        if tag in _VOID:
            return
        if self.skipping or tag in _SKIPPED or any(word in given.get("class", "") for word in _QUOTES):
            self.skipping += 1

    def handle_endtag(self, tag: str) -> None:
        if self.skipping and tag not in _VOID:
            self.skipping -= 1

    def handle_data(self, data: str) -> None:
        if not self.skipping and not self.is_over:
            self.words.append(re.sub(r"\s+", " ", data))


def _from_html(html: str) -> str:
    reader = _Words()
    try:
        reader.feed(html)
    except AssertionError:  # a declaration that the library does not expect: what was read so far stays
        reader.is_over = True
    lines = (line.strip() for line in "".join(reader.words).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
