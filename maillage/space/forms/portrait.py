from __future__ import annotations

from typing import Any

from django import forms

from maillage.kernel.uploads import CleanPicture, UploadRefused, clean_picture
from maillage.space.forms.picture import ACCEPTED


class PortraitForm(forms.Form):
    """One's own face, and the agreement that goes with it."""

    file = forms.FileField(
        label="Votre portrait", help_text="JPEG, PNG ou WebP, 8\u00a0Mo au plus. Le visage au milieu, c’est mieux.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )  # fmt: skip
    consent = forms.BooleanField(
        label="J’accepte que ce portrait soit public tant que je suis référente ou référent",
        help_text="Vous pouvez le retirer quand vous voulez\u00a0: son fichier est effacé aussitôt.",
        error_messages={"required": "Sans votre accord, nous ne montrons pas le portrait."},
    )  # fmt: skip
    picture: CleanPicture

    def clean_file(self) -> Any:
        try:
            self.picture = clean_picture(self.cleaned_data["file"])
        except UploadRefused as refusal:
            raise forms.ValidationError(refusal.phrase) from refusal
        return self.cleaned_data["file"]
