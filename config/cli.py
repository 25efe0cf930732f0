"""The console script `maillage`: Django's commands under our name."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one command; exit ≠ 0 on failure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    sys.argv[0] = "maillage"
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
