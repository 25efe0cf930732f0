"""Do once what a form asks, however often it arrives.

Words: the *key* of a form is drawn with its page; the *body* is what was typed.
Neighbours: views call `kernel.once`, which reads both from the request; the worker forgets old keys.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar, cast

from django.apps import apps
from django.db import models, transaction

from maillage.kernel.models import SentForm

Made = TypeVar("Made", bound=models.Model | None)
KEPT = timedelta(days=7)


class SentBefore(Exception):
    """This form did its work already, with something else in it; `phrase` says what to do. Nothing was written."""

    phrase = (
        "Ce formulaire est déjà parti, avec d’autres réponses\u00a0: celles-là sont enregistrées. Ce que vous venez "
        "d’écrire est gardé ici\u00a0; relisez, puis envoyez de nouveau si vous voulez l’ajouter."
    )


def do_once(*, key: str, body: str, verb: Callable[[], Made], at: datetime) -> Made:
    """What the verb makes, or made the first time; all of it in one transaction with the trace of the form.

    Of several at once, the others wait for the first. What the verb refuses leaves the form free to be sent again.
    Raises SentBefore (another body, or what was made is gone), and what the verb raises.
    """
    with transaction.atomic():
        sent, is_first = SentForm.objects.get_or_create(key=key, defaults={"body": body, "sent_at": at})
        if not is_first:
            return cast("Made", _made_before(sent, body))
        made = verb()
        if made is not None:
            sent.made_type, sent.made_id = made._meta.label_lower, made.pk
            sent.save(update_fields=["made_type", "made_id"])
    return made


def _made_before(sent: SentForm, body: str) -> models.Model | None:
    if sent.body != body:
        raise SentBefore
    if not sent.made_type:
        return None
    made: models.Model | None = models.QuerySet(apps.get_model(sent.made_type)).filter(pk=sent.made_id).first()
    if made is None:
        raise SentBefore
    return made


def forget_sent_forms(*, at: datetime) -> int:
    """Forget the forms sent more than KEPT ago: nobody still has their page open; how many."""
    return SentForm.objects.filter(sent_at__lt=at - KEPT).delete()[0]
