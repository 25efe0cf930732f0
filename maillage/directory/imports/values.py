"""One cell at a time: from what people type to what a column takes, or a French sentence saying why not.

Each reader takes trimmed, non-empty text, gives a JSON value, and raises BadValue; the row is then kept
without that value. Neighbours: `rows` calls them and reports by line and column.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Protocol

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from maillage.directory.enums import Family, HeadcountBand, QualificationKind
from maillage.directory.opening_words import HoursUnread, in_osm
from maillage.kernel.text import fold
from pipelines.contracts.identifiers import Identifier, IdentifierProblem, check_rna, check_siren, check_siret
from pipelines.contracts.naf import normalise_naf
from pipelines.sources.nomenclatures import legal_categories


class BadValue(Exception):
    """The cell is left aside; `phrase` says why and what was expected."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


# What exports write when they have nothing to say.
NOTHING = frozenset({
    "-", "--", "/", ".", "?", "n/a", "na", "nc", "n.c.", "nd", "[nd]", "null", "none", "nan", "#n/a", "néant",
    "neant", "non renseigné", "non renseigne", "non communiqué", "0001-01-01", "01/01/0001",
})  # fmt: skip
_LONGEST_NOTHING = max(map(len, NOTHING))
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff\u2028\u2029]")
_BROKEN_CELL = re.compile(r"#(REF!|VALEUR!|VALUE!|NOM\?|NAME\?|DIV/0!|NUM!|NOMBRE!)")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{1,30})?")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("janvier janv", "fevrier fevr", "mars", "avril avr", "mai", "juin", "juillet juil", "aout", "septembre sept",
         "octobre oct", "novembre nov", "decembre dec"), 1)
    for name in names.split()
}  # fmt: skip
_DATE_FORMS = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[T ].*)?"),
    re.compile(r"(?P<d>\d{1,2})[-/. ](?P<m>\d{1,2})[-/. ](?P<y>\d{4})(?: .*)?"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
)
_DATE_IN_WORDS = re.compile(r"(\d{1,2})(?:er)? ([a-z]+) (\d{4})")
_url = URLValidator(schemes=["http", "https"])
_YES = frozenset({"oui", "o", "yes", "y", "true", "vrai", "1", "x"})
_NO = frozenset({"non", "n", "no", "false", "faux", "0"})
_CLOSED = frozenset({"c", "f", "d", "cessee", "ferme", "fermee", "dissoute", "dissous", "inactif", "inactive", "non"})


def clean(cell: str) -> str:
    """The cell without invisible characters; "" when it says that it says nothing."""
    text = cell if cell.isascii() and cell.isprintable() else _CONTROLS.sub("", cell.replace("\u00a0", " "))
    text = text.strip()
    return "" if len(text) <= _LONGEST_NOTHING and text.lower() in NOTHING else text


def refuse_broken(text: str) -> None:
    """Raise on a cell where a spreadsheet formula failed."""
    if text[0] == "#" and _BROKEN_CELL.fullmatch(text):
        raise BadValue(f"La formule de cette case a échoué ({text}).")


def siren(text: str) -> str:
    return _number(text, check_siren, "SIREN", 9)


def siret(text: str) -> str:
    return _number(text, check_siret, "SIRET", 14)


class _Check(Protocol):
    def __call__(self, raw: str | None, *, restore_zeros: bool = False) -> Identifier: ...


def _number(text: str, check: _Check, name: str, digits: int) -> str:
    """A wrong key is kept (a check flags it); zeros eaten by a spreadsheet come back when the key proves it."""
    found = check(text)
    if found.problem in {None, IdentifierProblem.KEY}:
        return found.value
    if _SCIENTIFIC.fullmatch(text):
        raise BadValue(f"Le tableur a arrondi ce {name} (« {text} ») : mettez la colonne au format Texte.")
    padded = check(text, restore_zeros=True)
    if padded.is_valid and len(found.value) >= digits - 4:
        return padded.value
    raise BadValue(f"« {text[:40]} » n’est pas un {name} : il en faut les {digits} chiffres.")


