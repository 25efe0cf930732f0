"""Wrong settings are refused aloud, with their name; right ones do what they say."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import environment

ROOT = Path(__file__).resolve().parents[2]


def started_with(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    code = "from config import settings; print(settings.DATABASES['default']['ENGINE'])"
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "CACHE_URL"}}
    environment = kept | {"DATA_DIR": str(tmp_path)} | variables
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://somewhere/base"),
        ("CACHE_URL", "memcached://somewhere"),
        ("STORAGE_URL", "ftp://somewhere/media"),
        ("SECRET_KEY", "short"),
        ("DEBUG", "perhaps"),
        ("MAP_TILES_URL", "http://tiles.example/{z}/{x}/{y}.png"),
        ("EMAIL_URL", "imap://user:secret@mail.example"),
        ("EMAIL_URL", "anymail://key@unheard"),
        ("EMAIL_FROM", "Territoire <lettres@territoire.example>"),
        ("EMAIL_WEBHOOK_SECRET", "name:short"),
        ("REPLY_ADDRESS", "fil+deja@reponses.example"),
    ],
)
def test_a_wrong_value_stops_the_start_and_is_not_repeated(tmp_path: Path, name: str, value: str) -> None:
    done = started_with(tmp_path, **{name: value})
    assert done.returncode != 0
    assert f"{name} : valeur refusée" in done.stderr
    assert value not in done.stderr.rsplit("ImproperlyConfigured", 1)[1]


def test_the_embedded_default_draws_a_secret_once_for_its_owner_only(tmp_path: Path) -> None:
    first = started_with(tmp_path)
    drawn = (tmp_path / "secret_key").read_text()
    started_with(tmp_path)
    assert first.stdout.strip() == "django.db.backends.sqlite3"
    assert (tmp_path / "secret_key").read_text() == drawn
    assert len(drawn) >= 64
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_postgresql_address_moves_the_database(tmp_path: Path) -> None:
    done = started_with(tmp_path, DATABASE_URL="postgres://someone@127.0.0.1:5432/base")
    assert done.stdout.strip() == "django.db.backends.postgresql"


def test_each_form_of_mail_address_says_how_letters_leave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def chosen(url: str) -> dict[str, object] | None:
        monkeypatch.setenv("EMAIL_URL", url)
        return environment.mail_way_out()

    def server(**traits: object) -> dict[str, object]:
        usual = {
            "kind": "smtp",
            "host": "smtp.example",
            "port": 587,
            "security": "starttls",
            "user": "",
            "password": "",
        }
        return usual | traits

    assert chosen("") is None
    assert chosen("smtp://me:s%40cret@smtp.example") == server(user="me", password="s@cret")
    assert chosen("smtps://smtp.example") == server(port=465, security="tls")
    assert chosen("smtp://smtp.example:2525?tls=non") == server(port=2525, security="none")
    assert chosen("anymail://KEY:SECRET@mailjet") == {
        "kind": "service",
        "name": "mailjet",
        "settings": {"MAILJET_API_KEY": "KEY", "MAILJET_SECRET_KEY": "SECRET"},
    }
