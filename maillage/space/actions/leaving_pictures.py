"""A picture that nobody uses any more leaves, with its file and its renditions."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from wagtail.images import get_image_model

from maillage.space.enums import SuggestionState
from maillage.space.models import Suggestion


def forget_unused(pictures: Iterable[int | None]) -> int:
    """Remove those that no record points to and that wait for nobody's decision; how many. Join a transaction."""
    removed = 0
    for pk in {one for one in pictures if one}:
        picture = get_image_model().objects.filter(pk=pk).first()
        if picture is None or is_used(picture):
            continue
        picture.delete()
        removed += 1
    return removed


def is_used(picture: object) -> bool:
    """Does a sheet, a page, or a change that waits, show it?"""
    model = get_image_model()
    own = model.get_rendition_model()
    # Hidden ones too: those that nobody reads from the picture's side.
    fields = model._meta.get_fields(include_hidden=True)
    links = [one.remote_field for one in fields if one.auto_created and not one.concrete]
    if any(QuerySet(one.model).filter(**{one.name: picture}).exists() for one in links if one.model is not own):
        return True
    waiting = Suggestion.objects.filter(state=SuggestionState.OPEN, facts__picture_id=getattr(picture, "pk", None))
    return waiting.exists()
