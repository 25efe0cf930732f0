"""Backups are proved, refuse what was altered, and give everything back; a total loss costs about a second."""

from __future__ import annotations

import json
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from maillage.kernel.backup import cipher
from tests.faults.place import Place, kill

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("faults")]
PEOPLE = (
    "from maillage.accounts.models import User\nprint(*User.objects.order_by('email').values_list('email', flat=True))"
)


def flip(path: Path, at: float) -> None:
    """Turn one bit, so far into the file (0 to 1)."""
    content = bytearray(path.read_bytes())
    content[min(int(len(content) * at), len(content) - 1)] ^= 0b100
    path.chmod(0o600)
    path.write_bytes(content)


def test_a_backup_gives_everything_back_and_forgets_those_who_left_since(place: Place) -> None:
    backup = Path(place.ask("backup")["backup"])
    told = place.ask("verify_backup")
    assert (told["faults"], told["head"] != "", told["files"]) == ([], True, 3)
    place.ask("erase", "alice@exemple.test")
    place.shell("from maillage.accounts.actions import open_account\nfrom django.utils import timezone\n"
                "open_account(email='later@exemple.test', by=None, at=timezone.now())")  # fmt: skip
    assert place.shell(PEOPLE) == "bruno@exemple.test later@exemple.test"
    refused = place.run("restore", str(backup))
    assert (refused.returncode, "--force" in refused.stderr) == (1, True)
    shutil.rmtree(place.data / "media")
    answer = place.ask("restore", str(backup), "--force")
    place.unload()
    assert place.shell(PEOPLE) == "bruno@exemple.test"
    assert (place.data / "media/original_images/pont.png").read_bytes() == b"pont" * 50_000
    assert place.ask("check_audit", "--head", told["head"])["broken"] is None
    assert answer["seconds"] < 300  # what is promised, on a busy machine too


# In one process: a start of the platform for each of ten files says nothing more.
FLIP_EACH = """
import json
from pathlib import Path
from django.core.management import CommandError, call_command
from tests.faults.test_backup import flip
told = []
for backup, key in (({clear!r}, None), ({sealed!r}, {key!r})):
    files = [path for path in sorted(Path(backup).rglob("*")) if path.is_file()]
    for rank, path in enumerate(files):
        before = path.read_bytes()
        flip(path, (rank + 1) / (len(files) + 1))
        try:
            call_command("verify_backup", backup, key_file=key and Path(key), json=True, stdout=open("/dev/null", "w"))
        except CommandError:
            told.append([str(path), True])
        else:
            told.append([str(path), False])
        path.write_bytes(before)
print(json.dumps(told))
"""


def test_a_flipped_bit_anywhere_is_found(place: Place) -> None:
    key = place.folder / "key"
    assert place.run("backup", "--draw-key", str(key)).returncode == 0
    clear = Path(place.ask("backup")["backup"])
    time.sleep(1.1)
    sealed = Path(place.ask("backup", "--key-file", str(key))["backup"])
    assert place.ask("verify_backup", str(sealed), "--key-file", str(key))["faults"] == []
    told = json.loads(place.shell(FLIP_EACH.format(clear=str(clear), sealed=str(sealed), key=str(key))))
    assert len(told) == 10
    assert [file for file, is_found in told if not is_found] == []
    (sealed / "extra").write_text("slipped in")
    assert place.run("verify_backup", str(sealed), "--key-file", str(key)).returncode == 1
    flip(clear / "media/original_images/pont.png", 0.5)
    refused = place.run("restore", str(clear), "--force")
    assert "n’est plus ce qui a été sauvegardé" in refused.stderr
    assert place.shell(PEOPLE) == "alice@exemple.test bruno@exemple.test"  # what was here is untouched


def test_the_same_picture_is_kept_once_and_old_backups_go(place: Place) -> None:
    first = Path(place.ask("backup")["backup"])
    time.sleep(1.1)
    second = Path(place.ask("backup")["backup"])
    picture = "media/original_images/pont.png"
    assert (first / picture).stat().st_ino == (second / picture).stat().st_ino
    old = datetime.now(UTC) - timedelta(days=100)
    first.rename(first.with_name(f"maillage-{old:%Y%m%dT%H%M%SZ}"))
    time.sleep(1.1)
    assert place.ask("backup")["removed"] == 1
    assert (second / picture).read_bytes() == b"pont" * 50_000


WRITER = """
import sys, time
import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'
import django; django.setup()
from django.utils import timezone
from maillage.kernel.actions import journal, name_source
source = name_source(kind="example", title="flot", on=timezone.localdate())
while True:
    act = journal(verb="flow", target=source, changes={}, by=None, at=timezone.now())
    print(act.pk, time.time(), flush=True)  # acknowledged: the commit is on the disk
    time.sleep(0.01)
"""
FLOWED = """
from maillage.kernel.models import JournalEntry
print(*JournalEntry.objects.filter(verb="flow").values_list("pk", flat=True))
"""


