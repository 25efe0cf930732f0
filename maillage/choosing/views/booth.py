"""The polling booth: whose voices one holds, the ballot of one of them, the receipt.

Words: a *booth* is one person in front of one consultation, by their account or by their letter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.accounts.models import User
from maillage.choosing import actions, phrases, receipts
from maillage.choosing import content as contents
from maillage.choosing.enums import Phase
from maillage.choosing.forms import AskForm, BallotForm
from maillage.choosing.models import Ballot, Consultation, Elector
from maillage.choosing.notices import consultation_of
from maillage.choosing.views.pages import find
from maillage.choosing.voices import voices_at, voices_of
from maillage.outbox import links
from maillage.outbox.views.links import by_letter, dead


@dataclass(frozen=True)
class Booth:
    """voices: of this person, in order; address: the confirmed one of an inhabitant, "" for a person of the list."""

    consultation: Consultation
    voices: list[Elector] = field(default_factory=list)
    user: User | None = None
    address: str = ""

    def chosen(self, wanted: str) -> Elector | None:
        """The voice of this number; the only one when there is one, None when one must choose."""
        if len(self.voices) == 1:
            return self.voices[0]
        return next((one for one in self.voices if str(one.pk) == wanted), None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """`/consultations/<slug>/voter/`: for people of the list who are signed in; others read how they may vote."""
    found, user = find(slug), request.user
    if not isinstance(user, User):
        return ways(request, found)
    booth = Booth(found, list(voices_of(found, user)), user)
    return _answer(request, booth) if booth.voices else ways(request, found)


@by_letter
def vote_by_letter(request: HttpRequest, token: str) -> HttpResponse:
    """`/consultations/voter/<token>/`: the ballot of whoever holds the letter, as often as they change their mind."""
    link = links.read(token, at=timezone.now())
    found = None if link.occasion is None else consultation_of(link.occasion)
    if link.standing != "good" or link.purpose is None or link.occasion is None or found is None:
        return dead(request, link)
    if link.purpose.key == "choosing.inhabitant":
        return _answer(request, _of_address(found, link.occasion.address))
    user = User.objects.filter(pk=link.occasion.user_id or 0, is_active=True).first()
    booth = _of_address(found, link.occasion.address)
    if user is not None and (voices := list(voices_of(found, user))):
        booth = Booth(found, voices, user)
    return _answer(request, booth) if booth.voices else ways(request, found)


def _of_address(found: Consultation, address: str) -> Booth:
    return Booth(found, list(voices_at(found, address)), None, address)


def ways(request: HttpRequest, found: Consultation, form: AskForm | None = None, *, status: int = 200) -> HttpResponse:
    """No voice here: how one may get one."""
    phase = found.phase_at(timezone.now())
    context = {
        "consultation": found, "phase": phase, "is_open": phase == Phase.OPEN, "why_not": _why_not(phase),
        "college": found.colleges.filter(is_open=True).first(), "form": form or AskForm(),
        "is_signed_in": request.user.is_authenticated, "canonical_url": "",
    }  # fmt: skip
    return render(request, "choosing/ways.html", context, status=status)


def _why_not(phase: Phase) -> str:
    told = {Phase.TO_COME: phrases.NOT_YET, Phase.CANCELLED: phrases.CANCELLED}
    return told.get(phase, "Le vote est terminé.")


def _answer(request: HttpRequest, booth: Booth) -> HttpResponse:
    """The ballot of one voice, or the choice between several; POST casts it."""
    one, phase = booth.consultation, booth.consultation.phase_at(timezone.now())
    if phase != Phase.OPEN and request.method != "POST":
        return ways(request, one)
    voice = booth.chosen(request.POST.get("voice", "") or request.GET.get("voix", ""))
    if voice is None and not booth.address:
        return render(
            request, "choosing/voices.html", {"consultation": one, "voices": booth.voices, "canonical_url": ""}
        )
    form = _form(request, booth, voice)
    if request.method == "POST" and form.is_valid():
        try:
            ballot = _cast(booth, voice, form)
        except actions.ConsultationRefused as refusal:
            form.refuse(refusal.phrase, refusal.field)
        else:
            return _thanks(request, booth, voice, form, ballot)
    context = {
        "consultation": one, "voice": voice, "form": form, "title": phrases.TITLES[one.method], "canonical_url": "",
        "how": phrases.method_words(one.method, one.dots), "advisory": phrases.ADVISORY,
        "has_voted": voice is not None and voice.has_voted, "several": len(booth.voices) > 1,
    }  # fmt: skip
    return render(request, "choosing/ballot.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, booth: Booth, voice: Elector | None) -> BallotForm:
    one = booth.consultation
    kept = None if voice is None or one.is_secret else getattr(voice, "ballot", None)
    # A form sent twice proves its ballot by the code that it carries: it has no receipt to show yet.
    is_again = request.method == "POST" and "receipt" not in request.POST
    return BallotForm(
        request.POST if request.method == "POST" else None, consultation=one,
        options=list(one.options.order_by("letter")), shown=kept.content if kept is not None else None,
        wants_receipt=one.is_secret and voice is not None and voice.has_voted and not is_again,
    )  # fmt: skip


def _cast(booth: Booth, voice: Elector | None, form: BallotForm) -> Ballot:
    said: dict[str, Any] = {
        "content": form.content, "code": form.code, "receipt": form.cleaned_data.get("receipt", ""),
    }  # fmt: skip
    if booth.address:
        return actions.cast_by_address(consultation=booth.consultation, address=booth.address, **said)
    return actions.cast(elector=cast("Elector", voice), by=booth.user, **said)


def _thanks(
    request: HttpRequest, booth: Booth, voice: Elector | None, form: BallotForm, ballot: Ballot
) -> HttpResponse:
    """The receipt: its code is on this page and nowhere else."""
    one = booth.consultation
    titles = {option.letter: option.label for option in form.options}
    context = {
        "consultation": one, "voice": voice, "several": len(booth.voices) > 1, "canonical_url": "",
        "code": form.cleaned_data.get("receipt") or form.code, "advisory": phrases.ADVISORY,
        "fingerprint": ballot.receipt_digest[: receipts.FINGERPRINT],
        "lines": contents.told(one.method, ballot.content, titles), "back": request.path,
    }  # fmt: skip
    return render(request, "choosing/voted.html", context)
