"""A visiting card (vCard 4.0, RFC 6350): the public facts of one organisation, its contact only with consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.directory.queries.sheet import Sheet

LINE_OCTETS = 75


def card_of(sheet: Sheet, *, site: str) -> str:
    """The card, lines folded, ended by CRLF. site: address of the site, without final slash."""
    organisation = sheet.organisation
    lines = ["BEGIN:VCARD", "VERSION:4.0", "KIND:org", f"FN:{escape(organisation.name)}"]
    lines.append(f"ORG:{escape(organisation.legal_name or organisation.name)}")
    if sheet.main is not None:
        lines += _place(sheet)
    if sheet.phone:
        lines.append(f"TEL;VALUE=text:{escape(sheet.phone)}")
    if sheet.email:
        lines.append(f"EMAIL:{escape(sheet.email)}")
    if sheet.website:
        lines.append(f"URL:{one_line(sheet.website)}")
    if sheet.sectors:
        lines.append("CATEGORIES:" + ",".join(escape(word) for word in sheet.sectors))
    if organisation.is_example:
        lines.append("NOTE:Donnée d’exemple : cette structure est inventée.")
    lines.append(f"SOURCE:{site}{organisation.get_absolute_url()}")
    lines.append(f"REV:{organisation.updated_at:%Y%m%dT%H%M%SZ}")
    lines.append("END:VCARD")
    return "".join(fold_line(line) for line in lines)


def _place(sheet: Sheet) -> list[str]:
    main = sheet.main
    if main is None:
        return []
    place, commune = main.place, main.place.commune
    town = commune.name if commune is not None else place.place_label
    parts = ["", "", place.address, town, "", place.postal_code, "France"]
    lines = [f"ADR:{';'.join(escape(part) for part in parts)}"]
    if main.latitude is not None and main.longitude is not None:
        lines.append(f"GEO:geo:{main.latitude:.5f},{main.longitude:.5f}")
    return lines


def escape(text: str) -> str:
    """A text value: backslash, comma, semicolon and line breaks are escaped (RFC 6350, 3.4)."""
    text = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def one_line(text: str) -> str:
    """An address that cannot begin a line of its own."""
    return "".join(text.split())


def fold_line(line: str) -> str:
    """Cut at 75 octets, never inside a character; what follows begins with a space (RFC 6350, 3.2)."""
    pieces, piece, length = [], "", 0
    for letter in line:
        size = len(letter.encode("utf-8", "replace"))
        if length + size > LINE_OCTETS:
            pieces.append(piece)
            piece, length = " ", 1
        piece, length = piece + letter, length + size
    return "\r\n".join([*pieces, piece]) + "\r\n"
