"""Bring organisations in from files and services: read, match, preview, write in one go, undo.

The doors (back office, commands, tasks) need only what is exported here:
receive_file → correct_columns → preview_run → carry_out; `actions.undo_import` turns it back.
"""

from maillage.directory.imports.columns import TARGETS, Target
from maillage.directory.imports.from_api import open_api_run
from maillage.directory.imports.from_file import correct_columns, file_source, receive_file
from maillage.directory.imports.from_sirene import open_sirene_run
from maillage.directory.imports.mapping import MappingRefused
from maillage.directory.imports.reading import FileRefused
from maillage.directory.imports.records import LEVELS, RecordSource
from maillage.directory.imports.running import Preview, SourceShrank, carry_out, preview_records, preview_run

__all__ = [
    "LEVELS",
    "TARGETS",
    "FileRefused",
    "MappingRefused",
    "Preview",
    "RecordSource",
    "SourceShrank",
    "Target",
    "carry_out",
    "correct_columns",
    "file_source",
    "open_api_run",
    "open_sirene_run",
    "preview_records",
    "preview_run",
    "receive_file",
]
