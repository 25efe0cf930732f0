"""What is typed around a meeting: dates, agenda, presences, minutes, decisions, actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from maillage.accounts.forms import day_input
from maillage.accounts.strangers import StrangerForm
from maillage.governance.enums import ActionState, Availability, DecisionState, Presence
from maillage.governance.models import AgendaItem, Attendance, DateOption, Meeting, Member
from maillage.strategy.models import Measure
from ui import french

ROWS = 5


def time_input() -> forms.TimeInput:
    """The browser's own hour field."""
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def moments_of(day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    """Aware moments of Paris; an end that is not after the start is the next day's."""
    last = day if ends > starts else day + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, starts)), timezone.make_aware(datetime.combine(last, ends))


def days_of(first: date, repeat: str, times: int) -> list[date]:
    """So many days from the first: every week, every two weeks, or each month on the same weekday of the same rank.

    A fifth weekday that a month does not have is its last one.
    """
    if repeat != "months":
        step = timedelta(weeks=1 if repeat == "weeks" else 2)
        return [first + rank * step for rank in range(times)]
    rank_in_month = (first.day - 1) // 7
    found = []
    for number in range(times):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        start = date(year, month + 1, 1)
        day = start + timedelta(days=(first.weekday() - start.weekday()) % 7, weeks=rank_in_month)
        found.append(day if day.month == start.month else day - timedelta(weeks=1))
    return found


