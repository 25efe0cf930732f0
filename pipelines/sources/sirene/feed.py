"""Pours the text of a published zip into DuckDB through a named pipe, so that nothing is unpacked to disk.

Words: the feed is the writing end, held by a thread; DuckDB is the reading end.
Neighbours: `stock` opens the text, `selection` runs the query that reads the pipe.
"""

import errno
import fcntl
import os
import select
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import IO, Self

from pipelines.errors import PipelineError
from pipelines.french_numbers import percent, whole
from pipelines.sources.sirene.stock import MAX_TEXT_BYTES, Stock, text_bytes, text_stream

_BLOCK = 1024 * 1024
_PATIENCE = 0.2


class CsvFeed:
    """A context in which `pipe` can be read once, as a file, by one query.

    After the query, call `raise_if_broken`: a damaged archive looks to the reader like a file that ends early.
    lines: line ends poured so far, header included.
    """

    def __init__(self, stock: Stock, folder: Path) -> None:
        self.pipe = folder / f"{stock.schema.name}.pipe"
        self.lines = 0
        self._stock = stock
        self._poured = 0
        self._total = max(text_bytes(stock.path, stock.form), 1)
        self._ends_with_newline = True
        self._failure: PipelineError | None = None
        self._stop = Event()
        self._thread = Thread(target=self._pour, name="sirene-feed", daemon=True)

    @property
    def share(self) -> float:
        """Share of the text poured so far, 0 to 1."""
        return min(self._poured / self._total, 1.0)

    @property
    def rows(self) -> int:
        """Rows poured, one per line but the header; a line break inside quotes would count twice."""
        return max(self.lines + (not self._ends_with_newline) - 1, 0)

    def __enter__(self) -> Self:
        os.mkfifo(self.pipe)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        self.pipe.unlink(missing_ok=True)

    def raise_if_broken(self) -> None:
        """Raise the French error of an archive that could not be read to its end."""
        self._stop.set()
        self._thread.join()
        if self._failure is None:
            return
        where = f"vers la ligne {whole(self.lines + 1)}, à {percent(self.share)} de la lecture"
        raise PipelineError(
            self._failure.message, where=self._failure.where or where, advice=self._failure.advice
        ) from self._failure

    def _pour(self) -> None:
        descriptor = self._open_when_read()
        if descriptor is None:
            return
        try:
            with text_stream(self._stock.path, self._stock.form) as stream:
                self._copy(stream, descriptor)
        except BrokenPipeError:
            pass  # The query ended first: it has its own error to tell.
        except PipelineError as failure:
            self._failure = failure
        except OSError as failure:
            self._failure = PipelineError(
                f"La lecture du fichier {self._stock.path.name} s’est interrompue ({failure.strerror}).",
                advice="Vérifiez le disque, puis relancez l’import.",
            )
        finally:
            os.close(descriptor)

    def _open_when_read(self) -> int | None:
        # Opening without blocking lets the thread leave if the query fails before it reads.
        while not self._stop.is_set():
            try:
                descriptor = os.open(self.pipe, os.O_WRONLY | os.O_NONBLOCK)
                # A wider pipe means fewer turns between the two sides; the kernel may refuse, 64 kB do too.
                with suppress(OSError):
                    fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, _BLOCK)
                return descriptor
            except OSError as error:
                if error.errno != errno.ENXIO:
                    raise
                self._stop.wait(0.005)
        return None

    def _copy(self, stream: IO[bytes], descriptor: int) -> None:
        block = stream.read(_BLOCK).removeprefix(b"\xef\xbb\xbf")
        while block:
            self._write(descriptor, block)
            self.lines += block.count(b"\n")
            self._poured += len(block)
            self._ends_with_newline = block.endswith(b"\n")
            if self._poured > MAX_TEXT_BYTES:
                raise PipelineError(
                    f"Le fichier {self._stock.path.name} est beaucoup trop grand.",
                    advice="Vérifiez que c’est bien le fichier publié par l’INSEE.",
                )
            block = stream.read(_BLOCK)

    def _write(self, descriptor: int, block: bytes) -> None:
        rest = memoryview(block)
        while rest:
            try:
                rest = rest[os.write(descriptor, rest) :]
            except BlockingIOError:
                # Nobody reads any more although the pipe is still open: the query failed.
                if self._stop.is_set():
                    raise BrokenPipeError from None
                select.select([], [descriptor], [], _PATIENCE)
