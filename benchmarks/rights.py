"""What the rights cost on a page: who somebody is, what they hold today, whether this page opens to them.

For a stranger, a member of twenty organisations, an agent, and an agent's stand-in: the time and the queries of the
rights alone, beside the whole page of the same run.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from tests.faults.place import installed

ROUNDS = 60
MEASURE = """
import json, statistics, time
from datetime import timedelta
from django.db import connection
from django.test import Client
from django.utils import timezone
from allauth.mfa.totp.internal.auth import TOTP
from maillage.accounts.actions import delegate, give_mandate, open_account
from maillage.accounts.backends import MandateBackend
from maillage.accounts.enums import Role
from maillage.accounts.rules import may_enter_back_office
from maillage.directory.enums import Status
from maillage.directory.models import Organisation
from maillage.kernel.text import fold
from maillage.space import rules
from maillage.space.enums import Part
from maillage.space.models import Membership

at, today = timezone.now(), timezone.localdate()
def somebody(name, role=None):
    user = open_account(email=f"{{name}}@exemple.test", by=None, at=at)
    if role:
        give_mandate(user=user, role=role, start_date=today, by=None, at=at)
        TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    return user
member, agent, other = somebody("membre"), somebody("agent", Role.AGENT), somebody("autre", Role.ADMINISTRATOR)
delegate(giver=agent, taker=other, start_date=today, end_date=today + timedelta(days=5), by=agent, at=at)
sheets = Organisation.objects.bulk_create([
    Organisation(slug=f"a-{{n}}", name=f"Atelier {{n}}", name_key=fold(f"Atelier {{n}}"), status=Status.PUBLISHED,
                 created_at=at, updated_at=at) for n in range(20)])
Membership.objects.bulk_create(
    [Membership(user=member, organisation=one, part=Part.MANAGER, since=at) for one in sheets])
own = sheets[10]

def stranger(pk):
    return True
def of_member(pk):
    return bool(rules.may_revise(MandateBackend().get_user(pk), own))
def of_office(pk):
    return bool(may_enter_back_office(MandateBackend().get_user(pk), on=today))
def median(act, rounds={rounds}):
    act(); times = []
    for _ in range(rounds):
        began = time.perf_counter(); act(); times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000

figures = {{}}
for name, user, path, ask in (
    ("stranger", None, own.get_absolute_url(), stranger),
    ("member_of_20", member, f"/moi/structures/{{own.pk}}/", of_member),
    ("agent", agent, "/gestion/annuaire/", of_office),
    ("stand_in", other, "/gestion/annuaire/", of_office),
):
    client = Client(headers={{"host": "127.0.0.1"}})
    if user is not None:
        client.force_login(user)
    assert client.get(path).status_code == 200, path
    pk = user.pk if user else None
    assert ask(pk)
    asked = []
    def counted(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)
    with connection.execute_wrapper(counted):
        ask(pk)
    page, rights = median(lambda: client.get(path)), median(lambda: ask(pk))
    bare = median(lambda: client.get("/sante/vif"))
    figures[name] = {{"queries": len(asked), "rights_ms": round(rights, 2), "page_ms": round(page, 2),
                     "share_of_page": round(rights / page, 3), "share_of_a_bare_view": round(rights / bare, 2)}}
print(json.dumps(figures))
"""


def run() -> dict[str, Any]:
    """{database: {actor: queries, rights_ms, page_ms, share_of_page, share_of_a_bare_view}}."""
    figures: dict[str, Any] = {}
    url = os.environ.get("DATABASE_URL", "")
    for name, database in {"sqlite": "", **({"postgresql": url} if url else {})}.items():
        with tempfile.TemporaryDirectory() as folder, installed(Path(folder) / "place", database) as place:
            place.run("prepare")  # pages of the back office name their static files
            place.unload()
            figures[name] = json.loads(place.shell(MEASURE.format(rounds=ROUNDS)).splitlines()[-1])
    return figures
