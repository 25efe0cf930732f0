"""What must be true of the whole tree, whoever wrote the line."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def tracked(*suffixes: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    names = listed.stdout.decode().splitlines()
    return [ROOT / name for name in names if name.endswith(suffixes) and (ROOT / name).is_file()]


def lines_matching(pattern: str, files: list[Path]) -> list[str]:
    found = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if found.search(line)
    ]


def test_no_template_holds_a_script_a_style_or_a_handler() -> None:
    pattern = r"<script>|<style[ >]|\sstyle=|\son(click|change|submit|load|input)="
    templates = tracked(".html")
    assert templates
    assert lines_matching(pattern, templates) == []


def test_no_file_names_the_host_of_a_package_registry() -> None:
    hosts = r"pypi\.o" + r"rg|pythonhosted\.o" + r"rg|registry\.npm" + r"js|deb\.debian\.o" + "rg"
    assert lines_matching(hosts, tracked(".py", ".md", ".txt", ".toml", ".json", ".sh", ".yml", "Makefile")) == []


def test_no_module_bears_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "core", "misc"}
    named = [path for path in tracked(".py") if empty & {path.stem, *path.relative_to(ROOT).parts[:-1]}]
    assert named == []


def test_no_module_is_longer_than_600_lines() -> None:
    code = [path for path in tracked(".py") if "migrations" not in path.parts and "tests" not in path.parts]
    long = {str(path.relative_to(ROOT)): size for path in code if (size := path.read_text().count("\n")) > 600}
    assert long == {}


def test_no_page_or_script_calls_another_site() -> None:
    files = [path for path in tracked(".html", ".css", ".js") if "docs" not in path.parts]
    calls = r"""(src|srcset|poster)=["']https?://|url\(["']?https?://|@import\s+["']?https?://|fetch\(["']https?://"""
    assert lines_matching(calls, files) == []


def test_every_room_has_a_page_that_one_reads_before_its_code() -> None:
    rooms = [path.parent for path in (ROOT / "maillage").glob("*/apps.py")]
    assert rooms
    missing = [room.name for room in rooms if not (room / "README.md").exists()]
    assert missing == []


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    marks = r"pytest\.(sk" + r"ip|mark\.(sk" + r"ip|xfa" + r"il))|assert Tr" + r"ue$"
    assert lines_matching(marks, [path for path in tracked(".py") if "tests" in path.parts]) == []
