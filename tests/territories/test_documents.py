from __future__ import annotations

import pytest

from maillage.territories import documents
from maillage.territories.queries import search_number
from tests.factories import commune, small_territory

pytestmark = pytest.mark.django_db


def test_communes_of_a_territory_are_findable_by_name_former_name_and_code() -> None:
    small_territory()
    commune("59999", "Hors territoire", column=9)
    numbers = list(documents.all_ids())
    assert numbers == sorted(search_number(code) for code in ("80230", "80557", "80620", "80629", "80829"))
    found = {document.title: document for document in documents.documents([*numbers, search_number("59999")])}
    assert sorted(found) == ["Hypercourt", "Péronne", "Pœuilly", "Y", "Épénancourt"]
    hypercourt = found["Hypercourt"]
    assert list(hypercourt.aliases) == ["Omiécourt", "Pertain"]
    assert list(hypercourt.identifiers) == ["80230", "80254", "80506"]
    assert hypercourt.url == "/communes/80230-hypercourt/"
