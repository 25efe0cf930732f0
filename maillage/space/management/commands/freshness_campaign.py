"""maillage freshness_campaign: ask the organisations whose time has come whether their sheet is still right."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from maillage.kernel.console import Verb
from maillage.space import actions
from maillage.space.campaign import REASONS, Planned, plan


class Command(Verb):
    help = "Demande aux structures dont c’est le tour si leur fiche est toujours juste."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--now", metavar="DATE", help="le moment à prendre pour maintenant (ISO 8601)")
        parser.add_argument("--examples", action="store_true", help="écrit aussi aux structures d’exemple")

    def handle(self, *args: Any, **options: Any) -> None:
        at = _moment(options["now"])
        if not options["dry_run"]:
            done = actions.ask_freshness(at=at, with_examples=options["examples"])
            told = [f"Lettres postées\u00a0: {done.posted}", *_counted(done.left_out)]
            self.answer({"asked": done.posted, "left_out": done.left_out}, as_json=options["json"], sentences=told)
            return
        rows = list(plan(at, with_examples=options["examples"]))
        asked, others = [row for row in rows if row.to], [row for row in rows if not row.to]
        self.answer(
            {"asked": [_told(row) for row in asked], "left_out": [_told(row) for row in others]},
            as_json=options["json"],
            sentences=[
                f"Seraient demandées\u00a0: {len(asked)}",
                *(f"  {row.organisation.name} ({row.reader})" for row in asked),
                *(f"  non\u00a0: {row.organisation.name} ({REASONS[row.reason]})" for row in others),
                *_counted(Counter(row.reason for row in others)),
            ],
        )


def _told(row: Planned) -> dict[str, str]:
    told = {"organisation": row.organisation.name, "slug": row.organisation.slug}
    return told | ({"reader": row.reader} if row.to else {"reason": row.reason})


def _counted(reasons: dict[str, int]) -> list[str]:
    return [f"Pas demandées, {REASONS[reason]}\u00a0: {number}" for reason, number in sorted(reasons.items())]


def _moment(text: str | None) -> datetime:
    if text is None:
        return timezone.now()
    try:
        moment = parse_datetime(text) or datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError("--now attend une date, par exemple 2026-11-24 ou 2026-11-24T09:00.") from error
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
