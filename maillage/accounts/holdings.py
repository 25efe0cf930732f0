"""What the platform keeps of people who have an account, its own tables and those of its libraries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils import timezone

from maillage.accounts.models import Mandate
from maillage.kernel import registry
from maillage.kernel.actions import erase_person, person_of
from maillage.kernel.personal import (
    WITH_ACCOUNT,
    Basis,
    Erasing,
    Harmless,
    Holding,
    Person,
    Term,
    Unused,
    by_address,
    by_user,
)  # fmt: skip

_KNOW_YOU = "vous reconnaître quand vous entrez"
_SAFE_ENTRY = "vérifier que c’est bien vous"


def _inactive(limit: datetime) -> Q:
    """Nobody signed in since, no mandate runs, and no room heard of them: many act by letters only."""
    today = timezone.localdate()
    running = Mandate.objects.filter(Q(end_date__isnull=True) | Q(end_date__gte=today))
    silent = Q(last_login__lt=limit) | Q(last_login__isnull=True, date_joined__lt=limit)
    heard = Q(pk__in=running.values("user"))
    for manifest in registry.manifests():
        for present in manifest.presence:
            heard |= Q(pk__in=present(limit))
    return silent & Q(is_example=False) & ~heard


def _outlived(users: QuerySet[Any], at: datetime) -> int:
    done = 0
    for user in users:
        erase_person(person=person_of(user), by=None, at=at)
        done += 1
    return done


def _close_sessions(sessions: QuerySet[Any], person: Person, at: datetime) -> int:
    """End every session that belongs to the person, or that holds one of their addresses (a sign-in under way)."""
    gone = []
    for session in sessions.iterator(chunk_size=500):
        held = session.get_decoded()
        is_theirs = person.user_id is not None and held.get("_auth_user_id") == str(person.user_id)
        if is_theirs or any(address in str(held).lower() for address in person.addresses):
            gone.append(session.pk)
    Session.objects.filter(pk__in=gone).delete()
    return len(gone)


PERSONAL = (
    Holding(
        title="Votre compte",
        model="accounts.User",
        fields=("email", "first_name", "last_name", "password", "is_active", "last_login", "date_joined"),
        purpose=_KNOW_YOU,
        basis=Basis.PUBLIC_TASK,
        term=Term("term.account_inactive", "depuis la dernière connexion, sans mandat en cours", _inactive),
        of=lambda person: Q(pk=person.user_id) if person.user_id is not None else Q(pk__in=[]),
        secret=frozenset({"password"}),
        address="email",
        outlive=_outlived,
    ),
    Holding(
        title="Vos adresses",
        model="account.EmailAddress",
        fields=("user", "email", "verified", "primary"),
        purpose="vous envoyer vos codes et vos lettres",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=lambda person: by_user("user")(person) | by_address("email")(person),
        address="email",
    ),
    Holding(
        title="Vos mandats",
        model="accounts.Mandate",
        fields=("user", "role", "epci", "start_date", "end_date", "phone", "how_to_reach"),
        purpose="savoir ce que vous pouvez faire, au nom de qui, et comment vous joindre",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.mandate_over", "depuis la fin du mandat", lambda limit: Q(end_date__lt=limit.date())),
        of=by_user("user"),
    ),
    Holding(
        title="Vos remplacements",
        model="accounts.Delegation",
        fields=("giver", "taker", "start_date", "end_date", "created_at"),
        purpose="savoir qui tient la place de qui, et quand",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.mandate_over", "depuis leur fin", lambda limit: Q(end_date__lt=limit.date())),
        of=lambda person: by_user("giver")(person) | by_user("taker")(person),
    ),
    Holding(
        title="Vos deuxièmes moyens",
        model="mfa.Authenticator",
        fields=("user", "type", "data", "created_at", "last_used_at"),
        purpose=_SAFE_ENTRY,
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("user"),
        secret=frozenset({"data"}),
    ),
    Holding(
        title="Vos connexions",
        model="usersessions.UserSession",
        fields=("user", "created_at", "ip", "last_seen_at", "session_key", "user_agent", "data"),
        purpose="vous montrer où votre compte est ouvert, et comprendre une intrusion",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.connection", "depuis la connexion", lambda limit: Q(last_seen_at__lt=limit)),
        of=by_user("user"),
        secret=frozenset({"session_key", "data"}),
    ),
    Holding(
        title="Votre session",
        model="sessions.Session",
        fields=("session_key", "session_data"),
        purpose=_KNOW_YOU,
        basis=Basis.PUBLIC_TASK,
        term=Term("term.session_over", "dès qu’elle est finie", lambda limit: Q(expire_date__lt=limit)),
        of=None,
        why="elle s’arrête aussitôt",
        secret=frozenset({"session_key", "session_data"}),
        erase=_close_sessions,
    ),
    Holding(
        title="Votre identité chez un fournisseur",
        model="socialaccount.SocialAccount",
        fields=("user", "provider", "uid", "last_login", "date_joined", "extra_data"),
        purpose="vous laisser entrer par ProConnect",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("user"),
    ),
    Holding(
        title="Vos réglages de la gestion",
        model="wagtailusers.UserProfile",
        fields=("user", "preferred_language", "current_time_zone", "avatar", "dismissibles"),
        purpose="garder vos préférences d’affichage",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("user"),
    ),
    Holding(
        title="Images que vous avez ajoutées",
        model="wagtailimages.Image",
        fields=("title", "created_at", "uploaded_by_user"),
        purpose="savoir qui a ajouté une image",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("uploaded_by_user"),
        erasing=Erasing.BLANK,
        why="l’image de la structure reste, sans votre nom",
        blank={"uploaded_by_user": None},
    ),
    Holding(
        title="Envois en cours dans la gestion",
        model="wagtailcore.UploadedFile",
        fields=("uploaded_by_user", "file"),
        purpose="finir l’ajout d’une image",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("uploaded_by_user"),
    ),
    Holding(
        title="Écrans ouverts dans la gestion",
        model="wagtailadmin.EditingSession",
        fields=("user", "object_id", "last_seen_at"),
        purpose="éviter que deux personnes s’effacent l’une l’autre",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.draft", "depuis le dernier signe", lambda limit: Q(last_seen_at__lt=limit)),
        of=by_user("user"),
    ),
    Holding(
        title="Brouillons dans la gestion",
        model="wagtailadmin.FormState",
        fields=("user", "data", "last_updated_at"),
        purpose="retrouver ce que vous étiez en train d’écrire",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.draft", "depuis la dernière frappe", lambda limit: Q(last_updated_at__lt=limit)),
        of=by_user("user"),
    ),
    Holding(
        title="Ce que vous avez changé dans les images",
        model="wagtailcore.ModelLogEntry",
        fields=("timestamp", "user", "action", "label", "data"),
        purpose="savoir qui a changé une image",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.journal_name", "depuis l’acte", lambda limit: Q(timestamp__lt=limit)),
        of=by_user("user"),
    ),
    Holding(
        title="Pages dont vous êtes l’auteur",
        model="wagtailcore.Page",
        fields=("owner",),
        purpose="savoir qui a écrit une page",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("owner"),
        erasing=Erasing.BLANK,
        why="la page reste, sans votre nom",
        blank={"owner": None},
    ),
    Holding(
        title="Pages que vous avez verrouillées",
        model="wagtailcore.Page",
        fields=("locked_by",),
        purpose="éviter que deux personnes écrivent à la fois",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("locked_by"),
        erasing=Erasing.BLANK,
        why="le verrou est levé",
        blank={"locked_by": None, "locked": False},
    ),
)
_OURS = "vocabulaire de la bibliothèque, pas de quelqu’un"
_PUBLIC = "contenu public, écrit pour être publié"
HARMLESS = (
    Harmless("wagtailimages.Image", "images de structures", ("description", "file_hash")),
    Harmless(
        "wagtailimages.Rendition", "une image en petit, qui part avec elle",
        ("filter_spec", "file", "focal_point_key"),
    ),
    Harmless("wagtailadmin.FormState", "numéros d’objets", ("object_id", "parent_object_id")),
    Harmless("wagtailcore.ModelLogEntry", "numéros d’objets", ("object_id",)),
    Harmless("wagtailcore.Locale", _OURS, ("language_code",)),
    Harmless("wagtailcore.Site", _PUBLIC, ("hostname", "site_name")),
    Harmless("wagtailcore.Collection", _OURS, ("path", "name")),
    Harmless("wagtailcore.Workflow", _OURS, ("name",)),
    Harmless("wagtailcore.Task", _OURS, ("name",)),
    Harmless(
        "wagtailcore.Page", _PUBLIC,
        ("path", "title", "draft_title", "slug", "url_path", "seo_title", "search_description"),
    ),
    Harmless(
        "wagtailcore.ReferenceIndex", "numéros d’objets",
        ("object_id", "to_object_id", "model_path", "content_path"),
    ),
    Harmless("taggit.Tag", "mots-clés d’images", ("name", "slug")),
)  # fmt: skip
UNUSED = (
    Unused("les rôles viennent des mandats", ("accounts.User_groups", "accounts.User_user_permissions")),
    Unused("les codes remplacent les liens de confirmation", ("account.EmailConfirmation",)),
    Unused(
        "le fournisseur est un réglage et ses jetons ne sont pas gardés",
        ("socialaccount.SocialApp", "socialaccount.SocialToken"),
    ),
    Unused("aucun formulaire de Wagtail n’est publié", ("wagtailforms.FormSubmission",)),
    Unused(
        "les pages ont nos adresses et nos droits, sans circuit de validation ni commentaires",
        (
            "wagtailredirects.Redirect", "wagtailembeds.Embed", "wagtailcore.CollectionViewRestriction",
            "wagtailcore.PageViewRestriction", "wagtailcore.WorkflowState", "wagtailcore.TaskState",
            "wagtailcore.Comment", "wagtailcore.CommentReply", "wagtailcore.APIToken",
        ),
    ),
    Unused(
        "la recherche est la nôtre", ("wagtailsearch.IndexEntry", "wagtailsearch.SQLiteFTSIndexEntry"),
    ),
)  # fmt: skip
