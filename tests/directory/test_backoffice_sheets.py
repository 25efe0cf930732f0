from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.directory import actions
from maillage.directory.backoffice.sheet_form import SheetForm, qualification_forms, stamp
from maillage.directory.enums import Status
from maillage.directory.facts import facts_of
from maillage.directory.models import Organisation, Term
from maillage.kernel.models import JournalEntry, Source
from tests.accounts.people import holder
from tests.factories import AT, human_source, organisation, siren, small_territory

pytestmark = pytest.mark.django_db
LIST = "/gestion/annuaire/"


@pytest.fixture(autouse=True)
def agent(client: Client) -> User:
    cache.clear()  # the home territory of another test
    user = holder(Role.AGENT, first_name="Bruno")
    client.force_login(user)
    return user


def address(name: str, *args: object) -> str:
    return reverse(f"directory_office:{name}", args=args)


def typed(sheet: Organisation | None = None, **changes: Any) -> dict[str, Any]:
    """What a browser posts for this sheet when a person changes only these fields."""
    form = SheetForm(organisation=sheet)
    data: dict[str, Any] = {}
    for bound in [*form, *(field for row in qualification_forms(None, sheet) for field in row)]:
        value = bound.value()
        if value not in (None, "", False, []):
            widget = bound.field.widget
            data[bound.html_name] = value if isinstance(value, list) else widget.format_value(value)
    rows = qualification_forms(None, sheet)
    data |= {
        f"qualifications-{name}": str(rows.management_form[name].value()) for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return {**data, **changes}


def shown(client: Client, **filters: str) -> list[str]:
    """Names in the list, in its order."""
    page = client.get(LIST, filters).context["page"]
    return [one.name for one in page]


def text(answer: Any) -> str:
    page: str = answer.content.decode()
    return page


def test_the_list_filters_by_what_a_person_looks_for(client: Client) -> None:
    small_territory()
    culture, _ = Term.objects.get_or_create(kind="sector", code="arts", defaults={"label": "Arts"})
    organisation("Atelier", siren=siren(1), place__commune_id="80620", terms=["sector:arts"], ess_verdict="yes")
    organisation("Bazar", family="association", status="published", source=human_source(), ess_verdict="no")
    organisation("Café", is_example=True, place__commune_id="80829", closed_date="2020-01-01", ess_verdict="yes")
    epci = Organisation.objects.get(name="Café").establishments.get().commune.epci_id  # type: ignore[union-attr]
    assert shown(client) == ["Atelier", "Bazar", "Café"]
    assert shown(client, q="BAZ") == ["Bazar"]
    assert shown(client, q=siren(1)[:5]) == ["Atelier"]
    assert shown(client, status="published") == ["Bazar"]
    assert shown(client, family="association") == ["Bazar"]
    assert shown(client, sector=str(culture.pk)) == ["Atelier"]
    assert shown(client, commune="80620") == ["Atelier"]
    assert shown(client, epci=str(epci)) == ["Café"]
    assert shown(client, verdict="no") == ["Bazar"]
    assert shown(client, doubts="any") == ["Café"]
    assert shown(client, doubts="closed") == ["Café"]
    assert shown(client, example="True") == ["Café"]
    assert shown(client, example="False") == ["Atelier", "Bazar"]
    assert shown(client, source="person") == ["Bazar"]
    assert shown(client, tri="-nom") == ["Café", "Bazar", "Atelier"]


@pytest.mark.parametrize(
    "odd", [{"status": "pirate"}, {"commune": "x" * 9_000}, {"page": "99999999999999999999"}, {"tri": "password"},
            {"sector": str(2**63)}, {"q": "%' OR 1=1 --"}, {"q": "9" * 100}]
)  # fmt: skip
def test_a_filter_nobody_offers_never_breaks_the_list(client: Client, odd: dict[str, str]) -> None:
    assert client.get(LIST, odd).status_code == 200


def test_the_list_asks_the_database_as_much_for_one_sheet_as_for_three(client: Client) -> None:
    small_territory()

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        return len(asked)

    organisation("Un", place__commune_id="80620")
    count()
    with_one = count()
    organisation("Deux", place__commune_id="80829", closed_date="2020-01-01")
    organisation("Trois", place__commune_id="80629")
    assert count() == with_one


def test_the_home_shows_what_waits_first(client: Client) -> None:
    organisation("À relire", ess_verdict="yes")
    organisation("Publiée", status="published", ess_verdict="to_confirm")
    page = text(client.get("/gestion/"))
    assert "<strong>1</strong> à qualifier" in page
    assert "<strong>1</strong> avec un doute" in page
    assert page.index("à qualifier") < page.index("L’annuaire en chiffres")


def test_a_new_sheet_is_made_by_the_verb_in_the_name_of_the_person(client: Client, agent: User) -> None:
    client.post(address("add_sheet"), typed(name="Le Relais", description="Une\r\nphrase"))
    made = Organisation.objects.get()
    assert (made.status, made.description) == (Status.TO_REVIEW, "Une\nphrase")
    source = Source.objects.get(pk=made.sources["name"])
    assert (source.kind, source.title) == (Source.Kind.PERSON, "Bruno")
    assert not made.establishments.exists()
    assert JournalEntry.objects.get().actor == agent


def test_saving_without_a_change_writes_nothing(client: Client) -> None:
    small_territory()
    made = organisation(
        "Atelier", place__commune_id="80620", place__latitude=50.05, place__longitude=3.05, ess_verdict="yes",
        contact_consent_at=AT, email="a@exemple.test", creation_date="2001-02-03", served_area=["80620"],
        qualifications=[{"kind": "esus", "number": "1", "start_date": "2024-01-01", "end_date": None, "evidence": ""}],
    )  # fmt: skip
    before = facts_of(Organisation.objects.get(pk=made.pk))
    answer = client.post(address("sheet", made.pk), typed(Organisation.objects.get(pk=made.pk)), follow=True)
    assert "Rien n’a changé." in text(answer)
    assert facts_of(Organisation.objects.get(pk=made.pk)) == before
    assert JournalEntry.objects.count() == 1


def test_a_changed_field_becomes_a_human_value_and_the_others_keep_their_origin(client: Client) -> None:
    made = organisation("Atelier", acronym="AT")
    client.post(address("sheet", made.pk), typed(made, acronym="ATL"), follow=True)
    made.refresh_from_db()
    kinds = {field: Source.objects.get(pk=pk).kind for field, pk in made.sources.items()}
    assert (made.acronym, kinds) == ("ATL", {"name": "import", "acronym": "person"})
    assert "D’après : Source d’essai" in text(client.get(address("sheet", made.pk)))


def test_all_parts_of_a_sheet_can_be_said(client: Client) -> None:
    small_territory()
    Term.objects.get_or_create(kind="theme", code="culture", defaults={"label": "Culture"})
    made = organisation("Atelier")
    client.post(
        address("sheet", made.pk),
        typed(
            made,
            themes=["theme:culture"],
            place__commune_id="80620",
            place__latitude="50,05",
            place__longitude="3,05",
            contact_consent_at="2026-11-20",
            email="a@exemple.test",
            ess_verdict="yes",
            ess_note="Ses statuts le disent.",
            **{"qualifications-0-kind": "esus", "qualifications-0-start_date": "2024-01-01"},
        ),
    )
    facts = facts_of(Organisation.objects.get(pk=made.pk))
    assert facts["terms"] == ["theme:culture"]
    assert (facts["place.commune_id"], facts["place.latitude"], facts["place.longitude"]) == ("80620", 50.05, 3.05)
    assert facts["contact_consent_at"] == "2026-11-20T11:00:00+00:00"
    assert (facts["ess_verdict"], facts["ess_overridden"], facts["ess_reason"]) == ("yes", True, "person")
    assert [held["kind"] for held in facts["qualifications"]] == ["esus"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "requis"),
        ("siren", "12", "neuf chiffres"),
        ("rna", "X1", "commence par W"),
        ("place__siret", "12", "quatorze chiffres"),
        ("place__latitude", "91", "90"),
        ("place__opening_hours", "demain", "pas compris"),
        ("ess_verdict", "no", "Dites en une phrase pourquoi"),
        ("email", "pas une adresse", "adresse"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_is_written(
    client: Client, field: str, value: str, words: str
) -> None:
    made = organisation("Atelier")
    answer = client.post(address("sheet", made.pk), typed(made, **{field: value}))
    assert words in " ".join(answer.context["form"].errors[field if field != "ess_verdict" else "ess_note"])
    assert JournalEntry.objects.count() == 1


def test_a_siren_already_taken_is_an_error_of_the_siren(client: Client) -> None:
    organisation("Une", siren=siren(1))
    made = organisation("Deux")
    answer = client.post(address("sheet", made.pk), typed(made, siren=siren(1)))
    assert "déjà celui d’une autre fiche" in answer.context["form"].errors["siren"][0]


def test_a_sheet_changed_meanwhile_is_not_overwritten_without_knowing(client: Client) -> None:
    made = organisation("Atelier")
    mine = typed(made, acronym="MOI")
    actions.revise_organisation(
        organisation=made, facts={"acronym": "ELLE"}, source=human_source(), by=None, at=AT + timedelta(hours=1)
    )
    answer = client.post(address("sheet", made.pk), mine)
    assert "Quelqu’un a modifié cette fiche" in text(answer)
    made.refresh_from_db()
    assert made.acronym == "ELLE"
    client.post(address("sheet", made.pk), {**mine, "seen_at": stamp(made)})
    made.refresh_from_db()
    assert made.acronym == "MOI"


def test_one_publishes_puts_back_archives_and_verifies_from_the_sheet(client: Client) -> None:
    made = organisation("Atelier")
    for wanted in ("published", "to_review", "archived"):
        client.post(address("set_status", made.pk), {"status": wanted})
        made.refresh_from_db()
        assert made.status == wanted
    client.post(address("set_status", made.pk), {"status": "pirate"})
    client.post(address("verify", made.pk))
    made.refresh_from_db()
    assert made.status == "archived"
    assert made.verified_at is not None


def test_a_settled_doubt_does_not_come_back_at_the_next_change(client: Client) -> None:
    made = organisation("Atelier", closed_date="2020-01-01", ess_verdict="yes")
    flag = made.flags.get()
    client.post(address("settle_doubt", flag.pk))
    actions.revise_organisation(
        organisation=made, facts={"acronym": "AT"}, source=human_source(), by=None, at=AT + timedelta(hours=1)
    )
    assert not made.flags.filter(resolved_at__isnull=True).exists()


def test_the_score_names_the_three_fields_that_would_help_most(client: Client) -> None:
    page = text(client.get(address("sheet", organisation("Atelier").pk)))
    assert "Les 3 champs qui aideraient le plus" in page
    assert "<li>la présentation</li><li>les activités</li><li>la commune</li>" in page


def test_a_bulk_act_is_confirmed_first_and_undone_in_one_go(client: Client) -> None:
    ids = [organisation(name).pk for name in ("Une", "Deux")]
    organisation("Trois", status="archived")
    data = {"verb": "publish", "ids": [str(pk) for pk in ids]}
    assert "2 fiches changeront" in text(client.post(address("bulk"), data)).replace("\xa0", " ")
    assert not Organisation.objects.published().exists()
    client.post(address("bulk"), {**data, "confirmed": "1"})
    assert set(Organisation.objects.published().values_list("pk", flat=True)) == set(ids)
    batch = JournalEntry.objects.latest("pk").batch
    assert "Une" in text(client.get(address("undo_batch", batch)))
    client.post(address("undo_batch", batch))
    assert not Organisation.objects.published().exists()


def test_all_the_sheets_of_a_filter_can_be_acted_on(client: Client) -> None:
    organisation("Une", family="association")
    organisation("Deux", family="cooperative")
    chosen = {"verb": "archive", "everything": "1", "query": "family=association"}
    page = client.post(address("bulk"), chosen)
    assert [one.name for one in page.context["organisations"]] == ["Une"]
    assert not Organisation.objects.filter(status=Status.ARCHIVED).exists()
    client.post(address("bulk"), {**chosen, "confirmed": "1"})
    assert [one.name for one in Organisation.objects.filter(status=Status.ARCHIVED)] == ["Une"]


@pytest.mark.parametrize("data", [{}, {"verb": "publish"}, {"verb": "delete", "ids": "1"},
                                  {"verb": "publish", "ids": ["x", str(2**63), "-1"]}])  # fmt: skip
def test_a_bulk_act_on_nothing_or_unknown_does_nothing(client: Client, data: dict[str, Any]) -> None:
    organisation("Une")
    assert client.post(address("bulk"), {**data, "confirmed": "1"}).status_code == 302
    assert not Organisation.objects.published().exists()


def test_a_sheet_that_does_not_exist_is_a_404(client: Client) -> None:
    assert [client.get(address("sheet", pk)).status_code for pk in (999, 2**63)] == [404, 404]
