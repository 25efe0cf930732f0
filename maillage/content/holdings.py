"""What the room keeps of people: who wrote, verified and kept versions of pages."""

from __future__ import annotations

from django.db.models import Q

from maillage.kernel.personal import WITH_ACCOUNT, Basis, Erasing, Harmless, Holding, Term, by_user

PERSONAL = (
    Holding(
        title="Ressources que vous avez vérifiées",
        model="content.Upkeep",
        fields=("verified_by", "verified_on"),
        purpose="savoir qui a relu une ressource, et quand",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("verified_by"),
        erasing=Erasing.BLANK,
        why="la date reste, sans votre nom",
        blank={"verified_by": None},
    ),
    Holding(
        title="Versions de pages que vous avez écrites",
        model="wagtailcore.Revision",
        fields=("user", "created_at", "object_str", "content"),
        purpose="revenir à une version d’une page",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("user"),
        erasing=Erasing.BLANK,
        why="la version reste, sans votre nom",
        blank={"user": None},
    ),
    Holding(
        title="Documents que vous avez ajoutés",
        model="wagtaildocs.Document",
        fields=("title", "created_at", "uploaded_by_user", "file"),
        purpose="savoir qui a ajouté un document",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("uploaded_by_user"),
        erasing=Erasing.BLANK,
        why="le document de la ressource reste, sans votre nom",
        blank={"uploaded_by_user": None},
    ),
    Holding(
        title="Ce que vous avez changé dans les pages",
        model="wagtailcore.PageLogEntry",
        fields=("timestamp", "user", "action", "label", "data"),
        purpose="savoir qui a changé une page",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.journal_name", "depuis l’acte", lambda limit: Q(timestamp__lt=limit)),
        of=by_user("user"),
    ),
    Holding(
        title="Pages que vous avez ouvertes dans l’éditeur",
        model="wagtailcore.PageSubscription",
        fields=("user", "comment_notifications"),
        purpose="garder vos préférences d’une page",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("user"),
    ),
)
_PUBLIC = "contenu public, écrit pour être publié"
HARMLESS = (
    Harmless(
        "content.Resource", _PUBLIC,
        ("type", "readers", "summary", "body", "link", "reader_key", "words_key"),
    ),
    Harmless("content.Upkeep", "un code de panne", ("trouble",)),
    Harmless("content.Screening", "empreinte d’un fichier", ("sha256", "scanned_at")),
    Harmless("content.Hub", _PUBLIC, ("introduction",)),
    Harmless("wagtaildocs.Document", _PUBLIC, ("file_hash",)),
    Harmless(
        "wagtailcore.Revision", "numéros d’objets", ("object_id",)
    ),
)  # fmt: skip
