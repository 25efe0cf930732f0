from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from maillage.kernel.page_cache import PublicPageCache, cache_public, forget_pages

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
    forget_pages()
    serve.edition_until = 0.0
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
