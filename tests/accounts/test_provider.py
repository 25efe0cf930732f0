"""An identity provider vouches for people we know, and opens nothing to others. It is a small local one here."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user
from django.test import Client
from pytest_django import Settings
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from maillage.accounts.enums import Role
from tests.accounts.people import holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def issuer(httpserver: HTTPServer, settings: Settings) -> dict[str, Any]:
    """What the provider says of the person who signs in there; change it before they come back."""
    said: dict[str, Any] = {"sub": "42", "email": "agent@exemple.test", "given_name": "Bruno"}
    base = httpserver.url_for("").rstrip("/")
    httpserver.expect_request("/.well-known/openid-configuration").respond_with_json({
        "issuer": base, "authorization_endpoint": f"{base}/entrer", "token_endpoint": f"{base}/jeton",
        "userinfo_endpoint": f"{base}/qui", "jwks_uri": f"{base}/cles",
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
    })  # fmt: skip

    def token(request: Request) -> Response:
        assert (request.form["code"], request.form["client_secret"]) == ("bon-code", "secret")
        return Response('{"access_token": "jeton", "token_type": "Bearer"}', content_type="application/json")

    httpserver.expect_request("/jeton", method="POST").respond_with_handler(token)
    httpserver.expect_request("/qui", headers={"Authorization": "Bearer jeton"}).respond_with_json(said)
    app = {"provider_id": "identite", "name": "ProConnect", "client_id": "nous", "secret": "secret",
           "settings": {"server_url": base}}  # fmt: skip
    settings.IDENTITY_PROVIDERS = [app]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "VERIFIED_EMAIL": True}}
    return said


def come_back(client: Client) -> Any:
    """Leave for the provider and come back with its code; the answer."""
    assert "Avec ProConnect" in client.get("/connexion/").content.decode()
    away = client.post("/connexion/avec/identite/login/")
    asked = parse_qs(urlsplit(away["Location"]).query)
    assert asked["redirect_uri"] == ["http://testserver/connexion/avec/identite/login/callback/"]
    return client.get("/connexion/avec/identite/login/callback/", {"code": "bon-code", "state": asked["state"][0]})


def test_a_known_member_comes_in(client: Client, issuer: dict[str, Any]) -> None:
    user = holder(Role.TEACHER, email="agent@exemple.test")
    assert come_back(client)["Location"] == "/moi/"
    assert get_user(client) == user


def test_an_agent_still_owes_the_second_factor(client: Client, issuer: dict[str, Any]) -> None:
    holder(Role.AGENT)
    assert come_back(client)["Location"] == "/connexion/verification/"
    assert client.get("/gestion/")["Location"].startswith("/connexion/")


def test_nobody_new_comes_in(client: Client, issuer: dict[str, Any]) -> None:
    page = come_back(client).content.decode()
    assert "Nous ne connaissons pas cette adresse" in page
    assert not get_user(client).is_authenticated


def test_a_provider_that_is_down_is_told_in_french(
    client: Client, issuer: dict[str, Any], httpserver: HTTPServer
) -> None:
    httpserver.clear()
    httpserver.expect_request("/.well-known/openid-configuration").respond_with_data("", status=503)
    assert "n’a pas abouti" in client.post("/connexion/avec/identite/login/").content.decode()


def test_a_forged_return_opens_nothing(client: Client, issuer: dict[str, Any]) -> None:
    holder(Role.TEACHER, email="agent@exemple.test")
    client.get("/connexion/avec/identite/login/callback/", {"code": "bon-code", "state": "inventé"})
    assert not get_user(client).is_authenticated
