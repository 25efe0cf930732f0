"""maillage take_mail < message.eml: let an e-mail land in the thread that it answers."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db.utils import DatabaseError
from django.utils import timezone

from maillage.discussion import actions, phrases
from maillage.discussion.mail.reading import parsed
from maillage.kernel.console import Verb

LARGEST = 40_000_000
# sysexits.h: what a mail server understands. Brought again later; never brought again.
TEMPORARY, TOO_HEAVY = 75, 65


class Command(Verb):
    help = "Reçoit un courriel sur l’entrée standard, et le publie dans le fil auquel il répond."
    writes = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--to", action="append", default=[], help="l’adresse à laquelle le serveur le remet")

    def handle(self, *args: Any, **options: Any) -> None:
        content = sys.stdin.buffer.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise CommandError("Ce courriel dépasse 40 Mo : il n’est pas lu.", returncode=TOO_HEAVY)
        envelope = tuple(address.strip().lower() for address in options["to"])
        try:
            trace = actions.take_mail(message=parsed(content), envelope=envelope, at=timezone.now())
        except DatabaseError as error:
            raise CommandError(
                "La base ne répond pas : représentez ce courriel plus tard.", returncode=TEMPORARY
            ) from error
        outcome = trace.outcome if trace else "not_ours"
        told = trace.get_outcome_display() if trace else "Ce courriel ne répond à aucun fil"
        why = phrases.MAIL_TROUBLES.get(trace.trouble, "") if trace else ""
        facts = {
            "outcome": outcome,
            "message": trace.message_id if trace else None,
            "trouble": trace.trouble if trace else "",
        }
        self.answer(facts, as_json=options["json"], sentences=[f"{told}. {why}".strip()])
