from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from maillage.strategy import phrases_indicators as phrases
from maillage.strategy.actions.measuring import ReadingRefused, snapshot_indicators
from maillage.strategy.queries import home_strategy
from ui import french


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"« {text} » n’est pas un jour comme 2026-11-28") from error


class Command(BaseCommand):
    help = "Relève les indicateurs que la plateforme compte elle-même ; le même jour deux fois ne change rien."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=_day, help="aujourd’hui (par défaut) ou hier, AAAA-MM-JJ")
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui serait relevé, sans rien écrire")
        parser.add_argument("--json", action="store_true", help="rend le compte rendu en JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        strategy = home_strategy()
        if strategy is None:
            raise CommandError(phrases.NO_STRATEGY_AT_ALL)
        at = timezone.now()
        try:
            report = snapshot_indicators(
                strategy=strategy, on=options["on"] or timezone.localdate(at), by=None, at=at,
                is_dry_run=options["dry_run"],
            )  # fmt: skip
        except ReadingRefused as refusal:
            raise CommandError(refusal.phrase) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
            return
        pattern = phrases.WOULD_SNAPSHOT if report.is_dry_run else phrases.SNAPSHOT
        written = french.plural(len(report.written), "indicateur relevé", "indicateurs relevés")
        self.stdout.write(pattern.format(written=written, day=french.day(report.on), present=len(report.present)))
        if report.missing:
            self.stdout.write(phrases.NO_GAUGE.format(codes=", ".join(report.missing)))
