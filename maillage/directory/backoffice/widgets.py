"""Controls of our own where Wagtail's need an inline script."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.staticfiles import versioned_static
from wagtail.images.widgets import AdminImageChooser


class PictureChooser(AdminImageChooser):  # type: ignore[misc]  # Wagtail has no types
    """Wagtail's picture chooser, started by a script file instead of an inline one."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        id_, data = attrs["id"], self.get_value_data(value)
        start = json.dumps({"id": id_, "options": self.get_js_init_options(id_, name, data)})
        return format_html(
            '{}<span hidden data-picture-chooser="{}"></span>', self.render_html(name, data, attrs), start
        )

    @property
    def media(self) -> forms.Media:
        wagtail_media: forms.Media = super().media
        return wagtail_media + forms.Media(js=[versioned_static("directory/picture-chooser.js")])
