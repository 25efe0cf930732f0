from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.choosing.enums import Followed
from maillage.choosing.models.elector import College


class CollegeFollowing(models.Model):
    """How the decision followed a college, and why when not wholly."""

    college = models.OneToOneField(College, on_delete=models.CASCADE, related_name="following")
    followed = models.CharField("suivi", max_length=4, choices=Followed)
    why = models.CharField("pourquoi", max_length=600, blank=True)

    class Meta:
        verbose_name = "suite donnée à un collège"
        constraints = [
            models.CheckConstraint(
                condition=Q(followed=Followed.YES) | ~Q(why=""), name="following_reason_when_not_followed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.college} : {self.get_followed_display()}"
