"""The home of the back office: each room puts its own panels there, by its manifest."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from maillage.kernel import registry


class RoomPanel(Component):  # type: ignore[misc]  # Wagtail has no types
    """One panel of a room."""

    def __init__(self, order: int, template: str, facts: dict[str, Any]) -> None:
        self.order, self.template_name, self.facts = order, template, facts

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"panel": self.facts, "request": parent_context["request"]}


def show_rooms(request: HttpRequest, panels: list[Component]) -> None:
    """The panels of the rooms take the place of Wagtail's, which speak of pages."""
    told = enumerate(registry.office_panels(request.user))
    panels[:] = [RoomPanel(rank, template, facts) for rank, (template, facts) in told]
