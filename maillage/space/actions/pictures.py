"""Show, describe and take away the picture of a sheet, from one's own space.

Words: a picture *leaves* when nobody uses it any more. Neighbours: bytes come in clean (kernel.uploads); a
contributor's picture may wait, as any change (`contributing`).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from maillage.accounts.models import User
from maillage.directory.facts import Facts
from maillage.directory.models import Organisation
from maillage.directory.pictures import new_picture, storing
from maillage.kernel.uploads import CleanPicture
from maillage.space import phrases
from maillage.space.actions.contributing import revise_or_propose
from maillage.space.actions.leaving_pictures import forget_unused
from maillage.space.models import Suggestion
from maillage.space.queries_suggestions import waiting_by


def show_picture(
    *, organisation: Organisation, picture: CleanPicture | None, alt: str, credit: str, by: User, at: datetime
) -> Suggestion | None:
    """Put a picture on the sheet with its words; only the words change without a picture.

    Whoever calls has heard the consent of the people one recognises; the journal says who said so, and when. Gives back
    the suggestion that waits, None when it is shown. Raises the directory's SheetRefused (no description). A file whose
    picture is not kept in the end does not stay in the storage.
    """
    words: Facts = {"picture_alt": alt.strip(), "picture_credit": credit.strip()}
    if picture is None:
        return _say(organisation, words, by, at)
    image = new_picture(picture=picture, title=organisation.name, by=by)
    with storing(image):
        return _say(organisation, {"picture_id": image.pk, **words}, by, at, note=phrases.PICTURE_CONSENT)


def remove_picture(*, organisation: Organisation, by: User, at: datetime) -> Suggestion | None:
    """Take the picture off the sheet; gives back the suggestion that waits, None when it is done."""
    return _say(organisation, {"picture_id": None, "picture_alt": "", "picture_credit": ""}, by, at)


def _say(organisation: Organisation, facts: Facts, by: User, at: datetime, note: str = "") -> Suggestion | None:
    with transaction.atomic():
        mine = waiting_by(by, organisation)
        before: list[int | None] = [Organisation.objects.get(pk=organisation.pk).picture_id]
        before += [mine.facts.get("picture_id")] if mine is not None else []
        waits = revise_or_propose(organisation=organisation, facts=facts, by=by, at=at, note=note)
        forget_unused(before)
    return waits
