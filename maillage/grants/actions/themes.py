"""What an award changes for whoever said the need that it answers: the theme is open, and they read of it."""

from __future__ import annotations

from datetime import datetime

from maillage.accounts.models import User
from maillage.calls.models import Application
from maillage.grants.phrases import decisions as phrases
from maillage.needs import actions as needs

PUBLIC = "/subventions/"


def open_theme_of(application: Application, *, by: User, at: datetime) -> None:
    """The theme of the application, else those of its call; one that is open already tells of one project more."""
    themes = [application.theme] if application.theme is not None else list(application.call.themes.order_by("pk"))
    words = phrases.FUNDED.format(call=application.call.title)
    for theme in themes:
        for verb in (needs.open_theme, needs.announce_project):
            try:
                verb(theme=theme, words=words, address=PUBLIC, by=by, at=at)
            except needs.NeedRefused:  # open already, or over: the next verb, or nothing more to say
                continue
            break