class MeetingForm(forms.Form):
    """What a meeting is, and when: one date announces it, several ask the members."""

    title = forms.CharField(label="Titre", max_length=160)
    place = forms.CharField(label="Lieu", max_length=200, required=False)
    link = forms.URLField(
        label="Lien pour participer à distance", max_length=500, required=False, assume_scheme="https"
    )
    is_public = forms.BooleanField(
        label="Réunion publique", required=False, initial=True,
        help_text="Tout le monde lit la date, l’ordre du jour et le compte rendu validé.",
    )  # fmt: skip

    repeat = forms.ChoiceField(
        label="Se répète", required=False,
        choices=[("", "Non"), ("weeks", "Chaque semaine"), ("fortnights", "Toutes les deux semaines"),
                 ("months", "Chaque mois, le même jour de la semaine")],
    )  # fmt: skip
    times = forms.IntegerField(
        label="Combien de fois en tout", required=False, min_value=2, max_value=12,
        help_text="De deux à douze. Les membres reçoivent toutes les dates, puis une invitation avant chacune.",
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="meeting-%s")
        for rank in range(1, ROWS + 1):
            needed = rank == 1
            self.fields[f"day_{rank}"] = forms.DateField(label=f"Date {rank}", widget=day_input(), required=needed)
            self.fields[f"starts_{rank}"] = forms.TimeField(label="De", widget=time_input(), required=needed)
            self.fields[f"ends_{rank}"] = forms.TimeField(label="À", widget=time_input(), required=needed)

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each date."""
        return [[self[f"{name}_{rank}"] for name in ("day", "starts", "ends")] for rank in range(1, ROWS + 1)]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for rank in range(2, ROWS + 1):
            parts = [said.get(f"{name}_{rank}") for name in ("day", "starts", "ends")]
            if any(parts) and not all(parts):
                self.add_error(f"day_{rank}", "Donnez le jour, le début et la fin, ou rien.")
        if said.get("repeat") and not said.get("times") and "times" not in self.errors:
            self.add_error("times", "Dites combien de fois.")
        if said.get("repeat") and said.get("day_2"):
            self.add_error("repeat", "Une réunion qui se répète a une seule première date.")
        return said

    @property
    def series(self) -> list[tuple[datetime, datetime]]:
        """Every moment of a meeting that comes again; empty for one that does not."""
        said = self.cleaned_data
        if not said["repeat"]:
            return []
        days = days_of(said["day_1"], said["repeat"], said["times"])
        return [moments_of(day, said["starts_1"], said["ends_1"]) for day in days]

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "place", "link", "is_public")}

    @property
    def options(self) -> list[tuple[datetime, datetime]]:
        """The moments that were typed."""
        said = self.cleaned_data
        return [
            moments_of(said[f"day_{rank}"], said[f"starts_{rank}"], said[f"ends_{rank}"])
            for rank in range(1, ROWS + 1)
            if said.get(f"day_{rank}")
        ]


class ReviseForm(forms.Form):
    """Change a meeting before it is held."""

    title = forms.CharField(label="Titre", max_length=160)
    place = forms.CharField(label="Lieu", max_length=200, required=False)
    link = forms.URLField(
        label="Lien pour participer à distance", max_length=500, required=False, assume_scheme="https"
    )
    is_public = forms.BooleanField(label="Réunion publique", required=False)
    day = forms.DateField(label="Jour", widget=day_input())
    starts = forms.TimeField(label="De", widget=time_input())
    ends = forms.TimeField(label="À", widget=time_input())
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        shown: dict[str, Any] = {name: getattr(meeting, name) for name in ("title", "place", "link", "is_public")}
        if meeting.starts_at and meeting.ends_at:
            start = timezone.localtime(meeting.starts_at)
            shown |= {"day": start.date(), "starts": start.time(), "ends": timezone.localtime(meeting.ends_at).time()}
        super().__init__(data, initial={**shown, "seen_at": meeting.changed_at.isoformat()}, auto_id="revise-%s")
        if meeting.starts_at is None:
            for name in ("day", "starts", "ends"):
                del self.fields[name]

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        facts = {name: said[name] for name in ("title", "place", "link", "is_public")}
        if "day" in said:
            facts["starts_at"], facts["ends_at"] = moments_of(said["day"], said["starts"], said["ends"])
        return facts


class ReasonForm(forms.Form):
    """Why a meeting is cancelled."""

    reason = forms.CharField(label="Pourquoi l’annuler", max_length=300)


class PollForm(forms.Form):
    """What a member says of each proposed date."""

    def __init__(
        self, data: Any = None, *, options: Iterable[DateOption], said: Mapping[int, str], at: datetime
    ) -> None:
        super().__init__(data)
        today = timezone.localdate(at)
        for option in options:
            self.fields[f"option_{option.pk}"] = forms.ChoiceField(
                label=french.moment(option.starts_at, today=today).capitalize(), choices=Availability,
                widget=forms.RadioSelect, initial=said.get(option.pk),
            )  # fmt: skip

    @property
    def answers(self) -> dict[int, str]:
        return {int(name.removeprefix("option_")): value for name, value in self.cleaned_data.items()}


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own class takes no argument
    """A member by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class PresenceForm(forms.Form):
    """Before a meeting: I come, or I am excused, perhaps with a proxy."""

    is_coming = forms.TypedChoiceField(
        label="Viendrez-vous\u202f?", choices=[("1", "Je viens"), ("0", "Je m’excuse")], widget=forms.RadioSelect,
        coerce=lambda value: value == "1",
    )  # fmt: skip
    proxy_to = MemberField(
        Member.objects.none(), label="Donner un pouvoir à", required=False, empty_label="Personne",
        help_text="Si vous vous excusez seulement, et à une personne de votre collège.",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, holders: QuerySet[Member], said: Attendance | None) -> None:
        shown: dict[str, Any] = {}
        if said is not None:
            shown = {"is_coming": "0" if said.presence == Presence.EXCUSED else "1", "proxy_to": said.proxy_to_id}
        super().__init__(data, initial=shown)
        cast("MemberField", self.fields["proxy_to"]).queryset = holders


class ItemForm(forms.Form):
    """One more point."""

    title = forms.CharField(label="Un point à l’ordre du jour", max_length=200)
    speaker = forms.CharField(label="Présenté par", max_length=120, required=False)


