from __future__ import annotations

import errno
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from maillage.portal import errors

Request = Callable[[], HttpRequest]


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    return rf.get("/essai/", REQUEST_ID="abc12345")


def failing(error: Exception, handler: Callable[[HttpRequest], HttpResponse], request: HttpRequest) -> HttpResponse:
    try:
        raise error  # noqa: TRY301 - what Django does around a view
    except Exception:  # noqa: BLE001 - the handler is asked while the error is being handled, as Django does
        return handler(request)


@pytest.mark.parametrize(
    ("handler", "code", "title"),
    [
        (errors.bad_request, 400, "Cette demande n’est pas lisible"),
        (errors.forbidden, 403, "Cette page ne vous est pas ouverte"),
        (errors.not_found, 404, "Cette page n’existe pas"),
        (errors.csrf_failure, 403, "Cette page ne vous est pas ouverte"),
        (errors.too_many, 429, "Trop de demandes en peu de temps"),
        (errors.server_error, 500, "Le site a eu un problème"),
        (errors.unavailable, 503, "Le site se repose un instant"),
    ],
)
def test_each_error_has_its_page_and_asks_no_database(
    request_: HttpRequest, handler: Callable[[HttpRequest], HttpResponse], code: int, title: str
) -> None:
    response = handler(request_)
    html = response.content.decode()
    assert response.status_code == code
    assert f"<h1>{title}</h1>" in html
    assert 'href="/"' in html


def test_a_refusal_tells_its_reason_escaped(request_: HttpRequest) -> None:
    response = errors.forbidden(request_, PermissionDenied("Il faut être <b>agent</b>."))
    assert "Il faut être &lt;b&gt;agent&lt;/b&gt;." in response.content.decode()


def test_too_many_says_how_long_to_wait_to_people_and_machines(request_: HttpRequest) -> None:
    response = errors.too_many(request_, retry_after=12)
    assert response.headers["Retry-After"] == "12"
    assert "Réessayez dans 12 secondes." in response.content.decode()


def test_an_error_gives_the_number_that_the_log_has_too(request_: HttpRequest) -> None:
    response = failing(ValueError("secret"), errors.server_error, request_)
    assert response.status_code == 500
    assert "abc12345" in response.content.decode()
    assert "secret" not in response.content.decode()


def test_a_database_that_is_down_is_a_pause_not_a_fault(request_: HttpRequest) -> None:
    wrapped = RuntimeError("template")
    wrapped.__cause__ = OperationalError("connection refused")
    for error in (OperationalError("connection refused"), wrapped):
        response = failing(error, errors.server_error, request_)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "60")


def test_a_full_disk_says_so_and_what_is_kept(request_: HttpRequest) -> None:
    wrapped = RuntimeError("upload")
    wrapped.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    for error in (wrapped, OperationalError("database or disk is full")):
        response = failing(error, errors.server_error, request_)
        told = response.content.decode()
        assert response.status_code == 503
        assert "Notre serveur n’a plus de place" in told
        assert "conservé" in told
    assert failing(OSError(errno.EACCES, "no"), errors.server_error, request_).status_code == 500


@pytest.mark.django_db
def test_a_page_that_fails_for_want_of_a_database_answers_503(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_args: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("maillage.portal.views.home.home_page", down)
    response = Client(raise_request_exception=False).get("/?panne")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert "Le site se repose un instant" in response.content.decode()


@pytest.mark.django_db
def test_an_unknown_address_is_a_designed_404_with_its_security_policy(client: Client) -> None:
    response = client.get("/nulle-part/")
    assert response.status_code == 404
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_whoever_opens_the_address_of_a_form_reads_where_the_form_is(client: Client) -> None:
    consultation = "/consultations/une-question/voter/lettre/"  # takes what a form sends, and nothing else
    shown = client.get(consultation)
    assert (shown.status_code, shown["Allow"]) == (405, "POST")
    assert "<h1>Cette adresse ne s’ouvre pas directement</h1>" in shown.content.decode()
    assert client.put(consultation).content == b""
