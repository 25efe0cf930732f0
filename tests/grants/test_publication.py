"""What everybody reads of grants: the list, and the file exact to the field; never the name of a natural person."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from frictionless import Resource, Schema

from maillage.calls.enums import DecidingBody
from maillage.calls.models import Application, Authority
from maillage.directory.enums import Status
from maillage.directory.models import Organisation
from maillage.grants import actions
from maillage.grants.enums import InstalmentKind
from maillage.grants.models import Decision
from maillage.grants.queries import sums
from maillage.grants.queries.agreements import Planned
from maillage.grants.queries.drawing import picture
from maillage.grants.queries.published import Asked, InCommune, by_commune, found, total
from maillage.needs.models import Theme
from maillage.territories.models import Commune, Territory
from tests.calls.world import AT, a_call, a_line, a_structure, agent
from tests.grants.world import DELIBERATED, awarded, drawn, judged, paid, prepared, refused, signed

pytestmark = pytest.mark.django_db


_DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_NEEDED = {"required": True}
_SIRET = {"pattern": r"\d{14}"}
_SHARE = {"minimum": 0, "maximum": 1}
# The sixteen fields of the table schema SCDL subventions 2.1.1, as a validator reads them.
SCHEMA = Schema.from_descriptor({"fields": [
    {"name": name, "type": kind, "constraints": constraints, **more}
    for name, kind, constraints, more in (
        ("nomAttribuant", "string", _NEEDED, {}), ("idAttribuant", "string", _NEEDED | _SIRET, {}),
        ("dateConvention", "date", _NEEDED, {}), ("referenceDecision", "string", {}, {}),
        ("nomBeneficiaire", "string", _NEEDED, {}), ("idBeneficiaire", "string", _SIRET, {}),
        ("rnaBeneficiaire", "string", {"pattern": r"W[A-Z0-9]{9}"}, {}),
        ("objet", "string", _NEEDED | {"maxLength": 256}, {}), ("montant", "number", _NEEDED | {"minimum": 0.01}, {}),
        ("nature", "string",
         _NEEDED | {"enum": ["aide en numéraire", "aide en nature", "aide en numéraire;aide en nature"]}, {}),
        ("conditionsVersement", "string", _NEEDED | {"enum": ["unique", "échelonné", "autre"]}, {}),
        ("datesPeriodeVersement", "string", _NEEDED | {"pattern": f"{_DAY}(/{_DAY})?"}, {}),
        ("idRAE", "string", {}, {}),
        ("notificationUE", "boolean", _NEEDED, {"trueValues": ["oui"], "falseValues": ["non"]}),
        ("pourcentageSubvention", "number", _NEEDED | _SHARE, {}), ("dispositifAide", "string", {}, {}),
    )
]})  # fmt: skip


def faults(content: bytes) -> list[str]:
    """What a validator of table schemas says of this file, by line and field; none when it holds."""
    report = Resource(data=content, format="csv", encoding="utf-8", schema=SCHEMA).validate()
    told = [f"{row}: {field} {kind}" for row, field, kind in report.flatten(["rowNumber", "fieldName", "type"])]
    return told + (["a byte-order mark"] if content.startswith(b"\xef\xbb\xbf") else [])


RIGHT = dict(zip(
    (one.name for one in SCHEMA.fields),
    ("PETR", "20000000000017", "2026-11-24", "", "Le Fil vert", "", "", "Un atelier", "5000.5", "aide en numéraire",
     "unique", "2027-01-15", "", "non", "1", ""),
    strict=True,
))  # fmt: skip


def table(**cells: str) -> bytes:
    """A file of one line that is right, but for these cells."""
    line = RIGHT | cells
    out = io.StringIO(newline="")
    csv.writer(out).writerows([line.keys(), line.values()])
    return out.getvalue().encode()


def file_of(client: Client, query: str = "") -> bytes:
    answer = client.get(f"/subventions.csv{query}")
    assert answer.status_code == 200
    return answer.getvalue()


def lines_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


@pytest.mark.parametrize(
    ("name", "cell", "is_right"),
    [
        ("idAttribuant", "2000000000001", False), ("montant", "5 000,00", False), ("montant", "5000.5", True),
        ("dateConvention", "24/11/2026", False), ("dateConvention", "2026-02-30", False),
        ("conditionsVersement", "UNIQUE", False), ("notificationUE", "Non", False), ("idBeneficiaire", "", True),
        ("datesPeriodeVersement", "2026-01-01_2026-02-01", False), ("pourcentageSubvention", "1.2", False),
        ("objet", "a" * 256, True), ("objet", "a" * 257, False),
        ("rnaBeneficiaire", "W802000123", True), ("rnaBeneficiaire", "802000123", False),
    ],
)  # fmt: skip
def test_the_validator_knows_right_from_wrong(name: str, cell: str, is_right: bool) -> None:
    told = faults(table(**{name: cell}))
    assert (told == []) == is_right
    assert all(f" {name} " in line for line in told)


def test_the_validator_knows_the_names_and_the_order_of_the_fields() -> None:
    names = list(RIGHT)
    swapped = table().replace(b"nature,conditionsVersement", b"conditionsVersement,nature")
    assert faults(swapped) != []
    assert faults(table().replace(names[0].encode(), b"nom", 1)) != []


def test_the_file_is_exact_to_the_field_and_the_order(client: Client) -> None:
    whole = (Planned(InstalmentKind.FINAL, Decimal("4999.50"), date(2027, 1, 15)),)
    minimis = a_call(a_line("100000", state_aid="de_minimis"))
    signed(awarded(judged(minimis, is_economic=True, siret="12345678900011", rna="W802000123"), "4999.50"),
           instalments=whole)  # fmt: skip
    signed(awarded(judged(title='Un "projet",\nà deux lignes')))
    awarded(judged(title="=1+1"))

    content = file_of(client)

    assert faults(content) == []
    first, second, third = lines_of(content)
    assert (first["montant"], first["conditionsVersement"], first["datesPeriodeVersement"]) == (
        "4999.50", "unique", "2027-01-15",
    )  # fmt: skip
    assert (first["notificationUE"], second["notificationUE"]) == ("oui", "non")
    assert (first["idBeneficiaire"], first["rnaBeneficiaire"]) == ("12345678900011", "W802000123")
    assert second["conditionsVersement"] == "échelonné"
    assert second["objet"] == 'Un "projet", à deux lignes'
    assert (third["conditionsVersement"], third["objet"]) == ("autre", "'=1+1")
    assert third["dateConvention"] == "2026-11-24"


def test_the_name_and_the_number_of_a_natural_person_are_never_public(client: Client) -> None:
    made, _ = a_structure("Jeanne Martin Couture", legal_form="1000", legal_name="Jeanne Martin")
    awarded(judged(organisation=made, legal_name="Jeanne Martin", siret="12345678900011"))

    page, content = client.get("/subventions/").content.decode(), file_of(client).decode()

    for told in (page, content):
        assert "Jeanne" not in told
        assert "12345678900011" not in told
        assert "Entreprise individuelle" in told
    assert faults(content.encode()) == []


def test_only_what_was_awarded_and_confirmed_is_public(client: Client) -> None:
    shown = awarded()
    hidden = [prepared().application, refused().application]

    page, content = client.get("/subventions/").content.decode(), file_of(client).decode()

    assert shown.application.title in page
    assert len(lines_of(content.encode())) == 1
    assert not any(one.title in page or one.title in content for one in hidden)


def test_invented_grants_say_so(client: Client) -> None:
    awarded(judged(is_example=True, title="Un lieu (donnée d’exemple)"))

    assert "Donnée d’exemple" in client.get("/subventions/").content.decode()
    assert lines_of(file_of(client))[0]["objet"].count("(donnée d’exemple)") == 1


def _varied() -> tuple[Decision, Decision]:
    other = Authority.objects.create(name="CC des Exemples", siret="20000000000025")
    line = a_line("100000")
    type(line.scheme).objects.filter(pk=line.scheme.pk).update(authority=other)
    subject = Theme.objects.create(slug="mobilite", title="Mobilité solidaire", opened_at=AT)
    town = Commune.objects.order_by("pk")[0]
    early = actions.Deliberation("2025-7", date(2025, 6, 1), DecidingBody.BUREAU)
    first = awarded(
        judged(a_call(line), commune=town, theme=subject, given_on=date(2025, 5, 1)), "1000", deliberation=early
    )
    return first, awarded()


def test_the_list_is_filtered_by_its_address_and_the_file_with_it(client: Client) -> None:
    first, other = _varied()
    application = first.application
    assert first.line is not None
    queries = [
        "?annee=2025", f"?par={first.line.scheme.authority_id}", f"?dispositif={first.line.scheme_id}",
        f"?commune={application.commune_id}", f"?theme={application.theme_id}",
    ]  # fmt: skip

    for query in queries:
        page = client.get(f"/subventions/{query}").content.decode()
        assert first.application.title in page, query
        assert other.application.title not in page, query
        assert len(lines_of(file_of(client, query))) == 1, query
    assert "2\u00a0subventions" in client.get("/subventions/?annee=zzz&commune=99999").content.decode()
    assert other.line is not None
    nothing = f"/subventions/?annee=2025&dispositif={other.line.scheme_id}"
    assert "Aucune subvention" in client.get(nothing).content.decode()


def test_money_is_summed_commune_by_commune() -> None:
    first, _ = _varied()
    rows = found(Asked())
    assert first.application.commune is not None

    assert total(rows) == Decimal(6000)
    assert [(one.name, one.number, one.euros) for one in by_commune(rows)] == [
        (first.application.commune.name, 1, Decimal(1000))
    ]


def test_an_empty_list_says_when_it_fills(client: Client) -> None:
    assert "Les subventions paraîtront ici" in client.get("/subventions/").content.decode()
    assert faults(file_of(client)) == []


def test_the_list_and_the_file_ask_as_many_questions_for_three_as_for_one(client: Client) -> None:
    counted: list[Any] = []
    for more in (1, 2):
        for _ in range(more):
            signed()
        cache.clear()
        client.get("/subventions/?page=2")  # what is remembered of the house is read
        for path in ("/subventions/", "/subventions.csv"):
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(path)
                assert answer.getvalue()
            counted.append(len(asked))

    assert counted[:2] == counted[2:]


def test_payments_really_made_give_their_days(client: Client) -> None:
    agreement = drawn()
    actions.sign_agreement(agreement=agreement, on=AT.date(), by=agent(), at=AT)

    [line] = lines_of(file_of(client))

    assert re.fullmatch(f"{_DAY}/{_DAY}", line["datesPeriodeVersement"])
    assert Application.objects.get().state == "agreed"


def test_the_map_follows_the_filters_and_says_what_the_table_says(client: Client) -> None:
    drawn_territory()
    signed(awarded(judged(commune_id="80829", requested=Decimal(9000)), "9000"))
    awarded(judged(commune_id="80829"), "1000")
    awarded(judged(commune_id="80620"), "2500", deliberation=replace(DELIBERATED, day=date(2026, 11, 23)))

    whole = client.get("/subventions/").content.decode()
    one = client.get("/subventions/?commune=80620&annee=2026&inconnu=1").content.decode()

    assert _discs(whole) == 2
    assert '<a href="?commune=80829" class="tone-' in whole
    assert "2\u202fsubventions, 10\u202f000,00" in whole.replace("\u00a0", "\u202f")
    assert whole.index("<commune-map") < whole.index('id="table-communes"')
    assert _discs(one) == 1
    assert '<a href="?annee=2026&amp;commune=80620"' in one
    assert "commune-map-here" in one


def test_a_cancelled_or_prepared_award_and_a_territory_without_a_drawing_have_no_map(client: Client) -> None:
    prepared(judged(commune_id="80829"))
    assert "<commune-map" not in client.get("/subventions/").content.decode()
    awarded(judged(commune_id="80829"))
    cache.clear()
    page = client.get("/subventions/").content.decode()
    assert "<commune-map" not in page
    assert 'id="table-communes"' in page


def test_discs_follow_the_euros_and_names_do_not_run_over_each_other() -> None:
    drawn_territory()
    places = [InCommune("80829", "Y", 1, Decimal(9000)), InCommune("80620", "Péronne", 3, Decimal(2250)),
              InCommune("80999", "Ailleurs", 1, Decimal(10))]  # fmt: skip

    drawing = picture(places, lambda code: f"?commune={code}")

    assert drawing is not None
    assert [round(one.radius) for one in drawing.discs] == [42, 21]
    assert (drawing.elsewhere, drawing.here) == (1, "")
    assert len(drawing.labels) == len({one.y // drawing.text_size for one in drawing.labels})


def _discs(page: str) -> int:
    return page.partition("commune-map-knots")[2].partition("</g>")[0].count("<circle ")


def drawn_territory() -> None:
    """The small territory with a drawing of two of its communes."""
    for code, latitude in (("80829", 49.9), ("80620", 49.7)):
        Commune.objects.filter(pk=code).update(latitude=latitude, longitude=2.9)
    drawing = {
        "view_box": [0, 0, 1000, 700], "communes": {"80829": "M0 0l9 0 0 9z", "80620": "M50 50l9 0 0 9z"},
        "epcis": {}, "territory": "", "west": 2.0, "north": 50.0, "x_per_degree": 500, "y_per_degree": 900,
    }  # fmt: skip
    Territory.objects.update(drawing=drawing)


def test_granted_paid_and_left_are_told_by_year_and_by_theme(client: Client) -> None:
    agreement = signed(awarded(judged(theme=Theme.objects.create(slug="mobilite", title="Mobilité", opened_at=AT))))
    paid(agreement.instalments.get(kind=InstalmentKind.ADVANCE))
    awarded(judged(), "1000", deliberation=replace(DELIBERATED, day=date(2026, 11, 22)))

    [year] = sums.by_year(found(Asked()))
    themes = sums.by_theme(found(Asked()))

    assert (year.label, year.number, year.granted, year.paid, year.left, year.percent) == (
        "2026", 2, Decimal(6000), Decimal(2500), Decimal(3500), 42,
    )  # fmt: skip
    assert [(one.label, one.granted) for one in themes] == [("Mobilité", Decimal(5000)), ("Sans thème", Decimal(1000))]
    page = client.get("/subventions/").content.decode().replace("\u00a0", "\u202f")
    assert "6\u202f000,00\u202f€ accordés, 2\u202f500,00\u202f€ versés, reste 3\u202f500,00\u202f€" in page


def test_the_sheet_of_an_organisation_says_what_it_was_given_and_leads_there(client: Client) -> None:
    decision = awarded()
    given = decision.application.organisation
    other = awarded().application.organisation
    Organisation.objects.filter(pk__in=[given.pk, other.pk]).update(status=Status.PUBLISHED)

    sheet = client.get(given.get_absolute_url()).content.decode()
    page = client.get(f"/subventions/?structure={given.pk}").content.decode()

    assert "Argent public reçu" in sheet
    assert f'href="/subventions/?structure={given.pk}"' in sheet
    assert "1\u202fsubvention, 5" in page.replace("\u00a0", "\u202f")
    assert given.name in page
    assert len(client.get(f"/subventions.csv?structure={given.pk}").getvalue().splitlines()) == 2


def test_a_natural_person_is_told_neither_on_their_sheet_nor_by_a_filter(client: Client) -> None:
    given = awarded().application.organisation
    Organisation.objects.filter(pk=given.pk).update(status=Status.PUBLISHED, legal_form="1000", name="Marie Exemple")

    assert "Argent public reçu" not in client.get(given.get_absolute_url()).content.decode()
    page = client.get(f"/subventions/?structure={given.pk}").content.decode()

    assert "Marie Exemple" not in page
    assert given.get_absolute_url() not in page
    assert "Entreprise individuelle" in page
