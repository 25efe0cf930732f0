from __future__ import annotations

from django.db import models

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.space.enums import Part


class Membership(models.Model):
    """A person acts for an organisation, from a moment on; one manager at most, one membership per person."""

    user = models.ForeignKey(User, verbose_name="personne", on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", on_delete=models.CASCADE, related_name="memberships"
    )
    part = models.CharField("rôle", max_length=12, choices=Part)
    since = models.DateTimeField("depuis")

    class Meta:
        verbose_name = "appartenance"
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(part=Part.MANAGER), name="membership_one_manager"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} : {self.organisation}"
