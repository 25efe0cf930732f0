"""Asks the API one page at a time: never too fast, never for too long, never for too much.

Words: the *circuit* opens after a question that failed for good, and nobody asks again for five minutes.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import httpx
from django.conf import settings
from django.core.cache import cache

from maillage.directory.integrations.recherche_entreprises.shape import BadAnswer, FoundUnit, read_unit

PER_PAGE = 25
MOST_RESULTS = 10_000
PER_SECOND = 7
TRIES = 4
LONGEST_SECONDS = 20.0
LONGEST_WAIT = 60.0
MOST_BYTES = 10_000_000
OPEN_SECONDS = 300
_CIRCUIT = "circuit:recherche_entreprises"


class ServiceUnavailable(Exception):
    """The service does not answer as it should; `phrase` says so in French, with what to do."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


@dataclass(frozen=True)
class Page:
    """units: at most 25; total: how many answer the question (10 000 means "at least")."""

    units: tuple[FoundUnit, ...]
    total: int
    page: int
    pages: int


class _Retry(Exception):
    """Worth another try, after so many seconds."""

    def __init__(self, reason: str, seconds: float) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Client:
    """Use as a context manager: one connection for all pages."""

    def __init__(
        self,
        base_url: str = "",
        *,
        sleep: Callable[[float], None] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sleep, self._monotonic = sleep or time.sleep, monotonic
        self._last = float("-inf")
        self._http = httpx.Client(
            base_url=base_url or settings.RECHERCHE_ENTREPRISES_URL,
            timeout=httpx.Timeout(10.0, connect=5.0),
            follow_redirects=False,
            trust_env=False,
            headers={"Accept": "application/json", "User-Agent": f"Maillage ({settings.SITE_URL})"},
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def search(self, filters: Mapping[str, str], *, page: int = 1) -> Page:
        """One page of /search. Raises ServiceUnavailable after four tries, or at once while the circuit is open."""
        if cache.get(_CIRCUIT):
            raise ServiceUnavailable(
                "L’API Recherche d’entreprises ne répondait pas tout à l’heure : attendez 5 minutes."
            )
        asked = {**filters, "page": str(page), "per_page": str(PER_PAGE), "limite_matching_etablissements": "100"}
        reason = ""
        for attempt in range(TRIES):
            self._wait_turn()
            try:
                return _read(self._ask(asked))
            except _Retry as retry:
                reason = str(retry)
                if attempt + 1 < TRIES:
                    self._sleep(min(max(retry.seconds, float(2**attempt)), LONGEST_WAIT))
        cache.set(_CIRCUIT, value=True, timeout=OPEN_SECONDS)
        raise ServiceUnavailable(f"L’API Recherche d’entreprises ne répond pas bien ({reason}). Réessayez plus tard.")

    def _wait_turn(self) -> None:
        pause = self._last + 1 / PER_SECOND - self._monotonic()
        if pause > 0:
            self._sleep(pause)
        self._last = self._monotonic()

    def _ask(self, asked: Mapping[str, str]) -> Any:
        try:
            with self._http.stream("GET", "/search", params=asked) as answer:
                if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
                    raise _Retry("trop de questions", _retry_after(answer.headers.get("Retry-After", "")))
                if answer.status_code >= 500:
                    raise _Retry(f"erreur {answer.status_code}", 0.0)
                if answer.status_code != httpx.codes.OK:
                    raise ServiceUnavailable(
                        f"L’API Recherche d’entreprises refuse la question (réponse {answer.status_code})."
                    )
                body = self._body(answer)
        except httpx.TimeoutException as error:
            raise _Retry("trop lente", 0.0) from error
        except httpx.HTTPError as error:
            raise _Retry("liaison coupée", 0.0) from error
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise _Retry("ce n’est pas du JSON", 0.0) from error

    def _body(self, answer: httpx.Response) -> bytes:
        """The body, within a size and a time that a byte every second cannot stretch."""
        until = self._monotonic() + LONGEST_SECONDS
        body = bytearray()
        for block in answer.iter_bytes():
            body += block
            if len(body) > MOST_BYTES:
                raise _Retry("réponse démesurée", 0.0)
            if self._monotonic() > until:
                raise _Retry("trop lente", 0.0)
        return bytes(body)


def _retry_after(text: str) -> float:
    return float(text) if text.isdigit() else 1.0


def _read(answer: Any) -> Page:
    results = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(results, list):
        raise _Retry("il manque les résultats", 0.0)
    try:
        return Page(
            tuple(read_unit(result) for result in results),
            int(answer.get("total_results") or 0),
            int(answer.get("page") or 1),
            int(answer.get("total_pages") or 1),
        )
    except (BadAnswer, TypeError, ValueError) as error:
        raise _Retry("forme inattendue", 0.0) from error
