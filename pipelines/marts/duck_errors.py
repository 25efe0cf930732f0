"""Turns what DuckDB says of a bad file into a French sentence with the line and the column."""

import re
from pathlib import Path

import duckdb

from pipelines.errors import PipelineError

_LINE = re.compile(r"(?:CSV Error on )?Line:? (\d+)")
_COLUMNS = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)", re.IGNORECASE)
_AGAIN = "Téléchargez à nouveau le fichier publié, sans l’ouvrir dans un tableur, puis relancez l’import."


def in_french(error: duckdb.Error, path: Path) -> PipelineError:
    """Say what is wrong with a file, where, and what to do; an unforeseen fault keeps DuckDB's first line."""
    text = str(error)
    lowered = text.lower()
    line = _LINE.search(text)
    where = f"ligne {line.group(1)}" if line else ""
    name = path.name
    columns = _COLUMNS.search(text)
    if "quote" in lowered and "unterminated" in lowered:
        said = f"Dans le fichier {name}, un guillemet ouvert n’est jamais fermé."
    elif "maximum line size" in lowered:
        said = f"Dans le fichier {name}, une ligne est démesurée ; un guillemet n’est sans doute jamais fermé."
    elif columns:
        said = f"Dans le fichier {name}, une ligne a {columns.group(2)} colonnes au lieu de {columns.group(1)}."
    elif "unicode" in lowered or "utf-8" in lowered:
        said = f"Le fichier {name} n’est pas entièrement en UTF-8."
    elif isinstance(error, duckdb.OutOfMemoryException):
        return PipelineError(
            "La mémoire ou le disque ne suffit pas pour lire les fichiers Sirene.",
            advice="Libérez de la place (10 Go suffisent), puis relancez.",
        )
    elif isinstance(error, duckdb.IOException) and "no space" in lowered:
        return PipelineError("Le disque est plein.", advice="Libérez de la place, puis relancez.")
    else:
        said = f"Le fichier {name} n’a pas pu être lu : {text.splitlines()[0][:200]}"
    return PipelineError(said, where=where, advice=_AGAIN)
