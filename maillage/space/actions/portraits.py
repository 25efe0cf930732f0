"""The portrait of a liaison officer: shown with their agreement, gone with its file as soon as they say so.

Neighbours: bytes come in clean (kernel.uploads); `queries_officers` shows it while the mandate runs.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete

from maillage.accounts.models import User
from maillage.directory.pictures import is_stored, new_picture
from maillage.kernel.actions import journal
from maillage.kernel.uploads import CleanPicture
from maillage.space.actions.leaving_pictures import forget_unused
from maillage.space.models import Portrait

# Not a name: the list of images is read by every agent.
TITLE = "Portrait d’une personne référente"


def show_portrait(*, picture: CleanPicture, of: User, at: datetime) -> Portrait:
    """Put a portrait in the place of the one before, which leaves; the person agreed at that moment.

    A file whose portrait is not kept in the end does not stay in the storage.
    """
    image = new_picture(picture=picture, title=TITLE, by=of)
    try:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=of.pk)  # one portrait: two clicks follow each other
            image.save()
            Portrait.objects.filter(user=of).delete()
            portrait = Portrait.objects.create(user=of, picture=image, agreed_at=at)
            journal(verb="show_portrait", target=of, changes={}, by=of, at=at)
    except BaseException:
        if is_stored(image.file):
            image.file.storage.delete(image.file.name)
        raise
    return portrait


def withdraw_portrait(*, of: User, at: datetime) -> bool:
    """Take one's portrait away, with its file and its renditions; False when there was none."""
    with transaction.atomic():
        is_gone = bool(Portrait.objects.filter(user=of).delete()[0])
        if is_gone:
            journal(verb="withdraw_portrait", target=of, changes={}, by=of, at=at)
    return is_gone


def forget_picture(instance: Portrait, **_: Any) -> None:
    """Whichever way a portrait leaves (withdrawn, purged, erased with its account), its picture does too."""
    forget_unused([instance.picture_id])


def listen() -> None:
    """Called while apps get ready."""
    post_delete.connect(forget_picture, sender=Portrait, dispatch_uid="forget the picture of a portrait")
