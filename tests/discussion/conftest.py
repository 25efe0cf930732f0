from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.discussion.world import REPLIES, made_up_circles


@pytest.fixture(autouse=True)
def _circles_and_an_empty_store(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.REPLY_ADDRESS = REPLIES
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    with made_up_circles():
        yield
