"""What the room keeps of people: who follows a measure, who is its liaison officer, who told a piece of news."""

from __future__ import annotations

from django.db.models import Q

from maillage.kernel.personal import WITH_ACCOUNT, Basis, Erasing, Harmless, Holding, Term, by_address, by_user

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
    Holding(
        title="Les preuves que vous avez attachées à la stratégie",
        model="strategy.Evidence",
        fields=("by",),
        purpose="savoir qui a attaché une preuve",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("by"),
        erasing=Erasing.BLANK,
        why="la preuve reste, sans votre nom",
        blank={"by": None},
    ),
    Holding(
        title="Les questions que vous avez posées sur la stratégie",
        model="strategy.Question",
        fields=("email", "text", "asked_at", "answer", "answered_at"),
        purpose="vous répondre, et publier la question avec sa réponse, sans votre nom",
        basis=Basis.CONSENT,
        term=Term("term.question", "depuis qu’elle est posée", lambda limit: ~Q(email="") & Q(asked_at__lt=limit)),
        of=by_address("email"),
        erasing=Erasing.BLANK,
        why="la question et sa réponse restent publiées, sans rien de vous",
        blank={"email": ""},
        address="email",
    ),
    Holding(
        title="Les réponses que vous avez données à des habitants",
        model="strategy.Question",
        fields=("answered_by",),
        purpose="savoir qui a répondu",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("answered_by"),
        erasing=Erasing.BLANK,
        why="la réponse reste, sans votre nom",
        blank={"answered_by": None},
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
    Harmless("strategy.BudgetLine", _OURS, ("funder", "stage")),
    Harmless("strategy.Evidence", "type d’un objet du site et nom d’une règle", ("object_type", "rule")),
    Harmless("strategy.EvidenceRule", "nom d’une règle", ("key",)),
    Harmless("strategy.EvidenceCount", "type d’un objet du site", ("object_type",)),
    Harmless("strategy.Question", "état d’une question", ("state",)),
)
