"""The gallery: every component, its inputs read from its first lines, its states from `examples.html`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "templates/ui/components"
COMMENT = re.compile(r"\{%\s*comment\s*%\}(.*?)\{%\s*endcomment\s*%\}", re.DOTALL)

# Group, then the folders in the order a page meets them. A folder missing here fails a test.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Identité", ("mark", "rule", "knot")),
    ("Cadre de la page", ("skip_links", "page_header", "breadcrumb", "page_title", "page_footer")),
    ("Agir", ("button", "link", "card", "door")),
    ("Chercher et filtrer", ("search_box", "filters", "filter_group", "chips", "result_row", "pagination")),
    ("Écrire", ("field", "field_note", "choices", "error_summary")),
    ("Dire un état", ("notice", "toast_region", "badge", "axis_badge", "progress", "bar", "empty_state")),
    ("Donner des faits", ("facts", "source_note", "figure", "data_table", "disclosure", "term")),
    ("Montrer un lieu, une personne", ("map_frame", "commune_map", "contact_person", "qr_block")),
)

# Shown light and dark side by side: those whose examples hold no id.
PAIRED = frozenset(
    [
        "mark",
        "rule",
        "knot",
        "button",
        "link",
        "card",
        "door",
        "chips",
        "result_row",
        "notice",
        "toast_region",
        "badge",
        "axis_badge",
        "bar",
        "figure",
    ]
)


@dataclass(frozen=True)
class Entry:
    """A component as shown: folder name, promise and inputs of its leading comment, its examples."""

    name: str
    promise: str
    inputs: tuple[str, ...]
    examples: str

    @property
    def paired(self) -> bool:
        """Whether its states are shown in light and in dark at once."""
        return self.name in PAIRED


def folders() -> list[str]:
    """Every component there is, by name."""
    return sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def entry(name: str) -> Entry:
    """Read one component. Raises ValueError when its template does not open with a comment."""
    template = FOLDER / name / f"{name}.html"
    found = COMMENT.match(template.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{template.name} does not say its inputs in its first lines")
    lines = [line.strip() for line in found[1].strip().splitlines() if line.strip()]
    promise = " ".join(line for line in lines if not line.startswith(("- ", "Inputs")))
    inputs = [line.removeprefix("- ") for line in lines if line.startswith("- ")]
    inputs += [line.removeprefix("Inputs:").strip() for line in lines if re.match(r"Inputs: \S", line)]
    return Entry(name, promise, tuple(inputs), f"ui/components/{name}/examples.html")


def groups() -> list[tuple[str, list[Entry]]]:
    """What the page shows, in order."""
    return [(title, [entry(name) for name in names]) for title, names in GROUPS]
