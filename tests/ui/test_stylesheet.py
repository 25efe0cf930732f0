"""One stylesheet, joined from many, that says the same thing shorter."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from ui import gallery, stylesheet
from ui.finders import StylesheetFinder


def served() -> str:
    return stylesheet.join(stylesheet.sources())


def test_minifying_keeps_strings_selectors_and_sums_as_they_are() -> None:
    css = """/* note */ a > b , c:is(.d, .e) { content: "a ;  b"; width: calc(100% + 2 * var(--x)); }
    @media (min-width: 40em) and (prefers-color-scheme: dark) { .f :hover { color: red; } }"""
    assert stylesheet.minify(css) == (
        'a>b,c:is(.d,.e){content:"a ;  b";width:calc(100% + 2 * var(--x))}'
        "@media (min-width:40em) and (prefers-color-scheme:dark){.f :hover{color:red}}"
    )


def test_dark_tokens_serve_the_stored_choice_and_the_system_preference_alike() -> None:
    css = served()
    chosen = re.search(r'\[data-theme="dark"\]\{([^}]*)\}', css)
    asked = re.search(r"@media \(prefers-color-scheme:dark\)\{:root:not\(\[data-theme\]\)\{([^}]*)\}\}", css)
    assert chosen is not None
    assert asked is not None
    assert chosen[1] == asked[1]


def test_every_sheet_beside_a_component_is_served_and_braces_balance() -> None:
    joined = stylesheet.sources()
    assert set(gallery.FOLDER.rglob("*.css")) <= set(joined)
    assert served().count("{") == served().count("}")


def test_the_sheet_stays_light() -> None:
    # Of the home page's 75 kB, 47 are typefaces; the sheets of all eleven rooms count here too.
    assert len(gzip.compress(served().encode(), 9)) < 11_000


def test_the_finder_gives_one_file_and_writes_it_only_when_it_changed(tmp_path: Path) -> None:
    finder = StylesheetFinder()
    finder.folder = tmp_path
    path = Path(finder.find("ui/maillage.css"))
    before = path.stat().st_mtime_ns
    assert path.read_text(encoding="utf-8") == served()
    assert finder.find("ui/maillage.css", find_all=True) == [str(path)]
    assert path.stat().st_mtime_ns == before
    assert [name for name, _ in finder.list(None)] == ["ui/maillage.css"]


@pytest.mark.parametrize("other", ["ui/theme.js", "maillage.css", ""])
def test_the_finder_knows_nothing_else(other: str) -> None:
    assert StylesheetFinder().find(other) == []
