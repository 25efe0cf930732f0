"""What a member of a jury types: a promise, a recusal, the grid of one application."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from maillage.calls.actions import Mark
from maillage.calls.models import Criterion, Review
from maillage.calls.phrases import review as phrases

SCALE = [("", "Pas encore"), *((str(points), str(points)) for points in range(6))]


class PledgeForm(forms.Form):
    agrees = forms.BooleanField(label=phrases.PLEDGE)


class RecuseForm(forms.Form):
    """reason: said to the team."""

    reason = forms.CharField(label="Pourquoi vous vous déportez", max_length=300)


class GridForm(forms.Form):
    """Points and a comment for each criterion, then words on the whole; a draft may leave anything out."""

    words = forms.CharField(
        label="Votre avis en quelques mots", max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, data: Any = None, *, criteria: Sequence[Criterion], review: Review | None = None) -> None:
        said = {one.criterion_id: one for one in review.scores.all()} if review else {}
        super().__init__(data, initial={"words": review.words if review else ""})
        self.criteria = criteria
        for one in criteria:
            given = said.get(one.pk)
            self.fields[f"points-{one.pk}"] = forms.ChoiceField(
                label=one.label, choices=SCALE, required=False, initial=str(given.points) if given else "",
                help_text=one.guide, widget=forms.Select(attrs={"data-weight": one.weight}),
            )  # fmt: skip
            self.fields[f"comment-{one.pk}"] = forms.CharField(
                label=f"Pourquoi cette note\u00a0: {one.label}", max_length=600, required=False,
                initial=given.comment if given else "", widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[Criterion, Any, Any]]:
        """(criterion, its points, its comment), as the page shows them."""
        return [(one, self[f"points-{one.pk}"], self[f"comment-{one.pk}"]) for one in self.criteria]

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        marks = {
            one.pk: Mark(int(points) if (points := said[f"points-{one.pk}"]) else None, said[f"comment-{one.pk}"])
            for one in self.criteria
        }
        return {"marks": marks, "words": said["words"]}
