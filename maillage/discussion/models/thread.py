from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from maillage.accounts.models import User
from maillage.discussion import phrases
from maillage.discussion.enums import ThreadKind, Way
from maillage.strategy.models import Axis, Measure


class Thread(models.Model):
    """What a circle talks about: a talk, or an idea whose text is written by several.

    The circle is named by its key (`kernel.registry.Circle`). `last_at`: moment of the latest message or version.
    """

    circle = models.CharField("cercle", max_length=80)
    kind = models.CharField("nature", max_length=4, choices=ThreadKind, default=ThreadKind.TALK)
    title = models.CharField("titre", max_length=150)
    axis = models.ForeignKey(Axis, verbose_name="axe", null=True, blank=True, on_delete=models.SET_NULL,
                             related_name="+")  # fmt: skip
    measure = models.ForeignKey(Measure, verbose_name="mesure", null=True, blank=True, on_delete=models.SET_NULL,
                                related_name="+")  # fmt: skip
    is_closed = models.BooleanField("fermé", default=False)
    opened_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField("ouvert le")
    last_at = models.DateTimeField("dernière parole le")

    class Meta:
        verbose_name = "fil"
        indexes = [models.Index(fields=["circle", "-last_at"], name="thread_of_circle")]
        constraints = [
            models.CheckConstraint(condition=Q(last_at__gte=models.F("opened_at")), name="thread_last_after_first"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(circle=""), name="thread_is_named"),
        ]

    def __str__(self) -> str:
        # Neutral: the journal keeps it, and more people read the journal than the circle.
        return f"Fil n° {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("discussion:thread", args=[self.circle, self.pk])

    @property
    def opener_name(self) -> str:
        return phrases.signed(self.opened_by)

    @property
    def is_idea(self) -> bool:
        return self.kind == ThreadKind.IDEA


class Message(models.Model):
    """What somebody said in a thread. Plain text; hidden by a moderator with a reason, its words then stay unread."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField("message", max_length=8_000)
    way = models.CharField("venu", max_length=4, choices=Way, default=Way.SITE)
    written_at = models.DateTimeField("écrit le")
    edited_at = models.DateTimeField("modifié le", null=True, blank=True)
    hidden_at = models.DateTimeField("masqué le", null=True, blank=True)
    hidden_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    hidden_reason = models.CharField("pourquoi", max_length=300, blank=True)

    class Meta:
        verbose_name = "message d’un fil"
        verbose_name_plural = "messages des fils"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="thread_message_says_something"),
            models.CheckConstraint(
                condition=Q(hidden_at=None, hidden_reason="") | (Q(hidden_at__isnull=False) & ~Q(hidden_reason="")),
                name="thread_message_hidden_with_reason",
            ),
        ]

    def __str__(self) -> str:
        # Neutral: the journal keeps it, and more people read the journal than the thread.
        return f"Message n° {self.pk}"

    @property
    def author_name(self) -> str:
        return phrases.signed(self.author)


class Edit(models.Model):
    """What a message said before somebody changed it."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="edits")
    text = models.TextField("texte d’avant")
    at = models.DateTimeField("remplacé le")

    class Meta:
        verbose_name = "ancien texte d’un message"
        verbose_name_plural = "anciens textes des messages"

    def __str__(self) -> str:
        return f"Texte d’avant le {self.at:%d/%m/%Y}"


class Version(models.Model):
    """One state of the text of an idea: the first is its author's, the others amend it."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("numéro")
    text = models.TextField("texte", max_length=8_000)
    why = models.CharField("pourquoi", max_length=200, blank=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField("écrite le")

    class Meta:
        verbose_name = "version d’une idée"
        verbose_name_plural = "versions des idées"
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="idea_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(text=""), name="idea_version_says_something"),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def by_name(self) -> str:
        return phrases.signed(self.by)


class Following(models.Model):
    """Whether somebody is told what is said in a thread: who writes there follows it, until they say no."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="followings")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    is_on = models.BooleanField("suit le fil", default=True)
    since = models.DateTimeField("depuis")

    class Meta:
        verbose_name = "suivi d’un fil"
        verbose_name_plural = "suivis des fils"
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="thread_followed_once")]

    def __str__(self) -> str:
        return f"Suivi n° {self.pk}"
