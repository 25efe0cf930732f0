"""Put a fixed SQLite in the place of the system's before Django opens it.

SQLite 3.7.0 to 3.51.2 may corrupt a database in write-ahead mode when a log is reset while another
process reads it; Debian 12 ships 3.40. The `pysqlite3` wheel carries a fixed one.
"""

from __future__ import annotations

import sys

import pysqlite3

SAFE_FROM = (3, 51, 3)


def install() -> None:
    """Make `import sqlite3` mean the fixed one, for this process."""
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
