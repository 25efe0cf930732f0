from __future__ import annotations

from django.db import models

from maillage.accounts.models import User
from maillage.space import phrases


class Portrait(models.Model):
    """The face of a liaison officer, put there by themself; shown while their mandate runs, and not a day longer.

    `agreed_at`: when they said that it may be public. The picture serves nothing else and leaves with this row
    (`actions.portraits`).
    """

    user = models.OneToOneField(User, verbose_name="personne", on_delete=models.CASCADE, related_name="+")
    picture = models.ForeignKey("wagtailimages.Image", verbose_name="image", on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField("accord pour qu’il soit public")

    class Meta:
        verbose_name = "portrait"

    def __str__(self) -> str:
        return self.alt

    @property
    def alt(self) -> str:
        """What is read aloud in place of it."""
        return phrases.portrait_of(self.user.get_full_name())
