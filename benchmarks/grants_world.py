"""The inside of the bench of grants: rows by the thousand, then the export and the sheet, measured in the process."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

GRANTS, FILES, REVIEWS = 50_000, 500, 3
AT = datetime(2026, 11, 25, 11, tzinfo=UTC)
SLICE = 5_000


def enlarge() -> dict[str, int]:
    """A call with 50 000 awards, agreements and payments; another with 500 files that three people read."""
    from maillage.calls.models import Authority, Call, CallForm, EnvelopeLine, Scheme
    from maillage.directory.models import Organisation

    authority = Authority.objects.create(name="PETR du banc", siret="20000000000017", court="Amiens")
    scheme = Scheme.objects.create(
        authority=authority, title="Soutien", purpose="Essai", legal_basis="Essai", state_aid="de_minimis",
        opened_at=AT,
    )  # fmt: skip
    line = EnvelopeLine.objects.create(scheme=scheme, year=2026, amount=Decimal(10**9))
    organisation = Organisation.objects.create(
        slug="banc", name="Structure du banc", name_key="structure du banc", siren="200000000", created_at=AT,
        updated_at=AT,
    )  # fmt: skip
    for slug, count in (("recueil", GRANTS), ("fiche", FILES)):
        call = Call.objects.create(
            scheme=scheme, line=line, slug=slug, title=slug, summary="Essai", budget=line.amount, opens_at=AT,
            closes_at=AT + timedelta(days=30), published_at=AT, created_at=AT, changed_at=AT,
        )  # fmt: skip
        form = CallForm.objects.create(call=call, number=1, made_at=AT, fixed_at=AT)
        state = "agreed" if slug == "recueil" else "opinion"
        _applications(call, form, organisation, count, state)
    _awards(line)
    _reviews()
    return {"grants": GRANTS, "files": FILES}


def _applications(call: Any, form: Any, organisation: Any, count: int, state: str) -> None:
    from maillage.calls.models import Application

    for start in range(0, count, SLICE):
        Application.objects.bulk_create(
            Application(
                call=call, form=form, reference=f"{call.pk}{number:07d}", number=f"{call.slug}-{number}", state=state,
                organisation=organisation, title=f"Projet n° {number}, à deux pas", requested=Decimal(5000),
                legal_name="Structure du banc", siret="20000000000017", rna="W802000123", is_economic=True,
                created_at=AT, changed_at=AT, submitted_at=AT, digest="0" * 64,
            )
            for number in range(start, min(start + SLICE, count))
        )  # fmt: skip


def _awards(line: Any) -> None:
    from maillage.calls.models import Application
    from maillage.grants.models import Agreement, Decision, Instalment

    keys = list(Application.objects.filter(call__slug="recueil").order_by("pk").values_list("pk", flat=True))
    day = date(2026, 11, 24)
    for start in range(0, GRANTS, SLICE):
        decisions = Decision.objects.bulk_create(
            Decision(
                application_id=key, outcome="granted", amount=Decimal("1234.56"), line=line, body="council",
                deliberation="2026-112", deliberated_on=day, prepared_at=AT, confirmed_at=AT,
            )
            for key in keys[start : start + SLICE]
        )  # fmt: skip
        agreements = Agreement.objects.bulk_create(
            Agreement(
                decision=one, kind="notice", granted=one.amount or Decimal(1), rate=Decimal(50), report_due_on=day,
                drawn_at=AT, signed_on=day,
            )
            for one in decisions
        )  # fmt: skip
        Instalment.objects.bulk_create(
            Instalment(agreement=one, kind=kind, amount=Decimal("617.28"), planned_on=day)
            for one in agreements
            for kind in ("advance", "final")
        )


def _reviews() -> None:
    from maillage.accounts.models import User
    from maillage.calls.models import Application, Call, Opinion, Review, Reviewer

    call = Call.objects.get(slug="fiche")
    people = [User.objects.create(email=f"jury{rank}@exemple.test") for rank in range(REVIEWS)]
    jury = [Reviewer.objects.create(call=call, user=one, named_at=AT, pledged_at=AT) for one in people]
    keys = list(Application.objects.filter(call=call).order_by("pk").values_list("pk", flat=True))
    Review.objects.bulk_create(
        Review(application_id=key, reviewer=one, total=Decimal(key % 100), changed_at=AT, sent_at=AT)
        for key in keys
        for one in jury
    )
    Opinion.objects.bulk_create(
        Opinion(application_id=key, sense="favourable", proposed=Decimal(1000), given_on=AT.date(), at=AT)
        for key in keys
    )


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def export() -> dict[str, float]:
    """The whole file, read as a browser would: seconds (of the clock, of the processor), megabytes added by it."""
    from maillage.grants.queries.published import Asked
    from maillage.grants.queries.scdl import scdl_lines

    before, start, size, lines = _peak_megabytes(), time.perf_counter(), 0, 0
    worked = time.process_time()
    for part in scdl_lines(Asked()):
        size, lines = size + len(part), lines + part.count(b"\n")
    seconds, peak = time.perf_counter() - start, _peak_megabytes()
    assert lines > GRANTS, lines
    return {
        "seconds": seconds, "processor_seconds": time.process_time() - worked, "lines": lines,
        "file_megabytes": size / 1e6, "process_megabytes": peak, "added_megabytes": peak - before,
    }  # fmt: skip


def _agent() -> Any:
    from allauth.mfa.totp.internal.auth import TOTP
    from django.utils import timezone

    from maillage.accounts.actions import give_mandate, open_account
    from maillage.accounts.enums import Role

    user, at = open_account(email="banc@exemple.test", by=None, at=timezone.now()), timezone.now()
    give_mandate(user=user, role=Role.AGENT, start_date=timezone.localdate(at), by=None, at=at)
    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    return user


def sheet() -> dict[str, float]:
    """The sheet of 500 files: its rows, and its page as an agent asks it, the best of three."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from maillage.calls.models import Call
    from maillage.grants.queries.sheet import sheet_of

    call, user = Call.objects.get(slug="fiche"), _agent()
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    path = f"/gestion/subventions/appels/{call.pk}/"
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        rows = sheet_of(call, by=user, on=timezone.localdate()).rows
    assert len(rows) == FILES
    return {
        "rows_ms": min(_times(lambda: sheet_of(call, by=user, on=timezone.localdate()))) * 1000,
        "rows_queries": len(asked), "page_ms": min(_times(lambda: client.get(path))) * 1000,
    }  # fmt: skip


def _times(work: Any) -> Iterator[float]:
    for _ in range(3):
        start = time.perf_counter()
        work()
        yield time.perf_counter() - start
