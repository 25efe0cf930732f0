"""Pictures are kept as we drew them anew: nothing of the file that was sent remains, whichever door it came through.

Words: a *clean* file holds our own bytes. Neighbours: the organisations' own space keeps pictures with
`new_picture`; Wagtail's own screens pass by `backoffice/picture_form.py`, what would go round it by `listen`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, BinaryIO, cast
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.db.models.signals import pre_save
from wagtail.images import get_image_model, signal_handlers

from maillage.accounts.models import User
from maillage.kernel.uploads import CleanPicture, clean_picture


class CleanFile(ContentFile[bytes]):
    """A file whose bytes are ours."""


def cleaned(file: BinaryIO) -> CleanFile:
    """The same picture under a name that says nothing. Raises UploadRefused."""
    return file_of(clean_picture(file))


def file_of(picture: CleanPicture) -> CleanFile:
    """The file to keep. Its name is drawn: nobody guesses that of a picture that waits for a yes."""
    return CleanFile(picture.content, name=f"{uuid4().hex}.{picture.extension}")


def new_picture(*, picture: CleanPicture, title: str, by: User | None) -> Any:
    """An unsaved Wagtail image of this picture; `storing` writes its file."""
    image = get_image_model()(title=title[:255], uploaded_by_user=by, file=file_of(picture))
    image.file_size = len(picture.content)
    return image


@contextmanager
def storing(image: Any) -> Iterator[None]:
    """Save a new picture in one transaction with the block; when that is refused, its file does not stay."""
    try:
        with transaction.atomic():
            image.save()
            yield
    except BaseException:
        if is_stored(image.file):
            image.file.storage.delete(image.file.name)
        raise


def is_stored(file: FieldFile) -> bool:
    """Is the file in the storage, or only in hand?"""
    # Django has no public word for it.
    return bool(getattr(file, "_committed"))  # noqa: B009 - mypy does not know it


def clean_before_saving(sender: Any, instance: Any, raw: bool = False, **_: Any) -> None:
    """The net under every other way in: a file not yet in the storage is cleaned. Raises UploadRefused."""
    file = cast("FieldFile", instance.file)
    if raw or not file or is_stored(file) or isinstance(file.file, CleanFile):
        return
    instance.file = cleaned(cast("BinaryIO", file.file))
    if hasattr(instance, "file_hash"):
        instance.file_size, instance.file_hash = instance.file.size, ""


def delete_file(instance: Any, **_: Any) -> None:
    """The file of a picture, or of a rendition, leaves with its row, once that is committed."""
    # Not by a task, as Wagtail does: its arguments would keep the keys of the storage in the database.
    transaction.on_commit(partial(instance.file.storage.delete, instance.file.name), robust=True)


def listen() -> None:
    """Called while apps get ready, before Wagtail's images connect their own signals.

    Wagtail keeps in UploadedFile what its multiple upload cannot finish at once.
    """
    from wagtail.models import UploadedFile

    signal_handlers.post_delete_file_cleanup = delete_file

    for model in (get_image_model(), UploadedFile):
        pre_save.connect(clean_before_saving, sender=model, dispatch_uid=f"clean {model._meta.label}")
