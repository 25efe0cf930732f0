from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from django.test import Client
from openapi_spec_validator import validate

from maillage.directory.enums import Status
from tests.factories import organisation, small_territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def described(client: Client) -> Any:
    response = client.get("/api/v1/openapi.json")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.json()


def test_the_description_is_valid_openapi_3_1(described: Any) -> None:
    validate(described)
    assert described["openapi"] == "3.1.0"


def test_each_operation_has_french_words_and_a_true_example(described: Any) -> None:
    assert len(described["paths"]) == 5
    for path, operations in described["paths"].items():
        operation = operations["get"]
        assert operation["summary"], path
        assert operation["description"], path
        for status, answer in operation["responses"].items():
            for content in answer["content"].values():
                shape = {**content["schema"], "components": described["components"]}
                jsonschema.validate(content["example"], shape)
            assert answer["description"] != "OK", (path, status)


def test_what_is_served_is_what_is_described(client: Client, described: Any, reindex: Callable[[], None]) -> None:
    small_territory()
    organisation("Atelier", status=Status.PUBLISHED.value, place__commune_id="80620")
    reindex()
    for path, operations in described["paths"].items():
        response = client.get(path.replace("{slug}", "atelier"))
        content = b"".join(response) if response.streaming else response.content
        answers = operations["get"]["responses"]["200"]["content"]
        shape = answers[response["Content-Type"].partition(";")[0]]["schema"]
        jsonschema.validate(json.loads(content), {**shape, "components": described["components"]})


def test_the_page_for_people_needs_no_script_and_no_other_site(client: Client, described: Any) -> None:
    page = client.get("/api/v1/docs").content.decode()
    for path in described["paths"]:
        assert path in page
    main = page.split("<main")[1].split("</main>")[0]
    assert "<script" not in main
    assert not re.search(r'(?:src|href)="https?://(?!www\.etalab|127\.0\.0\.1)', main)
