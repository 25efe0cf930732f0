"""From two stock files to the organisations of a territory: who is kept, what is said of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipelines.errors import PipelineError
from pipelines.marts.sirene_selection import ListKind, prepare_selection, refuse_loss, selection_store
from pipelines.marts.sirene_territory import SireneOrganisation, select_territory, to_wgs84
from pipelines.progress import Step
from tests.pipelines.stock_files import Stock, place

PERONNE = ["80620"]


@pytest.fixture
def stock(tmp_path: Path) -> Stock:
    """One association in Péronne, the smallest stock worth reading."""
    stock = Stock(tmp_path / "stock")
    stock.add("200078244", "20007824400011")
    return stock


@pytest.fixture
def territory(tmp_path: Path) -> Callable[..., list[SireneOrganisation]]:
    """Prepare a stock and give what is cut out of it for Péronne."""

    def cut(stock: Stock, form: str = "csv", lists: dict[ListKind, Path] | None = None) -> list[SireneOrganisation]:
        prepare_selection(**stock.write(form), cache_dir=tmp_path / "cache", lists=lists)
        return list(select_territory(cache_dir=tmp_path / "cache", commune_codes=PERONNE))

    return cut


Cut = Callable[..., list[SireneOrganisation]]


@pytest.mark.parametrize("form", ["csv", "zip", "parquet", "text.parquet"])
def test_an_association_comes_out_whole_from_every_form(stock: Stock, territory: Cut, form: str) -> None:
    stock.add("005520135", "00552013500011", denomination="L'ÉPICERIE, « Œuvre »")
    first, organisation = territory(stock, form)
    assert (first.siren, first.name) == ("005520135", "L'ÉPICERIE, « Œuvre »")
    (there,) = organisation.establishments
    assert replace(organisation, establishments=()) == SireneOrganisation(
        siren="200078244",
        name="UNITE 200078244",
        usual_name="",
        acronym="",
        rna="",
        legal_category="9220",
        family="association",
        naf_code="88.99B",
        naf_version="rev2",
        naf25_code="88.99H",
        headcount_band="",
        creation_date=date(2001, 2, 3),
        closed_date=None,
        head_office_siret="20007824400011",
        ess_verdict=organisation.ess_verdict,
        ess_reason="core_category",
        is_in_siae_list=False,
        establishments=(),
    )
    assert (there.siret, there.address, there.postal_code, there.commune_code) == (
        "20007824400011",
        "7 rue des Chanoines",
        "80200",
        "80620",
    )
    assert there.is_head_office
    assert there.latitude == pytest.approx(49.9116, abs=0.01)
    assert there.longitude == pytest.approx(2.9020, abs=0.01)


def test_only_the_ess_is_kept_with_its_reason(stock: Stock, territory: Cut) -> None:
    stock.add("100000009", "10000000900011", categorieJuridique="5710")
    stock.add("100000017", "10000001700011", categorieJuridique="5710", economieSocialeSolidaire="O")
    stock.add("100000025", "10000002500011", categorieJuridique="7210", activitePrincipale="84.11Z")
    stock.add("100000033", "10000003300011", activitePrincipale="94.91Z")
    stock.add("100000041", "10000004100011", categorieJuridique="5532")
    found = {
        organisation.siren: (organisation.ess_verdict, organisation.ess_reason) for organisation in territory(stock)
    }
    assert found == {
        "100000017": ("yes", "sirene_flag"),
        "100000041": ("to_confirm", "category_to_confirm"),
        "200078244": ("yes", "core_category"),
    }


def test_lists_bring_in_what_the_stock_does_not_tell(stock: Stock, territory: Cut, tmp_path: Path) -> None:
    for siren in ("100000009", "100000017", "100000025", "010000033"):
        stock.add(siren, f"{siren}00011", categorieJuridique="5710")
    (tmp_path / "ess.csv").write_text("SIREN;nom\n100000009;Une SAS\n10000033;Zéro mangé\n", encoding="utf-8")
    (tmp_path / "esus.csv").write_text("nom,siren\nUne autre,100 000 017\n", encoding="utf-8")
    (tmp_path / "siae.csv").write_text("siret,type\n10000002500011,EI\n", encoding="utf-8")
    lists: dict[ListKind, Path] = {
        "ess_france": tmp_path / "ess.csv",
        "esus": tmp_path / "esus.csv",
        "siae": tmp_path / "siae.csv",
    }
    found = {
        organisation.siren: (organisation.ess_verdict, organisation.ess_reason, organisation.is_in_siae_list)
        for organisation in territory(stock, lists=lists)
    }
    assert found == {
        "010000033": ("yes", "ess_list", False),
        "100000009": ("yes", "ess_list", False),
        "100000017": ("yes", "esus", False),
        "100000025": ("no", "commercial_without_flag", True),
        "200078244": ("yes", "core_category", False),
    }


def test_a_list_without_numbers_is_refused(stock: Stock, territory: Cut, tmp_path: Path) -> None:
    (tmp_path / "ess.csv").write_text("nom,ville\nUne,Péronne\n", encoding="utf-8")
    with pytest.raises(PipelineError, match=r"ess\.csv n’a pas de colonne « siren »"):
        territory(stock, lists={"ess_france": tmp_path / "ess.csv"})


def test_people_and_masked_units_are_counted_and_never_shown(stock: Stock, tmp_path: Path) -> None:
    stock.add("100000009", "10000000900011", categorieJuridique="1000", economieSocialeSolidaire="O")
    stock.add("100000017", "10000001700011", statutDiffusion="P", denomination="[ND]")
    report = prepare_selection(**stock.write(), cache_dir=tmp_path / "cache")
    territory = select_territory(cache_dir=tmp_path / "cache", commune_codes=PERONNE)
    assert [organisation.siren for organisation in territory] == ["200078244"]
    assert (territory.withheld_personal, territory.withheld_masked) == (1, 1)
    assert (report.counts["units_withheld_personal"], report.counts["units_withheld_masked"]) == (1, 1)


def test_a_masked_place_keeps_its_commune_and_loses_its_address(stock: Stock, territory: Cut) -> None:
    stock.places[0] = place(
        "20007824400011",
        statutDiffusion="P",
        numeroVoie="[ND]",
        libelleVoie="[ND]",
        codePostal="[ND]",
        coordonneeLambertAbscisse="[ND]",
    )
    ((there,),) = [organisation.establishments for organisation in territory(stock)]
    assert there.is_masked
    assert (there.address, there.postal_code, there.latitude, there.commune_code) == ("", "", None, "80620")


def test_closed_ones_are_given_with_their_date_when_asked(stock: Stock, tmp_path: Path) -> None:
    stock.places.append(place("20007824400029", etatAdministratif="F", dateDebut="2025-06-30"))
    stock.add("100000009", "10000000900011", etatAdministratif="C", dateDebut="2026-01-31")
    stock.add("100000017", "10000001700011", etatAdministratif="C", dateDebut="2019-01-31")
    prepare_selection(**stock.write(), cache_dir=tmp_path / "cache")
    opened = select_territory(cache_dir=tmp_path / "cache", commune_codes=PERONNE)
    assert (opened.organisation_count, opened.establishment_count) == (1, 1)
    since = select_territory(cache_dir=tmp_path / "cache", commune_codes=PERONNE, closed_since=date(2024, 1, 1))
    assert [(organisation.siren, organisation.closed_date) for organisation in since] == [
        ("100000009", date(2026, 1, 31)),
        ("200078244", None),
    ]
    assert [there.closed_date for there in list(since)[1].establishments] == [None, date(2025, 6, 30)]
    assert since.organisation_count == 2


def test_a_place_brings_its_organisation_wherever_the_head_office_is(stock: Stock, territory: Cut) -> None:
    stock.add("100000009", "10000000900011", "10000000900029")
    stock.places[-2] |= {"codeCommuneEtablissement": "80021"}
    organisation = territory(stock)[0]
    assert organisation.head_office_siret == "10000000900011"
    assert [there.siret for there in organisation.establishments] == ["10000000900029"]


def test_overseas_points_are_left_empty_rather_than_wrong(stock: Stock, tmp_path: Path) -> None:
    stock.places[0] = place("20007824400011", codeCommune="97411")
    prepare_selection(**stock.write(), cache_dir=tmp_path / "cache")
    (organisation,) = select_territory(cache_dir=tmp_path / "cache", commune_codes=["97411"])
    assert organisation.establishments[0].latitude is None


def test_lambert_93_becomes_degrees_and_nonsense_becomes_nothing() -> None:
    # The grid's own origin: 700 km east, 6 600 km north is 3° E, 46°30′ N.
    assert to_wgs84([(700000.0, 6600000.0), (None, 6600000.0), (49.9, 2.9), (float("inf"), 0.0)]) == [
        (pytest.approx(3.0), pytest.approx(46.5)),
        (None, None),
        (None, None),
        (None, None),
    ]
    assert to_wgs84([]) == []


def test_an_older_edition_without_naf_2025_is_read(stock: Stock, territory: Cut) -> None:
    stock.unit_header.remove("activitePrincipaleNAF25UniteLegale")
    stock.place_header.remove("activitePrincipaleNAF25Etablissement")
    for row in stock.units:
        del row["activitePrincipaleNAF25UniteLegale"]
    assert territory(stock)[0].naf25_code == ""


def test_columns_in_another_order_change_nothing(stock: Stock, territory: Cut) -> None:
    stock.unit_header.reverse()
    stock.place_header.reverse()
    assert territory(stock)[0].name == "UNITE 200078244"


def test_the_official_code_moves_to_naf_2025_with_its_version(stock: Stock, territory: Cut) -> None:
    stock.units[0] |= {
        "activitePrincipaleUniteLegale": "88.99H",
        "nomenclatureActivitePrincipaleUniteLegale": "NAF2025",
    }
    stock.add("100000009", "10000000900011", nomenclatureActivitePrincipale="NAP", activitePrincipale="8704")
    old, new = territory(stock)
    assert (new.naf_code, new.naf_version) == ("88.99H", "2025")
    assert (old.naf_code, old.naf_version) == ("", "")


def test_row_counts_are_kept_from_layer_to_layer(stock: Stock, tmp_path: Path) -> None:
    stock.add("100000009", "10000000900011", "10000000900029", categorieJuridique="5710")
    counts = {
        form: prepare_selection(**stock.write(form), cache_dir=tmp_path / form).counts
        for form in ("csv", "zip", "parquet")
    }
    assert counts["csv"] == counts["zip"] == counts["parquet"]
    assert counts["csv"] == {
        "units_read": 2,
        "establishments_read": 3,
        "units_selected": 1,
        "units_yes": 1,
        "units_to_confirm": 0,
        "units_in_siae_list": 0,
        "units_closed": 0,
        "units_withheld_personal": 0,
        "units_withheld_masked": 0,
        "establishments_selected": 1,
        "establishments_masked": 0,
        "establishments_closed": 0,
    }


def test_the_same_edition_again_writes_nothing(stock: Stock, tmp_path: Path) -> None:
    files, cache = stock.write("zip"), tmp_path / "cache"
    first = prepare_selection(**files, cache_dir=cache)
    before = {path: path.stat().st_mtime_ns for path in cache.rglob("*")}
    second = prepare_selection(**files, cache_dir=cache)
    assert (first.is_new, second.is_new) == (True, False)
    assert second.counts == first.counts
    assert {path: path.stat().st_mtime_ns for path in cache.rglob("*")} == before


def test_another_edition_replaces_the_former_one(stock: Stock, territory: Cut) -> None:
    assert len(territory(stock)) == 1
    stock.add("100000009", "10000000900011")
    assert len(territory(stock)) == 2


def test_a_loss_of_a_tenth_stops_the_import_unless_forced(stock: Stock, tmp_path: Path) -> None:
    for number in range(10, 30):
        stock.add(f"1000000{number}", f"1000000{number}00011")
    cache = tmp_path / "cache"
    prepare_selection(**stock.write(), cache_dir=cache)
    del stock.units[-5:]
    files = stock.write()
    with pytest.raises(PipelineError, match="une perte de 24\u00a0%"):
        prepare_selection(**files, cache_dir=cache)
    assert select_territory(cache_dir=cache, commune_codes=PERONNE).organisation_count == 21
    prepare_selection(**files, cache_dir=cache, force=True)
    assert select_territory(cache_dir=cache, commune_codes=PERONNE).organisation_count == 16


def test_exactly_a_tenth_less_is_still_accepted() -> None:
    counts = {"units_read": 100, "establishments_read": 100, "units_yes": 100, "establishments_selected": 100}
    refuse_loss(counts, counts | {"units_yes": 90})
    with pytest.raises(PipelineError, match="89 organisations de l’ESS retenues, contre 100"):
        refuse_loss(counts, counts | {"units_yes": 89})


def test_progress_tells_the_steps_in_order(stock: Stock, tmp_path: Path) -> None:
    told: list[Step] = []
    prepare_selection(
        **stock.write("zip"), cache_dir=tmp_path / "cache", progress=lambda step, _share: told.append(step)
    )
    assert list(dict.fromkeys(told)) == [Step.CHECK, Step.UNITS, Step.ESTABLISHMENTS, Step.PUBLISH]


def test_two_imports_at_once_do_not_mix(stock: Stock, tmp_path: Path) -> None:
    files, cache = stock.write(), tmp_path / "cache"
    with selection_store(cache).exclusive(), pytest.raises(PipelineError, match="déjà en cours"):
        prepare_selection(**files, cache_dir=cache)


def test_what_a_killed_run_left_is_swept_away(stock: Stock, tmp_path: Path) -> None:
    files, cache = stock.write(), tmp_path / "cache"
    prepare_selection(**files, cache_dir=cache)
    leftover = cache / "sirene" / "draft-killed"
    leftover.mkdir()
    (leftover / "units.parquet").write_bytes(b"half")
    assert select_territory(cache_dir=cache, commune_codes=PERONNE).organisation_count == 1
    stock.add("100000009", "10000000900011")
    prepare_selection(**stock.write(), cache_dir=cache)
    assert not leftover.exists()


def test_a_territory_before_any_import_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="Lancez d’abord l’import Sirene"):
        select_territory(cache_dir=tmp_path, commune_codes=PERONNE)


def test_a_territory_without_organisation_is_empty_and_not_an_error(stock: Stock, tmp_path: Path) -> None:
    prepare_selection(**stock.write(), cache_dir=tmp_path / "cache")
    nowhere = select_territory(cache_dir=tmp_path / "cache", commune_codes=[])
    assert (list(nowhere), nowhere.organisation_count) == ([], 0)
