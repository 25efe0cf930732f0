"""A7: a stranger who types an address learns nothing of it, whatever the platform knows about it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from maillage.accounts.enums import Role
from maillage.directory.models import Organisation
from maillage.outbox import actions as outbox
from maillage.outbox.enums import StopReason
from maillage.space import actions
from maillage.space.enums import Part
from tests.accounts.people import holder
from tests.factories import AT, small_territory
from tests.forms import form_in
from tests.space.people import a_minute_ago, known

pytestmark = pytest.mark.django_db
UNKNOWN = "inconnue@exemple.test"


def of_nobody(made: Organisation) -> str:
    return UNKNOWN


def of_the_manager(made: Organisation) -> str:
    return actions.admit(organisation=made, email="alice@exemple.test", part=Part.MANAGER, by=None, at=AT).user.email


def of_an_agent(made: Organisation) -> str:
    return holder(Role.AGENT).email


def of_a_closed_account(made: Organisation) -> str:
    return holder(None, is_active=False).email


def of_a_stopped_mailbox(made: Organisation) -> str:
    mailbox = outbox.mailbox_for("arretee@exemple.test", at=AT)
    outbox.stop(mailbox=mailbox, reason=StopReason.COMPLAINT, by=None, at=AT, happened_at=AT)
    return mailbox.address


def of_somebody_who_asked_already(made: Organisation) -> str:
    email = "rivale@exemple.test"
    actions.open_claim(organisation=made, name="Rivale", email=email, proof="Moi.", at=AT)
    return email


ADDRESSES = [of_nobody, of_the_manager, of_an_agent, of_a_closed_account, of_a_stopped_mailbox,
             of_somebody_who_asked_already]  # fmt: skip
FORMS = {
    "reprendre/": ("reprendre/demande/", "email", {"name": "Camille", "proof": "Je suis la trésorière."}),
    "corriger/": ("", "author_email", {"note": "Le numéro a changé."}),
    "ecrire/": ("", "email", {"name": "Camille", "words": "Bonjour, prenez-vous les vélos ?"}),
}


def answer(client: Client, made: Organisation, form: str, email: str) -> tuple[int, str]:
    """What one is answered, without the address itself."""
    action, name, said = FORMS[form]
    base = made.get_absolute_url()
    shown = form_in(client.get(base + form).content.decode(), base + action if action else "")
    filled = shown | ({"seen": a_minute_ago()} if "seen" in shown else {}) | said | {name: email}
    cache.clear()
    got = client.post(base + (action or form), filled)
    page = got.content.decode().split("<main", 1)[1].replace(email, "…")
    return got.status_code, re.sub(r'value="[^"]*"', "", page)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("whose", ADDRESSES)
def test_the_answer_does_not_tell_whether_an_address_is_known(
    client: Client, form: str, whose: Callable[[Organisation], str]
) -> None:
    small_territory()
    made = known()
    email = whose(made)
    stranger = "zzz@exemple.test"
    assert answer(client, made, form, email) == answer(client, made, form, stranger)
    assert answer(client, made, form, email)[0] == 200


def test_an_invitation_is_answered_alike_for_a_known_address_and_for_a_new_one(client: Client) -> None:
    small_territory()
    made = known()
    client.force_login(
        actions.admit(organisation=made, email="alice@exemple.test", part=Part.MANAGER, by=None, at=AT).user
    )
    pages = []
    for email in (holder(Role.AGENT).email, UNKNOWN, of_a_closed_account(made)):
        got = client.post(f"/moi/structures/{made.pk}/personnes/", {"email": email}, follow=True)
        page = re.sub(r'value="[^"]*"', "", got.content.decode())
        pages.append((got.redirect_chain, page.split("<main", 1)[1]))
    assert pages[0] == pages[1] == pages[2]
