"""Hand a document of a grant over to whoever may have it, harmless, and write down who took it."""

from __future__ import annotations

from datetime import datetime

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from maillage.accounts.models import User
from maillage.grants import actions
from maillage.grants.models import GrantFile
from maillage.kernel.uploads.documents import MEDIA_TYPES

# A document runs nothing, and no page of another site shows it in a frame.
POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"


def handed_over(file: GrantFile, *, by: User, at: datetime) -> HttpResponse:
    """The answer to give; 404 when the file is gone. The caller knows that this person may read it."""
    try:
        with default_storage.open(file.file.name or "") as handle:
            content = handle.read()
    except OSError as error:
        raise Http404 from error
    actions.note_grant_file_read(file=file, by=by, at=at)
    kind = MEDIA_TYPES.get(file.name.rpartition(".")[2], "application/octet-stream")
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, no-store"
    return response
