"""The map's own modules have their own tests, in their own language (tests/ui/map)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


def test_the_modules_of_the_map_pass_their_own_tests() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.fail("The map's tests need node: apt-get install -y nodejs", pytrace=False)
    files = sorted(map(str, (HERE / "map").glob("*.test.js")))
    done = subprocess.run([node, "--test", *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(files) == 3
