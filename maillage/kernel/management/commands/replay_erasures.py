"""Erase again those who were erased after the backup that has just been restored."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from maillage.kernel.actions import compact, replay_erasures
from maillage.kernel.console import Verb


class Command(Verb):
    help = "Efface de nouveau les personnes parties après la sauvegarde qui vient d’être remise en place."
    writes = False

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        done = replay_erasures(at=at)
        if done:
            compact(at=at)
        self.answer({"erased": done}, as_json=options["json"], sentences=[f"{done} personne(s) effacée(s) de nouveau."])
