"""What the tests of the desk share: a small territory, two agents, requests and files, letters and their clicks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.desk import actions
from maillage.desk.models import Partner, Project, Recommendation, Referral
from maillage.kernel.letters import Occasion
from maillage.kernel.registry import letter_kinds, purposes
from maillage.outbox.links import sign
from maillage.outbox.models import Letter
from maillage.outbox.occasions import occasion_of
from tests.accounts.people import holder

# A Wednesday: five working days later is the next Wednesday.
AT = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
IDEA = "Une épicerie associative au village. Le dernier commerce a fermé."
CHLOE = "chloe@exemple.test"
PARTNER = "partenaire@exemple.test"


def later(days: int = 1) -> datetime:
    return AT + timedelta(days=days)


def agent(email: str = "agent@exemple.test") -> User:
    return User.objects.filter(email=email).first() or holder(Role.AGENT, email=email)


def asked(**traits: Any) -> actions.Asked:
    facts = {"idea": IDEA, "name": "Chloé", "email": CHLOE}
    return actions.Asked(**{**facts, **traits})


def requested(*, at: datetime = AT, **traits: Any) -> Project:
    """A request that waits for its answer; nobody has confirmed an address."""
    agent()
    sent = {name: traits.pop(name) for name in ("user", "channel", "noted_by", "has_consent") if name in traits}
    return actions.send_request(asked=asked(**traits), at=at, **sent)


def followed(**traits: Any) -> Project:
    """A file with a first answer, read by a holder who confirmed her address."""
    project = requested(**traits)
    actions.confirm_holder(contact=project.contacts.get(), at=AT)
    actions.write_to_holder(project=project, words="Bonjour, parlons-en.", by=agent(), at=AT)
    project.refresh_from_db()
    return project


def chloe(project: Project) -> User:
    user = project.contacts.order_by("pk")[0].user
    assert user is not None
    return user


def advised(project: Project, title: str = "Visiter deux épiceries", **traits: Any) -> Recommendation:
    return actions.recommend(project=project, title=title, by=agent(), at=traits.pop("at", AT), **traits)


def partner(name: str = "Le réseau", **traits: Any) -> Partner:
    facts = actions.PartnerFacts(**{"name": name, "brings": "Des conseils.", "email": PARTNER, **traits})
    return actions.save_partner(facts=facts, by=agent(), at=AT)


def referred(project: Project, to: Partner | None = None) -> Referral:
    return actions.propose_referral(
        project=project, partner=to or partner(), why="Il a aidé trois épiceries.",
        shared="Un groupe veut ouvrir une épicerie.", by=agent(), at=AT,
    )  # fmt: skip


def letters(kind: str) -> list[Letter]:
    return list(Letter.objects.filter(kind=kind).select_related("mailbox").order_by("pk"))


def posted(kind: str) -> list[str]:
    """Addresses that letters of this kind are for, in the order of their posting."""
    return [one.mailbox.address for one in letters(kind)]


def told(letter: Letter, *, at: datetime = AT) -> Occasion:
    return occasion_of(letter, at=at)


def words(kind: str, *, at: datetime = AT) -> str:
    """What the last letter of this kind says when it leaves, "" when it has nothing to say any more."""
    letter = letters(kind)[-1]
    content = letter_kinds()[kind].write(told(letter, at=at))
    return (
        ""
        if content is None
        else "\n".join([content.title, *content.sentences, *(f"{a} : {b}" for a, b in content.facts)])
    )


def click(kind: str, purpose: str, *, at: datetime = AT) -> str:
    """The address of this button in the last letter of this kind."""
    letter = letters(kind)[-1]
    return sign(purposes()[purpose], told(letter, at=at), letter_id=letter.pk)
