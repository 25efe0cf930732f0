from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.directory.enums import FlagCode
from maillage.directory.models.establishment import Establishment
from maillage.directory.models.organisation import Organisation


class Flag(models.Model):
    """A doubt about a record, raised by a check; closed by the check, or settled by a person and not raised again."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="flags")
    establishment = models.ForeignKey(
        Establishment, null=True, blank=True, on_delete=models.CASCADE, related_name="flags"
    )
    code = models.CharField("doute", max_length=20, choices=FlagCode)
    message = models.CharField("explication", max_length=300)
    created_at = models.DateTimeField("depuis")
    resolved_at = models.DateTimeField("réglé le", null=True, blank=True)
    is_settled = models.BooleanField("réglé par une personne", default=False)

    class Meta:
        verbose_name = "doute"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code", "message"],
                condition=Q(resolved_at__isnull=True),
                name="flag_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.message
