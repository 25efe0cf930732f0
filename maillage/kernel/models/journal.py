from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models


class JournalIsAppendOnly(Exception):
    """Somebody tried to change or remove a written act."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are added and read, never changed."""

    def _refuse(self) -> NoReturn:
        raise JournalIsAppendOnly(f"{self.model._meta.label} is append-only")

    def update(self, **values: Any) -> NoReturn:
        self._refuse()

    def delete(self) -> NoReturn:
        self._refuse()

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse()


class AppendOnly(models.Model):
    """A row that is written once."""

    objects: ClassVar[models.Manager[Any]] = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise JournalIsAppendOnly(f"{self._meta.label} {self.pk} is written once")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise JournalIsAppendOnly(f"{self._meta.label} {self.pk} is not removed")


class JournalEntry(AppendOnly):
    """One act on one object: who, when, which verb, and each field before and after.

    `changes` = {field: [before, after]} with JSON values; creating gives [None, value].
    `batch` names the act this one belongs to ("import:12", "merge:7"), so that it can be undone whole.
    `salt` and `erased` serve the chain (`kernel.chain`): erased = {"digests": {part: digest}, "salts": {part: salt}}.
    """

    at = models.DateTimeField("moment", db_index=True)
    # When the person is erased their number stays, and leads to nobody.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="personne",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    actor_label = models.CharField("au nom de", max_length=200)
    verb = models.CharField("acte", max_length=60)
    object_type = models.CharField("type d’objet", max_length=60)
    object_id = models.BigIntegerField("objet")
    object_label = models.CharField("nom de l’objet", max_length=255)
    changes = models.JSONField("changements", default=dict)
    batch = models.CharField("lot", max_length=60, blank=True)
    note = models.CharField("remarque", max_length=500, blank=True)
    salt = models.CharField("sel", max_length=22, blank=True)
    erased = models.JSONField("effacé", default=dict, blank=True)

    class Meta:
        verbose_name = "acte journalisé"
        verbose_name_plural = "journal"
        indexes = [
            models.Index(fields=["object_type", "object_id", "-at"], name="journal_of_object"),
            models.Index(fields=["batch"], name="journal_of_batch", condition=~models.Q(batch="")),
            # What people and letters do, the latest first: the agents' feed passes over the acts of imports.
            models.Index(fields=["-at", "-id"], name="journal_feed", condition=models.Q(batch="")),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_label}"


class JournalSeal(AppendOnly):
    """One link of the chain: some acts of the journal, and the digest that binds them to the link before.

    `ranges` = [[first, last], …] numbers of the acts, all there when they were sealed; `front` = the highest
    number sealed so far; `marks` = eight hexadecimal figures of each act's digest, in order: they only help to name
    the act that changed, `digest` is what proves.
    """

    number = models.BigIntegerField("maillon", primary_key=True)
    ranges = models.JSONField("actes")
    front = models.BigIntegerField("dernier acte")
    count = models.PositiveIntegerField("nombre d’actes")
    marks = models.TextField("repères")
    digest = models.CharField("empreinte", max_length=64)
    sealed_at = models.DateTimeField("scellé le")

    class Meta:
        verbose_name = "sceau du journal"
        verbose_name_plural = "sceaux du journal"
        indexes = [models.Index(fields=["sealed_at"], name="journal_seal_moment")]

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"
