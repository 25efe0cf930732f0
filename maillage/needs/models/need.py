from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from maillage.accounts.models import User
from maillage.directory.models import Organisation, Term
from maillage.needs.enums import Audience, Channel, Reading
from maillage.needs.models.theme import Theme
from maillage.needs.querysets import NeedQuerySet
from maillage.territories.models import Commune

LONGEST = 500


class Need(models.Model):
    """What somebody lacks, in their words; public once an agent has read it, in the words the agent let stand.

    `words`: as it was said, for agents only, forgotten some time after it was read. `public_words`: what everybody
    reads. No commune: the need is everywhere. `reference` is drawn, so that nobody finds one by counting. Who said it
    is in `Voice`. `stems`: French roots of the public words, by which needs are compared (`likeness`).
    """

    reference = models.CharField("référence", max_length=8, unique=True)
    words = models.TextField("ce qui manque", max_length=LONGEST, blank=True)
    public_words = models.TextField("ce qui est publié", max_length=LONGEST, blank=True)
    stems = models.TextField("racines", blank=True)
    audience = models.CharField("pour qui", max_length=13, choices=Audience, default=Audience.EVERYBODY)
    commune = models.ForeignKey(
        Commune, verbose_name="commune", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    topic = models.ForeignKey(
        Term, verbose_name="sujet", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="au nom de", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    channel = models.CharField("reçu", max_length=5, choices=Channel, default=Channel.WEB)
    consent_at = models.DateTimeField("accord de la personne, le", null=True, blank=True)
    consent_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField("dit le")
    is_example = models.BooleanField("donnée d’exemple", default=False)
    reading = models.CharField("lecture", max_length=9, choices=Reading, default=Reading.NEW)
    read_at = models.DateTimeField("lu le", null=True, blank=True)
    read_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField("pourquoi", max_length=300, blank=True)
    theme = models.ForeignKey(
        Theme, verbose_name="thème", null=True, blank=True, on_delete=models.SET_NULL, related_name="needs"
    )
    grouped_at = models.DateTimeField("regroupé le", null=True, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = "besoin"
        indexes = [
            models.Index(fields=["reading", "said_at"], name="need_read"),
            models.Index(fields=["theme"], name="need_theme", condition=Q(theme__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel=Channel.WEB) | Q(consent_at__isnull=False), name="need_for_another_has_consent"
            ),
            models.CheckConstraint(
                condition=Q(reading=Reading.NEW, read_at__isnull=True)
                | (~Q(reading=Reading.NEW) & Q(read_at__isnull=False)),
                name="need_read_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(reading=Reading.PUBLISHED) | ~Q(public_words=""), name="need_published_has_words"
            ),
            models.CheckConstraint(
                condition=~Q(reading=Reading.SET_ASIDE) | ~Q(reason=""), name="need_set_aside_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(theme__isnull=True) | Q(reading=Reading.PUBLISHED, grouped_at__isnull=False),
                name="need_grouped_is_published",
            ),
        ]

    def __str__(self) -> str:
        # Not the words: they may hold anything, and the journal keeps this one.
        return f"Besoin {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("needs:need", args=[self.reference])

    @property
    def place(self) -> str:
        """« Péronne », or « partout »."""
        return self.commune.name if self.commune else "partout"
