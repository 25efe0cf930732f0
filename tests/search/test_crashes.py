"""Killed in the middle of writing: the last commit is readable, and the work can be done again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from maillage.search.engine import Engine, Query, state, writer
from tests.search.conftest import build, organisation, update

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import sys
from pathlib import Path
from maillage.search.engine import state, writer, Document

root, verb = Path(sys.argv[1]), sys.argv[2]

def documents(count, word):
    for number in range(1, count + 1):
        yield Document(kind="organisation", id=number, title=f"{word} {number}", url="/")

print("ready", flush=True)
with state.writing(root, wait=True):
    for turn in range(1000):
        if verb == "rebuild":
            writer.rebuild(root, documents(300, "Neuf"), expected=300)
        elif verb == "update":
            writer.update(root, documents(100, "Neuf"), [("organisation", 150)], cursor={"turn": turn})
        else:
            writer.rebase(root)
        print(turn, flush=True)
"""


def start(root: Path, verb: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", WRITER, str(root), verb], stdout=subprocess.PIPE, env=environment)


@pytest.mark.parametrize("verb", ["rebuild", "update", "rebase"])
def test_a_writer_killed_anywhere_leaves_a_readable_index(tmp_path: Path, verb: str) -> None:
    build(tmp_path, (organisation(number, f"Vieux {number}") for number in range(1, 201)))
    for delay in (0.0, 0.02, 0.05, 0.11):
        process = start(tmp_path, verb)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        engine = Engine(tmp_path)
        answer = engine.search(Query())
        assert answer.state == "ready"
        old, new = (engine.search(Query(text=word)).total for word in ("vieux", "neuf"))
        assert (old, new, answer.total) in {(200, 0, 200), (0, 300, 300), (99, 100, 199), (100, 100, 200)}
    # The lock fell with the process, and whatever was interrupted can be done again.
    update(tmp_path, [organisation(1, "Suite")])
    assert Engine(tmp_path).search(Query(text="suite")).total == 1


def test_a_committed_update_whose_state_was_not_written_is_written_again_without_double(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, [organisation(1, "Vieux"), organisation(2, "Vieux aussi")])

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(state, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            update(tmp_path, [organisation(1, "Neuf")], [("organisation", 2)])
    assert Engine(tmp_path).search(Query()).total == 1
    update(tmp_path, [organisation(1, "Neuf")], [("organisation", 2)])
    engine = Engine(tmp_path)
    assert [row.title for row in engine.search(Query()).rows] == ["Neuf"]
    assert len(engine.fingerprints()) == 1


def test_a_failed_rebuild_leaves_the_former_generation_alone(tmp_path: Path) -> None:
    engine = build(tmp_path, [organisation(1, "Vieux")])

    def broken() -> object:
        yield organisation(1, "Neuf")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), state.writing(tmp_path):
        writer.rebuild(tmp_path, broken(), expected=2)  # type: ignore[arg-type]
    assert engine.search(Query(text="vieux")).total == 1
    assert len(list(tmp_path.glob("g-*"))) == 1


def test_only_one_process_writes_at_a_time(tmp_path: Path) -> None:
    build(tmp_path, [organisation(1, "Vieux")])
    process = start(tmp_path, "update")
    assert process.stdout is not None
    assert [process.stdout.readline() for _ in range(2)] == [b"ready\n", b"0\n"]
    with pytest.raises(state.Busy), state.writing(tmp_path):
        pass
    process.kill()
    process.wait()
    process.stdout.close()
    with state.writing(tmp_path):
        pass


def test_a_reader_sees_what_another_process_writes(tmp_path: Path) -> None:
    engine = build(tmp_path, [organisation(1, "Vieux")])
    assert engine.search(Query(text="neuf")).total == 0
    process = start(tmp_path, "update")
    assert process.stdout is not None
    assert [process.stdout.readline() for _ in range(2)] == [b"ready\n", b"0\n"]
    assert engine.search(Query(text="neuf")).total == 100
    process.kill()
    process.wait()
    process.stdout.close()
