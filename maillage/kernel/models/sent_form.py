from __future__ import annotations

from django.db import models


class SentForm(models.Model):
    """A form that did its work: the same one sent again does nothing more, and leads to what was made.

    `key`, `body` = keyed digests of the form's own key and of what was typed; `made_type`, `made_id` = what the verb
    made, empty when it made nothing that one could be led to. Written in the transaction of the verb only.
    """

    key = models.CharField("clé", max_length=64, primary_key=True)
    body = models.CharField("empreinte du contenu", max_length=64)
    made_type = models.CharField("type d’objet", max_length=60, blank=True)
    made_id = models.BigIntegerField("objet", null=True, blank=True)
    sent_at = models.DateTimeField("parti le", db_index=True)

    class Meta:
        verbose_name = "formulaire parti"
        verbose_name_plural = "formulaires partis"

    def __str__(self) -> str:
        return self.key[:8]
