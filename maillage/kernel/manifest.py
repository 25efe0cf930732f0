"""What the ground offers to the house: the chain of the journal, dated values, the care of personal data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from maillage.kernel import registry
from maillage.kernel.actions import compact_at_night, forget_sent_forms, load_values, purge, scan_waiting, seal_journal
from maillage.kernel.holdings import HARMLESS, PERSONAL
from maillage.kernel.queries.audit import check_audit
from maillage.kernel.registry import Breach, Chore, Manifest

CHAIN = "kernel.journal_chain"
UNUSED = "kernel.unused_table"
A_DAY = 24 * 3600.0


def find_breaches() -> Iterator[Breach]:
    """The first link of the journal that breaks, and rows in tables that were declared unused."""
    if broken := check_audit().broken:
        yield Breach(CHAIN, f"maillon {broken.seal}", broken.message)
    for manifest in registry.manifests():
        for one in manifest.unused:
            for label in one.models:
                app, _, name = label.partition(".")
                if name.lower() in apps.all_models[app] and QuerySet(apps.get_model(label)).exists():
                    yield Breach(UNUSED, label, f"des lignes, alors que : {one.reason}")


def _seal() -> int:
    return seal_journal(at=timezone.now())


def _forget_forms() -> int:
    return forget_sent_forms(at=timezone.now())


def _scan() -> int:
    return scan_waiting(at=timezone.now())


def _purge() -> int:
    return sum(purge(at=timezone.now()).values())


MANIFEST = Manifest(
    room="kernel",
    checks=(find_breaches,),
    foundations=(load_values,),
    chores=(
        Chore("sceller le journal", 5, _seal),
        Chore("montrer à l’antivirus les documents qui l’attendent", 300, _scan, is_apart=True),
        Chore("effacer ce dont la durée est passée", A_DAY, _purge),
        Chore("oublier les formulaires partis", A_DAY, _forget_forms),
        Chore("resserrer la base après un effacement", 3600, compact_at_night),
    ),
    values=(Path(__file__).parent / "data/terms.json",),
    personal=PERSONAL,
    harmless=HARMLESS,
)
