from __future__ import annotations

from typing import Any

from django import forms

from maillage.kernel.uploads import CleanPicture, UploadRefused, clean_picture

ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/heic"


class OnePictureForm(forms.Form):
    """A picture that somebody sends; `picture` is what is kept of it, None while nothing good was sent."""

    file = forms.FileField(
        label="Votre image", help_text="JPEG, PNG ou WebP, 8\u00a0Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )  # fmt: skip
    picture: CleanPicture | None = None

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file:
            try:
                self.picture = clean_picture(file)
            except UploadRefused as refusal:
                raise forms.ValidationError(refusal.phrase) from refusal
        return file


class PictureForm(OnePictureForm):
    """One picture of the organisation, described and credited; the file is asked when there is none yet."""

    alt = forms.CharField(
        label="Décrivez-la en quelques mots", max_length=200,
        help_text="Pour qui ne la voit pas\u00a0: « L’atelier, trois machines à coudre et une table de coupe ».",
    )  # fmt: skip
    credit = forms.CharField(label="Qui l’a faite", max_length=200, required=False, help_text="Le nom sera montré.")
    consent = forms.BooleanField(
        label="J’ai l’accord des personnes reconnaissables", required=False,
        help_text="Cochez aussi quand on ne reconnaît personne. Nous gardons qui l’a dit, et quand.",
    )  # fmt: skip
    data: Any
    # Which picture the page showed: nobody replaces one they have not seen.
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, present: int | None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.present = present
        self.initial["shown"] = str(present or "")
        self.fields["file"].required = present is None
        if present is not None:
            self.fields["file"].label = "Une autre image"

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("file") and not said.get("consent"):
            self.add_error("consent", "Sans cet accord, nous ne pouvons pas montrer l’image.")
        if said.get("shown") != str(self.present or ""):
            self.add_error(None, "Quelqu’un a changé l’image entre-temps\u00a0: regardez-la, puis recommencez.")
            self.data = {**{name: self.data.get(name) for name in self.data}, "shown": str(self.present or "")}
        return said


class PortraitForm(OnePictureForm):
    """The face of a liaison officer, who says that it may be public; the tick is asked for each new picture."""

    consent = forms.BooleanField(
        label="J’accepte que ce portrait soit public sur la page des référents",
        help_text="Il se voit aussi près de votre nom sur la page de chaque commune, tant que vous tenez ce rôle. Vous "
        "pouvez le retirer quand vous voulez.",
        error_messages={"required": "Sans votre accord, nous ne pouvons pas montrer ce portrait."},
    )

    def __init__(self, data: Any = None, files: Any = None, *, is_first: bool) -> None:
        super().__init__(data, files)
        self.fields["file"].label = "Votre portrait" if is_first else "Un autre portrait"
        self.fields[
            "file"
        ].help_text = "JPEG, PNG ou WebP, 8\u00a0Mo au plus. Votre visage au milieu\u00a0: les bords sont coupés."
