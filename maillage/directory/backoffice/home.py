"""Today's list, on the home of the back office."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import Component

from maillage.directory.backoffice import reads


class TodayPanel(Component):  # type: ignore[misc]  # Wagtail has no types
    """What waits for somebody, first; figures after."""

    order = 10
    template_name = "directory/backoffice/home_today.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"today": reads.today(), "request": parent_context["request"]}
