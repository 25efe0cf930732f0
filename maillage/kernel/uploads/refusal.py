from __future__ import annotations

from typing import BinaryIO

MEGABYTE = 1_000_000


class UploadRefused(Exception):
    """The file is not kept; `phrase` says why and what to do, in French."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


def read_at_most(file: BinaryIO, limit: int) -> bytes:
    """The bytes of a file, from its beginning. Raises UploadRefused: empty, or more than `limit` bytes.

    The length that a browser announces is not believed: one byte more than the limit is read, never two.
    """
    file.seek(0)
    content = file.read(limit + 1)
    if not content:
        raise UploadRefused("Ce fichier est vide\u00a0: vérifiez qu’il s’ouvre chez vous, puis envoyez-le de nouveau.")
    if len(content) > limit:
        raise UploadRefused(f"Ce fichier dépasse {limit // MEGABYTE}\u00a0Mo\u00a0: réduisez-le, puis envoyez-le.")
    return content