def test_a_total_loss_under_writes_costs_about_a_second(place: Place) -> None:
    if place.database_url:  # PostgreSQL has its own ways, and says so
        assert "back-up.md" in place.run("backup", "--follow").stderr
        return
    written: list[tuple[int, float]] = []
    with place.running("-m", "config.cli", "backup", "--follow") as following:
        deadline = time.monotonic() + 60
        while not list((place.backups / "follow/main").rglob("*.ltx")) and time.monotonic() < deadline:
            time.sleep(0.1)
        with place.running("-c", WRITER) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()  # it writes from here on, however long it took to load
            began = time.monotonic()
            while time.monotonic() - began < 6:
                number, moment = writer.stdout.readline().split()
                written.append((int(number), float(moment)))
            kill(following)
            kill(writer)
            shutil.rmtree(place.data)
    assert len(written) > 100
    place.unload()
    answer = place.ask("restore")
    place.unload()
    found = {int(number) for number in place.shell(FLOWED).split()}
    kept = [moment for number, moment in written if number in found]
    lost = written[-1][1] - kept[-1]
    assert lost <= 1.5, f"{lost:.2f} s of writes are lost"
    assert found.issuperset(number for number, moment in written if moment <= kept[-1])  # a beginning, without holes
    assert (place.data / "media/original_images/pont.png").read_bytes() == b"pont" * 50_000
    assert place.shell(PEOPLE) == "alice@exemple.test bruno@exemple.test"
    assert answer["seconds"] < 300
    # A new follower begins after the restore, and holds what is here now.
    with place.running("-m", "config.cli", "backup", "--follow"):
        deadline = time.monotonic() + 60
        while not list((place.backups / "follow/main").rglob("*.ltx")) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert list((place.backups / "follow/main").rglob("*.ltx"))


CANARY = "zqcanari"
SETTLE = f"""
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from allauth.usersessions.models import UserSession
from wagtail.users.models import UserProfile
from maillage.accounts.actions import open_account
from maillage.directory import actions
from maillage.directory.enums import Status
from maillage.directory.models import ImportRun
from maillage.kernel.actions import journal, name_source
from maillage.kernel.models import Source
at = timezone.now()
user = open_account(email="{CANARY}@exemple.test", first_name="Prénom", last_name="{CANARY}", by=None, at=at)
for number in range(300):
    changes = {{"email": [None, user.email]}}
    journal(verb="revise", target=user, changes=changes, by=user, at=at, note=str(user))
source = name_source(kind=Source.Kind.PERSON, title=str(user), on=timezone.localdate(at))
sheet = actions.create_organisation(facts={{"name": "Atelier", "email": user.email}}, source=source, by=user, at=at)
actions.set_status(organisation=sheet, status=Status.PUBLISHED, source=source, by=user, at=at)
UserProfile.objects.create(user=user).avatar.save("{CANARY}.png", ContentFile(b"{CANARY}"))
run = ImportRun.objects.create(kind="file", label="x", started_at=at, state="done")
run.file.save("x.csv", ContentFile(b"nom\\n{CANARY}@exemple.test\\n"))
session = SessionStore(); session["account"] = user.email; session["_auth_user_id"] = str(user.pk); session.create()
UserSession.objects.create(user=user, ip="::1", session_key=session.session_key, user_agent="{CANARY}")
cache.set("page", "{CANARY} " * 500)
"""


def holding(place: Place) -> list[str]:
    """Files of the platform where the canary's bytes stand."""
    return [
        str(path.relative_to(place.folder))
        for path in sorted(place.folder.rglob("*"))
        if path.is_file() and (CANARY in path.name or CANARY.encode() in path.read_bytes())
    ]


def test_no_byte_of_somebody_who_left_stays_on_the_disk(place: Place) -> None:
    place.shell(SETTLE)
    assert place.run("rebuild_index").returncode == 0
    before = holding(place)
    assert any("avatar" in name for name in before)
    if place.database_url:
        dump = "from django.core.management import call_command\ncall_command('dumpdata', '-v0')"
        assert CANARY in place.shell(dump)
    else:
        assert "data/main.db" in " ".join(before)
    told = place.ask("erase", f"{CANARY}@exemple.test")
    assert told["counts"]["Votre compte"] == 1
    assert holding(place) == []
    if place.database_url:
        assert CANARY not in place.shell(dump)
    assert place.ask("check_audit")["broken"] is None


def test_an_encrypted_file_of_any_size_comes_back_and_a_wrong_key_does_not(tmp_path: Path) -> None:
    cipher.draw_key(tmp_path / "key")
    key = cipher.read_key(tmp_path / "key")
    for size in (0, 1, cipher.BLOCK - 1, cipher.BLOCK, cipher.BLOCK + 1, 3 * cipher.BLOCK):
        clear, target = b"z" * size, tmp_path / "file"
        pieces = (clear[start : start + cipher.BLOCK] for start in range(0, size, cipher.BLOCK))
        with target.open("wb") as handle:
            cipher.encrypt(pieces, handle, key)
        with target.open("rb") as handle:
            assert b"".join(cipher.decrypt(handle, key)) == clear
        content = target.read_bytes()
        for spoilt in (content[:-1], content[: -cipher.BLOCK - 16] if size > cipher.BLOCK else content[:20]):
            target.write_bytes(spoilt)
            with target.open("rb") as handle, pytest.raises(cipher.Unreadable):
                list(cipher.decrypt(handle, key))
        target.write_bytes(content)
        with target.open("rb") as handle, pytest.raises(cipher.Unreadable):
            list(cipher.decrypt(handle, bytes(32)))
