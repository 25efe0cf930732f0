"""What `benchmarks.calls` does inside a platform: fill ten calls with applications, read the list of the team.

Everything is invented and written in bulk; nobody of a jury hides anything from the agent who reads.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from benchmarks.steering_world import _agent, _client, _compared
from maillage.accounts.actions import open_account
from maillage.calls.enums import ApplicationState as S
from maillage.calls.models import Application, Authority, Call, CallForm, EnvelopeLine, Review, Reviewer, Scheme
from maillage.directory.models import Organisation

CALLS, ORGANISATIONS, JURORS = 10, 500, 3
STATES = (S.SUBMITTED, S.INCOMPLETE, S.REVIEW, S.REVIEW, S.OPINION, S.REFUSED, S.GRANTED, S.INADMISSIBLE)


def lists(applications: int) -> dict[str, Any]:
    """The list, plain and narrowed, beside a page of words of the back office."""
    calls = fill(applications, timezone.now())
    agent, office = _agent(), _client()
    office.force_login(agent)
    base, first = "/gestion/demandes/?liste=tous", f"appel={calls[0].pk}"
    return {
        name: _compared(office, path, "/gestion/comite/")
        for name, path in {
            "everything": base, "to examine": "/gestion/demandes/", "one call": f"{base}&{first}",
            "one call in review by rank": f"/gestion/demandes/?liste=en-instruction&{first}&tri=rang",
            "one authority": f"{base}&autorite={calls[0].scheme.authority_id}",
            "words": f"{base}&q=jardin+77", "late": f"{base}&retard=1", "to judge": f"{base}&lire=1",
            "the dearest": f"{base}&tri=montant", "the oldest": f"{base}&tri=attente", "the best": f"{base}&tri=rang",
            "the last page": f"{base}&page={applications // 30}",
        }.items()
    }  # fmt: skip


def fill(applications: int, at: datetime) -> list[Call]:
    """Calls with their juries; applications spread over them, three reviews each once they are in review."""
    calls = [_call(rank, at) for rank in range(CALLS)]
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Structure {rank}", slug=f"banc-{rank}", status="published", created_at=at, updated_at=at)
        for rank in range(ORGANISATIONS)
    )
    forms = {one.call_id: one for one in CallForm.objects.all()}
    made = Application.objects.bulk_create(
        (
            Application(
                call=calls[rank % CALLS], form=forms[calls[rank % CALLS].pk], reference=f"b{rank:07d}",
                number=f"AAP-2026-{rank:06d}", organisation=organisations[rank % ORGANISATIONS],
                state=STATES[rank // CALLS % len(STATES)], title=f"Jardin {rank}", requested=Decimal(1000 + rank),
                created_at=at, changed_at=at, submitted_at=at - timedelta(minutes=9 * rank), digest="0" * 64,
            )
            for rank in range(applications)
        ),
        batch_size=500,
    )  # fmt: skip
    jurors = {call.pk: list(call.reviewers.all()) for call in calls}
    Review.objects.bulk_create(
        (
            Review(application=one, reviewer=juror, total=_total(one), changed_at=at, sent_at=at)
            for one in made if one.state in (S.REVIEW, S.OPINION) for juror in jurors[one.call_id]
        ),
        batch_size=500,
    )  # fmt: skip
    reviewed = [one for one in made if one.state in (S.REVIEW, S.OPINION)]
    for one in reviewed:
        one.mean, one.reviews_counted = _total(one), JURORS
    Application.objects.bulk_update(reviewed, ["mean", "reviews_counted"], batch_size=500)
    return calls


def _total(application: Application) -> Decimal:
    return Decimal(application.pk * 7 % 100)


def _call(rank: int, at: datetime) -> Call:
    authority, _ = Authority.objects.get_or_create(name="Territoire inventé")
    scheme = Scheme.objects.create(
        authority=authority, title=f"Soutien {rank}", purpose="Inventé", legal_basis="Inventée", opened_at=at
    )
    line = EnvelopeLine.objects.create(scheme=scheme, year=2026, amount=Decimal(1_000_000))
    call = Call.objects.create(
        scheme=scheme, line=line, slug=f"banc-{rank}", title=f"Appel {rank}", summary="Inventé", budget=line.amount,
        opens_at=at - timedelta(days=60), closes_at=at - timedelta(days=1), published_at=at - timedelta(days=61),
        created_at=at, changed_at=at, is_example=True,
    )  # fmt: skip
    CallForm.objects.create(call=call, number=1, blocks=[], made_at=at, fixed_at=at)
    for one in range(JURORS):
        user = open_account(email=f"jury-{rank}-{one}@exemple.test", by=None, at=at)
        Reviewer.objects.create(call=call, user=user, named_at=at, pledged_at=at)
    return call
