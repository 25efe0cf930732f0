"""Pictures drawn anew: the pixels are kept, everything else (place, device, author, hidden scripts) is not."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

import pillow_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from maillage.kernel.uploads.refusal import MEGABYTE, UploadRefused, read_at_most

pillow_heif.register_heif_opener()

LARGEST_BYTES = 8 * MEGABYTE
LONGEST_SIDE = 2_400
# A JPEG is decoded at the size that is kept; the others are unfolded whole, four bytes for each pixel.
MOST_PIXELS = 24_000_000
MOST_JPEG_PIXELS = 120_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
_UNKNOWN = "Ce fichier n’est pas une photo que nous savons lire. Envoyez une image JPEG, PNG ou WebP."
_BROKEN = "Cette image est abîmée\u00a0: elle ne s’ouvre pas. Enregistrez-la de nouveau, puis envoyez-la."
_TOO_MANY = "Cette image est démesurée. Réduisez-la à 6\u00a0000 pixels de côté, puis envoyez-la."


@dataclass(frozen=True)
class CleanPicture:
    """A picture that may be shown. extension: "jpg" or "png", what `content` is; width, height: in pixels."""

    content: bytes
    extension: str
    width: int
    height: int


def clean_picture(file: BinaryIO, *, largest: int = LARGEST_BYTES) -> CleanPicture:
    """Draw a picture anew, upright, in sRGB, at most LONGEST_SIDE wide or high, without metadata.

    largest: in bytes. Raises UploadRefused: not a picture of FORMATS, too heavy, too many pixels, broken.
    An animation keeps its first frame.
    """
    content = read_at_most(file, largest)
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as found:
            return _drawn(found)
    except Image.DecompressionBombError as error:
        raise UploadRefused(_TOO_MANY) from error
    except UnidentifiedImageError as error:
        raise UploadRefused(_UNKNOWN) from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, MemoryError) as error:
        raise UploadRefused(_BROKEN) from error


def _drawn(found: Image.Image) -> CleanPicture:
    most = MOST_JPEG_PIXELS if found.format == "JPEG" else MOST_PIXELS
    if found.width * found.height > most:
        raise UploadRefused(_TOO_MANY)
    if found.format == "JPEG":
        found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    profile = found.info.get("icc_profile")
    has_alpha = found.has_transparency_data
    picture = ImageOps.exif_transpose(found)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    picture = _in_srgb(picture, profile).convert("RGBA" if has_alpha else "RGB")
    # A new canvas carries the pixels and nothing that the decoder noted beside them.
    fresh = Image.new(picture.mode, picture.size)
    fresh.paste(picture)
    # A drawing of few colours stays sharp; a photograph would weigh ten times more.
    is_drawing = has_alpha or (found.format in {"PNG", "GIF"} and picture.getcolors(256) is not None)
    out = io.BytesIO()
    if is_drawing:
        fresh.save(out, "PNG", optimize=True)
    else:
        fresh.save(out, "JPEG", quality=85, optimize=True, progressive=True)
    return CleanPicture(out.getvalue(), "png" if is_drawing else "jpg", fresh.width, fresh.height)


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as every screen shows them; a profile that cannot be read is left out."""
    if not profile or picture.mode not in {"RGB", "CMYK", "L"}:
        return picture
    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        told = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(picture, told, ImageCms.createProfile("sRGB"), outputMode="RGB")
        return picture if turned is None else turned
    return picture
