from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase

# What a browser may show in place; anything else is handed over to be kept (SVG holds scripts).
SHOWN = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
}
POLICY = "sandbox; default-src 'none'; style-src 'none'; script-src 'none'; frame-ancestors 'none'"
# Pictures of organisations and their renditions; nothing else of the storage is public.
PUBLIC_FOLDERS = ("images", "original_images")
DAY = 86_400


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A public file of the storage: never run, never guessed, never outside its folders."""
    parts = PurePosixPath(path)
    if (
        ".." in parts.parts
        or parts.is_absolute()
        or "\\" in path
        or parts.parts[:1] not in [(f,) for f in PUBLIC_FOLDERS]
    ):
        raise Http404
    try:
        handle = default_storage.open(str(parts))
    except (OSError, SuspiciousOperation, ValueError) as error:
        raise Http404 from error
    kind = SHOWN.get(parts.suffix.lower())
    response = FileResponse(
        handle,
        as_attachment=kind is None,
        filename=parts.name,
        content_type=kind or mimetypes.guess_type(parts.name)[0] or "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = f"public, max-age={DAY}, immutable"
    return response
