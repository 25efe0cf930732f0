"""Every field is declared; a person gets what is theirs, leaves nothing behind, and what is over goes."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test import Client
from django_tasks_db.models import DBTaskResult
from wagtail.users.models import UserProfile

from maillage.accounts import actions as accounts
from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User
from maillage.directory import actions as directory
from maillage.directory.models import ImportRun, Organisation
from maillage.kernel import erasures
from maillage.kernel.actions import (
    erase_person,
    export_person,
    journal,
    load_values,
    person_known_as,
    person_of,
    purge,
    replay_erasures,
    seal_journal,
)
from maillage.kernel.models import DatedValue, Erasure, JournalEntry, Source
from maillage.kernel.personal import Holding, Person
from maillage.kernel.queries import inventory as reads
from maillage.kernel.queries.audit import check_audit
from maillage.kernel.queries.values import months_before
from tests.accounts.people import holder
from tests.factories import human_source, organisation, person

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
CANARY, OTHER = "zqcanari", "zqvoisin"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _terms_and_an_empty_store(db: None, settings: Any, tmp_path: Path) -> None:
    load_values()
    place = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "media"}}
    settings.STORAGES = {**settings.STORAGES, "default": place}
    settings.BACKUP_DIR = tmp_path / "backups"


def test_every_field_that_may_hold_somebody_is_declared() -> None:
    assert list(reads.undeclared()) == []


def test_a_field_that_nobody_declared_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    extra = models.CharField(max_length=10, name="nickname")
    extra.set_attributes_from_name("nickname")
    fields = [*Organisation._meta.local_concrete_fields, extra]
    monkeypatch.setitem(Organisation._meta.__dict__, "local_concrete_fields", fields)
    assert list(reads.undeclared()) == ["directory.Organisation.nickname : ni personnel, ni sans danger"]


def test_every_holding_has_a_term_that_holds_today() -> None:
    lines = reads.inventory(on=date(2026, 11, 24))
    assert len(lines) >= 20
    assert [line.title for line in lines if "à fixer" in line.term] == []


def settle(word: str) -> User:
    """A person whose word stands everywhere that the platform keeps something of people."""
    user = holder(Role.TEACHER, email=f"{word}@exemple.test", first_name=f"Prénom{word}", last_name=f"Nom {word}")
    EmailAddress.objects.create(user=user, email=f"{word}.autre@exemple.test")
    session = SessionStore()
    session["_auth_user_id"], session["account"] = str(user.pk), f"{word}@exemple.test"
    session.create()
    UserSession.objects.create(user=user, ip="10.0.0.1", session_key=session.session_key, user_agent=f"Butineur {word}")
    profile = UserProfile.objects.create(user=user)
    profile.avatar.save(f"{word}.png", ContentFile(f"image {word}".encode()))
    journal(verb="renew_password", target=user, changes={"email": [None, user.email]}, by=user, at=AT, note=str(user))
    journal(verb="revise", target=human_source(), changes={"note": [None, f"dit par {user.email}"]}, by=None, at=AT)
    Source.objects.create(kind=Source.Kind.PERSON, title=str(user), date=AT.date())
    sheet = organisation(f"Atelier de {len(word)}", siren=None)
    directory.revise_organisation(
        organisation=sheet, by=user, at=AT, source=human_source(),
        facts={"email": user.email, "contact_consent_at": AT, "contact_consent_note": f"vu avec {user}"},
    )  # fmt: skip
    run = ImportRun.objects.create(kind="file", label="Essai", started_at=AT, started_by=user, state="done")
    run.file.save("liste.csv", ContentFile(f"nom;courriel\nA;{user.email}\n".encode()))
    cache.set(f"page:{word}", f"un extrait {word}")
    return user


def everywhere(word: str) -> dict[str, int]:
    """How often a word stands in each table, then in files and cache; found by reading everything."""
    found: Counter[str] = Counter()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and model._meta.db_table in connection.introspection.table_names():
            for row in models.QuerySet(model).values():
                found[model._meta.label] += word in json.dumps(row, default=str, ensure_ascii=False).lower()
    for session in Session.objects.all():
        found["sessions.Session"] += word in str(session.get_decoded())
    for folder in ("avatar_images", "imports"):
        for name in default_storage.listdir(folder)[1] if default_storage.exists(folder) else []:
            with default_storage.open(f"{folder}/{name}") as handle:
                found["files"] += word in name or word.encode() in handle.read()
    found["cache"] = int(cache.get(f"page:{word}") is not None)
    return {name: number for name, number in found.items() if number}


def archive(known: Person) -> tuple[str, zipfile.ZipFile]:
    held = io.BytesIO()
    export_person(person=known, to=held, at=AT)
    opened = zipfile.ZipFile(held)
    text = "".join(opened.read(name).decode(errors="replace") for name in opened.namelist())
    return text, opened


def test_somebody_gets_all_that_is_theirs_and_nothing_of_another() -> None:
    user, _ = settle(CANARY), settle(OTHER)
    text, opened = archive(person_of(user))
    assert OTHER not in text.lower()
    assert user.password not in text
    told = {one["sujet"]: one for one in json.loads(opened.read("donnees.json"))}
    assert {
        "Votre compte", "Vos adresses", "Vos mandats", "Vos connexions", "Vos réglages de la gestion",
        "Ce que vous avez fait", "Ce qui a été fait sur votre compte", "Informations données en votre nom",
        "Contact publié d’une structure", "Imports que vous avez lancés",
    } == set(told)  # fmt: skip
    assert told["Votre compte"]["lignes"][0]["adresse électronique"] == user.email
    assert {name.split("/")[0] for name in opened.namelist()} == {"donnees.json", "README.txt", "fichiers"}
    assert "25 mois depuis la dernière connexion" in told["Votre compte"]["durée"]


def test_nothing_of_somebody_who_left_is_found_and_the_others_stay(
    django_capture_on_commit_callbacks: Any,
) -> None:
    user, _ = settle(CANARY), settle(OTHER)
    seal_journal(at=AT)
    neighbours = everywhere(OTHER)
    assert {"accounts.User", "files", "cache", "kernel.JournalEntry", "sessions.Session"} <= everywhere(CANARY).keys()
    acts = JournalEntry.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=person_of(user), by=user, at=AT)
    assert everywhere(CANARY) == {}
    assert everywhere(OTHER) == {name: number for name, number in neighbours.items() if name != "cache"}
    assert JournalEntry.objects.count() > acts
    assert check_audit().broken is None
    assert Organisation.objects.filter(email="", contact_consent_at=None).count() == 1
    assert JournalEntry.objects.latest("pk").verb == "erase_person"


def test_a_restored_backup_forgets_again_but_keeps_who_came_back(django_capture_on_commit_callbacks: Any) -> None:
    user = settle(CANARY)
    erase_person(person=person_of(user), by=None, at=AT)  # its files go after a commit, that this test never makes
    Erasure.objects.all().delete()  # the backup is older than the erasure: only the list beside the backups knows
    back = person(f"{CANARY}@exemple.test", first_name="Prénom")
    User.objects.filter(pk=back.pk).update(date_joined=AT - timedelta(days=30))
    sheet = organisation("Relais", email=f"{CANARY}.autre@exemple.test")
    with django_capture_on_commit_callbacks(execute=True):
        assert replay_erasures(at=AT) == 2
    assert everywhere(CANARY).keys() <= {"files"}
    sheet.refresh_from_db()
    assert sheet.email == ""
    assert replay_erasures(at=AT) == 0
    anew = person(f"{CANARY}@exemple.test")
    User.objects.filter(pk=anew.pk).update(date_joined=AT + timedelta(days=1))
    assert replay_erasures(at=AT + timedelta(days=2)) == 0


def test_the_list_of_erasures_names_nobody_and_survives_a_cut_line(settings: Any, tmp_path: Path) -> None:
    settings.BACKUP_DIR = tmp_path
    erasures.note([erasures.digest_of("Alice@exemple.test")], AT)
    path = tmp_path / erasures.NAME
    path.write_text(path.read_text() + '{"digest": "coup')
    assert "alice" not in path.read_text().lower()
    assert list(erasures.noted()) == [(erasures.digest_of("alice@EXEMPLE.test"), AT)]


def test_the_last_administrator_does_not_leave() -> None:
    known = person_of(holder(Role.ADMINISTRATOR))
    with pytest.raises(accounts.PersonRefused):
        accounts.leave(person=known, by=None, at=AT)
    holder(Role.ADMINISTRATOR, email="autre@exemple.test")
    accounts.leave(person=known, by=None, at=AT)
    assert User.objects.get().email == "autre@exemple.test"


def old_world() -> dict[str, int]:
    """Rows on both sides of their term; what a purge three years later must count, told by hand."""
    long_ago, lately = AT - timedelta(days=2000), AT - timedelta(days=20)
    silent = person("silencieuse@exemple.test")
    User.objects.filter(pk=silent.pk).update(date_joined=long_ago)
    elected = holder(Role.ELECTED_MEMBER)
    User.objects.filter(pk=elected.pk).update(date_joined=long_ago)
    person("recente@exemple.test")
    Mandate.objects.create(user=elected, role=Role.BUYER, start_date=date(2019, 1, 1), end_date=date(2020, 1, 1))
    for moment in (long_ago, lately):
        made = UserSession.objects.create(user=elected, ip="::1", session_key=str(moment), user_agent="x")
        UserSession.objects.filter(pk=made.pk).update(last_seen_at=moment)
        journal(verb="revise", target=human_source(), changes={}, by=elected, at=moment)
        run = ImportRun.objects.create(
            kind="file", label="Liste", started_at=moment, finished_at=moment, state="done", report=[{"line": 1}]
        )
        run.file.save("vieux.csv", ContentFile(b"nom\n"))
        DBTaskResult.objects.create(
            task_path="x", args_kwargs={"args": [], "kwargs": {}}, backend_name="default", queue_name="default",
            run_after=moment, finished_at=moment if moment == long_ago else AT, status="SUCCESSFUL", priority=0,
            exception_class_path="", traceback="",
        )  # fmt: skip
        Source.objects.create(kind=Source.Kind.PERSON, title="Édith", date=moment.date())
    return {
        "accounts.User": 1, "accounts.Mandate": 1, "usersessions.UserSession": 1, "kernel.JournalEntry": 1,
        "directory.ImportRun": 1, "django_tasks_database.DBTaskResult": 1, "kernel.Source": 1,
    }  # fmt: skip


def test_a_purge_takes_what_is_over_counts_it_and_finds_nothing_the_second_time() -> None:
    expected = old_world()
    assert purge(at=AT, dry_run=True) == expected
    assert purge(at=AT, dry_run=True) == expected
    assert purge(at=AT) == expected
    assert purge(at=AT) == {}
    assert set(User.objects.values_list("email", flat=True)) == {"elected_member@exemple.test", "recente@exemple.test"}
    assert JournalEntry.objects.filter(actor_label="", actor__isnull=False).count() == 1
    assert list(ImportRun.objects.order_by("pk").values_list("report", flat=True)) == [[], [{"line": 1}]]


def test_a_purge_that_was_cut_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = old_world()
    cut = {"left": 3}
    whole = Holding.rows.fget  # type: ignore[attr-defined]

    def failing(self: Holding) -> Any:
        if cut["left"] == 0:
            raise KeyboardInterrupt
        cut["left"] -= 1
        return whole(self)

    monkeypatch.setattr(Holding, "rows", property(failing))
    with pytest.raises(KeyboardInterrupt):
        purge(at=AT)
    monkeypatch.undo()
    done = purge(at=AT)
    assert done.items() <= expected.items()
    assert purge(at=AT) == {}


def test_a_term_changes_with_its_date() -> None:
    first = DatedValue.objects.get(key="term.connection")
    DatedValue.objects.create(
        key=first.key, label=first.label, value=1, unit="mois", start_date=date(2026, 11, 1), source=first.source
    )
    made = UserSession.objects.create(user=person(), ip="::1", session_key="k", user_agent="x")
    UserSession.objects.filter(pk=made.pk).update(last_seen_at=AT - timedelta(days=60))
    assert purge(at=datetime(2026, 10, 31, 12, tzinfo=UTC), dry_run=True) == {}
    assert purge(at=AT, dry_run=True) == {"usersessions.UserSession": 1}
    assert load_values() == 0


@pytest.mark.parametrize(
    ("at", "months", "before"),
    [("2027-03-31", 1, "2027-02-28"), ("2027-01-15", 1, "2026-12-15"), ("2028-02-29", 12, "2027-02-28")],
)
def test_months_are_counted_by_the_calendar(at: str, months: int, before: str) -> None:
    assert months_before(datetime.fromisoformat(at), months).date() == date.fromisoformat(before)  # type: ignore[arg-type]


def test_the_commands_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settle(CANARY)
    output = tmp_path / "elle.zip"
    call_command("export_person", f"{CANARY.upper()}@exemple.test", "--output", str(output), "--json")
    assert json.loads(capsys.readouterr().out)["counts"]["Votre compte"] == 1
    assert output.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="existe déjà"):
        call_command("export_person", f"{CANARY}@exemple.test", "--output", str(output))
    with pytest.raises(CommandError, match="Rien n’est gardé"):
        call_command("export_person", "inconnue@exemple.test", "--output", str(tmp_path / "vide.zip"))
    call_command("personal_data_inventory", "--json")
    assert json.loads(capsys.readouterr().out)["undeclared"] == []
    call_command("purge", "--now", "2031-01-01T00:00", "--dry-run", "--json")
    assert json.loads(capsys.readouterr().out)["counts"]["usersessions.UserSession"] == 1
    call_command("erase", f"{CANARY}@exemple.test", "--dry-run", "--json")
    assert json.loads(capsys.readouterr().out)["counts"]["Votre compte"] == 1
    assert person_known_as(f"{CANARY}@exemple.test").user_id is not None


def test_one_takes_ones_data_and_leaves_by_the_site(client: Client) -> None:
    user, other = settle(CANARY), settle(OTHER)
    client.force_login(user)
    assert "Recevoir mes données" in client.get("/moi/").content.decode()
    assert client.get("/moi/donnees/").status_code == 405
    answer = client.post("/moi/donnees/")
    assert answer["Content-Type"] == "application/zip"
    assert json.loads(zipfile.ZipFile(io.BytesIO(answer.content)).read("donnees.json"))
    page = client.get("/moi/quitter/").content.decode()
    assert "l’acte reste, sans votre nom" in page
    assert "QUITTER" in client.post("/moi/quitter/", {"word": "oui"}).content.decode()
    assert User.objects.filter(pk=user.pk).exists()
    assert client.post("/moi/quitter/", {"word": "quitter"})["Location"] == "/au-revoir/"
    assert client.get("/au-revoir/").status_code == 200
    assert list(User.objects.values_list("pk", flat=True)) == [other.pk]
    assert client.get("/moi/").status_code == 302


def test_whoever_has_a_password_gives_it_again_before_leaving(client: Client) -> None:
    user = person("alice@exemple.test")
    user.set_password("un mot de passe bien long")
    user.save()
    client.force_login(user)
    for path in ("/moi/quitter/", "/moi/donnees/"):
        assert client.post(path, {"word": "QUITTER"})["Location"].startswith("/moi/confirmer/")
    assert User.objects.filter(pk=user.pk).exists()


def test_whoever_is_named_nowhere_leaves_only_the_trace_of_the_leaving() -> None:
    before = Source.objects.count()
    erase_person(person=person_of(person("seule@exemple.test")), by=None, at=AT)
    assert (Source.objects.count(), Erasure.objects.count(), JournalEntry.objects.count()) == (before, 1, 1)
