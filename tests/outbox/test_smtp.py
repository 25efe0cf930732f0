"""Our SMTP against a server that fails: each failure is told for what it is."""

from __future__ import annotations

import pytest

from maillage.outbox import actions
from maillage.outbox.actions.delivery import Postman
from maillage.outbox.enums import State, Trouble
from maillage.outbox.integrations import NotSent, Outcome, Perhaps, Sent, Unreachable
from maillage.outbox.integrations.smtp import SmtpTransport
from maillage.outbox.models import Letter
from maillage.outbox.tasks import way_out
from maillage.outbox.writing import message, write
from tests.faults.smtp_server import Fault, Server
from tests.outbox.world import AT

pytestmark = pytest.mark.django_db
BUSY, CUT = NotSent(Trouble.BUSY), NotSent(Trouble.CONNECTION)


def through(server: Server) -> SmtpTransport:
    return SmtpTransport("127.0.0.1", server.port, security="none", step_seconds=2, answer_seconds=0.3)


def hand_over(server: Server, to: str = "alice@exemple.test", title: str = "Titre") -> Outcome:
    actions.post(kind="essai.alone", to=to, facts={"title": title}, at=AT)
    letter = Letter.objects.select_related("mailbox").latest("pk")
    written = write(letter, at=AT)
    assert written is not None
    channel = through(server).open()
    outcome = channel.hand_over(message(letter, written), letter)
    channel.close()
    return outcome


@pytest.mark.parametrize(
    ("fault", "outcome", "is_taken"),
    [
        (Fault.NONE, Sent("taken"), True),
        (Fault.BUSY_AT_MAIL, BUSY, False),
        (Fault.GREY_AT_RCPT, BUSY, False),
        (Fault.BUSY_AT_DATA, BUSY, False),
        (Fault.FULL_AFTER_DOT, BUSY, False),
        (Fault.REFUSED, NotSent(Trouble.NO_SUCH_ADDRESS, is_final=True), False),
        (Fault.CUT_IN_DATA, Perhaps(), False),
        (Fault.TAKEN_THEN_CUT, Perhaps(), True),
        (Fault.LOST_THEN_CUT, Perhaps(), False),
        (Fault.TAKEN_THEN_SILENT, Perhaps(), True),
    ],
)
def test_each_failure_is_told_for_what_it_is(fault: Fault, outcome: Outcome, is_taken: bool) -> None:
    with Server(share=1.0, faults=(fault,)) as server:
        assert hand_over(server) == outcome
    assert bool(server.taken) == is_taken


@pytest.mark.parametrize("fault", [Fault.HANG_UP_AT_START, Fault.BUSY_AT_START])
def test_a_server_that_does_not_let_us_in_was_given_nothing(fault: Fault) -> None:
    with Server(share=1.0, faults=(fault,)) as server, pytest.raises(Unreachable):
        through(server).open()


def test_nobody_at_the_port_is_no_way_out() -> None:
    with Server() as server:
        gone = through(server)
    with pytest.raises(Unreachable):
        gone.open()


def test_a_server_that_offers_no_secure_line_is_refused_unless_we_said_so() -> None:
    with Server() as server, pytest.raises(Unreachable):
        SmtpTransport("127.0.0.1", server.port, step_seconds=2).open()


def test_dots_accents_and_long_lines_arrive_as_they_left() -> None:
    with Server(keeps_texts=True) as server:
        for title in (".", "..", ".Élu·es", "é" * 100):
            hand_over(server, title=title)
    read = server.read()
    assert [one["Subject"].strip() for one in read] == [".", "..", ".Élu·es", "é" * 100]
    body = read[1].get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines()[0] == ".."


@pytest.mark.parametrize("to", ["alice@exemple.test", "mairie@péronne.test", "alice+o'neil_x@exemple.test"])
def test_the_server_sees_one_recipient_as_it_is_kept(to: str) -> None:
    with Server() as server:
        hand_over(server, to)
    assert server.recipients == [Letter.objects.get().mailbox.address]


def test_a_mail_goes_on_after_each_failure_and_nothing_leaves_twice() -> None:
    """The whole way in one process: every letter is sent, in doubt, or waits for its next try."""
    for number in range(40):
        actions.post(kind="essai.alone", to=f"lecteur{number}@exemple.test", at=AT)
    with Server(share=0.5, seed=3) as server:
        for _ in range(60):
            hand = Postman(lambda: through(server), clock=lambda: AT)
            hand.round()
            Letter.objects.filter(state=State.PENDING).update(due_at=AT)
    states = dict(Letter.objects.values_list("mailbox__address", "state"))
    assert max(server.taken.values()) == 1
    assert set(states.values()) == {State.SENT, State.UNCERTAIN}
    assert {to for to, state in states.items() if state == State.SENT} <= set(server.recipients)
    assert len(server.met) >= 7


def test_the_way_out_follows_the_settings(settings: object) -> None:
    settings.EMAIL_TRANSPORT = {  # type: ignore[attr-defined]
        "kind": "smtp", "host": "smtp.test", "port": 587, "user": "u", "password": "secret", "security": "starttls",
    }  # fmt: skip
    way = way_out()
    assert isinstance(way, SmtpTransport)
    assert (way.host, way.port, way.security) == ("smtp.test", 587, "starttls")
    assert "secret" not in repr(way)