def rna(text: str) -> str:
    found = check_rna(text)
    if not found.is_valid:
        raise BadValue(f"« {text[:40]} » n’est pas un numéro RNA : W suivi de 9 chiffres.")
    return found.value


def day(text: str) -> str:
    """A date as ISO. Raises BadValue on an impossible one (31/02) or a year alone."""
    for form in _DATE_FORMS:
        if (found := form.fullmatch(text)) is not None:
            return _date(text, int(found["y"]), int(found["m"]), int(found["d"]))
    if (words := _DATE_IN_WORDS.fullmatch(fold(text))) is not None and words[2] in _MONTHS:
        return _date(text, int(words[3]), _MONTHS[words[2]], int(words[1]))
    raise BadValue(f"« {text[:40]} » n’est pas une date lisible : écrivez par exemple 31/12/2019.")


def _date(text: str, year: int, month: int, number: int) -> str:
    try:
        found = date(year, month, number)
    except ValueError as error:
        raise BadValue(f"La date « {text[:40]} » n’existe pas.") from error
    if not 1000 <= year <= 2200:
        raise BadValue(f"La date « {text[:40]} » est hors du temps.")
    return found.isoformat()


def degrees(text: str, limit: int) -> float:
    """A latitude (limit 90) or longitude (limit 180), with a point or a comma."""
    bare = text.replace(" ", "").rstrip("°")
    if not _NUMBER.fullmatch(bare):
        raise BadValue(f"« {text[:40]} » n’est pas une coordonnée en degrés : écrivez par exemple 49,9321.")
    value = round(float(bare.replace(",", ".")), 7)
    if not -limit <= value <= limit:
        raise BadValue(f"La coordonnée {text[:40]} est hors du globe (de −{limit} à {limit}).")
    return value


def latitude(text: str) -> float:
    return degrees(text, 90)


def longitude(text: str) -> float:
    return degrees(text, 180)


def point(text: str) -> tuple[float, float]:
    """Two coordinates in one cell, latitude first: `49.93, 2.94`, `49,93;2,94`, `[49.93, 2.94]`."""
    bare = text.strip("[]() ")
    parts = re.split(r"\s*[;|]\s*|,\s+|\s+", bare)
    if len(parts) != 2 and bare.count(",") == 1 and "." in bare:  # without a point, the comma is a decimal one
        parts = bare.split(",")
    if len(parts) != 2:
        raise BadValue(f"« {text[:40]} » ne donne pas une latitude et une longitude.")
    return latitude(parts[0]), longitude(parts[1])


def naf(text: str) -> str:
    found = normalise_naf(text.split(" ", maxsplit=1)[0] if len(text) > 7 else text)
    if found is None:
        raise BadValue(f"« {text[:40]} » n’est pas un code NAF : il s’écrit 94.99Z.")
    return found.code


def naf_version(code: str) -> str:
    found = normalise_naf(code)
    return found.version if found else ""


_FAMILIES = {fold(label): code for code, label in Family.choices} | {code: code for code in Family.values} | {
    "associations": "association", "assoc": "association", "cooperatives": "cooperative", "mutuelles": "mutual",
    "fondations": "foundation", "fonds de dotation": "foundation", "societe commerciale": "commercial_ess",
    "societe commerciale ess": "commercial_ess", "entreprise commerciale": "commercial_ess",
    "societes commerciales de l ess": "commercial_ess", "entreprise de l ess": "commercial_ess",
    "scop": "cooperative", "scic": "cooperative", "commercial ess": "commercial_ess",
}  # fmt: skip


def family(text: str) -> str:
    found = _FAMILIES.get(fold(text))
    if found is None:
        raise BadValue(f"« {text[:60]} » n’est pas une famille de l’ESS : association, coopérative, mutuelle…")
    return found


