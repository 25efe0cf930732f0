"""Controls of the page editor of our own, where Wagtail's need an inline script."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.panels import FieldPanel


@cache
def _document_chooser() -> Any:
    # Here and not above: Wagtail's chooser asks for the model of documents, which is not ready while models load.
    from wagtail.admin.staticfiles import versioned_static
    from wagtail.documents.widgets import AdminDocumentChooser

    class DocumentChooser(AdminDocumentChooser):  # type: ignore[misc]  # Wagtail has no types
        """Wagtail's document chooser, started by a script file instead of an inline one."""

        def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
            id_, data = attrs["id"], self.get_value_data(value)
            start = json.dumps({"id": id_, "options": self.get_js_init_options(id_, name, data)})
            return format_html(
                '{}<span hidden data-document-chooser="{}"></span>', self.render_html(name, data, attrs), start
            )

        @property
        def media(self) -> forms.Media:
            wagtail_media: forms.Media = super().media
            return wagtail_media + forms.Media(js=[versioned_static("content/document-chooser.js")])

    return DocumentChooser


class DocumentPanel(FieldPanel):  # type: ignore[misc]  # Wagtail has no types
    """A document, chosen or added from the editor."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options.setdefault("widgets", {})[self.field_name] = _document_chooser()
        return options
