"""Ask clamd, where CLAMD_URL names one, whether a file is known to be harmful. Its INSTREAM command, nothing else.

Source: clamd(8), commands with the `z` prefix end with a NUL.
"""

from __future__ import annotations

import logging
import socket
import struct
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings

from maillage.kernel.uploads.documents import LARGEST_BYTES, clean_document
from maillage.kernel.uploads.refusal import UploadRefused

SECONDS = 10.0
_BLOCK = 1 << 16
_FOUND = (
    "L’antivirus a reconnu un programme malveillant dans ce fichier\u00a0: il n’est pas gardé. Faites vérifier "
    "l’ordinateur d’où il vient."
)
_log = logging.getLogger(__name__)


class AntivirusAway(Exception):
    """The antivirus that is set does not answer."""


@dataclass(frozen=True)
class CheckedDocument:
    """A document that was cleaned, and shown to the antivirus if there is one. extension: what it really is."""

    content: bytes
    extension: str
    is_scanned: bool


def check_document(file: BinaryIO, *, largest: int = LARGEST_BYTES) -> CheckedDocument:
    """Clean a document, then have it scanned. Takes time: outside of any transaction. Raises UploadRefused."""
    clean = clean_document(file, largest=largest)
    return CheckedDocument(clean.content, clean.extension, scan(clean.content))


def scan(content: bytes) -> bool:
    """True when an antivirus looked and found nothing, False when none could look (none is set, or it is away).

    Raises UploadRefused when it found something. Waits at most a few times SECONDS.
    """
    try:
        return bool(settings.CLAMD_URL) and look(content)
    except AntivirusAway:
        return False


def look(content: bytes) -> bool:
    """The same of the antivirus that is set, for whoever has to know that it is away. Raises AntivirusAway too."""
    try:
        said = _ask(settings.CLAMD_URL, content)
    except OSError as error:
        _log.warning("clamd did not answer: %s", error)
        raise AntivirusAway from error
    if said.endswith("FOUND"):
        _log.warning("clamd refused a file: %s", said)
        raise UploadRefused(_FOUND)
    if not said.endswith("OK"):
        _log.warning("clamd could not look: %s", said)
    return said.endswith("OK")


def _ask(url: str, content: bytes) -> str:
    parts = urlsplit(url)
    is_local = parts.scheme == "unix"
    with socket.socket(socket.AF_UNIX if is_local else socket.AF_INET) as line:
        line.settimeout(SECONDS)
        line.connect(parts.path if is_local else (parts.hostname, parts.port or 3310))
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _BLOCK):
            block = content[start : start + _BLOCK]
            line.sendall(struct.pack("!I", len(block)) + block)
        line.sendall(struct.pack("!I", 0))
        said = b""
        while not said.endswith(b"\0") and (block := line.recv(4_096)):
            said += block
    return said.rstrip(b"\0\n").decode("utf-8", "replace").strip()
