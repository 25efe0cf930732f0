from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.directory.models import Organisation
from maillage.governance.enums import Reply
from maillage.governance.models.meeting import Meeting


class Invitation(models.Model):
    """An organisation asked to a meeting of a body where it does not sit: a workshop on what people lack.

    `reason`: why this one, as its letter says. `told_at`: when a letter was posted, None when nobody could be written
    to, and somebody calls. `reply`: "" until it answers.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField("pourquoi elle", max_length=300)
    told_at = models.DateTimeField("lettre du", null=True, blank=True)
    reply = models.CharField("réponse", max_length=10, choices=Reply, blank=True)
    replied_at = models.DateTimeField("répondu le", null=True, blank=True)

    class Meta:
        verbose_name = "invitation à un atelier"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organisation"], name="invitation_once"),
            models.CheckConstraint(
                condition=Q(reply="", replied_at=None) | (~Q(reply="") & Q(replied_at__isnull=False)),
                name="invitation_reply_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.meeting}"
