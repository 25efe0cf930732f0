"""Run inside a platform: what becomes of a sending, of a document and of an award while the disk is full.

A file that does not fit fails when the disk is waited for. A database that is full says so when the receipt or the
letter is written, after all the rest: SQLite at its last page, PostgreSQL by the error it has for it.
"""

from __future__ import annotations

import errno
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from maillage.calls.models import AppliedFile
from maillage.calls.models.application import FOLDER
from maillage.grants.models import Decision
from maillage.kernel.kept_files import NO_ROOM
from tests.discussion.world import pdf
from tests.faults import money_world
from tests.faults.money_clients import NUMBER, ROW, TICK
from tests.faults.money_settings import keep_halves
from tests.forms import form_in

NO_SPACE = OSError(errno.ENOSPC, "No space left on device")
FULL_SERVER = """
CREATE FUNCTION proof_full() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END
$$ LANGUAGE plpgsql;
CREATE TRIGGER proof_full BEFORE INSERT ON outbox_letter EXECUTE FUNCTION proof_full()
"""
SQLITE_FULL = """
CREATE TRIGGER proof_full BEFORE INSERT ON outbox_letter
BEGIN INSERT INTO proof_filler VALUES (zeroblob(100000)); END
"""
SENT_BEFORE, SENT = 2, 5


def full(world: dict[str, Any], *, keeps_halves: bool) -> str:
    """What happened while it was full (a few were sent before), what the same forms did after it, and what is there."""
    if keeps_halves:
        keep_halves()
    people = {reference: _browser(world, session) for reference, session in world["ready"][:SENT]}
    forms = {reference: _form(one, reference) for reference, one in people.items()}
    award = _prepared(world)
    joined = _document(world)
    with _no_room_for_files():
        document = {**_told(joined()), "rows": AppliedFile.objects.count(), "files": _files()}
    codes = {reference: _send(people[reference], reference, forms[reference]) for reference in [*people][:SENT_BEFORE]}
    with _no_room_for_rows():
        codes |= {one: _send(people[one], one, forms[one]) for one in [*people][SENT_BEFORE:]}
        confirmed = award()
    during = json.loads(money_world.look())
    told = {
        "document": document, "statuses": Counter(codes.values()), "wrong": during["wrong"], "award": confirmed,
        "numbers": {one: _number(people[one], one) for one, code in codes.items() if code == 302},
        "is_confirmed": Decision.objects.awards().exists(),
    }  # fmt: skip
    again = Counter(_send(people[one], one, forms[one]) for one, code in codes.items() if code != 302)
    later = {"statuses": again, "document": joined().status_code, "award": award()}
    return json.dumps({"full": told, "again": later, "after": json.loads(money_world.look())})


def _browser(world: dict[str, Any], session: str) -> Client:
    made = Client(raise_request_exception=False, headers={"host": "127.0.0.1"})
    made.cookies[world["cookie"]] = session
    return made


def _form(one: Client, reference: str) -> dict[str, str]:
    return form_in(one.get(f"/moi/demandes/{reference}/").content.decode(), f"/moi/demandes/{reference}/envoyer/")


def _send(one: Client, reference: str, said: dict[str, str]) -> int:
    return one.post(f"/moi/demandes/{reference}/envoyer/", said).status_code


def _number(one: Client, reference: str) -> str:
    found = NUMBER.search(one.get(f"/moi/demandes/{reference}/").content.decode())
    return found[1] if found else ""


def _document(world: dict[str, Any]) -> Any:
    """A document that is about to be joined, as often as one wants."""
    reference, session = world["joined"][0]
    path, one = f"/moi/demandes/{reference}/pieces/{world['piece']}/", _browser(world, session)
    said = form_in(one.get(f"/moi/demandes/{reference}/etapes/pieces/").content.decode(), path)
    file = pdf()
    return lambda: one.post(path, {**said, "document": SimpleUploadedFile("a.pdf", file)})


def _told(answer: Any) -> dict[str, Any]:
    """What the sender reads."""
    return {"status": answer.status_code, "says": NO_ROOM in answer.content.decode()}


def _prepared(world: dict[str, Any]) -> Any:
    """An award that somebody prepared, and another is about to confirm."""
    prepare, confirm, _ = (_browser(world, session) for session in world["people"])
    path = f"/gestion/subventions/appels/{world['call']}/"
    name = ROW.findall(prepare.get(path).content.decode())[0]
    assert prepare.post(path, {f"{name}-outcome": "granted", f"{name}-amount": "5000"}).status_code == 302
    page = confirm.get(f"{path}confirmer/").content.decode()
    said = {**form_in(page), "number": "2026-112", **dict(TICK.findall(page))}
    return lambda: confirm.post(f"{path}confirmer/", said).status_code


def _files() -> int:
    """What lies in the folder of documents, begun ones included."""
    try:
        return len(default_storage.listdir(FOLDER)[1])
    except FileNotFoundError:
        return 0


def _no_room_for_files() -> AbstractContextManager[object]:
    return patch("maillage.kernel.kept_files.os.fsync", side_effect=NO_SPACE)


@contextmanager
def _no_room_for_rows() -> Iterator[None]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("CREATE TABLE proof_filler (x)")
            cursor.execute(SQLITE_FULL)
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 1}")
            yield
            cursor.execute("PRAGMA max_page_count = 1073741823")
            cursor.execute("DROP TRIGGER proof_full")
        else:
            cursor.execute(FULL_SERVER)
            yield
            cursor.execute("DROP TRIGGER proof_full ON outbox_letter; DROP FUNCTION proof_full")
