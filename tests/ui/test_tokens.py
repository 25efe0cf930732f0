"""The colours of tokens.css hold their promise, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[2] / "ui/css/tokens.css").read_text(encoding="utf-8")
GROUNDS = ("ground", "surface", "sunk")
TINTS = ("tint-info", "tint-done", "tint-warning", "tint-late", "tint-beet")
TEXTS = (
    "ink",
    "ink-muted",
    "action",
    "action-strong",
    "late",
    "done",
    "beet",
    "ochre",
    "axis-1",
    "axis-2",
    "axis-3",
    "axis-4",
)
ON_TINT = {
    "tint-info": ("ink", "ink-muted", "action", "action-strong"),
    "tint-done": ("ink", "done", "action"),
    "tint-warning": ("ink", "ochre", "action"),
    "tint-late": ("ink", "late", "action"),
    "tint-beet": ("ink", "beet"),
}
FILLED = [("on-action", "action"), ("on-action", "action-strong"), ("on-late", "late")] + [
    ("on-axis", f"axis-{number}") for number in range(1, 5)
]


def tokens(theme: str) -> dict[str, str]:
    block = re.search(rf'\[data-theme="{theme}"\]\s*\{{([^}}]*)\}}', CSS)
    assert block is not None
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block[1]))


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_light_and_dark_name_the_same_colours() -> None:
    assert tokens("light").keys() == tokens("dark").keys()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_at_seven_to_one_on_every_ground(theme: str) -> None:
    colours = tokens(theme)
    weak = [
        (text, ground, round(contrast(colours[text], colours[ground]), 2))
        for text in TEXTS
        for ground in GROUNDS
        if contrast(colours[text], colours[ground]) < 7
    ]
    assert weak == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_at_seven_to_one_on_tints_and_filled_buttons(theme: str) -> None:
    colours = tokens(theme)
    pairs = [(text, tint) for tint in TINTS for text in ON_TINT[tint]] + FILLED
    weak = [
        (a, b, round(contrast(colours[a], colours[b]), 2)) for a, b in pairs if contrast(colours[a], colours[b]) < 7
    ]
    assert weak == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_controls_and_focus_stand_at_three_to_one(theme: str) -> None:
    colours = tokens(theme)
    weak = [
        (line, ground, round(contrast(colours[line], colours[ground]), 2))
        for line in ("line", "focus")
        for ground in (*GROUNDS, *TINTS, "map-land", "map-land-2", "map-land-3")
        if contrast(colours[line], colours[ground]) < 3
    ]
    assert weak == []


def test_colours_are_written_in_the_tokens_and_nowhere_else() -> None:
    ui = Path(__file__).resolve().parents[2] / "ui"
    sheets = [*(ui / "templates").rglob("*.css"), ui / "css/base.css"]
    written = {
        sheet.name: found
        for sheet in sheets
        if (
            found := re.findall(
                r"(?<![\w%])#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(",
                re.sub(r'url\("data:[^"]*"\)', "", sheet.read_text()),
            )
        )
    }
    assert written == {"qr_block.css": ["#fff"]}, "a QR code is read on white, whatever the theme"
