"""What screens read of threads, ideas and files."""

from maillage.discussion.queries.dialogues import public_dialogues, sides_of
from maillage.discussion.queries.files import current_version, files_of, kit_of
from maillage.discussion.queries.threads import glance, messages_of, own_exchanges, threads_of
from maillage.discussion.queries.versions import Piece, VersionLine, version_lines

__all__ = [
    "Piece",
    "VersionLine",
    "current_version",
    "files_of",
    "glance",
    "kit_of",
    "messages_of",
    "own_exchanges",
    "public_dialogues",
    "sides_of",
    "threads_of",
    "version_lines",
]
