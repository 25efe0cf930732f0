"""What the room keeps of people: who follows a measure, who is its liaison officer, who told a piece of news."""

from __future__ import annotations

from maillage.kernel.personal import WITH_ACCOUNT, Basis, Erasing, Harmless, Holding, by_user

_PUBLIC = "le document public de la stratégie"
_OURS = "ce que l’équipe écrit du plan, sans nommer quelqu’un d’autre que par son rôle"
PERSONAL = (
    Holding(
        title="Les mesures de la stratégie que vous suivez",
        model="strategy.Measure",
        fields=("owner",),
        purpose="savoir à qui demander des nouvelles d’une mesure",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("owner"),
        erasing=Erasing.BLANK,
        why="la mesure reste, sans votre nom",
        blank={"owner": None},
    ),
    Holding(
        title="Les mesures dont vous êtes référente ou référent",
        model="strategy.Measure",
        fields=("liaison_officer",),
        purpose="relier une mesure à la communauté de communes",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("liaison_officer"),
        erasing=Erasing.BLANK,
        why="la mesure reste, sans votre nom",
        blank={"liaison_officer": None},
    ),
    Holding(
        title="Les nouvelles de la stratégie que vous avez écrites",
        model="strategy.News",
        fields=("by",),
        purpose="savoir qui a donné une nouvelle",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("by"),
        erasing=Erasing.BLANK,
        why="la nouvelle reste publiée, sans votre nom",
        blank={"by": None},
    ),
)
HARMLESS = (
    Harmless("strategy.Strategy", _PUBLIC, ("slug", "title", "summary", "figures", "source")),
    Harmless("strategy.Axis", _PUBLIC, ("title", "summary")),
    Harmless("strategy.Objective", _PUBLIC, ("text",)),
    Harmless("strategy.Measure", _PUBLIC, ("code", "title", "summary")),
    Harmless("strategy.Measure", _OURS, ("state", "state_note", "carried_by", "partners", "risks", "frameworks")),
    Harmless("strategy.Step", _OURS, ("title", "who")),
    Harmless("strategy.News", _OURS, ("text",)),
)
