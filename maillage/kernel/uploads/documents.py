"""Documents taken apart: PDF built anew without what acts, office files refused when they hide something."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

import pikepdf
from pikepdf.settings import set_qpdf_limits

from maillage.kernel.uploads.pictures import clean_picture
from maillage.kernel.uploads.refusal import MEGABYTE, UploadRefused, read_at_most

LARGEST_BYTES = 10 * MEGABYTE
MOST_PAGES = 1_000
MOST_OBJECTS = 200_000
MOST_ENTRIES = 2_000
MOST_UNPACKED = 100 * MEGABYTE
HIGHEST_RATIO = 150
SMALL = 5 * MEGABYTE
PDF, DOCX, XLSX, ODT, ODS = "pdf", "docx", "xlsx", "odt", "ods"
MEDIA_TYPES = {
    PDF: "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ODT: "application/vnd.oasis.opendocument.text",
    ODS: "application/vnd.oasis.opendocument.spreadsheet",
}
_UNKNOWN = (
    "Nous ne savons pas lire ce fichier. Envoyez un PDF, une photo, ou un document Word, Excel ou LibreOffice récent."
)
_LOCKED = "Ce document est protégé par un mot de passe\u00a0: enlevez-le, puis envoyez le document."
_BROKEN = "Ce document est abîmé\u00a0: il ne s’ouvre pas. Enregistrez-le de nouveau, puis envoyez-le."
_SWOLLEN = "Ce document deviendrait démesuré une fois ouvert\u00a0: il est refusé. Enregistrez-le en PDF."
_MACROS = "Ce document contient des macros ou un objet caché. Enregistrez-le en PDF, puis envoyez le PDF."
# What an action of a PDF may do without its reader: run, open, send. Links to the web stay.
_ACTS = frozenset({
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie", "/Sound",
    "/RichMediaExecute",
})  # fmt: skip
_LIVE = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"})
_HIDDEN_KEYS = ("/OpenAction", "/AA", "/JavaScript", "/JS", "/EmbeddedFiles", "/AF", "/XFA", "/Metadata", "/PieceInfo")
_HIDDEN_PARTS = re.compile(
    r"(^|/)(vbaProject\.bin|Basic/|Scripts/|embeddings/|activeX/|oleObject|Object \d|customUI|macrosheets/)",
    re.IGNORECASE,
)
# Fields of Word and links of Excel that start a program.
_PROGRAMS = re.compile(
    rb"instr(Text\b[^<]{0,200}>|\s*=\s*[\"'])[^<\"']{0,200}\bDDE(AUTO)?\b|<\w{0,20}:?(ddeLink|oleLink)\b", re.IGNORECASE
)
_EXTERNAL = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External", re.IGNORECASE)
_HYPERLINK = re.compile(rb"relationships/hyperlink[\"']", re.IGNORECASE)
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)

# qpdf unfolds objects packed in LZW without any limit. No writer makes them: LZW is older than object streams.
_XREF_STREAM, _LZW = b"/XRef", b"/LZW"
_ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
# For the whole process: a stream that swells past this is not unfolded, whatever its document says.
set_qpdf_limits(
    flate_max_memory=64 * MEGABYTE,
    png_max_memory=64 * MEGABYTE,
    tiff_max_memory=64 * MEGABYTE,
    run_length_max_memory=64 * MEGABYTE,
    dct_max_memory=64 * MEGABYTE,
    max_stream_filters=4,
    doc_max_warnings=1_000,
)


@dataclass(frozen=True)
class CleanDocument:
    """A document that may be kept. extension: what `content` really is; media_type: as it is handed out."""

    content: bytes
    extension: str

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.extension]


def clean_document(file: BinaryIO, *, largest: int = LARGEST_BYTES) -> CleanDocument:
    """A PDF built anew, a picture drawn anew, or an office file (DOCX, XLSX, ODT, ODS) that hides nothing.

    What it is comes from its bytes, never from its name. largest: in bytes. Raises UploadRefused: another sort of
    file, too heavy, locked, broken, swollen once open, with macros or embedded objects.
    """
    content = read_at_most(file, largest)
    if content.startswith(b"%PDF-"):
        return CleanDocument(_rebuilt(content), PDF)
    if content.startswith(b"PK\x03\x04"):
        return CleanDocument(content, _office_kind(content))
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # the container of Word 97, also that of locked recent files
        raise UploadRefused("Ce document est d’un ancien format, ou verrouillé. Enregistrez-le en PDF.")
    try:
        picture = clean_picture(io.BytesIO(content), largest=largest)
    except UploadRefused as refusal:
        is_picture = content[:4] in {b"\x89PNG", b"RIFF", b"GIF8"} or content.startswith(b"\xff\xd8")
        raise UploadRefused(refusal.phrase if is_picture else _UNKNOWN) from refusal
    return CleanDocument(picture.content, picture.extension)


def _rebuilt(content: bytes) -> bytes:
    if _XREF_STREAM in (plain := _ESCAPED.sub(lambda one: bytes.fromhex(one[1].decode()), content)) and _LZW in plain:
        raise UploadRefused(_SWOLLEN)
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if len(pdf.objects) > MOST_OBJECTS or len(pdf.pages) > MOST_PAGES:
                raise UploadRefused(f"Ce PDF a plus de {MOST_PAGES} pages\u00a0: envoyez-le en plusieurs fois.")
            _refuse_swollen(pdf.objects)
            for one in pdf.objects:
                _disarm(one, 0)
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            out = io.BytesIO()
            # Without `encryption`, a lock that only forbids printing (insurers like it) is not written again.
            pdf.save(out, fix_metadata_version=False)
    except pikepdf.PasswordError as error:
        raise UploadRefused(_LOCKED) from error
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError, OSError, RuntimeError) as error:
        raise UploadRefused(_BROKEN) from error
    return out.getvalue()


def _disarm(one: Any, depth: int) -> None:
    """Take away, in one object and what it holds directly, what acts or hides; indirect objects have their own turn."""
    if depth > 50:
        raise UploadRefused(_BROKEN)
    if isinstance(one, pikepdf.Array):
        for rank in range(len(one) - 1, -1, -1):
            held = one[rank]
            if isinstance(held, pikepdf.Dictionary) and str(held.get("/Subtype", "")) in _LIVE:
                del one[rank]
            else:
                _disarm_inside(held, depth)
        return
    if not isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
        return
    if str(one.get("/S", "")) in _ACTS:
        _empty_action(one)
    for key in _HIDDEN_KEYS:
        if key in one:
            del one[key]
    for key in list(one.keys()):
        _disarm_inside(one.get(key), depth)


def _empty_action(one: Any) -> None:
    """What it would have run, opened or sent goes with it."""
    for key in list(one.keys()):
        del one[key]
    one["/S"] = pikepdf.Name("/NoOp")


def _refuse_swollen(objects: Iterable[Any]) -> None:
    """Unfold what a reader would unfold, pictures apart, and stop when it is too much."""
    total = 0
    for one in objects:
        if not isinstance(one, pikepdf.Stream) or str(one.get("/Subtype", "")) == "/Image":
            continue
        try:
            total += len(one.read_bytes())
        except pikepdf.DataDecodingError as error:
            total += MOST_UNPACKED if "limit" in str(error) else 0
        if total >= MOST_UNPACKED:
            raise UploadRefused(_SWOLLEN)


def _disarm_inside(held: Any, depth: int) -> None:
    if isinstance(held, (pikepdf.Dictionary, pikepdf.Array)) and not held.is_indirect:
        _disarm(held, depth + 1)


def _office_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _refuse_bombs(entries)
            kind = _kind_of(archive, {entry.filename for entry in entries})
            for entry in entries:
                _refuse_hidden(archive, entry)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zlib.error, KeyError) as error:
        raise UploadRefused(_BROKEN) from error
    except RuntimeError as error:  # an entry that asks for a password
        raise UploadRefused(_LOCKED) from error
    return kind


def _refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    swollen = any(
        one.file_size > SMALL and one.file_size > HIGHEST_RATIO * max(one.compress_size, 1) for one in entries
    )
    if len(entries) > MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_UNPACKED or swollen:
        raise UploadRefused(_SWOLLEN)


def _kind_of(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "[Content_Types].xml" in names:
        if "word/document.xml" in names:
            return DOCX
        if "xl/workbook.xml" in names:
            return XLSX
    if "mimetype" in names and "content.xml" in names:
        told = archive.read("mimetype")[:100].decode("ascii", "replace").strip()
        found = {media: kind for kind, media in MEDIA_TYPES.items()}.get(told)
        if found is not None:
            return found
    raise UploadRefused(_UNKNOWN)


def _refuse_hidden(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if name.startswith("/") or "\\" in name or ".." in name.split("/") or _HIDDEN_PARTS.search(name):
        raise UploadRefused(_MACROS)
    if not name.endswith((".xml", ".rels", ".rdf")):
        return
    with archive.open(entry) as part:
        text = part.read().replace(b"\0", b"")
    if _PROGRAMS.search(text):
        raise UploadRefused(_MACROS)
    if _DECLARATION.search(text[:65_536]) or b"macroEnabled" in text[:65_536]:
        raise UploadRefused(_MACROS)
    if name.endswith(".rels") and any(not _HYPERLINK.search(one) for one in _relationships(text)):
        raise UploadRefused(_MACROS)


def _relationships(text: bytes) -> list[bytes]:
    """The relationships that lead outside of the document."""
    return [one for one in re.findall(rb"<Relationship\b[^>]*>", text) if _EXTERNAL.search(one)]
