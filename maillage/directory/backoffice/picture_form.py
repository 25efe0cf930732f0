"""The form of every picture sent through Wagtail's screens (settings.WAGTAILIMAGES_IMAGE_FORM_BASE)."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from maillage.directory.pictures import cleaned
from maillage.kernel.uploads import UploadRefused


class CleanImageField(WagtailImageField):  # type: ignore[misc]  # Wagtail has no types
    """Draws the picture anew before Wagtail looks at it: Wagtail's own look ends in an error page on a broken file."""

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return super().to_python(data)
        try:
            return super().to_python(cleaned(data))
        except UploadRefused as refusal:
            raise forms.ValidationError(refusal.phrase) from refusal


class CleanImageForm(BaseImageForm):  # type: ignore[misc]
    """Keeps no place, device or author; says in French why a file is refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            asked = self.fields["file"]
            self.fields["file"] = CleanImageField(label=asked.label, required=asked.required, widget=asked.widget)
