"""Documents of a grant: signed copies, proofs of a payment and of the report; never public, gone only by a verb."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from maillage.accounts.models import User
from maillage.calls.models import Recusal
from maillage.grants import actions
from maillage.grants.checks import find_breaches
from maillage.grants.enums import FileKind, InstalmentKind
from maillage.grants.forms.office import AgreementForm
from maillage.grants.models import Agreement, Decision, GrantFile
from maillage.grants.models.file import FOLDER
from maillage.grants.queries.agreements import Planned
from maillage.kernel.kept_files import keep_file
from maillage.kernel.models import JournalEntry
from maillage.kernel.uploads import CheckedDocument
from maillage.outbox.models import Letter
from maillage.outbox.notices import CONDEMNED
from tests.calls.world import AT, a_structure, agent
from tests.discussion.world import pdf
from tests.grants.world import awarded, drawn, paid, reported, signed
from tests.kernel.full_disk import fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]
DAY = date(2026, 11, 25)


def kept() -> set[str]:
    """What the folder of documents holds."""
    folder = Path(default_storage.path("aides"))
    return {one.name for one in folder.iterdir()} if folder.exists() else set()


def holder_of(agreement: Agreement) -> User:
    return agreement.decision.application.organisation.memberships.get().user


def sent(agreement: Agreement, kind: FileKind = FileKind.HOLDER_COPY, content: bytes = b"1", **facts: Any) -> GrantFile:
    facts = ({"signed_on": DAY} if kind in (FileKind.HOLDER_COPY, FileKind.SIGNED_COPY) else {}) | facts
    document = CheckedDocument(content, "pdf", is_scanned=False)
    return actions.add_grant_file(
        agreement=agreement, sent=actions.Sent(kind, document, **facts), by=holder_of(agreement), at=AT
    )


def on_disk(name: str) -> bool:
    return default_storage.exists(name)


def asking(decision: Decision | None = None, asks: str = "L’attestation de démarrage") -> Agreement:
    """Signed; its advance waits for a document."""
    planned = (
        Planned(InstalmentKind.ADVANCE, Decimal(2000), DAY, asks), Planned(InstalmentKind.FINAL, Decimal(3000), DAY),
    )  # fmt: skip
    return signed(decision, instalments=planned)


def test_a_full_disk_is_said_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    agreement, before = drawn(), kept()
    fill(monkeypatch)

    with pytest.raises(actions.GrantRefused, match="n’a plus de place"):
        sent(agreement)

    assert (GrantFile.objects.count(), kept()) == (0, before)


def test_both_days_of_the_signature_are_kept() -> None:
    agreement = drawn()
    sent(agreement)

    actions.sign_agreement(agreement=agreement, on=AT.date(), by=agent(), at=AT)

    row = Agreement.objects.get()
    assert (row.holder_signed_on, row.signed_on) == (DAY, AT.date())


def test_an_agent_says_both_days_when_the_paper_came_by_post() -> None:
    agreement = drawn()
    actions.sign_agreement(agreement=agreement, on=AT.date(), holder_on=DAY, by=agent(), at=AT)
    assert Agreement.objects.get().holder_signed_on == DAY

    other = drawn()
    with pytest.raises(actions.GrantRefused, match="pas encore venu"):
        actions.sign_agreement(
            agreement=other, on=AT.date(), holder_on=AT.date() + timedelta(days=1), by=agent(), at=AT
        )


def test_terms_laid_down_anew_are_signed_anew() -> None:
    decision = awarded()
    agreement = drawn(decision)
    copy = sent(agreement)

    actions.draw_agreement(
        decision=decision, rate=Decimal(50), report_due_on=DAY, by=agent(), at=AT + timedelta(hours=1),
        instalments=(Planned(InstalmentKind.FINAL, Decimal(5000), DAY),),
    )  # fmt: skip

    copy.refresh_from_db()
    copy.agreement.refresh_from_db()
    assert (copy.agreement.holder_signed_on, copy.is_of_past_terms) == (None, True)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"signed_on": None}, "quel jour"),
        ({"signed_on": AT.date() + timedelta(days=1)}, "pas encore venu"),
        ({"signed_on": date(2026, 1, 1)}, "vient après la délibération"),
        ({"kind": FileKind.REPORT}, "après la signature"),
        ({"kind": FileKind.PAYMENT}, "après la signature"),
    ],
)
def test_what_is_refused_leaves_no_row_and_no_file(facts: dict[str, Any], words: str) -> None:
    agreement, before = drawn(), kept()

    with pytest.raises(actions.GrantRefused, match=words):
        sent(agreement, **facts)

    assert (GrantFile.objects.count(), kept()) == (0, before)


def test_after_the_signature_of_all_the_holder_signs_no_more_and_a_proof_says_for_what() -> None:
    agreement, other = signed(), signed()
    with pytest.raises(actions.GrantRefused, match="déjà signée de tous"):
        sent(agreement)
    for instalment in (None, other.instalments.first()):
        with pytest.raises(actions.GrantRefused, match="quel versement"):
            sent(agreement, FileKind.PAYMENT, instalment=instalment)


def test_the_same_document_sent_twice_is_one() -> None:
    agreement, before = drawn(), kept()
    first, again = sent(agreement), sent(agreement)

    assert (first.pk, GrantFile.objects.count()) == (again.pk, 1)
    assert len(kept() - before) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        GrantFile.objects.update(signed_on=None)


def test_who_stays_away_neither_adds_nor_removes() -> None:
    agreement = drawn()
    file = sent(agreement)
    Recusal.objects.create(application=agreement.decision.application, user=agent(), reason="Ma sœur.", declared_at=AT)

    with pytest.raises(actions.GrantRefused, match="déporté"):
        actions.remove_grant_file(file=file, by=agent(), at=AT, why="Erreur")


def test_a_file_goes_only_by_its_verb_and_after_commit(django_capture_on_commit_callbacks: Any) -> None:
    agreement = drawn()
    file = sent(agreement)
    name = file.file.name or ""
    assert on_disk(name)

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_grant_file(file=file, by=holder_of(agreement), at=AT)

    assert not on_disk(name)
    assert Agreement.objects.get().holder_signed_on is None
    with pytest.raises(actions.GrantRefused, match="plus là"):
        actions.remove_grant_file(file=file, by=agent(), at=AT)


def test_a_document_that_was_leaned_on_is_removed_by_the_team_with_a_reason() -> None:
    agreement = drawn()
    file = sent(agreement)
    actions.sign_agreement(agreement=agreement, on=AT.date(), by=agent(), at=AT)

    with pytest.raises(actions.GrantRefused, match="s’est déjà appuyée"):
        actions.remove_grant_file(file=file, by=holder_of(agreement), at=AT)
    actions.remove_grant_file(file=file, by=agent(), at=AT, why="Mauvais dossier")

    assert JournalEntry.objects.get(verb="remove_grant_file").note == "Mauvais dossier"
    assert Agreement.objects.get().holder_signed_on == DAY


def test_a_withdrawn_decision_takes_its_copies_with_it(django_capture_on_commit_callbacks: Any) -> None:
    agreement = drawn()
    name = sent(agreement).file.name or ""

    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_decision(decision=agreement.decision, why="Erreur", by=agent(), at=AT)

    assert not on_disk(name)


def test_a_payment_waits_for_the_document_that_it_asks() -> None:
    agreement = asking()
    row = agreement.instalments.get(kind=InstalmentKind.ADVANCE)
    with pytest.raises(actions.GrantRefused, match="L’attestation de démarrage"):
        paid(row)

    proof = sent(agreement, FileKind.PAYMENT, instalment=row)

    assert proof.is_free
    assert paid(row).confirmed_at is not None
    proof.refresh_from_db()
    assert not proof.is_free


def test_proofs_of_a_report_are_sent_until_it_is_accepted() -> None:
    agreement = signed()
    report = reported(agreement)
    sent(agreement, FileKind.REPORT, label="Factures")
    actions.accept_report(report=report, eligible=Decimal(12500), by=agent(), at=AT)

    agreement = Agreement.objects.get()
    with pytest.raises(actions.GrantRefused, match="accepté"):
        sent(agreement, FileKind.REPORT, b"2")


def test_strays_are_swept_and_what_is_gone_is_told() -> None:
    agreement = drawn()
    file = sent(agreement)
    stray = keep_file(b"stray", folder=FOLDER, extension="pdf")
    assert actions.remove_stray_files(at=AT + timedelta(days=900)) >= 1
    assert (on_disk(stray.name), on_disk(file.file.name or "")) == (False, True)
    default_storage.delete(file.file.name or "")
    assert [one.check for one in find_breaches()] == ["grants.files_are_there"]


def test_the_form_of_the_terms_asks_for_a_document_and_shows_it_again() -> None:
    agreement = asking()
    form = AgreementForm(decision=agreement.decision)
    assert form["asks0"].value() == "L’attestation de démarrage"


def upload(content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("nom-de-chez-moi.pdf", content or pdf(), content_type="application/pdf")


def test_its_people_send_the_signed_copy_read_it_and_take_it_back(client: Client) -> None:
    agreement = drawn()
    home = f"/moi/aides/{agreement.decision.application.reference}/"
    client.force_login(holder_of(agreement))
    page = client.get(home).content.decode()
    assert "Signez la notification" in page

    without = client.post(f"{home}deposer/exemplaire/", {"signed_on": "2026-11-25"})
    nameless = client.post(f"{home}deposer/exemplaire/", {"document": upload()})
    done = client.post(f"{home}deposer/exemplaire/", {"document": upload(), "signed_on": "2026-11-25"})

    assert (without.status_code, nameless.status_code, done.status_code) == (422, 422, 302)
    assert "quel jour cet exemplaire est signé" in nameless.content.decode()
    file = GrantFile.objects.get()
    page = client.get(home).content.decode()
    assert "Vous avez signé le 25 novembre 2026" in page.replace("\u00a0", " ")
    assert "nom-de-chez-moi" not in page
    read = client.get(f"{home}documents/{file.pk}/")
    assert (read.status_code, read["X-Content-Type-Options"], "no-store" in read["Cache-Control"]) == (
        200, "nosniff", True,
    )  # fmt: skip
    assert JournalEntry.objects.filter(verb="read_grant_file").count() == 1
    assert client.post(f"{home}documents/{file.pk}/retirer/").status_code == 302
    assert not GrantFile.objects.exists()


def test_nobody_else_reads_or_sends(client: Client) -> None:
    agreement = drawn()
    file = sent(agreement)
    home = f"/moi/aides/{agreement.decision.application.reference}/"
    client.force_login(a_structure()[1])
    for answer in (
        client.get(f"{home}documents/{file.pk}/"), client.post(f"{home}documents/{file.pk}/retirer/"),
        client.post(f"{home}deposer/exemplaire/", {"document": upload()}), client.get(f"/media/{file.file.name}"),
    ):  # fmt: skip
        assert answer.status_code == 404
    assert Client().get(f"{home}documents/{file.pk}/").status_code == 302


def test_proofs_are_sent_from_the_page_of_the_grant(client: Client) -> None:
    agreement = asking()
    home = f"/moi/aides/{agreement.decision.application.reference}/"
    row = agreement.instalments.get(kind=InstalmentKind.ADVANCE)
    client.force_login(holder_of(agreement))
    assert "L’attestation de démarrage" in client.get(home).content.decode()

    for where in (row.pk, "bilan"):
        assert client.post(f"{home}deposer/{where}/", {"document": upload()}).status_code == 302
    assert client.post(f"{home}deposer/autre/", {"document": upload()}).status_code == 404
    assert client.post(f"{home}deposer/99999/", {"document": upload()}).status_code == 404

    kinds = list(GrantFile.objects.order_by("pk").values_list("kind", "instalment"))
    assert kinds == [("payment", row.pk), ("report", None)]


def test_agents_keep_read_and_remove_documents_on_the_page_of_the_grant() -> None:
    agreement = drawn()
    office = Client()
    office.force_login(agent())
    home = f"/gestion/subventions/aides/{agreement.decision_id}/"
    bad = office.post(f"{home}documents/", {"kind": "signed_copy", "document": upload(b"rien")})
    done = office.post(
        f"{home}documents/", {"kind": "signed_copy", "document": upload(), "signed_on": "2026-11-26"}
    )  # fmt: skip
    file = GrantFile.objects.get()

    assert (bad.status_code, done.status_code) == (422, 302)
    assert "Exemplaire signé de tous" in office.get(home).content.decode()
    assert office.get(f"{home}documents/{file.pk}/").status_code == 200
    assert office.post(f"{home}documents/{file.pk}/retirer/", {"why": ""}).status_code == 422
    other = drawn()
    assert office.get(f"/gestion/subventions/aides/{other.decision_id}/documents/{file.pk}/").status_code == 404
    assert office.post(f"{home}documents/{file.pk}/retirer/", {"why": "Mauvais dossier"}).status_code == 302
    assert not GrantFile.objects.exists()


def test_the_page_of_a_grant_asks_the_same_number_of_questions_whatever_its_documents(
    django_assert_max_num_queries: Any,
) -> None:
    agreement = signed()
    home = f"/moi/aides/{agreement.decision.application.reference}/"
    client = Client()
    client.force_login(holder_of(agreement))
    sent(agreement, FileKind.REPORT, b"0")
    with django_assert_max_num_queries(60) as before:
        client.get(home)
    for number in range(1, 4):
        sent(agreement, FileKind.REPORT, str(number).encode())
    with django_assert_max_num_queries(len(before)):
        client.get(home)
    assert Decision.objects.count() == 1


def test_what_the_antivirus_knows_is_erased_and_its_people_are_told(django_capture_on_commit_callbacks: Any) -> None:
    file = sent(drawn())
    name = file.file.name or ""

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            actions.condemn_grant_file(file, AT)

    assert (GrantFile.objects.count(), on_disk(name), Letter.objects.filter(kind=CONDEMNED).count()) == (0, False, 1)
