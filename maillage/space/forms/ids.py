"""Identifiers of fields that are named after facts: « place.address » has a dot, which no identifier may have."""

from __future__ import annotations


class PlainIds(str):
    """The `auto_id` of a form: makes `id_place-address` of `place.address`."""

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        return super().__mod__(str(name).replace(".", "-"))


PLAIN_IDS = PlainIds("id_%s")
