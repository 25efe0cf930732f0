"""The command line: `python -m tools.build_territory`, in French for the person who runs it."""

from __future__ import annotations

import argparse
import re
import shlex
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

from maillage.territories.data_format import TerritoryFile, TerritoryKind
from tools.build_territory.assemble import FRANCE_SLUG, Asked, build, build_france
from tools.build_territory.codes import OfficialCodes
from tools.build_territory.contours import default_table, read_contours
from tools.build_territory.naming import slug
from tools.build_territory.notice import notice_text
from tools.build_territory.problems import BuildError
from tools.build_territory.writing import serialise, write

ROOT = Path(__file__).resolve().parents[2]
OUTPUT_FOLDER = Path("var/territories")
DEFAULT_TOLERANCE_METRES = 30.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Build what is asked and say where it is. Gives 0, or 1 with a French sentence and nothing written."""
    options = _parser().parse_args(arguments)
    try:
        _run(options)
    except BuildError as error:
        print(f"Erreur : {error}", file=sys.stderr)
        return 1
    return 0


def _run(options: argparse.Namespace) -> None:
    official = OfficialCodes(options.node_modules)
    if options.france:
        print("Lecture des codes officiels et des contours de toute la France…")
        document = build_france(options.date, official, read_contours(default_table()))
        output = options.output or OUTPUT_FOLDER / f"{FRANCE_SLUG}.json.gz"
    else:
        print("Lecture des codes officiels…")
        asked = _asked(options, official)
        print("Lecture des contours et construction de la carte…")
        document = build(asked, official, read_contours(default_table()))
        output = options.output or OUTPUT_FOLDER / f"{asked.slug}.json"
    _write(document, output, _command(options, document, output))


def _asked(options: argparse.Namespace, official: OfficialCodes) -> Asked:
    sirens: list[str] = options.epci or ([options.siren] if options.siren else [])
    if not sirens:
        raise BuildError("Indiquez --siren pour une intercommunalité, ou --epci pour plusieurs.")
    for siren in (*sirens, *filter(None, [options.siren])):
        if not re.fullmatch(r"[0-9]{9}", siren):
            raise BuildError(f"« {siren} » n’est pas un SIREN : il faut neuf chiffres.")
    if len(set(sirens)) != len(sirens):
        raise BuildError("La même intercommunalité est citée deux fois.")
    alone = len(sirens) == 1 and options.siren in {None, sirens[0]}
    if unknown := [siren for siren in sirens if siren not in official.epcis]:
        advice = (
            " Un PETR n’est pas dans ces listes : donnez ses intercommunalités avec --epci." if not options.epci else ""
        )
        raise BuildError(f"Aucune intercommunalité ne porte le SIREN {', '.join(unknown)}.{advice}")
    if not alone and not (options.siren and options.name):
        raise BuildError("Pour plusieurs intercommunalités, donnez aussi --siren et --name.")
    name = options.name or official.epcis[sirens[0]]["nom"]
    address = options.slug or slug(name)
    if not address or address != slug(address):
        raise BuildError("L’adresse (--slug) s’écrit en minuscules sans accent, avec des traits d’union.")
    return Asked(
        siren=options.siren or sirens[0],
        name=name,
        slug=address,
        kind=options.kind or ("epci" if alone else "custom"),
        epcis=tuple(sirens),
        built_on=options.date,
        tolerance_metres=options.tolerance,
    )


def _write(document: TerritoryFile, output: Path, command: str) -> None:
    content = serialise(document)
    notice = output.with_name(f"{output.name.removesuffix('.gz').removesuffix('.json')}.NOTICE.md")
    write(output, content)
    write(notice, notice_text(document, command).encode())
    for warning in document["notice"]["warnings"]:
        print(f"À savoir. {warning}")
    size = output.stat().st_size / 1000
    print(
        f"{document['territory']['name']} : {len(document['communes'])} communes, "
        f"{len(document['epcis'])} intercommunalité(s)."
    )
    print(f"Fichier : {output} ({size:.0f} ko). Notice : {notice}.")


def _command(options: argparse.Namespace, document: TerritoryFile, output: Path) -> str:
    territory = document["territory"]
    words = [".venv/bin/python", "-m", "tools.build_territory"]
    if options.france:
        words += ["--france"]
    else:
        words += ["--siren", territory["siren"], "--epci", ",".join(epci["siren"] for epci in document["epcis"])]
        words += ["--name", territory["name"], "--slug", territory["slug"], "--kind", territory["kind"]]
    # The notice names the file, not the folders of the machine that built it.
    shown = output.resolve()
    place = shown.relative_to(ROOT) if shown.is_relative_to(ROOT) else Path(output.name)
    words += ["--date", document["notice"]["built_on"], "--output", str(place)]
    return shlex.join(words)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.build_territory",
        description="Construit le jeu de données d’un territoire à partir des paquets installés, sans réseau.",
    )
    parser.add_argument("--siren", help="SIREN du territoire ; seul, c’est celui d’une intercommunalité")
    parser.add_argument("--epci", type=_sirens, metavar="SIREN[,SIREN…]", help="intercommunalités qui le composent")
    parser.add_argument("--name", help="nom du territoire")
    parser.add_argument("--slug", help="nom du territoire dans les adresses (par défaut, tiré du nom)")
    parser.add_argument("--kind", choices=get_args(TerritoryKind), help="nature du territoire")
    parser.add_argument("--france", action="store_true", help="toute la France, sans contours (profil de charge)")
    parser.add_argument("--output", type=Path, help="fichier à écrire (.json ou .json.gz)")
    parser.add_argument("--date", type=_date, default=datetime.now(UTC).date(), help="date portée par la notice")
    parser.add_argument(
        "--tolerance", type=float, default=DEFAULT_TOLERANCE_METRES, help="simplification des contours, en mètres"
    )
    parser.add_argument(
        "--node-modules", type=Path, default=ROOT / "node_modules", help="dossier des paquets npm installés"
    )
    return parser


def _sirens(text: str) -> list[str]:
    return [siren.strip() for siren in text.split(",") if siren.strip()]


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("écrivez la date comme 2026-11-22") from error
