"""F7, the stand-in for a power cut: is there a synchronisation of the disk between a form and its thanks?

A web process is watched with strace while it answers forms on SQLite. Without strace the measure says so.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.faults.clients import ask
from tests.faults.place import Place, drop, prepared
from tests.faults.serving import served
from tests.faults.test_serving import PLANT
from tests.forms import form_in

POSTS = 10
PATH = "/annuaire/atelier/corriger/"
SYNC, ASKED, ANSWERED = re.compile(r"\bf(?:data)?sync\("), re.compile(r'"POST /'), re.compile(r'"HTTP/1\.1 200')
CALLS = "fdatasync,fsync,recvfrom,recvmsg,read,readv,write,writev,sendto,sendmsg"


def run() -> dict[str, Any]:
    """{posts, synchronised before the answer, synchronisations for each}."""
    if shutil.which("strace") is None:
        return {"strace": "not there: apt-get install strace"}
    os.environ.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory() as folder:
        place = prepared(Path(folder) / "place")
        place = Place(place.folder, more={"TRUSTED_PROXIES": "1"})
        try:
            place.shell(PLANT)
            return _watched(place, Path(folder) / "calls.txt")
        finally:
            drop(place)


def _watched(place: Place, calls: Path) -> dict[str, Any]:
    with served(place, "--workers", "1", "--no-worker") as site:
        assert site.process is not None
        words = ["strace", "-f", "-s", "40", "-e", f"trace={CALLS}", "-o", str(calls)]
        pids = [word for pid in _family(site.process.pid) for word in ("-p", str(pid))]
        watcher = subprocess.Popen([*words, *pids], stderr=subprocess.DEVNULL)
        time.sleep(1)
        try:
            for number in range(POSTS):
                origin = {"X-Forwarded-For": f"10.0.0.{number + 1}"}
                page = ask(site.port, PATH, headers=origin)
                time.sleep(2.1)  # faster than a person, a form is asked once more
                said = form_in(page.page) | {"note": f"mot {number}"}
                assert ask(site.port, PATH, said, cookies=page.cookies, headers=origin).status == 200
        finally:
            watcher.terminate()
            watcher.wait()
    return _counted(calls.read_text(errors="replace").splitlines())


def _family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _counted(lines: list[str]) -> dict[str, Any]:
    syncs: list[int] = []
    is_asked, seen = False, 0
    for line in lines:
        if ASKED.search(line):
            is_asked, seen = True, 0
        elif is_asked and SYNC.search(line):
            seen += 1
        elif is_asked and ANSWERED.search(line):
            syncs.append(seen)
            is_asked = False
    return {
        "forms": len(syncs),
        "synchronised_before_the_thanks": sum(one > 0 for one in syncs),
        "synchronisations_for_each": sorted(set(syncs)),
    }
