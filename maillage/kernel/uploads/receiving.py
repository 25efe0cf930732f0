"""How much of a file the server takes in: no more than any form there would keep, so that nobody fills the disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class BoundedUpload(FileUploadHandler):
    """Stands before Django's handlers: past the longest file of this page, the rest is read and dropped.

    What is left is longer than the form allows, so the form refuses it with its own words, and the connection stays.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= self._longest() else None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        return None

    def _longest(self) -> int:
        path = "" if self.request is None else self.request.path
        return max(size for prefix, size in settings.LONGEST_UPLOADS.items() if path.startswith(prefix))
