from __future__ import annotations

from pathlib import Path

import pytest

from tools.new_room import draw


def test_a_room_is_drawn_with_its_readme_and_a_first_test(tmp_path: Path) -> None:
    written = {str(path.relative_to(tmp_path)) for path in draw("events", tmp_path)}
    assert {"maillage/events/README.md", "maillage/events/apps.py", "tests/events/test_apps.py"} <= written
    compile((tmp_path / "maillage/events/apps.py").read_text(), "apps.py", "exec")


@pytest.mark.parametrize("name", ["", "Utils", "a-b", "x", "événements"])
def test_a_bad_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="NAME"):
        draw(name, tmp_path)


def test_a_room_that_stands_is_not_drawn_again(tmp_path: Path) -> None:
    draw("events", tmp_path)
    with pytest.raises(ValueError, match="existe déjà"):
        draw("events", tmp_path)
