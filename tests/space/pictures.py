"""Pictures made by the tests, with what a telephone hides in them, and where they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

OWNER = "Téléphone de Jeanne"


def photograph(colour: str = "teal", size: tuple[int, int] = (320, 200)) -> bytes:
    """A JPEG that says where it was taken, and by whose device."""
    exif = Image.Exif()
    exif[Base.Artist] = OWNER
    exif.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (49.0, 55.0, 48.0)})
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


def sent(content: bytes | None = None, name: str = "IMG_2041.jpg") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, photograph() if content is None else content, content_type="image/jpeg")


def kept_in(folder: Path, storages: Mapping[str, Any]) -> dict[str, Any]:
    """The setting STORAGES with files in this folder."""
    backend = "django.core.files.storage.FileSystemStorage"
    place = {"BACKEND": backend, "OPTIONS": {"location": str(folder), "base_url": "/media/"}}
    return {**storages, "default": place}


def hidden_in(content: bytes) -> list[int]:
    """Tags of what the picture says beside its pixels."""
    with Image.open(BytesIO(content)) as picture:
        exif = picture.getexif()
        return [*exif, *exif.get_ifd(IFD.GPSInfo)]
