"""Which column is read as what: guessed from the titles, shown, corrected by a person, kept for next time.

Words: the *key* of a header is the fingerprint of its titles, whatever their order or case; `columns` =
{title as received: target code}, unread titles absent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from maillage.directory.imports.columns import BY_CODE, MANY, recognise, title_key
from maillage.directory.imports.reading import FileRefused, Table
from maillage.directory.models import ColumnMapping

Columns = dict[str, str]


class MappingRefused(Exception):
    """The correspondence cannot be used; `phrase` says why, in French."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


def header_key(titles: Iterable[str]) -> str:
    """SHA-256 of the titles, sorted and folded."""
    return hashlib.sha256("\n".join(sorted(map(title_key, titles))).encode()).hexdigest()


def mapping_for(table: Table) -> Columns:
    """The correspondence kept for this header, or a guess.

    Raises FileRefused when no column can be the name of the structure.
    """
    kept = ColumnMapping.objects.filter(header_key=header_key(table.titles)).first()
    columns = {title: code for title, code in kept.columns.items() if code in BY_CODE} if kept else {}
    columns = {title: code for title, code in columns.items() if title in table.titles} or guess(table.titles)
    try:
        return checked(columns, table.titles)
    except MappingRefused as refusal:
        shown = ", ".join(f"« {title[:40]} »" for title in table.titles[:12])
        raise FileRefused(
            f"{refusal.phrase} Titres lus : {shown}.",
            line=table.header_line,
            advice="Ajoutez une colonne « nom », ou dites laquelle tient ce rôle.",
        ) from refusal


def guess(titles: Sequence[str]) -> Columns:
    """Each target goes to the title that announces it most plainly, the leftmost when two do."""
    best: dict[str, tuple[int, int]] = {}
    columns: Columns = {}
    for place, title in enumerate(titles):
        found = recognise(title)
        if found is None:
            continue
        code, rank = found
        if code in MANY:
            columns[title] = code
        elif code not in best or (rank, place) < best[code]:
            best[code] = (rank, place)
    columns |= {titles[place]: code for code, (_, place) in best.items()}
    if "name" not in columns.values() and "legal_name" in columns.values():
        columns = {title: "name" if code == "legal_name" else code for title, code in columns.items()}
    return {title: columns[title] for title in titles if title in columns}


def checked(columns: Mapping[str, str], titles: Sequence[str]) -> Columns:
    """The same, in the order of the file. Raises MappingRefused: unknown target, one target twice, no name."""
    fed: dict[str, str] = {}
    for title, code in columns.items():
        if code not in BY_CODE:
            raise MappingRefused(f"« {code} » n’est pas un champ connu.")
        if title not in titles:
            raise MappingRefused(f"Le fichier n’a pas de colonne « {title} ».")
        if code in fed and code not in MANY:
            raise MappingRefused(f"« {fed[code]} » et « {title} » rempliraient tous deux « {BY_CODE[code].label} ».")
        fed[code] = title
    if "name" not in fed:
        raise MappingRefused("Aucune colonne ne donne le nom de la structure.")
    return {title: columns[title] for title in titles if title in columns}
