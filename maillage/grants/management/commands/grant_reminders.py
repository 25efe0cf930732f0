"""maillage grant_reminders: write to whoever owes a report, 30 and 7 days before its date."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from maillage.grants import actions
from maillage.grants.queries.agreements import to_remind
from maillage.kernel.console import Verb


class Command(Verb):
    help = "Rappelle les bilans attendus, 30 et 7 jours avant leur date."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--now", metavar="DATE", help="le moment à prendre pour maintenant (ISO 8601)")

    def handle(self, *args: Any, **options: Any) -> None:
        said = options["now"]
        at = parse_datetime(said) if said else timezone.now()
        if at is None:
            raise CommandError("--now attend une date, par exemple 2027-05-31T09:00:00+02:00.")
        if timezone.is_naive(at):
            at = timezone.make_aware(at)
        if options["dry_run"]:
            due = len(to_remind(timezone.localdate(at)))
            self.answer({"due": due}, as_json=options["json"], sentences=[f"Bilans à rappeler\u00a0: {due}"])
            return
        sent = actions.remind_reports(at=at)
        self.answer({"reminded": sent}, as_json=options["json"], sentences=[f"Rappels postés\u00a0: {sent}"])
