"""The map: its page, and what the page asks for while one moves: tiles, the ground, what is in view, one card."""

from __future__ import annotations

import hashlib
import json
import time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from maillage.directory import map as maps
from maillage.directory.forms import Question, SearchForm, ask
from maillage.directory.map.frame import drawn, first_box
from maillage.directory.queries.documents import documents
from maillage.directory.queries.listing import list_rows
from maillage.directory.queries.vocabulary import Vocabulary, vocabulary
from maillage.kernel.page_cache import cache_public
from maillage.search import queries as search
from maillage.search.engine import MAX_ROWS
from maillage.search.queries import Answer, Row
from ui import french

ROWS = 10
STACK = 50
LAST_ID = 2**63 - 1
FOR_EVER = "public, max-age=31536000, immutable"
NOT_KEPT = "no-cache"
READ_SECONDS, READ_ENTRIES = 60, 256
# A memo that any process may lose without harm.
_read: dict[str, tuple[float, Question]] = {}


@require_safe
@cache_public
def page(request: HttpRequest) -> HttpResponse:
    """`/carte/`: the same question as the list, on a map; without script, on a drawing."""
    at = timezone.now()
    question, words = ask(request.GET)
    query = question.to_query(at, page_size=ROWS)
    answer = search.search(query)
    points = maps.points_of(query)
    form = SearchForm(question, words, answer.facets, answer.open_count, reverse("directory:map"))
    context = _found(question, words, answer) | {
        "form": form,
        "unplaced": max(0, answer.total - points.placed),
        "edition": maps.edition_of(query),
        "address": question.to_page(1).address(),
        "borders": maps.borders_hash(),
        "box": _written(first_box(query, points)),
        "circle": _circle(question),
        "drawing": _drawing(question, form, answer),
        "background": {"url": settings.MAP_TILES_URL, "credit": settings.MAP_TILES_CREDIT},
        "canonical_url": f"{settings.SITE_URL}{form.url(question)}",
    }
    return render(request, "directory/map.html", context)


@require_safe
@cache_public
def in_view(request: HttpRequest) -> HttpResponse:
    """`/carte/vue/?bbox=…`: the same question within the frame, as a short list beside the map."""
    at = timezone.now()
    question, words = ask(request.GET)
    answer = search.search(question.to_query(at, page_size=ROWS))
    return render(request, "directory/map_panel.html", _found(question, words, answer) | {"is_in_view": True})


@require_safe
@cache_public
def stack(request: HttpRequest) -> HttpResponse:
    """`/carte/vue/pile/?bbox=…`: the organisations of one point, as the map's little card."""
    at = timezone.now()
    question, words = ask(request.GET)
    answer = search.search(question.to_query(at, page_size=STACK))
    return render(request, "directory/map_stack.html", _found(question, words, answer))


@require_safe
@gzip_page
def tile(request: HttpRequest, edition: str, level: int, x: int, y: int) -> HttpResponse:
    """`/carte/tuiles/<edition>/<level>/<x>/<y>.json?…`: clusters; kept for ever under the name of its edition."""
    try:
        address = maps.TileAddress(level, x, y)
    except maps.NoSuchTile as none:
        raise Http404("no such tile") from none
    points = maps.points_of(_question(request).to_query(timezone.now()))
    return _kept(json.dumps(maps.tile_of(points, address), separators=(",", ":")), points.edition == edition)


@require_safe
@gzip_page
def ground(request: HttpRequest, edition: str) -> HttpResponse:
    """`/carte/contours/<hash>.json`: borders and names of the home territory, as GeoJSON."""
    borders = maps.borders()
    if borders is None:
        raise Http404("no territory")
    return _kept(borders.body, borders.hash == edition, "application/geo+json")


@require_safe
@cache_public
def card(request: HttpRequest, number: int) -> HttpResponse:
    """`/carte/fiche/<id>/`: one published organisation, as the map's little card."""
    document = next(documents([number]), None) if number <= LAST_ID else None
    if document is None:
        raise Http404("no such organisation")
    row = Row(
        key=document.key, kind=document.kind, id=document.id, title=document.title, url=document.url,
        payload=document.payload, latitude=document.latitude, longitude=document.longitude,
    )  # fmt: skip
    return render(request, "directory/map_card.html", {"row": list_rows([row], vocabulary(), timezone.now())[0]})


def _question(request: HttpRequest) -> Question:
    """Read the question of a tile; its neighbours ask the same a moment later, so the reading is kept a minute."""
    if not request.GET:
        return Question()
    key = search.version() + hashlib.blake2s(request.META.get("QUERY_STRING", "").encode()).hexdigest()
    now = time.monotonic()
    kept = _read.get(key)
    if kept is not None and kept[0] > now:
        return kept[1]
    question, _ = ask(request.GET)
    if len(_read) >= READ_ENTRIES:
        _read.clear()
    _read[key] = (now + READ_SECONDS, question)
    return question


def _kept(body: str | bytes, is_current: bool, content_type: str = "application/json") -> HttpResponse:
    """An answer that a browser never asks again, unless its address named a state that is past."""
    return HttpResponse(
        body, content_type=content_type, headers={"Cache-Control": FOR_EVER if is_current else NOT_KEPT}
    )


def _found(question: Question, words: Vocabulary, answer: Answer) -> dict[str, Any]:
    pages = max(1, -(-min(answer.total, MAX_ROWS) // ROWS))
    list_url = reverse("directory:list")
    address = question.to_page(1).address()
    return {
        "question": question,
        "answer": answer,
        "rows": list_rows(answer.rows, words, timezone.now()),
        "page": question.page,
        "pages": pages,
        "list_url": f"{list_url}?{address}" if address else list_url,
        "is_in_view": False,
    }


def _written(box: tuple[float, float, float, float]) -> str:
    south, west, north, east = box
    return ",".join(f"{side:.5f}" for side in (west, south, east, north))


def _circle(question: Question) -> str:
    if question.near is None:
        return ""
    return ",".join(f"{number:.5f}" for number in (*question.near, question.radius_km or 0))


def _drawing(question: Question, form: SearchForm, answer: Answer) -> dict[str, Any] | None:
    """The drawn territory as the commune_map component takes it: each commune opens the list that it counts."""
    shown = drawn(dict(answer.facets.get("commune", ())))
    if shown is None:
        return None
    in_list = SearchForm(question, form.words, answer.facets, answer.open_count, reverse("directory:list"))
    communes = [
        {
            "name": f"{commune.name} : {french.plural(commune.count, 'structure')}",
            "url": in_list.url(question.within(None).only("commune", commune.code)) if commune.count else "",
            "path": commune.path,
            "tone": commune.tone,
        }
        for commune in shown.communes
    ]
    return {"shown": shown, "communes": communes}
