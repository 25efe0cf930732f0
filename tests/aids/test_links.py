"""Links of aids are asked whether they answer; a dead one is asked of an agent once, and closed when it lives again."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from maillage.aids import actions
from maillage.aids.models import Aid
from maillage.aids.queries.office import office_panel
from maillage.kernel.links import Link, is_public_host, probe
from maillage.outbox.models import ToDo
from tests.aids.world import agent, later, made


def everywhere(host: str) -> bool:
    return True


def test_each_answer_is_understood_and_head_comes_first(httpserver: HTTPServer) -> None:
    asked: list[str] = []

    def answer(request: Request) -> Response:
        asked.append(f"{request.method} {request.path}")
        if request.path == "/moved":
            return Response(status=302, headers={"Location": "/good"})
        if request.path == "/loop":
            return Response(status=302, headers={"Location": "/loop"})
        if request.path == "/nohead":
            return Response(status=405 if request.method == "HEAD" else 200)
        return Response(status={"/good": 200, "/dead": 404, "/gone": 410, "/ill": 503, "/shut": 403}[request.path])

    httpserver.expect_request("/good").respond_with_handler(answer)
    for path in ("/dead", "/gone", "/ill", "/shut", "/moved", "/loop", "/nohead"):
        httpserver.expect_request(path).respond_with_handler(answer)
    urls = {
        name: httpserver.url_for(f"/{name}")
        for name in ("good", "dead", "gone", "ill", "shut", "moved", "loop", "nohead")
    }
    found = probe([*urls.values(), urls["good"]], is_public=everywhere)
    assert {name: (found[url].trouble, found[url].is_dead) for name, url in urls.items()} == {
        "good": ("", False), "dead": ("404", True), "gone": ("410", True), "ill": ("503", False), "shut": ("", False),
        "moved": ("", False), "loop": ("silent", False), "nohead": ("", False),
    }  # fmt: skip
    assert asked.count("HEAD /dead") == asked.count("GET /dead") == 1
    assert "GET /moved" not in asked


def test_nothing_inside_of_our_own_network_is_asked(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/in").respond_with_data("")
    inside, wrong = httpserver.url_for("/in"), "http://[zut"
    assert probe([inside, wrong]) == {inside: Link(inside, "silent"), wrong: Link(wrong, "silent")}
    assert httpserver.log == []
    assert [is_public_host(host) for host in ("127.0.0.1", "10.0.0.1", "::1", "9.9.9.9")] == [False, False, False, True]


def test_a_host_that_nobody_bears_is_dead_and_one_that_cannot_be_asked_is_silent() -> None:
    def unknown(host: str) -> bool:
        raise socket.gaierror(socket.EAI_NONAME if host == "zut.test" else socket.EAI_AGAIN, "")

    found = probe(["https://zut.test/", "https://coupe.test/"], is_public=unknown)
    assert [(one.trouble, one.is_dead) for one in found.values()] == [("host", True), ("host", False)]


class Web:
    """What each address answers today; the rest is well."""

    def __init__(self, **troubles: str) -> None:
        self.troubles = troubles

    def __call__(self, urls: Iterable[str]) -> dict[str, Link]:
        return {url: self._link(url) for url in urls}

    def _link(self, url: str) -> Link:
        trouble = self.troubles.get(url.rpartition("/")[2], "")
        return Link(url, trouble, is_dead=trouble == "404")


@pytest.mark.django_db
def test_a_dead_link_is_a_to_do_once_and_closes_by_itself() -> None:
    aid = made(origin_url="https://a.test/mort", application_url="https://a.test/vif")
    well = made("Autre", origin_url="https://a.test/bon")
    made("Finie", deadline_date=later(-9).date(), origin_url="https://a.test/vieux")
    assert office_panel(agent()) is None
    for day in (0, 1):
        assert actions.check_links(at=later(day), ask=Web(mort="404")) == (3, 1)
    to_do = ToDo.objects.get()
    assert (to_do.object_type, to_do.object_id, to_do.done_at) == ("aids.aid", aid.pk, None)
    aid.refresh_from_db()
    assert (aid.link_trouble, aid.trouble_words, office_panel(agent())) == ("404", "page introuvable", {"dead": 1})
    actions.check_links(at=later(2), ask=Web(mort="silent"))
    aid.refresh_from_db()
    assert aid.link_trouble == "404"
    actions.check_links(at=later(3), ask=Web())
    aid.refresh_from_db()
    to_do.refresh_from_db()
    assert (aid.link_trouble, to_do.done_at) == ("", later(3))
    assert Aid.objects.get(pk=well.pk).link_checked_at == later(3)


@pytest.mark.django_db
def test_when_nothing_answers_our_own_network_is_cut_and_nothing_is_noted() -> None:
    made(origin_url="https://a.test/un", application_url="https://a.test/deux")
    assert actions.check_links(at=later(), ask=Web(un="host", deux="silent")) == (0, 0)
    said = StringIO()
    call_command("check_links", stdout=said)
    assert "rien n’a été noté" in said.getvalue()
    assert (ToDo.objects.count(), Aid.objects.get().link_checked_at) == (0, None)
