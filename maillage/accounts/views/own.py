"""One's own page, one's data and the way out, and the way in of the demo."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from maillage.accounts import actions
from maillage.accounts.forms import LeaveForm
from maillage.accounts.models import User
from maillage.accounts.queries import demo_people, fates
from maillage.kernel import registry
from maillage.kernel.actions import person_of


@require_GET
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Everything that is mine, room by room."""
    return render(request, "accounts/home.html", {"panels": registry.panels(request.user)})


@require_POST
@never_cache
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def take_data(request: HttpRequest) -> HttpResponse:
    """Everything that the platform keeps of me, in one file."""
    at, user = timezone.now(), request.user
    assert isinstance(user, User)
    response = HttpResponse(actions.take_data(user=user, at=at), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="mes-donnees-{timezone.localdate(at):%Y-%m-%d}.zip"'
    return response


@never_cache
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def leave(request: HttpRequest) -> HttpResponse:
    """What goes, what stays and why; then, with a word typed on purpose, gone."""
    person, form = person_of(request.user), LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave(person=person, by=None, at=timezone.now())
        except actions.PersonRefused as refusal:
            form.add_error(None, refusal.phrase)
        else:
            logout(request)
            return redirect("own:gone")
    return render(request, "accounts/leave.html", {"form": form, "fates": fates(person)})


@require_GET
def gone(request: HttpRequest) -> HttpResponse:
    """Good-bye; the page knows nobody."""
    return render(request, "accounts/gone.html")


@require_GET
@never_cache
def demo(request: HttpRequest) -> HttpResponse:
    """Who one may be on a demo, and the codes of the moment; there is no such page elsewhere."""
    if not settings.DEMO:
        raise Http404
    return render(request, "accounts/demo.html", {"people": demo_people()})
