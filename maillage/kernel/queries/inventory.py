"""The inventory of personal data, and what nobody declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.conf import settings
from django.db import models

from maillage.kernel import registry
from maillage.kernel.models import DatedValue
from maillage.kernel.personal import Erasing, Holding
from maillage.kernel.queries.values import values_on

_TEXT = (
    models.CharField, models.TextField, models.FileField, models.JSONField, models.BinaryField,
    models.GenericIPAddressField,
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One holding as people read it. term: « 25 mois depuis la dernière connexion »."""

    room: str
    title: str
    model: str
    fields: tuple[str, ...]
    purpose: str
    basis: str
    term: str
    on_leaving: str


def holdings() -> list[Holding]:
    """Every holding, rooms by name; the account itself comes last, since the others point to it."""
    found = [one for manifest in registry.manifests() for one in manifest.personal]
    return sorted(found, key=lambda one: one.model == settings.AUTH_USER_MODEL)


def inventory(*, on: date) -> list[Line]:
    """The inventory with the terms that hold that day."""
    values = values_on(on)
    return [
        Line(
            manifest.room, one.title, one.model, one.fields, one.purpose, one.basis.value,
            _term(one, values), _leaving(one),
        )
        for manifest in registry.manifests()
        for one in manifest.personal
    ]  # fmt: skip


def _term(one: Holding, values: Mapping[str, DatedValue]) -> str:
    if not one.term.key:
        return one.term.counted_from
    value = values.get(one.term.key)
    if value is None:
        return f"durée à fixer {one.term.counted_from}"
    if not value.value:
        return one.term.counted_from
    return f"{value.value.normalize():f} {value.unit} {one.term.counted_from}"


def _leaving(one: Holding) -> str:
    if one.erasing == Erasing.BLANK:
        return one.why
    return f"{one.erasing.value} : {one.why}" if one.why else one.erasing.value


def may_hold_somebody(field: models.Field) -> bool:  # type: ignore[type-arg]
    """Text without a closed list, a file, JSON, bytes, an address of the network, or a way to an account."""
    if field.is_relation:
        return field.related_model is not None and field.related_model._meta.label == settings.AUTH_USER_MODEL
    return isinstance(field, _TEXT) and not field.choices


def undeclared() -> Iterator[str]:
    """Each field that may hold somebody and that no room declares, or that two declarations contradict."""
    personal = {(one.model, name) for one in holdings() for name in one.fields}
    harmless = {
        (one.model, name) for manifest in registry.manifests() for one in manifest.harmless for name in one.fields
    }
    unused = {name for manifest in registry.manifests() for one in manifest.unused for name in one.models}
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label
        for field in model._meta.local_concrete_fields:
            key = (label, field.name)
            if key in personal and key in harmless:
                yield f"{label}.{field.name} : déclaré deux fois"
            elif label not in unused and may_hold_somebody(field) and key not in personal | harmless:
                yield f"{label}.{field.name} : ni personnel, ni sans danger"
    known = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}
    for label, name in sorted(personal | harmless):
        if label not in known or name not in {field.name for field in known[label]._meta.get_fields()}:
            yield f"{label}.{name} : n’existe pas"
    for one in holdings():
        if one.erasing != Erasing.DELETE and not one.why:
            yield f"{one.model} : gardé ou vidé sans raison"
