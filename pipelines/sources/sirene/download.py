"""Brings a stock file from its address to a local folder, going on where an earlier attempt stopped.

Words: the validator is the ETag (or the date) by which the server names an edition of a file.
Neighbours: `selection` asks `remote_edition` first, and downloads only an edition it has not seen.
"""

import hashlib
import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from pipelines.errors import PipelineError

MAX_BYTES = 20 * 1024**3
ATTEMPTS = 4
_TIMEOUT = httpx.Timeout(30.0)
_BLOCK = 1024 * 1024
_SPARE_BYTES = 1024**3


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """What a server says of a file before sending it.

    validator: ETag or Last-Modified, empty when the server gives neither.
    length: bytes, None when unknown.
    """

    url: str
    validator: str
    length: int | None

    @property
    def edition(self) -> str | None:
        """Name of this edition of the file, None when the server does not tell editions apart."""
        return f"{self.validator} {self.length}" if self.validator else None


def is_url(place: str | Path) -> bool:
    """True when a place is a web address and not a path."""
    return str(place).lower().startswith(("http://", "https://"))


def _refuse(url: str, problem: str, error: Exception | None = None) -> PipelineError:
    refusal = PipelineError(
        f"Le téléchargement depuis {urlsplit(url).hostname} a échoué : {problem}.",
        advice="Réessayez plus tard : le téléchargement reprendra où il s’est arrêté.",
    )
    refusal.__cause__ = error
    return refusal


def _remote(url: str, response: httpx.Response, length: int | None) -> RemoteFile:
    kind = response.headers.get("content-type", "")
    if kind.startswith("text/html"):
        raise _refuse(url, "l’adresse renvoie une page web au lieu d’un fichier")
    if length is not None and length > MAX_BYTES:
        raise _refuse(url, f"le fichier annonce {length / 1024**3:.0f} Go, plus que les 20 Go admis")
    validator = response.headers.get("etag") or response.headers.get("last-modified") or ""
    return RemoteFile(url, validator, length)


def remote_edition(url: str) -> RemoteFile:
    """Ask a server what it holds, without fetching it. Raises PipelineError when it does not answer well."""
    try:
        with httpx.Client(follow_redirects=True, timeout=_TIMEOUT, max_redirects=5) as client:
            response = client.head(url)
            response.raise_for_status()
    except httpx.HTTPStatusError as error:
        raise _refuse(url, f"le serveur répond {error.response.status_code}", error) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _refuse(url, "le serveur ne répond pas", error) from error
    length = response.headers.get("content-length", "")
    return _remote(url, response, int(length) if length.isdigit() else None)


def download(
    remote: RemoteFile,
    folder: Path,
    *,
    progress: Callable[[float | None], None],
    wait: Callable[[float], None] = time.sleep,
) -> Path:
    """Fetch a file into `folder` and return its path; an interrupted download goes on next time.

    progress: called with the share done, None when the length is unknown.
    Raises PipelineError after four attempts, when the disk is too small, or above 20 GB.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(f"{remote.url} {remote.edition}".encode()).hexdigest()[:20]
    done, part = folder / name, folder / f"{name}.part"
    if done.exists():
        return done
    _ensure_room(remote, folder, part)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            _fetch(remote, part, progress)
            break
        except httpx.HTTPStatusError as error:
            if error.response.status_code < 500 or attempt == ATTEMPTS:
                raise _refuse(remote.url, f"le serveur répond {error.response.status_code}", error) from error
        except httpx.HTTPError as error:
            if attempt == ATTEMPTS:
                raise _refuse(remote.url, "la connexion s’interrompt", error) from error
        wait(2.0**attempt)
    part.replace(done)
    part.with_suffix(".json").unlink(missing_ok=True)
    return done


def _ensure_room(remote: RemoteFile, folder: Path, part: Path) -> None:
    already = part.stat().st_size if part.exists() else 0
    needed = (remote.length or 0) - already + _SPARE_BYTES
    if shutil.disk_usage(folder).free < needed:
        raise _refuse(remote.url, f"il faut {needed / 1024**3:.1f} Go libres sur le disque")


def _fetch(remote: RemoteFile, part: Path, progress: Callable[[float | None], None]) -> None:
    note = part.with_suffix(".json")
    # Bytes left by another edition, or by a server that names no edition, cannot be continued.
    can_resume = bool(remote.validator) and part.exists() and note.exists()
    can_resume = can_resume and json.loads(note.read_text()) == remote.validator
    start = part.stat().st_size if can_resume else 0
    if can_resume and start == remote.length:
        return
    note.write_text(json.dumps(remote.validator))
    headers = {"Accept-Encoding": "identity"}
    if start:
        headers |= {"Range": f"bytes={start}-", "If-Range": remote.validator}
    with (
        httpx.Client(follow_redirects=True, timeout=_TIMEOUT, max_redirects=5) as client,
        client.stream("GET", remote.url, headers=headers) as response,
    ):
        response.raise_for_status()
        is_partial = response.status_code == httpx.codes.PARTIAL_CONTENT
        received = _save(remote, response, part, start if is_partial else 0, progress)
    if remote.length is not None and received != remote.length:
        raise httpx.RemoteProtocolError(f"{received} of {remote.length} bytes")


def _save(
    remote: RemoteFile,
    response: httpx.Response,
    part: Path,
    start: int,
    progress: Callable[[float | None], None],
) -> int:
    _remote(remote.url, response, remote.length)
    received = start
    told = time.monotonic()
    with part.open("ab" if start else "wb") as file:
        for block in response.iter_bytes(_BLOCK):
            file.write(block)
            received += len(block)
            if received > MAX_BYTES:
                raise _refuse(remote.url, "le fichier dépasse les 20 Go admis")
            if time.monotonic() - told > 0.5:
                told = time.monotonic()
                progress(received / remote.length if remote.length else None)
    return received
