"""A project on paper: for its holder and the team, with what its holder may read and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pypdfium2
import pytest
from django.test import Client

from maillage.desk import actions
from maillage.desk.enums import Audience, PartnerPart, Subject
from maillage.desk.models import Project
from maillage.desk.paper import sheet
from maillage.kernel.models import JournalEntry
from tests.desk.test_following import SECRET, marks, talk
from tests.desk.world import AT, advised, agent, chloe, followed, referred

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]


def words_of(pdf: bytes) -> str:
    """Without its spaces, since lines break where they like."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return "".join(text.split())


def told() -> Project:
    """A file that holds something of everything."""
    project = followed()
    advised(project, due_date=AT.date())
    referred(project)
    actions.diagnose(project=project, marks={**marks(1), Subject.TEAM: (3, "soudée")}, by=agent(), at=AT)
    actions.log_interview(
        project=project, talk=talk(audience=Audience.HOLDER, next_step="Voir la salle."), by=agent(), at=AT
    )
    actions.log_interview(project=project, talk=talk(words=SECRET, audience=Audience.TEAM), by=agent(), at=AT)
    actions.write_note(project=project, words=SECRET, by=agent(), at=AT)
    for name, part, share in (("La commune", PartnerPart.LEAD, "1500.50"), ("Le club", PartnerPart.PARTNER, "200")):
        actions.involve(project=project, part=part, name=name, share=Decimal(share), by=agent(), at=AT)
    return project


def test_it_holds_what_its_holder_may_read() -> None:
    project = told()
    words = words_of(sheet(project, on=AT.date()))
    for said in (
        project.reference, project.idea.split(".")[0], "Visiter deux épiceries", "25 novembre 2026", "Le réseau",
        Subject.TEAM.label, "La commune", "1 500,50 €", "1 700,50 €", "Nous avons parlé du local.", "Voir la salle.",
        "Confidentiel",
    ):  # fmt: skip
        assert "".join(said.split()) in words, said
    assert "".join(SECRET.split()) not in words
    assert "chloe@exemple.test" not in words


def test_a_subject_that_nobody_spoke_of_is_said_on_paper() -> None:
    project = followed()
    seen = {**dict.fromkeys(Subject, (None, "")), Subject.TEAM: (3, "")}
    actions.diagnose(project=project, marks=seen, by=agent(), at=AT)
    words = words_of(sheet(project, on=AT.date()))
    assert words.count("Pasencoreabordé") == len(Subject) - 1
    assert "Rienencore" not in words


def test_a_file_that_was_just_opened_has_its_sheet_too() -> None:
    project = followed()
    words = words_of(sheet(project, on=AT.date()))
    assert ("L’idée" in words, "Leplan" in words) == (True, False)


def test_its_holder_and_the_team_take_it_and_nobody_else(client: Client) -> None:
    project = told()
    own, office = f"/moi/projets/{project.reference}/fiche.pdf", f"/gestion/guichet/{project.pk}/fiche.pdf"
    client.force_login(chloe(project))
    page = client.get(f"/moi/projets/{project.reference}/").content.decode()
    assert f'href="{own}"' in page
    taken = client.get(own)
    assert (taken["Content-Type"], taken.content[:5]) == ("application/pdf", b"%PDF-")
    assert taken["Content-Disposition"] == f'attachment; filename="projet-{project.reference}.pdf"'
    assert client.get(office).status_code == 403
    client.force_login(agent())
    assert client.get(office).content == taken.content
    assert client.get(own).status_code == 404
    assert JournalEntry.objects.filter(verb="read_project", object_id=str(project.pk)).exists()
