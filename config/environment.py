"""Settings from the environment, read once; a wrong value is refused aloud with its name and what was expected."""

from __future__ import annotations

import atexit
import os
import re
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+")
env = Env()


def refuse(name: str, expected: str) -> ImproperlyConfigured:
    """The error that names the variable, without repeating its value (it may hold a secret)."""
    return ImproperlyConfigured(f"{name} : valeur refusée. Attendu : {expected}.")


def boolean(name: str, *, default: bool) -> bool:
    try:
        return bool(env.bool(name, default))
    except EnvError as error:
        raise refuse(name, "true ou false") from error


def integer(name: str, *, default: int, least: int, most: int) -> int:
    try:
        value = int(env.int(name, default))
    except EnvError as error:
        raise refuse(name, f"un nombre entier de {least} à {most}") from error
    if not least <= value <= most:
        raise refuse(name, f"un nombre entier de {least} à {most}")
    return value


def words(name: str, *, default: list[str]) -> list[str]:
    """A comma-separated list; empty items are dropped."""
    raw = os.environ.get(name)
    return default if raw is None else [word.strip() for word in raw.split(",") if word.strip()]


def data_dir() -> Path:
    """The one folder of the embedded default: database, media, index, cache. Made when missing."""
    path = Path(os.environ.get("DATA_DIR") or ROOT / "var").expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse("DATA_DIR", "un dossier où l'on peut écrire") from error
    return path


def backup_dir(data: Path) -> Path:
    """BACKUP_DIR, or a folder beside DATA_DIR; made by the first backup."""
    given = os.environ.get("BACKUP_DIR", "")
    path = Path(given).expanduser().resolve() if given else data.with_name(f"{data.name}-backups")
    if path == data or data in path.parents:
        raise refuse("BACKUP_DIR", "un dossier hors de DATA_DIR, de préférence sur un autre disque")
    return path


def clamd_url() -> str:
    """CLAMD_URL (tcp://host:port or unix:///path), or "" when no antivirus looks at what people send."""
    url = os.environ.get("CLAMD_URL", "")
    parts = urlsplit(url)
    if url and not (parts.scheme == "tcp" and parts.hostname) and not (parts.scheme == "unix" and parts.path):
        raise refuse("CLAMD_URL", "tcp://serveur:3310, ou unix:///run/clamav/clamd.ctl")
    return url


def throwaway_dir() -> Path:
    """A DATA_DIR of their own for the tests of one process, gone when it ends."""
    folder = tempfile.mkdtemp(prefix="maillage-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def secret_key(folder: Path) -> str:
    """SECRET_KEY, or one drawn once and kept in DATA_DIR, readable by its owner only."""
    given = os.environ.get("SECRET_KEY")
    if given is not None:
        if len(given) < 40:
            raise refuse("SECRET_KEY", "au moins 40 caractères tirés au hasard")
        return given
    kept = folder / "secret_key"
    if not kept.exists():
        try:
            with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
                handle.write(secrets.token_urlsafe(64))
        except FileExistsError:  # another process of the same start drew it first
            pass
    return kept.read_text()


def databases(folder: Path) -> dict[str, dict[str, object]]:
    """DATABASE_URL (postgres://…), or SQLite in DATA_DIR.

    The SQLite options are the four that hold under fifty writers: immediate transactions, a long
    timeout, write-ahead log, full synchronisation. The cache has a file of its own, so that its
    writes never wait for, nor delay, those that matter.
    """
    url = os.environ.get("DATABASE_URL", "")
    if url:
        if not url.startswith(("postgres://", "postgresql://")):
            raise refuse("DATABASE_URL", "postgres://utilisateur:mot-de-passe@serveur:5432/base")
        parsed = dict(env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True))
        parsed["OPTIONS"] = {
            **parsed.get("OPTIONS", {}),
            "options": "-c statement_timeout=60s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s",
        }
        return {"default": parsed}

    def sqlite(name: str, synchronous: str) -> dict[str, object]:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / name,
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": f"PRAGMA journal_mode=WAL;PRAGMA synchronous={synchronous};PRAGMA secure_delete=ON;",
            },
        }

    return {"default": sqlite("main.db", "FULL"), "cache": sqlite("cache.db", "NORMAL")}


