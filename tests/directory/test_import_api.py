from __future__ import annotations

import gzip
import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client as DjangoClient
from pytest_django import Settings
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from maillage.directory import actions, imports
from maillage.directory.enums import Status
from maillage.directory.facts import facts_of
from maillage.directory.imports.from_api import fetch
from maillage.directory.integrations.recherche_entreprises import Client, ServiceUnavailable
from maillage.directory.models import ImportRun, Organisation
from maillage.territories.models import Territory
from tests.directory.importing import counts, own_files, traces
from tests.factories import AT, human_source, siren, siret, small_territory
from ui.templatetags.ui import day_fr

__all__ = ["own_files"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("MAILLAGE_SHARED", ROOT.parent / "shared"))
PERSON = "ZINZOLINE"


def place(number: int, rank: int = 1, commune: str = "80620", **more: Any) -> dict[str, Any]:
    return {
        "siret": siret(number, rank), "est_siege": rank == 1, "etat_administratif": "A", "commune": commune,
        "adresse": "7 RUE DES CHANOINES 80200 PERONNE", "code_postal": "80200", "latitude": "50.05",
        "longitude": "3.05", "liste_enseignes": None, **more,
    }  # fmt: skip


def unit(number: int, **more: Any) -> dict[str, Any]:
    """One result in the shape of the service, with a person among its directors."""
    return {
        "siren": siren(number), "nom_complet": f"STRUCTURE {number} (SN)", "nom_raison_sociale": f"STRUCTURE {number}",
        "sigle": "SN", "siege": place(number), "activite_principale": "88.99B", "nature_juridique": "9220",
        "tranche_effectif_salarie": "01", "date_creation": "2001-02-03", "etat_administratif": "A",
        "statut_diffusion": "O", "matching_etablissements": [place(number)],
        "dirigeants": [{"nom": PERSON, "prenoms": "CAMILLE", "date_de_naissance": "1970-01"}],
        "complements": {"est_ess": True, "identifiant_association": "W801234567",
                        "collectivite_territoriale": {"elus": [{"nom": PERSON}]}},
        **more,
    }  # fmt: skip


