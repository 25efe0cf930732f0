"""How an import that moves is told: what it does now, how far it is, whether anything still moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from maillage.directory.actions.import_runs import LEASE
from maillage.directory.models import ImportRun
from maillage.directory.phrases import IMPORT_STAGES
from ui import french

# Stages that count pages or lines; the others tell a share in percent.
COUNTED = {"fetch": "structures reçues", "compare": "lignes", "write": "lignes", "": "fiches"}
_State = ImportRun.State


@dataclass(frozen=True)
class Following:
    """title, stage: French; words: "1 200 sur 3 000 lignes", "42 %" or ""; is_silent: no sign of life for a minute."""

    title: str
    stage: str
    words: str
    is_silent: bool


def is_waiting(run: ImportRun) -> bool:
    """Its preview is not there yet."""
    return run.state == _State.DRAFT and not run.counts and run.queued_at is None


def follow(run: ImportRun, *, now: datetime) -> Following | None:
    """What to say of an import that moves; None when it waits for a person, or is over."""
    if run.state == _State.RUNNING:
        title, since = "L’import avance", run.alive_at
    elif run.state == _State.UNDOING:
        title, since = "L’annulation avance", run.alive_at
    elif run.queued_at is not None:
        title, since = "L’import va commencer", run.queued_at
    elif is_waiting(run):
        title, since = "L’aperçu se prépare", run.alive_at or run.started_at
    else:
        return None
    is_silent = since is not None and now - since > LEASE
    if run.queued_at is not None:
        return Following(title, "", "", is_silent)
    return Following(title, IMPORT_STAGES.get(run.stage, ""), _how_far(run), is_silent)


def _how_far(run: ImportRun) -> str:
    done, total = run.progress_done, run.progress_total
    if not done and not total:
        return ""
    if run.stage not in COUNTED:
        return f"{done} %" if total else ""
    counted = f"{french.number(done)} sur {french.number(total)}" if total else french.number(done)
    return f"{counted} {COUNTED[run.stage]}"


def written_so_far(run: ImportRun) -> str:
    """How many lines of a half-written import are in the directory; "" when none is."""
    lines = sum(run.written.values())
    return french.plural(lines, "ligne est déjà écrite.", "lignes sont déjà écrites.") if lines else ""
