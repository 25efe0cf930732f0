"""Where a mail service brings the e-mails that answer our letters; shut unless one is chosen and its secret is set."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from anymail.signals import AnymailInboundEvent, inbound
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from maillage.discussion import actions

# The view of anymail that reads and checks each service's own e-mails.
VIEWS = {
    "brevo": "BrevoInboundWebhookView",
    "mailgun": "MailgunInboundWebhookView",
    "mailjet": "MailjetInboundWebhookView",
    "postmark": "PostmarkInboundWebhookView",
}


@csrf_exempt  # a service has no cookie: it signs, and anymail checks
def take(request: HttpRequest) -> HttpResponse:
    chosen: dict[str, Any] = settings.EMAIL_TRANSPORT or {}
    name = chosen.get("name", "")
    if name not in VIEWS or not settings.EMAIL_WEBHOOK_SECRET or not settings.REPLY_ADDRESS:
        raise Http404
    view = getattr(import_module(f"anymail.webhooks.{name}"), VIEWS[name])
    answer: HttpResponse = view.as_view()(request)
    return answer


def _take(event: AnymailInboundEvent, **kwargs: Any) -> None:
    told = getattr(event.message, "envelope_recipient", None)
    envelope = (str(told).lower(),) if told else ()
    actions.take_mail(message=event.message, envelope=envelope, at=timezone.now())


inbound.connect(_take, dispatch_uid="maillage.discussion.inbound")
