"""What the room offers to the house."""

from __future__ import annotations

from pathlib import Path

from maillage.calls import tasks
from maillage.calls.checks import find_breaches
from maillage.calls.clicks import PURPOSES
from maillage.calls.gauges import GAUGES
from maillage.calls.holdings import HARMLESS, PERSONAL
from maillage.calls.notices import LETTERS
from maillage.calls.phrases.review import FEED
from maillage.calls.queries.jury import jury_panel
from maillage.calls.queries.own import own_panel
from maillage.calls.queries.waiting import office_panel
from maillage.kernel.registry import Chore, Manifest, Panel

AN_HOUR, A_DAY = 3600.0, 24 * 3600.0
_DATA = Path(__file__).parent / "data"

MANIFEST = Manifest(
    room="calls",
    gauges=GAUGES,
    checks=(find_breaches,),
    chores=(
        Chore("rappeler les brouillons de demandes d’aide", AN_HOUR, tasks.remind_drafts),
        Chore("oublier les brouillons de demandes d’aide", A_DAY, tasks.forget_drafts),
        Chore("rappeler les compléments attendus", AN_HOUR, tasks.remind_completions),
        Chore("rappeler aux jurys les dossiers à noter", AN_HOUR, tasks.remind_reviewers),
        Chore("ranger les documents des demandes d’aide", A_DAY, tasks.remove_stray_files),
    ),
    panels=(
        Panel(16, "calls/panels/own.html", own_panel),
        Panel(18, "calls/panels/jury.html", jury_panel),
    ),
    office_panels=(Panel(12, "calls/backoffice/applications/home.html", office_panel),),
    feed=FEED,
    letters=LETTERS,
    purposes=PURPOSES,
    values=(_DATA / "terms.json", _DATA / "applying.json", _DATA / "review.json"),
    personal=PERSONAL,
    harmless=HARMLESS,
)
