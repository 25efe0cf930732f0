"""Read a source of aids whole: a file (JSON of the API, its CSV export), or the API. Nothing is written here."""

from maillage.aids.imports.files import read_file
from maillage.aids.imports.shapes import read_answer

__all__ = ["read_answer", "read_file"]
