from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "documents").mkdir()
    for name in ("images/photo.JPG", "images/page.html", "images/dessin.svg", "documents/secret.pdf", "racine.png"):
        (tmp_path / name).write_bytes(b"content")
    storages = {**settings.STORAGES}
    storages["default"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path, "base_url": "/media/"},
    }
    settings.STORAGES = storages


@pytest.mark.parametrize(
    ("path", "kind", "disposition"),
    [
        ("images/photo.JPG", "image/jpeg", "inline"),
        ("images/page.html", "text/html", "attachment"),
        ("images/dessin.svg", "image/svg+xml", "attachment"),
    ],
)
def test_pictures_are_shown_and_the_rest_is_handed_over(client: Client, path: str, kind: str, disposition: str) -> None:
    response = client.get(f"/media/{path}")
    assert response.status_code == 200
    assert b"".join(response) == b"content"
    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Disposition"].startswith(disposition)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize(
    "path",
    [
        "documents/secret.pdf", "racine.png", "images/", "images/rien.png", "images/../racine.png",
        "images/../../etc/passwd", "images/%2e%2e/racine.png", "images/..%2fracine.png", "/etc/passwd",
        "images\\..\\racine.png", "..%5cracine.png",
    ],
)  # fmt: skip
def test_nothing_leaves_the_public_folders(client: Client, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404
