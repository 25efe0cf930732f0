from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.logbook.enums import EntryKind


class Entry(models.Model):
    """A call or a note about an organisation or a person. Agents read it, nobody else; it is in no export.

    `who`: the name of the person at the other end, when they have no account.
    """

    kind = models.CharField("sorte", max_length=8, choices=EntryKind)
    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", null=True, blank=True, on_delete=models.CASCADE, related_name="entries"
    )
    user = models.ForeignKey(
        User, verbose_name="personne", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    who = models.CharField("avec qui", max_length=120, blank=True)
    words = models.TextField("de quoi il s’agit", max_length=2_000)
    is_pinned = models.BooleanField("en tête", default=False)
    at = models.DateTimeField("moment")
    changed_at = models.DateTimeField("corrigée le", null=True, blank=True)
    by = models.ForeignKey(User, verbose_name="écrit par", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "ligne du journal de bord"
        verbose_name_plural = "lignes du journal de bord"
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(user__isnull=False), name="entry_is_about_somebody"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="entry_says_something"),
        ]
        indexes = [
            models.Index(fields=["organisation", "-is_pinned", "-at"], name="entry_of_organisation"),
            models.Index(fields=["user", "-is_pinned", "-at"], name="entry_of_person"),
        ]

    def __str__(self) -> str:
        # What the journal shows: never the words.
        return f"{self.get_kind_display()} {self.pk}"
