"""Draw an empty room: `make new-room NAME=events`. Says what is left to do by hand."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

README = """# {name}: what it is for, in three words

Purpose:
Words:
Main flows:
Who leans on it:
"""
APPS = """from django.apps import AppConfig


class {title}Config(AppConfig):
    name = "maillage.{name}"
    label = "{name}"
    verbose_name = "{title}"
"""
TEST = '''"""The first truth of the room."""

from __future__ import annotations

from django.apps import apps


def test_the_room_stands_in_the_house() -> None:
    assert apps.get_app_config("{name}").name == "maillage.{name}"
'''


def draw(name: str, root: Path = ROOT) -> list[Path]:
    """Write the room's first files; refuse a bad or taken name with ValueError."""
    if not re.fullmatch(r"[a-z][a-z]{2,30}", name):
        raise ValueError("NAME : un mot anglais en minuscules, par exemple NAME=events.")
    room, proofs = root / "maillage" / name, root / "tests" / name
    if room.exists():
        raise ValueError(f"La pièce {name} existe déjà.")
    files = {
        room / "__init__.py": "",
        room / "apps.py": APPS.format(name=name, title=name.capitalize()),
        room / "README.md": README.format(name=name),
        room / "phrases.py": '"""The French wording of the room."""\n',
        room / "migrations" / "__init__.py": "",
        proofs / "__init__.py": "",
        proofs / "test_apps.py": TEST.format(name=name),
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return list(files)


def main() -> None:
    try:
        written = draw(sys.argv[1] if len(sys.argv) > 1 else "")
    except ValueError as refusal:
        sys.exit(str(refusal))
    for path in written:
        print(path.relative_to(ROOT))
    print("À faire à la main : INSTALLED_APPS (config/settings.py), les étages (pyproject.toml), le README.")


if __name__ == "__main__":
    main()