class RollForm(forms.Form):
    """Who was there, for everybody invited."""

    def __init__(self, data: Any = None, *, roll: Iterable[tuple[Member, Attendance | None]]) -> None:
        super().__init__(data)
        self.roll = list(roll)
        members = [member for member, _ in self.roll]
        for member, said in self.roll:
            others = [(one.pk, str(one)) for one in members if one != member and one.college_id == member.college_id]
            self.fields[f"presence_{member.pk}"] = forms.ChoiceField(
                label=f"Présence de {member}", required=False, choices=[("", "Pas dit"), *Presence.choices],
                initial=said.presence if said else "",
            )  # fmt: skip
            self.fields[f"proxy_{member.pk}"] = forms.TypedChoiceField(
                label=f"Pouvoir de {member}", required=False, choices=[("", "Aucun"), *others], coerce=int,
                empty_value=None, initial=said.proxy_to_id if said else None,
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[Member, forms.BoundField, forms.BoundField]]:
        return [(one, self[f"presence_{one.pk}"], self[f"proxy_{one.pk}"]) for one, _ in self.roll]

    @property
    def seen(self) -> dict[Member, tuple[str, Member | None]]:
        """As `note_attendance` takes it."""
        members, said = {member.pk: member for member, _ in self.roll}, self.cleaned_data
        return {
            member: (said[f"presence_{pk}"], members.get(said[f"proxy_{pk}"] or 0)) for pk, member in members.items()
        }


class MinutesForm(forms.Form):
    """What was said at one point."""

    minutes = forms.CharField(
        label="Ce qui s’est dit", max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def show_beside(self, item: AgendaItem, phrase: str) -> None:
        """Say what the point holds today; read, the form may be sent again, for it carries that moment."""
        told = f"{phrase} Ce point dit aujourd’hui\u00a0: « {item.minutes} »"
        self.add_error("minutes", forms.ValidationError(told, code="moved"))
        self.data = {**self.data, "minutes": self["minutes"].value(), "seen_at": item.changed_at.isoformat()}


class LineForm(forms.Form):
    """A typed line under a point: a decision, or an action with its owner and its day."""

    DECISION, ACTION = "decision", "action"
    kind = forms.ChoiceField(label="Sorte", choices=[(DECISION, "Décision"), (ACTION, "Action (qui, quand)")])
    text = forms.CharField(label="Texte", max_length=500)
    owner = MemberField(Member.objects.none(), label="Qui", required=False, empty_label="Personne")
    due_date = forms.DateField(label="Pour le", widget=day_input(), required=False)
    measure = forms.ModelChoiceField(Measure.objects.none(), label="Mesure", required=False, empty_label="Aucune")

    def __init__(
        self, data: Any = None, *, item_id: int, owners: QuerySet[Member], measures: QuerySet[Measure]
    ) -> None:  # fmt: skip
        super().__init__(data, auto_id=f"line-{item_id}-%s")
        cast("MemberField", self.fields["owner"]).queryset = owners
        cast("forms.ModelChoiceField[Measure]", self.fields["measure"]).queryset = measures

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("kind") == self.ACTION and not self.errors:
            for name in ("owner", "due_date"):
                if not said.get(name):
                    self.add_error(name, "Une action a une personne et un jour.")
        return said


class CheckInForm(StrangerForm):
    """Six letters and an address."""

    code = forms.CharField(
        label="Le code de la réunion", max_length=12, help_text="Six lettres, dites ou affichées dans la salle.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
    email = forms.EmailField(
        label="Votre adresse électronique", max_length=254, help_text="Celle où vous avez reçu l’invitation."
    )


class StuckForm(forms.Form):
    """What blocks an action."""

    news = forms.CharField(
        label="Qu’est-ce qui bloque\u202f?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="L’équipe du territoire le lit, et vous rappelle.",
    )  # fmt: skip


class AnswerForm(forms.Form):
    """Where an action stands, by its owner."""

    state = forms.ChoiceField(
        label="Où en est-elle\u202f?",
        choices=[(one.value, one.label) for one in (ActionState.OPEN, ActionState.DONE, ActionState.STUCK)],
    )
    news = forms.CharField(
        label="Nouvelles", max_length=500, required=False, help_text="Demandées quand l’action est bloquée."
    )


class OfficeAnswerForm(AnswerForm):
    """The same by an agent, who may also drop it."""

    state = forms.ChoiceField(label="Où en est-elle\u202f?", choices=ActionState)


class FollowForm(forms.Form):
    """What became of a decision."""

    state = forms.ChoiceField(label="Suite", choices=DecisionState)
    note = forms.CharField(label="Ce qu’elle est devenue", max_length=300, required=False)
