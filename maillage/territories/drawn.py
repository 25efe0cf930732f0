"""What the component `commune_map` draws on a territory, whoever counts what. Units of the drawing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Area:
    """One commune. url: where it leads, "" nowhere; tone: 1 to 3, by EPCI."""

    name: str
    url: str
    path: str
    tone: int


@dataclass(frozen=True)
class Disc:
    """A number, at the heart of a commune."""

    x: int
    y: int
    radius: float


@dataclass(frozen=True)
class Written:
    """A name. side: of its place, where it begins, ends or stands."""

    x: int
    y: int
    text: str
    side: str = "middle"
