from __future__ import annotations

import threading
import time

from django.http import HttpRequest, HttpResponse, JsonResponse

from maillage.portal.queries import health

# An open door that writes: however often it is asked, the probe runs once in this time per process.
DEEP_SECONDS = 5.0
_lock = threading.Lock()
_kept: list[tuple[float, list[health.Finding]]] = []


def alive(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; touches nothing."""
    return JsonResponse({"state": "vif"})


def ready(request: HttpRequest) -> HttpResponse:
    """200 when visitors may come, 503 else."""
    return _answer(health.ready())


def deep(request: HttpRequest) -> HttpResponse:
    """Everything an operator wants to know, as JSON; 503 when something is not well."""
    with _lock:
        if not _kept or _kept[0][0] < time.monotonic():
            _kept[:] = [(time.monotonic() + DEEP_SECONDS, health.deep())]
        return _answer(_kept[0][1])


def _answer(findings: list[health.Finding]) -> HttpResponse:
    is_well = all(finding.is_well for finding in findings)
    body = {
        "state": "prêt" if is_well else "en panne",
        "checks": {finding.name: {"well": finding.is_well, **finding.facts} for finding in findings},
    }
    response = JsonResponse(body, status=200 if is_well else 503, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    if not is_well:
        response["Retry-After"] = "30"
    return response