def caches() -> dict[str, dict[str, object]]:
    """CACHE_URL (redis://… or locmem:// for tests), or a table shared by every process."""
    url = os.environ.get("CACHE_URL", "")
    if url.startswith(("redis://", "rediss://")):
        return {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}}
    if url.startswith("locmem://"):
        return {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    if url:
        raise refuse("CACHE_URL", "redis://serveur:6379/0")
    return {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache_entries",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }


def media_storage(folder: Path) -> dict[str, object]:
    """STORAGE_URL (s3://key:secret@host/bucket?region=…), or a folder of DATA_DIR."""
    url = os.environ.get("STORAGE_URL", "")
    if not url:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder / "media"), "base_url": "/media/"},
        }
    parts = urlsplit(url)
    bucket = parts.path.strip("/")
    if parts.scheme != "s3" or not parts.hostname or not bucket:
        raise refuse("STORAGE_URL", "s3://clef:secret@serveur/compartiment?region=fr-par")
    query = parse_qs(parts.query)
    port = f":{parts.port}" if parts.port else ""
    scheme = "http" if query.get("tls") == ["non"] else "https"
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "access_key": parts.username,
            "secret_key": parts.password,
            "bucket_name": bucket,
            "endpoint_url": f"{scheme}://{parts.hostname}{port}",
            "region_name": query.get("region", ["fr-par"])[0],
            "default_acl": "private",
            "file_overwrite": False,
            "querystring_expire": 60,
        },
    }


def identity_providers() -> list[dict[str, Any]]:
    """The OpenID Connect provider as allauth describes one, from OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET."""
    issuer = os.environ.get("OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return []
    known = {name: os.environ.get(name, "") for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")}
    if not all(known.values()) or urlsplit(issuer).scheme not in {"https", "http"}:
        raise refuse("OIDC_ISSUER", "une adresse https, avec OIDC_CLIENT_ID et OIDC_CLIENT_SECRET")
    if urlsplit(issuer).scheme == "http" and urlsplit(issuer).hostname not in {"localhost", "127.0.0.1"}:
        raise refuse("OIDC_ISSUER", "une adresse https")
    return [{
        "provider_id": "identite", "name": os.environ.get("OIDC_NAME", "ProConnect"),
        "client_id": known["OIDC_CLIENT_ID"], "secret": known["OIDC_CLIENT_SECRET"],
        "settings": {"server_url": issuer},
    }]  # fmt: skip


def origin(provider: dict[str, Any]) -> str:
    """Scheme and host of a provider, for the content policy."""
    parts = urlsplit(provider["settings"]["server_url"])
    return f"{parts.scheme}://{parts.netloc}"


MAIL_SERVICES = ("brevo", "mailgun", "mailjet", "postmark")
MAIL_FORMS = "smtp://utilisateur:secret@serveur:587, smtps://…:465 ou anymail://clef@brevo"


def mail_way_out() -> dict[str, object] | None:
    """EMAIL_URL as a dictionary: `kind` "smtp" (host, port, user, password, security) or "service" (name, settings).

    None without it: letters wait, or are caught by the demonstration. smtp:// asks for STARTTLS unless `?tls=non`.
    """
    url = os.environ.get("EMAIL_URL", "")
    if not url:
        return None
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if parts.scheme in ("smtp", "smtps") and parts.hostname:
        security = "tls" if parts.scheme == "smtps" else "none" if query.get("tls") == ["non"] else "starttls"
        port = parts.port or {"tls": 465, "starttls": 587, "none": 25}[security]
        server: dict[str, object] = {"host": parts.hostname, "port": port, "security": security}
        return {"kind": "smtp", **server, "user": user, "password": password}
    name = parts.hostname or ""
    if parts.scheme != "anymail" or name not in MAIL_SERVICES or not user:
        raise refuse("EMAIL_URL", MAIL_FORMS)
    keys = {f"{name.upper()}_API_KEY": user}
    if password:
        keys[f"{name.upper()}_SECRET_KEY"] = password
    if "domain" in query:
        keys[f"{name.upper()}_SENDER_DOMAIN"] = query["domain"][0]
    return {"kind": "service", "name": name, "settings": keys}


def mail_sender(site_url: str) -> str:
    """EMAIL_FROM, the address letters come from, or one made from the site's own name."""
    given = os.environ.get("EMAIL_FROM", "")
    if given and not ADDRESS.fullmatch(given):
        raise refuse("EMAIL_FROM", "une adresse seule, par exemple lettres@territoire.fr")
    return given or f"lettres@{urlsplit(site_url).hostname}"


def reply_address() -> str:
    """REPLY_ADDRESS, where answers to letters of a thread arrive; "" when no mail is received."""
    given = os.environ.get("REPLY_ADDRESS", "").strip().lower()
    if given and (not ADDRESS.fullmatch(given) or "+" in given or len(given.partition("@")[0]) > 12):
        raise refuse(
            "REPLY_ADDRESS", "une adresse seule, sans « + », d’un premier mot court : fil@reponses.territoire.fr"
        )
    return given


def webhook_secret() -> str:
    """EMAIL_WEBHOOK_SECRET: what a mail service signs its events with; "" keeps its door shut."""
    secret = os.environ.get("EMAIL_WEBHOOK_SECRET", "")
    if secret and len(secret) < 20:
        raise refuse("EMAIL_WEBHOOK_SECRET", "au moins 20 caractères, « utilisateur:secret » ou clef de signature")
    return secret
