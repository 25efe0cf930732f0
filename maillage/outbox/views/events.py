"""Where a mail service tells what became of letters; shut unless one is chosen and its secret is set."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from anymail.signals import AnymailTrackingEvent, tracking
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from maillage.outbox.actions.events import note_event

# The view of anymail that reads and checks each service's own events.
VIEWS = {
    "brevo": "BrevoTrackingWebhookView",
    "mailgun": "MailgunTrackingWebhookView",
    "mailjet": "MailjetTrackingWebhookView",
    "postmark": "PostmarkTrackingWebhookView",
}


@csrf_exempt  # a service has no cookie: it signs, and anymail checks
def events(request: HttpRequest) -> HttpResponse:
    chosen: dict[str, Any] = settings.EMAIL_TRANSPORT or {}
    name = chosen.get("name", "")
    if name not in VIEWS or not settings.EMAIL_WEBHOOK_SECRET:
        raise Http404
    view = getattr(import_module(f"anymail.webhooks.{name}"), VIEWS[name])
    answer: HttpResponse = view.as_view()(request)
    return answer


def _note(event: AnymailTrackingEvent, **kwargs: Any) -> None:
    note_event(event=event, at=timezone.now())


tracking.connect(_note, dispatch_uid="maillage.outbox.events")
