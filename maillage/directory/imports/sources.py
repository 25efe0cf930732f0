"""Which records does a run read? One opener per kind of source."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from maillage.directory.imports.beat import Hear, deaf
from maillage.directory.imports.from_api import run_api_source
from maillage.directory.imports.from_file import run_file_source
from maillage.directory.imports.from_sirene import run_sirene_source
from maillage.directory.imports.records import RecordSource
from maillage.directory.models import ImportRun

Opener = Callable[[ImportRun, datetime, Hear], AbstractContextManager[RecordSource]]
OPENERS: dict[str, Opener] = {
    ImportRun.Kind.FILE.value: run_file_source,
    ImportRun.Kind.API.value: run_api_source,
    ImportRun.Kind.SIRENE.value: run_sirene_source,
}


def source_of(run: ImportRun, *, at: datetime, hear: Hear = deaf) -> AbstractContextManager[RecordSource]:
    """The records of a run, whatever its kind; what it reads is at hand while the context lasts.

    hear: told of the stages of a long fetch. Raises FileRefused, PipelineError, and whatever `hear` raises.
    """
    return OPENERS[run.kind](run, at, hear)
