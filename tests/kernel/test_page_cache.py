from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from maillage.kernel.edition import begin_edition, remembered
from maillage.kernel.page_cache import KEPT, HottestPages, PublicPageCache, cache_public

Middleware = Callable[[HttpRequest], HttpResponse]


@pytest.fixture
def built() -> list[str]:
    cache.clear()
    return []


def middleware(built: list[str], *, public: bool = True) -> PublicPageCache:
    def view(request: HttpRequest) -> HttpResponse:
        built.append(request.get_full_path())
        return HttpResponse(f"page {len(built)}")

    return PublicPageCache(cache_public(view) if public else view)


def test_a_public_page_is_built_once_for_each_address(built: list[str]) -> None:
    serve, factory = middleware(built), RequestFactory()
    pages = [serve(factory.get(path)).content for path in ("/a", "/a", "/a?q=1")]
    assert (pages, built) == ([b"page 1", b"page 1", b"page 2"], ["/a", "/a?q=1"])


def test_another_process_finds_the_page_in_the_shared_cache(built: list[str]) -> None:
    middleware(built)(RequestFactory().get("/a"))
    assert middleware(built)(RequestFactory().get("/a")).content == b"page 1"


def test_a_person_who_signed_in_never_gets_a_kept_page(built: list[str]) -> None:
    serve, factory = middleware(built), RequestFactory()
    serve(factory.get("/a"))
    request = factory.get("/a")
    request.COOKIES["session"] = "anything"
    assert serve(request).content == b"page 2"


def test_a_page_that_is_not_marked_is_not_kept(built: list[str]) -> None:
    serve, factory = middleware(built, public=False), RequestFactory()
    assert [serve(factory.get("/a")).content for _ in range(2)] == [b"page 1", b"page 2"]


@pytest.mark.django_db(transaction=True)
def test_a_write_begins_a_new_edition(built: list[str]) -> None:
    serve, factory = middleware(built), RequestFactory()
    serve(factory.get("/a"))
    begin_edition()
    assert serve(factory.get("/a")).content == b"page 2"


def test_a_browser_that_can_gets_the_page_compressed_and_another_gets_it_plain(built: list[str]) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("page " * 400)

    serve, factory = PublicPageCache(cache_public(view)), RequestFactory()
    for _ in range(2):  # made, then kept
        zipped = serve(factory.get("/a", headers={"accept-encoding": "gzip, br"}))
        assert (zipped["Content-Encoding"], gzip.decompress(zipped.content)) == ("gzip", b"page " * 400)
        assert zipped["Content-Length"] == str(len(zipped.content))
        assert "Accept-Encoding" in zipped["Vary"]
        plain = serve(factory.get("/a"))
        assert (plain.has_header("Content-Encoding"), plain.content) == (False, b"page " * 400)


def test_what_is_compressed_already_is_left_alone(built: list[str]) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(b"%PDF" * 400, content_type="application/pdf")

    serve = PublicPageCache(cache_public(view))
    answer = serve(RequestFactory().get("/a", headers={"accept-encoding": "gzip"}))
    assert (answer.has_header("Content-Encoding"), answer.content) == (False, b"%PDF" * 400)


def door(built: list[str], *, keep: bool = True) -> Callable[..., tuple[dict[str, str], bytes]]:
    """A WSGI application behind the door; what it answers to an address, with headers of its own."""

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        built.append(environ["PATH_INFO"])
        environ[KEPT] = keep
        start_response("200 OK", [("Content-Type", "text/html"), ("X-Request-ID", f"number-{len(built)}")])
        return [f"page {len(built)}".encode()]

    hottest = HottestPages(application)

    def ask(path: str, **environ: str) -> tuple[dict[str, str], bytes]:
        told: list[dict[str, str]] = []
        request = {**RequestFactory().get(path, **environ).META, "wsgi.url_scheme": "http"}  # type: ignore[arg-type]
        body = b"".join(hottest(request, lambda _status, headers, *_more: told.append(dict(headers))))  # type: ignore[arg-type]
        return told[0], body

    return ask


def test_the_door_gives_again_what_it_just_gave_under_a_number_of_its_own(built: list[str]) -> None:
    ask = door(built)
    (first, page), (second, same) = ask("/a"), ask("/a")
    assert (page, same, built) == (b"page 1", b"page 1", ["/a"])
    assert second["Content-Type"] == first["Content-Type"]
    assert second["X-Request-ID"] != first["X-Request-ID"]


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "a=1; session=x"},
        {"REQUEST_METHOD": "POST"},
        {"HTTP_HOST": "other.test"},
        {"HTTP_HX_REQUEST": "true"},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"QUERY_STRING": "q=1"},
        {"HTTP_X_REQUEST_ID": "of-the-visitor"},
    ],
)
def test_the_door_asks_anew_for_another_visitor_or_another_question(built: list[str], environ: dict[str, str]) -> None:
    ask = door(built)
    ask("/a")
    assert ask("/a", **environ)[1] == b"page 2"


def test_the_door_keeps_nothing_that_was_not_marked(built: list[str]) -> None:
    ask = door(built, keep=False)
    assert [ask("/a")[1], ask("/a")[1]] == [b"page 1", b"page 2"]


@pytest.mark.django_db(transaction=True)
def test_the_door_forgets_with_the_edition(built: list[str]) -> None:
    ask = door(built)
    ask("/a")
    begin_edition()
    assert ask("/a")[1] == b"page 2"


@pytest.mark.django_db(transaction=True)
def test_what_is_remembered_is_read_once_and_never_inside_a_transaction() -> None:
    reads: list[int] = []

    @remembered
    def read(number: int) -> int:
        reads.append(number)
        return number * 2

    assert [read(1), read(1), read(2)] == [2, 2, 4]
    assert reads == [1, 2]
    with transaction.atomic():
        read(1)
    begin_edition()
    read(1)
    assert reads == [1, 2, 1, 1]