class Service:
    """The API in small: pages over the units of each EPCI or commune; notes every question."""

    def __init__(self, server: HTTPServer) -> None:
        self.by_question: dict[str, list[dict[str, Any]]] = {}
        self.totals: dict[str, int] = {}
        self.asked: list[dict[str, str]] = []
        self.before: list[Response] = []
        self.failing_page, self.failures = "", 0
        server.expect_request("/search").respond_with_handler(self._answer)

    def _answer(self, request: Request) -> Response:
        asked = dict(request.args)
        self.asked.append(asked)
        if self.before:
            return self.before.pop(0)
        if asked["page"] == self.failing_page and self.failures:
            self.failures -= 1
            return as_json({}, 503)
        question = asked.get("epci") or asked.get("code_commune") or ""
        units, page, size = self.by_question.get(question, []), int(asked["page"]), int(asked["per_page"])
        total = self.totals.get(question, len(units))
        shown = units[(page - 1) * size : page * size]
        pages = max(1, -(-total // size))
        return as_json({"results": shown, "total_results": total, "page": page, "per_page": size, "total_pages": pages})


def as_json(body: Any, status: int = 200, **headers: str) -> Response:
    return Response(json.dumps(body), status, headers, content_type="application/json")


@pytest.fixture
def service(httpserver: HTTPServer, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Service:
    cache.clear()
    settings.RECHERCHE_ENTREPRISES_URL = httpserver.url_for("/")
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    return Service(httpserver)


@pytest.fixture
def home() -> Territory:
    return small_territory()


def sync() -> ImportRun:
    return imports.carry_out(run=imports.open_api_run(by=None, at=AT), by=None, at=AT)


def epcis(home: Territory) -> list[str]:
    return list(home.epcis.order_by("siren").values_list("siren", flat=True))


def test_the_organisations_of_each_epci_arrive_page_after_page(service: Service, home: Territory) -> None:
    first, second, _ = epcis(home)
    service.by_question = {first: [unit(number) for number in range(1, 61)], second: [unit(99)]}
    run = sync()
    assert counts(run) == (61, 0, 0, 0)
    assert [(one["epci"], one["page"]) for one in service.asked][:4] == [
        (first, "1"),
        (first, "2"),
        (first, "3"),
        (second, "1"),
    ]
    for asked in service.asked:
        assert (asked["est_ess"], asked["etat_administratif"], asked["per_page"]) == ("true", "A", "25")
    facts = facts_of(Organisation.objects.get(siren=siren(99)))
    assert (facts["name"], facts["legal_name"], facts["acronym"], facts["rna"]) == (
        "Structure 99", "STRUCTURE 99", "SN", "W801234567",
    )  # fmt: skip
    assert (facts["place.commune_id"], facts["place.latitude"], facts["place.address"]) == (
        "80620", 50.05, "7 Rue des Chanoines",
    )  # fmt: skip
    assert (facts["ess_verdict"], facts["ess_reason"], facts["headcount_band"]) == ("yes", "ess_list", "01")
    before = traces()
    assert counts(sync()) == (0, 0, 61, 0)
    assert traces() == before


def test_directors_and_elected_members_are_nowhere_in_the_database_nor_on_the_disk(
    service: Service, home: Territory, tmp_path: Path
) -> None:
    service.by_question = {epcis(home)[0]: [unit(1)]}
    run = sync()
    assert run.state == ImportRun.State.DONE
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert PERSON not in repr(cursor.fetchall()).upper(), table
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or PERSON.encode() not in file.read_bytes().upper()


def test_a_head_office_elsewhere_leaves_the_main_place_to_the_one_here(service: Service, home: Territory) -> None:
    away = unit(1, siege=place(1, 1, "75102"), matching_etablissements=[place(1, 2, "80829"), place(1, 3, "80620")])
    service.by_question = {epcis(home)[0]: [away]}
    sync()
    facts = facts_of(Organisation.objects.get())
    assert (facts["place.siret"], facts["place.commune_id"]) == (siret(1, 2), "80829")
    assert [one["siret"] for one in facts["other_places"]] == [siret(1, 3)]


def test_natural_persons_and_hidden_units_are_left_out_and_said(service: Service, home: Territory) -> None:
    service.by_question = {epcis(home)[0]: [unit(1, nature_juridique="1000"), unit(2, statut_diffusion="P"), unit(3)]}
    run = sync()
    assert list(Organisation.objects.values_list("siren", flat=True)) == [siren(3)]
    assert sum("ne peut pas être publié" in note["message"] for note in run.report) == 2


def test_ten_thousand_answers_are_asked_again_commune_by_commune(service: Service, home: Territory) -> None:
    first = epcis(home)[0]
    service.totals = {first: 10_000}
    service.by_question = {first: [unit(1)], "80620": [unit(1)], "80629": [unit(2)]}
    assert counts(sync()) == (2, 0, 0, 0)
    assert {one.get("code_commune") for one in service.asked} >= {"80620", "80629"}


def test_a_cut_reading_goes_on_at_the_page_where_it_stood(service: Service, home: Territory) -> None:
    first = epcis(home)[0]
    service.by_question = {first: [unit(number) for number in range(1, 61)]}
    service.failing_page, service.failures = "3", 4
    run = sync()
    assert run.state == ImportRun.State.FAILED
    assert (run.cursor["question"], run.cursor["page"]) == (0, 3)
    assert Organisation.objects.count() == 0
    cache.clear()
    service.asked.clear()
    imports.carry_out(run=run, by=None, at=AT)
    assert service.asked[0]["page"] == "3"
    assert counts(run) == (60, 0, 0, 0)


@pytest.mark.parametrize(
    "bad",
    [
        Response("<html>erreur</html>", 200, content_type="text/html"),
        Response("[" * 200_000, 200),
        as_json({"message": "non"}, 200),
        as_json({"results": [{"nom": "sans SIREN"}]}),
        as_json({"results": []}, 500),
        Response(gzip.compress(b'{"results": []}')[:12], 200, {"Content-Encoding": "gzip"}),
        Response(b" " * 11_000_000, 200),
        as_json({}, 302, Location="http://127.0.0.1:1/"),
        as_json({"erreur": "paramètre"}, 400),
    ],
)
def test_a_service_that_answers_wrongly_changes_nothing(service: Service, home: Territory, bad: Response) -> None:
    before = traces()
    service.before = [bad] * 4
    run = sync()
    assert run.state == ImportRun.State.FAILED
    assert "API Recherche d’entreprises" in run.report[0]["message"]
    assert traces() == before


def test_the_service_is_obeyed_when_it_asks_to_wait(service: Service, httpserver: HTTPServer) -> None:
    waits: list[float] = []
    service.before = [as_json({}, 429, **{"Retry-After": "7"})]
    with Client(httpserver.url_for("/"), sleep=waits.append) as client:
        client.search({"epci": "1"})
    assert 7.0 in waits


def test_questions_never_come_faster_than_seven_a_second(service: Service, httpserver: HTTPServer) -> None:
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    with Client(httpserver.url_for("/"), sleep=sleep, monotonic=lambda: now[0]) as client:
        for page in range(1, 16):
            client.search({"epci": "1"}, page=page)
    assert now[0] == pytest.approx(14 / 7)


def test_after_a_failure_nobody_asks_again_for_a_while(service: Service, httpserver: HTTPServer) -> None:
    service.before = [as_json({}, 500)] * 4
    with Client(httpserver.url_for("/"), sleep=lambda _: None) as client:
        with pytest.raises(ServiceUnavailable):
            client.search({"epci": "1"})
        asked = len(service.asked)
        with pytest.raises(ServiceUnavailable, match="5 minutes"):
            client.search({"epci": "1"})
    assert len(service.asked) == asked == 4


def test_a_service_that_is_not_there_is_told_in_french(settings: Settings, home: Territory) -> None:
    cache.clear()
    settings.RECHERCHE_ENTREPRISES_URL = "http://127.0.0.1:9"
    with Client(sleep=lambda _: None) as client, pytest.raises(ServiceUnavailable, match="liaison coupée"):
        client.search({})
    cache.clear()


def test_while_the_service_is_down_pages_show_what_it_last_said_and_when(
    service: Service, home: Territory, client: DjangoClient
) -> None:
    service.by_question = {epcis(home)[0]: [unit(1)]}
    sync()
    made = Organisation.objects.get()
    actions.set_status(organisation=made, status=Status.PUBLISHED, source=human_source(), by=None, at=AT)
    service.before = [as_json({}, 503)] * 4
    assert imports.carry_out(
        run=imports.open_api_run(by=None, at=AT + timedelta(days=30)), by=None, at=AT + timedelta(days=30)
    ).state == ImportRun.State.FAILED  # fmt: skip
    asked = len(service.asked)
    for address in (f"/annuaire/{made.slug}/", "/a-propos/"):
        page = client.get(address).content.decode()
        assert "Recherche d’entreprises" in page, address
        assert day_fr(AT.date()) in page, address
    assert len(service.asked) == asked


def test_a_byte_at_a_time_does_not_hold_the_worker(service: Service, httpserver: HTTPServer) -> None:
    ticks = iter(range(0, 10_000, 30))
    httpserver.clear()
    httpserver.expect_request("/search").respond_with_data(b'{"results": []}' + b" " * 300_000)
    with (
        Client(httpserver.url_for("/"), sleep=lambda _: None, monotonic=lambda: float(next(ticks))) as client,
        pytest.raises(ServiceUnavailable, match="trop lente"),
    ):
        client.search({})


def _recorded() -> list[dict[str, Any]]:
    """The answers recorded from the service when they are at hand; else answers of the same shape made here."""
    folder = SHARED / "data/samples/recherche_entreprises"
    if folder.is_dir():
        return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
    return [{"results": [unit(1)], "total_results": 1, "page": 1, "per_page": 10, "total_pages": 1}]


def test_answers_in_the_recorded_shape_become_sheets_without_their_directors(
    service: Service, httpserver: HTTPServer, home: Territory
) -> None:
    answers = _recorded()
    results = list({one["siren"]: one for answer in answers for one in answer["results"]}.values())
    assert results
    service.by_question = {epcis(home)[0]: results}
    run = sync()
    assert run.state == ImportRun.State.DONE
    assert set(Organisation.objects.values_list("siren", flat=True)) == {one["siren"] for one in results}
    for one in results:
        facts = facts_of(Organisation.objects.get(siren=one["siren"]))
        assert facts["legal_name"] == one["nom_raison_sociale"]
        assert facts["legal_form"] == one["nature_juridique"]
        assert facts["place.latitude"] == pytest.approx(float(one["siege"]["latitude"]))
    people = {
        person["nom"] for one in results for person in one["dirigeants"] if person.get("nom")
    }  # fmt: skip
    dump = repr([facts_of(one) for one in Organisation.objects.all()])
    assert not any(name in dump for name in people)


def test_an_old_spool_is_not_believed(service: Service, home: Territory, tmp_path: Path) -> None:
    run = imports.open_api_run(by=None, at=AT)
    spool = tmp_path / "spool.jsonl"
    with Client(sleep=lambda _: None) as client:
        assert fetch(run=run, client=client, spool=spool, at=AT) == 0
        asked = len(service.asked)
        assert fetch(run=run, client=client, spool=spool, at=AT) == 0
        assert len(service.asked) == asked
        fetch(run=run, client=client, spool=spool, at=AT + timedelta(days=2))
        assert len(service.asked) == 2 * asked


def test_a_site_without_territory_says_what_to_do() -> None:
    cache.clear()
    with pytest.raises(imports.FileRefused, match="load_territory"):
        imports.open_api_run(by=None, at=AT)
