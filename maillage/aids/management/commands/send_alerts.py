"""maillage send_alerts: tell readers of the new aids that their searches find."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date

from maillage.aids import actions
from maillage.kernel.console import Verb


class Command(Verb):
    help = "Écrit les aides nouvelles à qui a gardé une recherche. Deux fois de suite n’écrit rien de plus."
    writes = False

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--date", metavar="JOUR", help="le jour à prendre pour aujourd’hui (2026-11-28), à 9 h")

    def handle(self, *args: Any, **options: Any) -> None:
        readers, letters = actions.tell_new_aids(at=_moment(options["date"]))
        said = f"Lettres\u00a0: {letters}. Lecteurs\u00a0: {readers}."
        self.answer({"letters": letters, "readers": readers}, as_json=options["json"], sentences=[said])


def _moment(text: str | None) -> datetime:
    if text is None:
        return timezone.now()
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError("--date attend un jour, par exemple 2026-11-28.")
    return timezone.make_aware(datetime.combine(day, time(9)))
