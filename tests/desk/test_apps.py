"""The first truth of the room."""

from __future__ import annotations

from django.apps import apps


def test_the_room_stands_in_the_house() -> None:
    assert apps.get_app_config("desk").name == "maillage.desk"
