"""What the worker does for the mail, as `maillage work` and `maillage deliver` run it."""

from __future__ import annotations

import signal
import threading
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from maillage.kernel import registry
from maillage.kernel.management.commands import work
from maillage.kernel.registry import Chore, breaches, chores
from maillage.outbox import actions
from maillage.outbox.enums import Frequency, State
from maillage.outbox.models import CaughtLetter, Letter
from tests.factories import person
from tests.outbox.world import source


@pytest.fixture(autouse=True)
def _letters_are_caught(settings: Settings) -> None:
    settings.DEMO = True


@pytest.mark.django_db
def test_the_worker_climbs_gathers_and_delivers() -> None:
    user = person("alice@exemple.maillage.test", is_example=True)
    now = timezone.now()
    mailbox = actions.mailbox_for(user, at=now)
    actions.set_preferences(mailbox=mailbox, frequency=Frequency.AT_ONCE, day=1, blocked_subjects=[], by=None, at=now)
    long_ago = now - timedelta(days=10)
    actions.open_climb(ladder="essai.remind", about=source(), to=user, at=long_ago)
    for chore in chores():
        if chore.name in ("préparer les lettres", "faire partir les lettres"):
            chore.run()
    assert CaughtLetter.objects.get().title == "Votre fiche"


@pytest.mark.django_db(transaction=True)  # the command drops the connections it finds in a transaction
def test_deliver_once_sends_what_is_ready_and_says_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    user = person("alice@exemple.maillage.test", is_example=True)
    for _ in range(3):
        actions.post(kind="essai.alone", to=user, at=timezone.now())
    call_command("deliver", "--once")
    assert "Lettres parties\xa0: 3" in capsys.readouterr().out
    assert set(Letter.objects.values_list("state", flat=True)) == {State.SENT}


@pytest.mark.django_db(transaction=True)
def test_what_is_apart_is_not_kept_waiting_by_a_long_chore(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sign-in code leaves while an import takes minutes."""
    command, letters_left, import_is_over = work.Command(), threading.Event(), threading.Event()

    def an_import() -> int:
        assert letters_left.wait(timeout=20)
        import_is_over.set()
        command.running = False
        return 1

    def letters() -> int:
        if not import_is_over.is_set():
            letters_left.set()
        return 0

    both = [Chore("import", 1, an_import), Chore("lettres", 0.01, letters, is_apart=True)]
    monkeypatch.setattr(registry, "chores", lambda: both)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(command, "_tasks", lambda: None)
    began = time.monotonic()
    command.handle(once=False)
    assert import_is_over.is_set()
    assert time.monotonic() - began < 20


@pytest.mark.django_db(transaction=True)
def test_a_fault_in_what_is_apart_is_written_down_and_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    command, tries = work.Command(), list[int]()

    def letters() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("fault")
        command.running = False
        return 1

    monkeypatch.setattr(work, "PAUSE_AFTER_FAULT_SECONDS", 0.01)
    command._keep_doing(Chore("lettres", 0.01, letters, is_apart=True))
    assert len(tries) == 2
    assert "lettres failed" in caplog.text


@pytest.mark.django_db
def test_a_lease_nobody_ended_is_a_truth_that_does_not_hold() -> None:
    letter = actions.post(kind="essai.alone", to="alice@exemple.test", at=timezone.now())
    assert [breach for breach in breaches() if breach.check.startswith("outbox")] == []
    long_ago = timezone.now() - timedelta(days=1)
    Letter.objects.filter(pk=letter.pk).update(state=State.SENDING, owner="dead", lease_until=long_ago)
    assert [breach.check for breach in breaches() if breach.check.startswith("outbox")] == ["outbox.lease"]
