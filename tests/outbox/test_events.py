"""What a mail service tells us, through anymail's own reading of it."""

from __future__ import annotations

import base64
import itertools
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from maillage.outbox import actions
from maillage.outbox.enums import State, StopReason
from maillage.outbox.models import Letter, Mailbox

pytestmark = pytest.mark.django_db
ALICE = "alice@exemple.test"
SECRET = "maillage:un-secret-assez-long"
DOOR = "/courrier/evenements/"


@pytest.fixture(autouse=True)
def _brevo(settings: Settings) -> None:
    settings.EMAIL_TRANSPORT = {"kind": "service", "name": "brevo", "settings": {}}
    settings.EMAIL_WEBHOOK_SECRET = SECRET
    settings.ANYMAIL = {"BREVO_API_KEY": "x", "WEBHOOK_SECRET": SECRET}


def tell(
    event: str, *, secret: str = SECRET, at: datetime | None = None, email: str = ALICE, letter: object = None
) -> int:
    body = {
        "event": event,
        "email": email,
        "message-id": "<one@service.test>",
        "ts_epoch": int((at or timezone.now()).timestamp() * 1000),
    }
    if letter is not None:
        body["X-Mailin-custom"] = json.dumps({"letter": str(letter)})
    proof = base64.b64encode(secret.encode()).decode()
    answer = Client(enforce_csrf_checks=True).post(
        DOOR, body, content_type="application/json", headers={"authorization": f"Basic {proof}"}
    )
    return answer.status_code


@pytest.fixture
def mailbox() -> Mailbox:
    return actions.mailbox_for(ALICE, at=timezone.now() - timedelta(days=1))


def test_a_bounce_stops_the_address(mailbox: Mailbox) -> None:
    assert tell("hard_bounce") == 200
    mailbox.refresh_from_db()
    assert mailbox.stop_reason == StopReason.BOUNCE


def test_a_full_mailbox_stops_nothing(mailbox: Mailbox) -> None:
    assert [tell(event) for event in ("soft_bounce", "deferred", "opened", "click")] == [200] * 4
    mailbox.refresh_from_db()
    assert mailbox.stop_reason == ""


@pytest.mark.parametrize("order", list(itertools.permutations(["hard_bounce", "spam", "delivered"])))
def test_told_in_any_order_and_twice_it_ends_alike(mailbox: Mailbox, order: tuple[str, ...]) -> None:
    for event in order * 2:
        assert tell(event) == 200
    mailbox.refresh_from_db()
    assert mailbox.stop_reason == StopReason.COMPLAINT


def test_an_event_of_before_somebody_resumed_the_address_is_old_news(mailbox: Mailbox) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    tell("hard_bounce", at=yesterday)
    actions.resume(mailbox=mailbox, by=None, at=timezone.now())
    tell("hard_bounce", at=yesterday)
    mailbox.refresh_from_db()
    assert mailbox.stop_reason == ""


def test_a_letter_in_doubt_is_settled_by_what_the_service_saw(mailbox: Mailbox) -> None:
    letters = [actions.post(kind="essai.alone", to=mailbox, at=timezone.now()) for _ in range(2)]
    Letter.objects.update(state=State.UNCERTAIN)
    tell("delivered", letter=letters[0].pk)
    tell("hard_bounce", letter=letters[1].pk)
    assert list(Letter.objects.order_by("pk").values_list("state", flat=True)) == [State.SENT, State.FAILED]


def test_an_event_about_somebody_unknown_changes_nothing() -> None:
    assert tell("hard_bounce", email="inconnu@exemple.test", letter=10**19) == 200
    assert not Mailbox.objects.exists()


def test_a_forged_event_is_refused(mailbox: Mailbox) -> None:
    assert tell("hard_bounce", secret="maillage:autre-chose-de-long") == 400
    assert Client().post(DOOR, {"event": "spam"}, content_type="application/json").status_code == 400
    mailbox.refresh_from_db()
    assert mailbox.stop_reason == ""


@pytest.mark.parametrize(
    ("transport", "secret"),
    [(None, SECRET), ({"kind": "smtp", "host": "x", "port": 25}, SECRET), ({"kind": "service", "name": "brevo"}, "")],
)
def test_the_door_is_shut_unless_a_service_and_its_secret_are_set(
    settings: Settings, transport: dict[str, Any] | None, secret: str
) -> None:
    settings.EMAIL_TRANSPORT, settings.EMAIL_WEBHOOK_SECRET = transport, secret
    assert tell("hard_bounce") == 404
