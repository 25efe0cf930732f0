"""One stylesheet out of many small ones, without a build step.

Each component keeps its CSS beside its template; this joins them, in order: tokens, base, components,
rooms (`templates/**/*.css` of the other apps), print. The dark tokens are written once in tokens.css
and repeated here under the system's preference.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.conf import settings

HERE = Path(__file__).resolve().parent
NAME = "ui/maillage.css"
DARK = re.compile(r'\[data-theme="dark"\]\s*\{(?P<tokens>[^}]*)\}')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What may lose the spaces around it; strings and data addresses are set aside first.
KEPT = re.compile(r"\"[^\"]*\"|'[^']*'")
TIGHT = re.compile(r"\s*([{};,>])\s*")
AFTER_COLON = re.compile(r":\s+")


def sources() -> list[Path]:
    """The files that make the sheet, in the order of the cascade."""
    own = sorted((HERE / "templates").rglob("*.css"))
    rooms = [
        sheet
        for app in apps.get_app_configs()
        if app.name != "ui" and Path(app.path).is_relative_to(settings.ROOT / "maillage")
        for sheet in sorted((Path(app.path) / "templates").rglob("*.css"))
    ]
    return [HERE / "css/tokens.css", HERE / "css/base.css", *own, *rooms, HERE / "css/print.css"]


def minify(css: str) -> str:
    """Drop comments and needless spaces; strings stay as they are."""
    kept: list[str] = []

    def set_aside(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\x00{len(kept) - 1}\x00"

    text = KEPT.sub(set_aside, COMMENT.sub("", css))
    text = AFTER_COLON.sub(":", TIGHT.sub(r"\1", re.sub(r"\s+", " ", text))).replace(";}", "}").strip()
    return re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found[1])], text)


def join(files: Iterable[Path]) -> str:
    """The whole sheet as served."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    dark = DARK.search(text)
    if dark is None:
        raise ValueError("tokens.css has lost its dark block")
    system = f"@media (prefers-color-scheme: dark) {{ :root:not([data-theme]) {{{dark['tokens']}}} }}"
    return minify(text[: dark.end()] + system + text[dark.end() :])


def written(folder: Path) -> Path:
    """Write the sheet under `folder` when its sources changed, and give its path.

    The write is atomic: several processes may do it at once.
    """
    target = folder / NAME
    css = join(sources())
    if target.exists() and target.read_text(encoding="utf-8") == css:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=target.parent, delete=False, encoding="utf-8") as handle:
        handle.write(css)
    Path(handle.name).chmod(0o644)
    os.replace(handle.name, target)  # noqa: PTH105 - the two names stand side by side
    return target
