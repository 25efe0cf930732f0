from __future__ import annotations

from django.db.models import Max, Prefetch, QuerySet

from maillage.discussion.models import FileVersion, SharedFile


def files_of(circle_key: str) -> QuerySet[SharedFile]:
    """Files of a circle, the latest first; `versions.all()` of each, the newest first, is loaded."""
    versions = Prefetch("versions", FileVersion.objects.select_related("added_by").order_by("-number"))
    rows = SharedFile.objects.filter(circle=circle_key).annotate(latest_at=Max("versions__added_at"))
    return rows.prefetch_related(versions).order_by("-latest_at", "-pk")


def kit_of(circle_key: str) -> QuerySet[SharedFile]:
    """Those that anybody may take."""
    return files_of(circle_key).filter(is_public=True)


def current_version(shared_file: SharedFile, number: int | None) -> FileVersion | None:
    """The version of this number, or the newest; None when there is none."""
    rows = FileVersion.objects.filter(shared_file=shared_file).order_by("-number")
    return (rows.filter(number=number) if number is not None else rows).first()
