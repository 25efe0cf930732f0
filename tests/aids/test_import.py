"""A source comes in whole or not at all, twice without harm, and never over what a person corrected."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from maillage.aids import actions
from maillage.aids.imports import read_file
from maillage.aids.integrations.aides_territoires import Client, ServiceUnavailable
from maillage.aids.integrations.aides_territoires.fake import KEY, fake
from maillage.aids.models import Aid, Reading
from maillage.kernel.models import JournalEntry
from tests.aids.world import AT, HERE, ON, SOURCE, agent, later, made, received, sample, subjects

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _subjects() -> None:
    subjects()


def run(*words: str) -> str:
    said = StringIO()
    call_command("import_aids", *words, stdout=said, stderr=StringIO())
    return said.getvalue().strip()


def counts(reading: Reading) -> tuple[int, int, int, int]:
    return (reading.created, reading.changed, reading.unchanged, reading.gone)


def test_the_shape_of_the_api_is_read_into_our_fields() -> None:
    received()
    aid = Aid.objects.get(source_key="outils-partages")
    assert (aid.slug, aid.financers, aid.programmes) == (
        "des-outils-pour-les-ateliers-partages", ["Fonds d’essai"], ["Plan d’essai"]
    )  # fmt: skip
    assert (aid.audiences, aid.types, aid.steps, aid.destinations) == (
        ["association", "commune"], ["grant"], ["op"], ["investment"]
    )  # fmt: skip
    assert (aid.coverage, aid.themes, aid.recurrence, aid.is_call) == (
        ["department:80"],
        ["reemploi"],
        "recurring",
        True,
    )
    assert (aid.start_date, aid.deadline_date, aid.rate_min_percent, aid.rate_max_percent) == (
        date(2026, 9, 1), date(2027, 1, 31), 20, 50
    )  # fmt: skip
    assert aid.read_date == ON
    loan, unknown = Aid.objects.get(source_key="12"), Aid.objects.get(source_key="conseil-aux-mairies")
    assert (loan.financers, loan.loan_amount, loan.coverage) == (["Banque d’essai"], 30_000, ["country:FR"])
    assert loan.description == "<p>Un prêt.</p><p>Sans garantie.</p>"
    assert (unknown.coverage, unknown.perimeter) == ([], "Une vallée que personne ne connaît")


def test_texts_keep_nothing_that_acts() -> None:
    received()
    kept = Aid.objects.get(source_key="outils-partages").description
    assert kept == ("<p>De quoi <strong>équiper</strong> un atelier.</p><h3>Combien</h3><p>Jusqu’à la moitié. Ici</p>")


def test_a_second_reading_creates_and_changes_nothing() -> None:
    assert counts(received()) == (3, 0, 0, 0)
    before = list(Aid.objects.order_by("pk").values_list("pk", "changed_at"))
    assert counts(received(at=later())) == (0, 0, 3, 0)
    assert list(Aid.objects.order_by("pk").values_list("pk", "changed_at")) == before
    assert set(Aid.objects.values_list("read_date", flat=True)) == {later().date()}


def test_what_was_corrected_here_stays_and_the_rest_follows() -> None:
    received()
    aid = Aid.objects.get(source_key="outils-partages")
    actions.edit_aid(aid=aid, values={"name": "Outils pour tous", "rate_max_percent": 60}, by=agent(), at=AT)
    changed = sample()
    changed[0] |= {"name": "Un autre nom", "submission_deadline": "2027-02-28"}
    assert counts(received(changed, at=later())) == (0, 1, 2, 0)
    aid.refresh_from_db()
    assert (aid.name, aid.rate_max_percent, aid.deadline_date) == ("Outils pour tous", 60, date(2027, 2, 28))
    assert (aid.edited, aid.said["name"]) == (["name", "rate_max_percent"], "Un autre nom")
    assert "outils pour tous" in aid.words_key
    actions.restore_field(aid=aid, field="name", by=agent(), at=later(2))
    aid.refresh_from_db()
    assert (aid.name, aid.edited) == ("Un autre nom", ["rate_max_percent"])
    actions.edit_aid(aid=aid, values={"rate_max_percent": 50}, by=agent(), at=later(3))
    aid.refresh_from_db()
    assert aid.edited == []


def test_what_left_the_source_is_marked_and_comes_back() -> None:
    many = sample() + [{**sample()[1], "id": 100 + number, "name": f"Prêt {number}"} for number in range(8)]
    received(many)
    assert counts(received(many[:-1], at=later())) == (0, 0, 10, 1)
    gone = Aid.objects.get(source_key="107")
    assert (gone.gone_date, gone.is_over(later().date()), Aid.objects.count()) == (later().date(), True, 11)
    assert counts(received(many[:-1], at=later(2))) == (0, 0, 10, 0)
    assert counts(received(many, at=later(3))) == (0, 1, 10, 0)
    gone.refresh_from_db()
    assert gone.gone_date is None


def test_a_source_that_shrank_stops_unless_told() -> None:
    received()
    with pytest.raises(actions.AidRefused, match="1\u00a0aide de moins"):
        received(sample()[:2], at=later())
    assert not Aid.objects.filter(gone_date__isnull=False).exists()
    assert counts(received(sample()[:2], at=later(), force=True)) == (0, 0, 2, 1)


def test_another_source_and_what_is_ours_are_left_alone() -> None:
    ours = made()
    received()
    actions.receive_aids(source="Autre", received=(), on=ON, at=AT)
    ours.refresh_from_db()
    assert (ours.gone_date, Aid.objects.filter(gone_date__isnull=False).count()) == (None, 0)


def test_a_trial_writes_nothing(tmp_path: Path) -> None:
    assert run(str(HERE / "aids.json"), "--dry-run") == "3\xa0créées, 0\xa0changée, 0\xa0inchangée, 0\xa0partie."
    assert (Aid.objects.count(), Reading.objects.count(), JournalEntry.objects.count()) == (0, 0, 0)


def test_a_csv_export_is_read_too_and_the_command_runs_twice() -> None:
    path = str(HERE / "aids.csv")
    assert run(path, "--source", SOURCE) == "2\xa0créées, 0\xa0changée, 0\xa0inchangée, 0\xa0partie."
    assert run(path, "--source", SOURCE).startswith("0\xa0créée, 0\xa0changée, 2\xa0inchangées")
    aid = Aid.objects.get(source_key="des-velos")
    assert (aid.financers, aid.types, aid.is_call) == (
        ["Fonds d’essai", "Banque d’essai"], ["grant", "technical_engineering"], True
    )  # fmt: skip
    assert (aid.deadline_date, aid.description) == (
        date(2027, 1, 31), "<p>Une aide\nsur deux lignes, avec une virgule.</p>"
    )  # fmt: skip
    assert json.loads(run(path, "--source", SOURCE, "--json"))["unchanged"] == 2


def test_what_a_csv_does_not_say_is_kept_from_the_api() -> None:
    one = {**sample()[0], "slug": "des-velos", "name": "Des vélos pour tous"}
    received([one, {**sample()[1], "slug": "cuisine"}])
    harvest = read_file((HERE / "aids.csv").read_bytes())
    actions.receive_aids(source=SOURCE, received=harvest.aids, on=ON, at=later())
    aid = Aid.objects.get(source_key="des-velos")
    assert (aid.coverage, aid.recurrence, aid.types) == (
        ["department:80"],
        "oneoff",
        ["grant", "technical_engineering"],
    )


HEAD = "Nom,Lien,Financeurs,Bénéficiaire,Types d'aides,AAP/AMI,Récurrence,Descriptif,Date Clôture\n"
GOOD = "Un,https://a.test/un/,F,Communes,Subvention,,Permanente,Dit,\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (HEAD + GOOD + "Deux,https://a.test/deux/,F,Martiens,Prêt,,,x,\n", "Ligne 3, « Bénéficiaire »"),
        (HEAD + "Un,https://a.test/un/,F,Communes,Prêt,,,x,31/02/2027\n", "Ligne 2, « Date Clôture »"),
        (HEAD + '"U\nn",https://a.test/un/,F,,,,,x,\n' + "V,zut:x,F,,,,,x,\n", "Ligne 4, « page de l’aide »"),
        (HEAD + GOOD + GOOD, "Ligne 3, « lien »\u00a0: Cette aide est déjà à la ligne 2."),
        (HEAD + ",https://a.test/un/,F,,,,,x,\n", "« nom »\u00a0: Donnez un nom"),
        (HEAD + "Un,,F,,,,,x,\n", "ni adresse, ni numéro"),
        (HEAD + "Un,https://a.test/un/,F,,,Peut-être,,x,\n", "« AAP/AMI »"),
        ("Nom,Lien\nUn,x\n", "Il manque ces colonnes"),
        (HEAD, "aucune aide"),
        ('{"results": [}', "Ce n’est pas du JSON"),
        ('{"results": []}', "aucune aide"),
        ('{"results": [1]}', "Ligne 1, « aide »"),
        ('{"next": "https://x/", "results": [{"name": "Un", "id": 1}]}', "qu’une page"),
        ('[{"name": "Un", "id": 1, "submission_deadline": "demain"}]', "« submission_deadline »"),
        ('[{"name": "Un", "id": 1, "subvention_rate_upper_bound": 140}]', "Un taux va de 0 à 100"),
        ('[{"name": "Un", "id": 1, "subvention_rate_lower_bound": 6, "subvention_rate_upper_bound": 4}]', "plus bas"),
        ('[{"name": "Un", "id": 1, "loan_amount": "beaucoup"}]', "n’est pas un nombre"),
        ('[{"name": "Un", "id": 1, "origin_url": "javascript:alert(1)"}]', "commence par https"),
        ('[{"name": "Un", "id": 1, "description": 5, "aid_types": [{"name": "Inconnue"}]}]', "« aid_types »"),
    ],
)  # fmt: skip
def test_one_fault_refuses_the_whole_and_says_where(content: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "aides"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        run(str(path))
    assert told in str(refused.value)
    assert str(refused.value).startswith("Rien n’a été écrit.")
    assert not Aid.objects.exists()


def test_a_file_of_another_encoding_or_none_is_said(tmp_path: Path) -> None:
    path = tmp_path / "aides.csv"
    path.write_bytes(HEAD.encode() + "Été".encode("latin-1"))
    with pytest.raises(CommandError, match=r"Ligne 2, « fichier ».*UTF-8"):
        run(str(path))
    for words, told in ((["rien.csv"], "introuvable"), ([], "ou --api"), ([str(path), "--api"], "ou --api")):
        with pytest.raises(CommandError, match=told):
            run(*words)


def test_the_api_without_a_key_says_what_to_do() -> None:
    with pytest.raises(CommandError, match="AIDES_TERRITOIRES_TOKEN"):
        run("--api")


def ask(aids: list[dict[str, Any]], key: str = KEY, **facts: Any) -> list[Any]:
    with Client(key=key, transport=fake(aids, **facts), sleep=lambda _: None) as client:
        return list(client.aids())


def test_the_api_gives_every_page_and_is_asked_again_when_it_stumbles() -> None:
    aids = [{**sample()[1], "id": number} for number in range(230)]
    assert ask(aids) == aids
    assert ask(aids[:1], troubles=[503, 429]) == aids[:1]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"key": "une-autre"}, "refuse la clé"), ({"troubles": [500] * 9}, "ne répond pas bien"),
        ({"troubles": [418]}, "refuse la question"), ({"count": 9}, "annonce 9"),
    ],
)  # fmt: skip
def test_an_api_that_fails_brings_nothing(facts: dict[str, Any], told: str) -> None:
    with pytest.raises(ServiceUnavailable) as refused:
        ask(sample(), **facts)
    assert told in refused.value.phrase


def test_a_reading_is_journalled_once() -> None:
    reading = received(by=agent())
    act = JournalEntry.objects.get(verb="import_aids")
    assert (act.object_id, act.changes["created"]) == (reading.pk, [None, 3])
    assert Reading.objects.get().at - AT == timedelta(0)
