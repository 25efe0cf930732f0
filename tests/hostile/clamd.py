"""An antivirus that knows one file, on a socket of this machine."""

from __future__ import annotations

import socket
import struct
import threading
from pathlib import Path
from typing import Any

from tests.hostile import documents


class Clamd(threading.Thread):
    """Hears so many documents, then leaves. heard: each, in order."""

    def __init__(self, path: Path, *, answer: bytes, hears: int) -> None:
        super().__init__(daemon=True)
        self.answer, self.hears, self.heard = answer, hears, list[bytes]()
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(str(path))
        self.door.listen()

    def run(self) -> None:
        with self.door:
            for _ in range(self.hears):
                self._hear(self.door.accept()[0])

    def _hear(self, line: socket.socket) -> None:
        with line, line.makefile("rb") as sent:
            assert sent.read(10) == b"zINSTREAM\0"
            heard = b""
            while size := struct.unpack("!I", sent.read(4))[0]:
                heard += sent.read(size)
            self.heard.append(heard)
            found = documents.EICAR in heard
            line.sendall(self.answer or (b"stream: Eicar-Test-Signature FOUND\0" if found else b"stream: OK\0"))


def open_clamd(settings: Any, folder: Path, *, answer: bytes = b"", hears: int = 1) -> Clamd:
    """An antivirus that answers, and is set. Wait for it with `join(5)`."""
    settings.CLAMD_URL = f"unix://{folder}/clamd"
    made = Clamd(folder / "clamd", answer=answer, hears=hears)
    made.start()
    return made


def nobody(settings: Any, folder: Path) -> None:
    """An antivirus is set, and does not answer."""
    settings.CLAMD_URL = f"unix://{folder}/nobody"
