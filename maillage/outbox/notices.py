"""What the outbox itself writes and does: a plain letter for Django's own mails, and the click that refuses."""

from __future__ import annotations

from datetime import timedelta

from maillage.accounts.models import Delegation
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace
from ui import french

PLAIN = "outbox.plain"


def _write_plain(told: Occasion) -> Content:
    paragraphs = [" ".join(block.split()) for block in str(told.facts["text"]).split("\n\n")]
    return Content(title=str(told.facts["title"]), sentences=tuple(block for block in paragraphs if block))


def _sample_plain() -> Content:
    return Content(
        title="Un nouveau mot de passe",
        sentences=(
            "Vous recevez cette lettre parce que quelqu’un a demandé un nouveau mot de passe pour votre compte.",
            "Si ce n’est pas vous, il n’y a rien à faire.",
        ),
    )


PLAIN_KIND = LetterKind(
    key=PLAIN,
    label="Lettre du logiciel",
    write=_write_plain,
    sample=_sample_plain,
    pace=Pace.ALONE,
    valid_for=timedelta(days=1),
    is_secret=True,
)


# A document that the antivirus knew once it came back; the room that kept it erased it, and says what and where.


def _condemned_letter(name: str, where: str, path: str) -> Content:
    return Content(
        title=f"« {name} » n’a pas été gardé\u00a0: l’antivirus y a reconnu un programme malveillant",
        sentences=(
            "Vous l’avez envoyé, ou il l’a été pour votre structure. Notre antivirus vient de l’effacer.",
            "Faites vérifier l’ordinateur d’où il vient, puis envoyez un document sain.",
            "Si la page ne le permet plus, répondez à cette lettre.",
        ),
        facts=(("Il était dans", where),),
        buttons=(Button("Revoir la page", path=path),),
    )


def _write_condemned(told: Occasion) -> Content:
    return _condemned_letter(told.facts["name"], told.facts["where"], told.facts["path"])


CONDEMNED = "outbox.condemned_document"
CONDEMNED_KIND = LetterKind(
    key=CONDEMNED,
    label="Document que l’antivirus a refusé",
    write=_write_condemned,
    sample=lambda: _condemned_letter("Statuts (exemple)", "le profil du Fil vert (exemple)", "/moi/"),
    pace=Pace.ALONE,
)


# Asked to stand in for a colleague; the room of people announces it, since it writes no letters.


def _delegation_letter(giver: str, first: str, last: str) -> Content:
    return Content(
        title=f"{giver} vous confie sa place, du {first} au {last}",
        sentences=(
            f"{giver} s’absente et vous demande de tenir sa place. Ces jours-là, ce qui l’attend vous attend aussi.",
            "Ce que vous ferez portera votre nom et dira que vous remplacez. Vous pouvez dire non en un clic.",
        ),
        buttons=(Button("Voir ce remplacement", path="/moi/absence/"),),
    )


def _write_delegation(told: Occasion) -> Content | None:
    one = Delegation.objects.select_related("giver").filter(pk=told.object_id or 0).first()
    if one is None:
        return None
    return _delegation_letter(str(one.giver), french.day(one.start_date), french.day(one.end_date))


DELEGATION_KIND = LetterKind(
    key="outbox.delegation",
    label="Remplacement d’une ou d’un collègue",
    write=_write_delegation,
    sample=lambda: _delegation_letter("Bruno (exemple)", "1 décembre 2026", "15 décembre 2026"),
    pace=Pace.ALONE,
)
