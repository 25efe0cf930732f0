"""The room stands in the house."""

from __future__ import annotations

import pytest
from django.apps import apps
from wagtail.models import Page

from maillage.content import actions
from maillage.content.models import ResourceIndex


def test_the_room_stands_in_the_house() -> None:
    assert apps.get_app_config("content").name == "maillage.content"


@pytest.mark.django_db
def test_the_list_of_resources_is_made_once() -> None:
    assert actions.index_page() == actions.index_page()
    assert ResourceIndex.objects.count() == 1
    assert Page.find_problems() == ([], [], [], [], [])
