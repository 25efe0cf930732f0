"""The kept result of a consultation, in words, bars and tables. Reads nothing but what was kept at the closing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from maillage.choosing import phrases
from maillage.choosing.enums import Answer, Method
from maillage.choosing.models import College, Consultation, Option
from maillage.choosing.tally import CONSENT
from ui import french
from ui.tables import Cell, Column, cells

Part = Mapping[str, Any]
EVERYBODY = "Ensemble"


@dataclass(frozen=True)
class Bar:
    """label and words are read first; value out of most is drawn."""

    label: str
    words: str
    value: int
    most: int


@dataclass(frozen=True)
class Table:
    """As the component `data_table` takes it."""

    caption: str
    columns: Sequence[Column]
    rows: list[list[Cell]]


@dataclass(frozen=True)
class Shown:
    """What the page shows. sentences: who leads, then what else must be said; by_college: None when it may not be
    shown; differ: the colleges that put something else first, and what."""

    turnout: Table
    sentences: list[str]
    bars: list[Bar]
    by_college: Table | None
    differ: list[str]
    more: list[Table] = field(default_factory=list)


def shown(consultation: Consultation, options: Sequence[Option], colleges: Sequence[College]) -> Shown:
    """The result of a closed consultation, its options and colleges loaded; no query."""
    kept = consultation.result
    assert kept is not None
    tally, titles = kept["tally"], {option.letter: option.label for option in options}
    names = {college.key: college.label for college in colleges}
    whole, is_apart = tally["whole"], kept["colleges_shown"]
    teller = {Method.CONSENT: _consent, Method.DOTS: _dots, Method.RANKING: _ranking}[Method(consultation.method)]
    sentences, bars, more = teller(whole, titles)
    if kept["left_papers"]:
        sentences.append(french.plural(kept["left_papers"], *phrases.LEFT_PAPERS))
    return Shown(
        turnout=_turnout(kept, names, is_apart=is_apart), sentences=sentences, bars=bars,
        by_college=_by_college(consultation.method, tally, titles, names) if is_apart else None,
        differ=_differing(consultation.method, tally, titles, names) if is_apart else [], more=more,
    )  # fmt: skip


def quoted(letters: Sequence[str], titles: Mapping[str, str]) -> str:
    """« Réparer », « Manger » et « Bouger »."""
    words = [f"«\u00a0{titles[letter]}\u00a0»" for letter in letters]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} et {words[-1]}"


def _turnout(kept: Mapping[str, Any], names: Mapping[str, str], *, is_apart: bool) -> Table:
    columns = [Column("Collège"), Column("Voix", numeric=True), Column("Bulletins", numeric=True)]
    parts = kept["tally"]["colleges"]
    rows = [
        (name, french.number(kept["electors"][key]), french.number(parts[key]["ballots"]))
        for key, name in names.items()
        if is_apart
    ]
    whole = kept["tally"]["whole"]["ballots"]
    rows.append((EVERYBODY, french.number(sum(kept["electors"].values())), french.number(whole)))
    return Table("Qui a voté", columns, cells(columns, rows))


def _consent(whole: Part, titles: Mapping[str, str]) -> tuple[list[str], list[Bar], list[Table]]:
    number = whole["object"]
    if not whole["ballots"]:
        sentence = "Personne n’a répondu."
    elif number:
        sentence = f"Le consentement n’est pas acquis\u00a0: {french.plural(number, 'objection')}."
    else:
        sentence = "Le consentement est acquis\u00a0: personne n’a d’objection."
    bars = [
        Bar(
            str(answer.label),
            french.plural(whole[answer.value], "voix", "voix"),
            whole[answer.value],
            whole["ballots"] or 1,
        )
        for answer in Answer
    ]
    return [sentence], bars, []


def _dots(whole: Part, titles: Mapping[str, str]) -> tuple[list[str], list[Bar], list[Table]]:
    points, most = whole["dots"], max(whole["dots"].values(), default=0)
    first = whole["leaders"]
    words = french.plural(most, "point")
    sentence = "Personne n’a donné de point."
    if len(first) == 1:
        sentence = f"{quoted(first, titles)} arrive en tête, avec {words}."
    elif first:
        sentence = f"{quoted(first, titles)} arrivent en tête à égalité, avec {words} chacune."
    order = sorted(points, key=lambda letter: (-points[letter], letter))
    bars = [
        Bar(
            titles[letter],
            f"{french.plural(points[letter], 'point')}, de {french.plural(whole['voices'][letter], 'voix', 'voix')}",
            points[letter], most or 1,
        )
        for letter in order
    ]  # fmt: skip
    return [sentence], bars, []


def _ranking(whole: Part, titles: Mapping[str, str]) -> tuple[list[str], list[Bar], list[Table]]:
    if not whole["leaders"]:
        return ["Personne n’a classé de proposition."], [], []
    first = whole["leaders"]
    if whole["condorcet"]:
        duel = f"{quoted(first, titles)} gagne tous ses duels\u00a0: face à chaque autre, plus de voix la préfèrent."
    elif whole["cycle"]:
        duel = (
            f"Aucune proposition ne gagne tous ses duels\u00a0: {quoted(whole['cycle'], titles)} se battent en rond. "
            f"La méthode de Schulze, qui suit les duels les plus nets, met en tête {quoted(first, titles)}."
        )
    else:
        duel = "Aucune proposition ne gagne tous ses duels. En tête par la méthode de Schulze\u00a0: "
        duel += f"{quoted(first, titles)}."
    number = french.plural(len(whole["rounds"]), "tour")
    rounds = f"Par éliminations successives, en {number}\u00a0: {quoted(whole['runoff'], titles)}."
    if sorted(whole["runoff"]) != sorted(first):
        rounds += " Les deux façons de compter ne donnent pas la même réponse\u00a0: c’est à dire quand on décide."
    firsts = whole["rounds"][0]["counts"]
    bars = [
        Bar(titles[letter], f"{french.plural(firsts[letter], 'fois', 'fois')} en premier", firsts[letter],
            max(firsts.values()) or 1)
        for group in whole["order"] for letter in group
    ]  # fmt: skip
    return [duel, rounds], bars, [_duels(whole, titles), _rounds(whole, titles)]


def _duels(whole: Part, titles: Mapping[str, str]) -> Table:
    order = [letter for group in whole["order"] for letter in group]
    columns = [Column("Préférée à…"), *(Column(letter, numeric=True) for letter in order)]
    rows = [
        [
            f"{one}. {titles[one]}",
            *("–" if one == other else french.number(whole["pairs"][one][other]) for other in order),
        ]
        for one in order
    ]
    return Table("Duels\u00a0: combien de voix préfèrent la ligne à la colonne", columns, cells(columns, rows))


def _rounds(whole: Part, titles: Mapping[str, str]) -> Table:
    rounds = whole["rounds"]
    columns = [Column("Proposition"), *(Column(f"Tour {number}", numeric=True) for number in range(1, len(rounds) + 1))]
    order = [letter for group in whole["order"] for letter in group]
    rows = [
        [titles[letter], *(_in_round(one, letter) for one in rounds)] for letter in order
    ]  # fmt: skip
    rows.append(["Bulletins épuisés", *(french.number(one["exhausted"]) for one in rounds)])
    return Table(
        "Éliminations\u00a0: premiers choix encore en course, tour par tour (– : éliminée)",
        columns,
        cells(columns, rows),
    )


def _in_round(told: Part, letter: str) -> str:
    return french.number(told["counts"][letter]) if letter in told["counts"] else "–"


def _by_college(method: str, tally: Part, titles: Mapping[str, str], names: Mapping[str, str]) -> Table:
    """A line for each answer, a column for each college that voted: a page is wider in lines than in columns."""
    parts = [(names[key], part) for key, part in tally["colleges"].items() if part["ballots"]]
    parts.append((EVERYBODY, tally["whole"]))
    if method == Method.CONSENT:
        caption, lines = "Réponses", [(str(answer.label), answer.value) for answer in Answer]
    else:
        caption, lines = (
            "Points" if method == Method.DOTS else "Fois en premier",
            [(titles[one], one) for one in titles],
        )
    columns = [Column("Réponse"), *(Column(name, numeric=True) for name, _ in parts)]
    rows = [[label, *(french.number(_number(method, part, key)) for _, part in parts)] for label, key in lines]
    return Table(f"{caption}, par collège", columns, cells(columns, rows))


def _number(method: str, part: Part, key: str) -> int:
    if method == Method.CONSENT:
        return int(part[key])
    if method == Method.DOTS:
        return int(part["dots"][key])
    return int(part["rounds"][0]["counts"].get(key, 0)) if part["rounds"] else 0


def _differing(method: str, tally: Part, titles: Mapping[str, str], names: Mapping[str, str]) -> list[str]:
    """« Habitantes et habitants (« Bouger ») »."""
    told = []
    for key in tally["differ"]:
        leaders = tally["colleges"][key]["leaders"]
        if method == Method.CONSENT:
            words = "consentement acquis" if leaders == [CONSENT] else "objection"
        else:
            words = quoted(leaders, titles) if leaders else "rien en tête"
        told.append(f"{names[key]} ({words})")
    return told
