"""A Sirene stock file on this machine: what form it has, and whether it is what it should be.

Words: the form is told from the first bytes, never from the file's name.
Neighbours: `schema` says what is expected, `feed` streams the text forms, `selection` reads both.
"""

import csv
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import IO, Literal
from zipfile import BadZipFile, ZipFile, ZipInfo

import duckdb

from pipelines.errors import PipelineError
from pipelines.sources.sirene.schema import ESTABLISHMENTS, UNITS, StockSchema

Form = Literal["parquet", "csv", "zip"]

# Sirene's own text shrinks about six times, made-up text up to forty; a bomb shrinks a thousand times.
MAX_ZIP_RATIO = 200
MAX_TEXT_BYTES = 64 * 1024**3
_HEADER_BYTES = 64 * 1024
_RETRY = "Téléchargez à nouveau le fichier depuis data.gouv.fr, puis relancez l’import."


@dataclass(frozen=True, slots=True)
class Stock:
    """A checked stock file.

    stored_types: DuckDB type of each column in the file, in file order; every text form is VARCHAR.
    separator: between fields of a text form; empty for Parquet.
    """

    schema: StockSchema
    path: Path
    form: Form
    stored_types: dict[str, str]
    separator: str = ""


def open_stock(path: Path, schema: StockSchema) -> Stock:
    """Recognise a file and check its columns; only its first bytes (or its Parquet footer) are read.

    Raises PipelineError, in French, when it is missing, empty, a web page, damaged, or lacks a column.
    """
    if not path.is_file():
        raise PipelineError(f"Le fichier {path.name} est introuvable.", advice="Vérifiez le chemin donné à l’import.")
    with path.open("rb") as file:
        start = file.read(4)
    if not start:
        raise PipelineError(f"Le fichier {path.name} est vide.", advice=_RETRY)
    if start == b"PAR1":
        return _open_parquet(path, schema)
    form: Form = "zip" if start[:2] == b"PK" else "csv"
    with text_stream(path, form) as stream:
        header, separator = _read_header(stream, path)
    _check_columns(header, path, schema)
    return Stock(schema, path, form, dict.fromkeys(header, "VARCHAR"), separator)


def _open_parquet(path: Path, schema: StockSchema) -> Stock:
    with duckdb.connect() as connection:
        try:
            rows = connection.execute("DESCRIBE FROM read_parquet($path)", {"path": str(path)}).fetchall()
        except duckdb.Error as error:
            raise PipelineError(f"Le fichier Parquet {path.name} est illisible ou incomplet.", advice=_RETRY) from error
    types = {row[0]: row[1] for row in rows}
    _check_columns(list(types), path, schema)
    return Stock(schema, path, "parquet", types)


@contextmanager
def text_stream(path: Path, form: Form) -> Iterator[IO[bytes]]:
    """Open the text of a CSV, inside its zip or not, without unpacking it to disk.

    Raises PipelineError for a damaged archive, on opening or while it is read inside the context.
    """
    if form == "csv":
        with path.open("rb") as stream:
            yield stream
        return
    try:
        with ZipFile(path) as bundle, bundle.open(_only_member(bundle, path)) as member:
            yield member
    except (BadZipFile, NotImplementedError, zlib.error, EOFError) as error:
        raise PipelineError(f"L’archive {path.name} est abîmée ou incomplète.", advice=_RETRY) from error


def text_bytes(path: Path, form: Form) -> int:
    """Bytes of the text of a CSV once inflated, as announced by its archive."""
    if form == "csv":
        return path.stat().st_size
    with ZipFile(path) as bundle:
        return _only_member(bundle, path).file_size


def _only_member(bundle: ZipFile, path: Path) -> ZipInfo:
    members = [info for info in bundle.infolist() if info.filename.lower().endswith(".csv")]
    if len(members) != 1:
        raise PipelineError(
            f"L’archive {path.name} devrait contenir un seul fichier CSV ; elle en contient {len(members)}.",
            advice="Donnez l’archive telle que l’INSEE la publie.",
        )
    member = members[0]
    if member.flag_bits & 1:
        raise PipelineError(
            f"L’archive {path.name} est protégée par un mot de passe.",
            advice="Donnez l’archive publiée, sans mot de passe.",
        )
    ratio = member.file_size / max(member.compress_size, 1)
    if member.file_size > MAX_TEXT_BYTES or (ratio > MAX_ZIP_RATIO and member.file_size > 1024**2):
        raise PipelineError(
            f"L’archive {path.name} se déplie en {member.file_size / 1024**3:.1f} Go, {ratio:.0f} fois sa taille : "
            "ce n’est pas un fichier Sirene.",
            advice=_RETRY,
        )
    return member


def _read_header(stream: IO[bytes], path: Path) -> tuple[list[str], str]:
    start = stream.read(_HEADER_BYTES)
    where = "ligne 1"
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in start:
        raise PipelineError(
            f"Le fichier {path.name} n’est pas un texte en UTF-8.",
            where=where,
            advice="Donnez le fichier « utf8 » publié par l’INSEE, sans le réenregistrer.",
        )
    line = start.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
    if line.startswith((b"<", b"{")):
        raise PipelineError(
            f"Le fichier {path.name} est une page web ou un message d’erreur, pas un tableau.",
            where=where,
            advice=_RETRY,
        )
    text = line.decode("utf-8", errors="replace").strip("\r")
    separator = ";" if text.count(";") > text.count(",") else ","
    return next(csv.reader([text], delimiter=separator), []), separator


def _check_columns(found: list[str], path: Path, schema: StockSchema) -> None:
    present = set(found)
    missing = [column.source for column in schema.columns if not column.is_optional and column.source not in present]
    if not missing:
        return
    other = ESTABLISHMENTS if schema is UNITS else UNITS
    if present.issuperset(column.source for column in other.columns if not column.is_optional):
        raise PipelineError(
            f"Le fichier {path.name} est un fichier {other.name}, alors qu’un fichier {schema.name} est attendu.",
            advice="Les deux fichiers sont sans doute inversés.",
        )
    named = ", ".join(f"« {name} »" for name in missing[:5]) + (" et d’autres" if len(missing) > 5 else "")
    close = get_close_matches(missing[0], found, n=1, cutoff=0.8)
    hint = f" Une colonne « {close[0]} » lui ressemble." if close else ""
    many = len(missing) > 1
    raise PipelineError(
        f"{'Les colonnes' if many else 'La colonne'} {named} {'manquent' if many else 'manque'} "
        f"dans le fichier {path.name} ({schema.name}).{hint}",
        where="ligne d’en-tête",
        advice="Vérifiez que le fichier est bien le fichier stock publié par l’INSEE, entier.",
    )


def text_relation(stock: Stock, path: Path) -> str:
    """SQL that reads the text of a stock from `path` (a pipe), every column as text, in file order."""
    columns = ", ".join(f"'{_escaped(name)}': 'VARCHAR'" for name in stock.stored_types)
    return (
        f"read_csv('{_escaped(str(path))}', auto_detect = false, header = true, delim = '{stock.separator}', "
        f"quote = '\"', escape = '\"', strict_mode = true, columns = {{{columns}}})"
    )


def parquet_relation(path: Path) -> str:
    """SQL that reads a Parquet file."""
    return f"read_parquet('{_escaped(str(path))}')"


def _escaped(text: str) -> str:
    return text.replace("'", "''")
