"""The documentation tells the truth, or this fails."""

from __future__ import annotations

import re
from pathlib import Path

from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def test_every_command_of_ours_is_documented() -> None:
    ours = {name for name, app in get_commands().items() if app.startswith("maillage.")}
    listed = set(re.findall(r"`([a-z_]+)[ `]", (DOCS / "reference/commands.md").read_text()))
    assert ours - listed == set()


def test_every_setting_read_from_the_environment_is_documented() -> None:
    code = "".join(path.read_text() for path in (ROOT / "config").glob("*.py"))
    read = set(re.findall(r"""(?:environ\.get|boolean|words|integer)\(\s*["']([A-Z_]+)["']""", code))
    listed = set(re.findall(r"`([A-Z_]+)`", (DOCS / "reference/settings.md").read_text()))
    assert read
    assert read - listed == set()


def test_every_dependency_says_what_it_is_for() -> None:
    block = (ROOT / "pyproject.toml").read_text().split("dependencies = [", 1)[1].split("\n]", 1)[0]
    bare = [line for line in block.splitlines() if line.strip().startswith('"') and "#" not in line]
    assert bare == []


def test_every_decision_is_listed() -> None:
    index = (DOCS / "adr/README.md").read_text()
    assert [path.name for path in (DOCS / "adr").glob("0*.md") if path.name not in index] == []


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md"), *(ROOT / "maillage").glob("*/*.md")]:
        targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text())
        here = [target for target in targets if not target.startswith(("http://", "https://", "mailto:"))]
        broken += [f"{page.relative_to(ROOT)} → {target}" for target in here if not (page.parent / target).exists()]
    assert broken == []
