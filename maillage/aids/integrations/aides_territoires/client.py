"""Asks the API for every aid: never too fast, never for too long, never for too much.

Source: API of Aides-territoires (a token is needed since November 2023): POST /api/connexion/ with X-Auth-Token, then
GET /api/aids/ with « Authorization: Bearer », `page` and `itemsPerPage`; {count, next, results}.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

import httpx
from django.conf import settings

PER_PAGE = 100
MOST_PAGES = 200
TRIES = 4
PAUSE_SECONDS = 0.3
LONGEST_SECONDS = 30.0
MOST_BYTES = 30_000_000
_NAME = "L’API d’Aides-territoires"


class ServiceUnavailable(Exception):
    """The service does not answer as it should; `phrase` says so in French, with what to do."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


class _Retry(Exception):
    """Worth another try."""


class Client:
    """Use as a context manager. transport: what carries the questions, the network by default."""

    def __init__(
        self,
        *,
        key: str,
        base_url: str = "",
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._key, self._sleep, self._monotonic, self._token = key, sleep, monotonic, ""
        self._http = httpx.Client(
            base_url=base_url or settings.AIDES_TERRITOIRES_URL,
            timeout=httpx.Timeout(LONGEST_SECONDS, connect=5.0),
            follow_redirects=False,
            trust_env=False,
            transport=transport,
            headers={"Accept": "application/json", "User-Agent": f"Maillage ({settings.SITE_URL})"},
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def aids(self) -> Iterator[Any]:
        """Every aid as the API says it. Raises ServiceUnavailable, also when the pages do not add up to its count."""
        self._token = self._sign_in()
        given, count = 0, 0
        for page in range(1, MOST_PAGES + 1):
            answer = self._tried("GET", f"/api/aids/?page={page}&itemsPerPage={PER_PAGE}")
            results = answer.get("results")
            if not isinstance(results, list):
                raise ServiceUnavailable(f"{_NAME} répond sous une forme inattendue\u00a0: prévenez qui tient le site.")
            yield from results
            given, count = given + len(results), int(answer.get("count") or 0)
            if not answer.get("next") or not results:
                break
            self._sleep(PAUSE_SECONDS)
        if given < count:
            raise ServiceUnavailable(f"{_NAME} annonce {count}\u00a0aides et en donne {given}. Réessayez plus tard.")

    def _sign_in(self) -> str:
        if not self._key:
            raise ServiceUnavailable(
                f"{_NAME} demande une clé\u00a0: créez-la sur son site, puis mettez-la dans AIDES_TERRITOIRES_TOKEN."
            )
        token = self._tried("POST", "/api/connexion/").get("token")
        if not isinstance(token, str) or not token:
            raise ServiceUnavailable(f"{_NAME} n’a pas donné de jeton\u00a0: vérifiez AIDES_TERRITOIRES_TOKEN.")
        return token

    def _tried(self, method: str, path: str) -> dict[str, Any]:
        reason = ""
        for attempt in range(TRIES):
            try:
                return self._ask(method, path)
            except _Retry as retry:
                reason = str(retry)
                if attempt + 1 < TRIES:
                    self._sleep(float(2**attempt))
        raise ServiceUnavailable(f"{_NAME} ne répond pas bien ({reason}). Réessayez plus tard.")

    def _ask(self, method: str, path: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {"X-Auth-Token": self._key}
        try:
            with self._http.stream(method, path, headers=headers) as answer:
                if answer.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
                    raise ServiceUnavailable(f"{_NAME} refuse la clé\u00a0: vérifiez AIDES_TERRITOIRES_TOKEN.")
                if answer.status_code >= 500 or answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
                    raise _Retry(f"réponse {answer.status_code}")
                if answer.status_code != httpx.codes.OK:
                    raise ServiceUnavailable(f"{_NAME} refuse la question (réponse {answer.status_code}).")
                body = self._body(answer)
        except httpx.HTTPError as error:
            raise _Retry("liaison coupée") from error
        try:
            said = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise _Retry("ce n’est pas du JSON") from error
        if not isinstance(said, dict):
            raise _Retry("forme inattendue")
        return said

    def _body(self, answer: httpx.Response) -> bytes:
        """The body, within a size and a time that a byte every second cannot stretch."""
        until, body = self._monotonic() + LONGEST_SECONDS, bytearray()
        for block in answer.iter_bytes():
            body += block
            if len(body) > MOST_BYTES:
                raise _Retry("réponse démesurée")
            if self._monotonic() > until:
                raise _Retry("trop lente")
        return bytes(body)
