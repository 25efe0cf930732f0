"""What indicators keep of people: who typed a value."""

from __future__ import annotations

from maillage.kernel.personal import WITH_ACCOUNT, Basis, Erasing, Harmless, Holding, by_user

_PUBLIC = "ce que tout le monde lit d’un indicateur"
INDICATOR_PERSONAL = (
    Holding(
        title="Les valeurs d’indicateurs que vous avez écrites",
        model="strategy.Reading",
        fields=("by",),
        purpose="savoir qui a relevé une valeur",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("by"),
        erasing=Erasing.BLANK,
        why="la valeur reste, sans votre nom",
        blank={"by": None},
    ),
)
INDICATOR_HARMLESS = (
    Harmless("strategy.Indicator", _PUBLIC, ("code", "title", "definition", "formula", "unit", "source", "gauge")),
    Harmless("strategy.Reading", "des nombres par territoire et leur source", ("parts", "path", "note")),
)