@lru_cache(maxsize=1)
def _legal_labels() -> dict[str, str]:
    return {fold(category.label): code for code, category in legal_categories().items()}


def legal_form(text: str) -> str:
    """Four digits, alone or before their label, or the label of a form of the ESS."""
    if re.fullmatch(r"\d{4}(\D.*)?", text):
        return text[:4]
    found = _legal_labels().get(fold(text))
    if found is None:
        raise BadValue(f"« {text[:60]} » n’est pas une catégorie juridique : donnez son code à quatre chiffres.")
    return found


def headcount_band(text: str) -> str:
    code = text.upper().zfill(2)
    if code not in HeadcountBand.values:
        raise BadValue(f"« {text[:40]} » n’est pas une tranche d’effectif de l’Insee (NN, 00, 01, 02, 03, 11…).")
    return code


def website(text: str) -> str:
    address = text.split(maxsplit=1)[0].rstrip(";,")
    if "://" not in address:
        address = f"https://{address}"
    try:
        _url(address)
    except ValidationError as error:
        raise BadValue(f"« {text[:60]} » n’est pas une adresse internet.") from error
    if len(address) > 500:
        raise BadValue("Cette adresse internet dépasse 500 caractères.")
    return address


def email(text: str) -> str:
    address = re.split(r"[;,\s]+", text.removeprefix("mailto:").strip())[0]
    try:
        validate_email(address)
    except ValidationError as error:
        raise BadValue(f"« {text[:60]} » n’est pas une adresse électronique.") from error
    return address


def phone(text: str) -> str:
    """Written as people read it: `03 22 84 00 00`, or `+…` abroad; the first number of several."""
    first = re.split(r"[/;]| ou ", text)[0]
    digits = re.sub(r"[^\d+]", "", first)
    if digits.startswith(("+33", "0033")) and len(digits.removeprefix("+33").removeprefix("0033")) in {9, 10}:
        digits = "0" + digits.removeprefix("+33").removeprefix("0033").lstrip("0")
    if len(digits) == 9 and not digits.startswith("0"):
        digits = f"0{digits}"  # a spreadsheet ate the zero
    if re.fullmatch(r"0\d{9}", digits):
        return " ".join(digits[start : start + 2] for start in range(0, 10, 2))
    if re.fullmatch(r"\+\d{8,15}|\d{4}", digits):
        return digits
    raise BadValue(f"« {text[:40]} » n’est pas un numéro de téléphone.")


def hours(text: str) -> str:
    """OpenStreetMap's syntax for what people write; else the text, kept as it is for a doubt on the sheet."""
    try:
        return in_osm(text)
    except HoursUnread:
        return text


def yes(text: str) -> bool:
    word = fold(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadValue(f"« {text[:40]} » : écrivez oui ou non.")


def is_closed(text: str) -> bool:
    return fold(text) in _CLOSED


_KINDS = (
    {fold(label): code for code, label in QualificationKind.choices}
    | {fold(code): code for code in QualificationKind.values}
    | {
        fold(word): code
        for code, label in QualificationKind.choices
        for word in (label.split(" (")[0], label[label.find("(") + 1 : label.find(")")] if "(" in label else label)
    }
    | {"scop": "worker_cooperative", "scic": "multi_stakeholder_cooperative", "ressourcerie": "reuse_centre",
       "recyclerie": "reuse_centre", "tiers lieux": "third_place", "esus": "esus",
       "chantier d insertion": "ACI", "ateliers et chantiers d insertion": "ACI"}
)  # fmt: skip


def qualification(text: str) -> str:
    found = _KINDS.get(fold(text))
    if found is None:
        raise BadValue(f"« {text[:60]} » n’est pas une qualification connue (ESUS, ACI, ESAT, SCIC…).")
    return found


def several(text: str) -> list[str]:
    """The parts of a cell that lists things: parted by `|`, `;`, new lines, or commas followed by a space."""
    return [part for part in (one.strip(" []\"'") for one in re.split(r"[|;\n]|, ", text)) if part]
