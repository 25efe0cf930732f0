"""From values to aids that may be written: each is checked, a key comes once, and one fault refuses the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from maillage.aids.actions.checking import checked, theme_codes
from maillage.aids.actions.refusal import AidRefused
from maillage.aids.facts import Fault, Harvest, Received
from maillage.aids.models import LABELS

_NO_KEY = "Rien ne distingue cette aide des autres\u00a0: ni adresse, ni numéro."
_TWICE = "Cette aide est déjà à la ligne {line}."


def harvest(rows: Iterable[tuple[int, str, Mapping[str, Any], list[Fault]]]) -> Harvest:
    """(line, key, values, faults) of each aid become a whole: every aid, or every fault."""
    themes, seen = theme_codes(), dict[str, int]()
    aids, faults = list[Received](), list[Fault]()
    for line, key, values, wrong in rows:
        faults += wrong
        if not wrong and not key:
            faults.append(Fault(line, "lien", _NO_KEY))
        elif key in seen:
            faults.append(Fault(line, "lien", _TWICE.format(line=seen[key])))
        elif not wrong:
            seen[key] = line
            try:
                said = (
                    {**values, "themes": [code for code in values["themes"] if code in themes]}
                    if "themes" in values
                    else values
                )
                aids.append(Received(key[:200], checked({"name": "", **said}, themes=themes)))
            except AidRefused as refusal:
                faults.append(Fault(line, _label(refusal.field), refusal.phrase))
    return Harvest(faults=tuple(faults)) if faults else Harvest(tuple(aids))


def _label(field: str) -> str:
    return LABELS.get(field, "aide")
