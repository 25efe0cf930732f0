from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from maillage.accounts.models import User
from maillage.discussion.models import AgendaItem as DialogueItem
from maillage.governance.enums import UNDATED, Availability, MeetingState, Presence
from maillage.governance.models.body import Body
from maillage.governance.models.member import Member
from maillage.needs.models import Theme


class Meeting(models.Model):
    """One meeting of a body, from the choice of its date to its validated minutes.

    Moments are aware. `sequence`: how often calendars were told of a change (RFC 5545). `series`: shared by meetings
    that were announced together. `check_in_code`: six letters said aloud in the room. `quorum_percent` is the body's on
    the day it was held. Whoever opens the page of a public meeting reads its agenda, then its validated minutes.
    """

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="meetings")
    title = models.CharField("titre", max_length=160)
    place = models.CharField("lieu", max_length=200, blank=True)
    link = models.URLField("lien pour participer à distance", max_length=500, blank=True)
    starts_at = models.DateTimeField("début", null=True, blank=True)
    ends_at = models.DateTimeField("fin", null=True, blank=True)
    state = models.CharField("état", max_length=9, choices=MeetingState)
    is_public = models.BooleanField("publique", default=True)
    sequence = models.PositiveSmallIntegerField("version de l’invitation", default=0)
    series = models.CharField("série", max_length=12, blank=True, db_index=True)
    check_in_code = models.CharField("code de présence", max_length=6)
    quorum_percent = models.PositiveSmallIntegerField("quorum", default=0)
    cancelled_reason = models.CharField("annulée parce que", max_length=300, blank=True)
    announced_at = models.DateTimeField("annoncée le", null=True, blank=True)
    validated_at = models.DateTimeField("compte rendu validé le", null=True, blank=True)
    validated_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField("changée le")

    class Meta:
        verbose_name = "réunion"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=UNDATED) | Q(starts_at__isnull=False, ends_at__isnull=False),
                name="meeting_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.VALIDATED, validated_at__isnull=False)
                | (~Q(state=MeetingState.VALIDATED) & Q(validated_at__isnull=True)),
                name="meeting_validation_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["body", "-starts_at"], name="meeting_latest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("governance:meeting", args=[self.body.slug, self.pk])


class DateOption(models.Model):
    """A moment proposed for a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="options")
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")

    class Meta:
        verbose_name = "date proposée"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "starts_at"], name="date_option_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="date_option_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.starts_at.isoformat()


class DateAnswer(models.Model):
    """What one member says of one proposed moment."""

    option = models.ForeignKey(DateOption, on_delete=models.CASCADE, related_name="answers")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField("réponse", max_length=9, choices=Availability)

    class Meta:
        verbose_name = "réponse à une date"
        constraints = [models.UniqueConstraint(fields=["option", "member"], name="date_answer_once")]

    def __str__(self) -> str:
        return self.get_answer_display()


class AgendaItem(models.Model):
    """One point of the agenda, and what was said of it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("rang")
    title = models.CharField("point", max_length=200)
    speaker = models.CharField("présenté par", max_length=120, blank=True)
    proposed_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_follow_up = models.BooleanField("suite des actions et décisions d’avant", default=False)
    dialogue_item = models.OneToOneField(
        DialogueItem, verbose_name="venu d’un dialogue", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    theme = models.ForeignKey(
        Theme, verbose_name="thème de besoins", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    minutes = models.TextField("ce qui s’est dit", max_length=20_000, blank=True)
    changed_at = models.DateTimeField("changé le")

    class Meta:
        verbose_name = "point de l’ordre du jour"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(is_follow_up=True), name="agenda_item_one_follow_up"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """What a member said before a meeting, and whether they were there; an excused one may give a proxy."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="attendances")
    presence = models.CharField("présence", max_length=8, choices=Presence)
    proxy_to = models.ForeignKey(
        Member, verbose_name="pouvoir donné à", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    said_at = models.DateTimeField("dite le")

    class Meta:
        verbose_name = "présence"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(proxy_to__isnull=True) | (Q(presence=Presence.EXCUSED) & ~Q(proxy_to=F("member"))),
                name="attendance_proxy_of_the_excused",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} : {self.get_presence_display()}"
