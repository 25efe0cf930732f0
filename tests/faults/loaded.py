"""Run apart: a process that has loaded a platform once, and forks a child for each line it reads.

A command then costs what it does, not three seconds of imports. Each child is a process of its own all the same, with
connections of its own, that says and ends what the command says. A line is JSON: `words` of a command, or `code`, and
the files where `out` and `err` go; the answer is the exit code.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.checks import run_checks  # noqa: E402
from django.db import connections  # noqa: E402

from config import cli  # noqa: E402


def become(asked: dict[str, Any]) -> int:
    """Do what is asked, as a process that was started for it; its exit code."""
    ways = ((os.devnull, os.O_RDONLY), (asked["out"], os.O_WRONLY), (asked["err"], os.O_WRONLY))
    for stream, (path, way) in enumerate(ways):
        os.dup2(os.open(path, way), stream)
    try:
        if asked["words"]:
            sys.argv = ["maillage", *asked["words"]]
            cli.main()
        else:
            exec(asked["code"], {"__name__": "__main__"})
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 — said on the error output, as Python does at the end of a process
        traceback.print_exc()
        return 1
    return 0


def main() -> None:
    run_checks()  # loads the addresses and the views, which every command does before it begins
    lines = open(0, "rb", buffering=0, closefd=False)  # noqa: SIM115 — unbuffered, so that no child holds what comes next
    while line := lines.readline():
        connections.close_all()
        pid = os.fork()
        if pid == 0:
            code = become(json.loads(line))
            connections.close_all()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)  # taking all that was loaded down again would take most of a second
        os.write(1, b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


main()
