"""What one click on the room's letters does: a holder confirms, answers, agrees, rates; a partner answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from maillage.accounts.models import User
from maillage.desk import actions, phrases
from maillage.desk.enums import Advice, Standing, Turn, Usefulness
from maillage.desk.models import Draft
from maillage.desk.notices.holders import advice_of, check_of, contact_of, holds, referral_of
from maillage.kernel.letters import Ladder, Occasion, Page, Purpose, Step

_REFUSED = "Rien n’a changé"


def _reader(told: Occasion) -> User | None:
    return User.objects.filter(pk=told.user_id or 0).first()


def _try(verb: Callable[[], object], done: Page) -> Page:
    try:
        verb()
    except actions.DeskRefused as refusal:
        return Page(_REFUSED, (refusal.phrase,))
    return done


# Confirm one's address.


def _describe_confirm(told: Occasion) -> Page | None:
    contact = contact_of(told)
    if contact is None or contact.user_id is not None or contact.email != told.address.lower():
        return None
    return Page(
        "Ouvrir mon dossier",
        (
            f"Demande {contact.project.reference}.",
            f"Vous lirez votre dossier avec l’adresse {told.address}\u00a0: un code par lettre, sans mot de passe.",
        ),
        button="C’est bien moi",
    )


def _confirm(told: Occasion) -> Page:
    contact = contact_of(told)
    if contact is None:
        return Page(_REFUSED, (phrases.GONE,))
    path = contact.project.get_absolute_url()
    done = Page(
        "C’est noté", ("Votre adresse est confirmée. Connectez-vous avec elle pour lire votre dossier.",),
        links=(("Ouvrir mon dossier", path),),
    )  # fmt: skip
    return _try(lambda: actions.confirm_holder(contact=contact, at=told.at), done)


def _to_project(told: Occasion) -> tuple[tuple[str, str], ...]:
    contact = contact_of(told)
    return (("Ouvrir mon dossier", contact.project.get_absolute_url() if contact else "/guichet/"),)


# Say where a recommendation stands.

_SAID = {
    Advice.DONE: "C’est fait", Advice.DOING: "C’est en cours", Advice.STUCK: "Ça bloque",
    Advice.DECLINED: "Ce n’est pas pour nous",
}  # fmt: skip


def _describe_advice(state: Advice, told: Occasion) -> Page | None:
    one = advice_of(told)
    if one is None or not holds(told, one.project) or one.project.standing == Standing.CLOSED or not one.is_open:
        return None
    return Page(_SAID[state], (f"« {one.title} »", "La personne qui vous suit le saura."), button=_SAID[state])


def _advice(state: Advice, told: Occasion) -> Page:
    one = advice_of(told)
    if one is None or not holds(told, one.project):
        return Page(_REFUSED, (phrases.GONE,))
    sentences = ("La personne qui vous suit va vous appeler ou vous écrire.",) if state == Advice.STUCK else ()
    done = Page(
        "Merci, c’est noté", (f"« {one.title} »\u00a0: {_SAID[state].lower()}.", *sentences),
        links=(("Ajouter un mot dans mon dossier", f"{one.project.get_absolute_url()}#etape-{one.pk}"),),
    )  # fmt: skip
    verb = partial(actions.move_advice, recommendation=one, state=state, at=told.at, by=_reader(told))
    return _try(verb, done)


def _advice_digest(told: Occasion) -> str:
    one = advice_of(told)
    # Seeing it on the page is no change: the buttons of its letter still stand.
    return "" if one is None else f"{one.is_open}"


def _after_advice(told: Occasion) -> tuple[tuple[str, str], ...]:
    one = advice_of(told)
    return (("Voir cette étape", f"{one.project.get_absolute_url()}#etape-{one.pk}" if one else "/guichet/"),)


# Agree to a partner, or not; say whether it helped.


def _describe_agree(told: Occasion) -> Page | None:
    one = referral_of(told)
    if one is None or one.state != Turn.PROPOSED or not holds(told, one.project):
        return None
    return Page(
        f"Parler de mon projet à {one.partner.name}", (f"« {one.shared} »", "Nous ne dirons rien d’autre."),
        button="Je suis d’accord",
    )  # fmt: skip


def _agree(told: Occasion) -> Page:
    one = referral_of(told)
    if one is None or not holds(told, one.project):
        return Page(_REFUSED, (phrases.GONE,))
    done = Page("C’est noté", (f"Nous contactons {one.partner.name}. Vous saurez sa réponse.",), links=_own(told))
    return _try(lambda: actions.agree_referral(referral=one, at=told.at, by=_reader(told)), done)


def _describe_refuse(told: Occasion) -> Page | None:
    one = referral_of(told)
    if one is None or one.state != Turn.PROPOSED or not holds(told, one.project):
        return None
    return Page("Je préfère non", (f"Rien ne sera dit à {one.partner.name}.",), button="Je préfère non")


def _refuse(told: Occasion) -> Page:
    one = referral_of(told)
    if one is None or not holds(told, one.project):
        return Page(_REFUSED, (phrases.GONE,))
    done = Page("C’est noté", (f"Rien ne sera dit à {one.partner.name}.",), links=_own(told))
    return _try(lambda: actions.refuse_referral(referral=one, at=told.at, by=_reader(told)), done)


def _own(told: Occasion) -> tuple[tuple[str, str], ...]:
    one = referral_of(told)
    return (("Ouvrir mon dossier", one.project.get_absolute_url() if one else "/guichet/"),)


def _describe_useful(usefulness: Usefulness, told: Occasion) -> Page | None:
    one = referral_of(told)
    if one is None or one.state != Turn.CLOSED or not holds(told, one.project):
        return None
    return Page(f"{one.partner.name} vous a-t-il été utile\u202f?", button=str(usefulness.label))


def _rate(usefulness: Usefulness, told: Occasion) -> Page:
    one = referral_of(told)
    if one is None or not holds(told, one.project):
        return Page(_REFUSED, (phrases.GONE,))
    verb = partial(actions.rate_referral, referral=one, usefulness=usefulness, at=told.at, by=_reader(told))
    return _try(verb, Page("Merci", ("Votre réponse nous aide à choisir vers qui orienter.",), links=_own(told)))


# A partner answers.

_ANSWERS = {
    Turn.TAKEN: ("Je prends le relais", "La personne qui porte le projet le saura, avec vos coordonnées."),
    Turn.NOT_FOR_US: ("Ce n’est pas pour nous", "Personne ne vous relancera pour ce projet."),
    Turn.ALREADY: ("Nous l’aidons déjà", "Personne ne vous relancera pour ce projet."),
}


def _describe_answer(state: Turn, told: Occasion) -> Page | None:
    one = referral_of(told)
    if one is None or one.state == Turn.CLOSED or one.partner.email.lower() != told.address.lower():
        return None
    label, sentence = _ANSWERS[state]
    return Page(label, (f"« {one.shared} »", sentence), button=label)


def _answer(state: Turn, told: Occasion) -> Page:
    one = referral_of(told)
    if one is None or one.partner.email.lower() != told.address.lower():
        return Page(_REFUSED, (phrases.GONE,))
    verb = partial(actions.answer_referral, referral=one, state=state, at=told.at)
    return _try(verb, Page("Merci de votre réponse", (_ANSWERS[state][1],)))


def _referral_digest(told: Occasion) -> str:
    one = referral_of(told)
    return "" if one is None else f"{one.state}"


def _is_answered(told: Occasion) -> bool:
    one = referral_of(told)
    return one is None or one.state != Turn.ASKED


# News of a closed file.


def _describe_news(*, is_alive: bool, told: Occasion) -> Page | None:
    one = check_of(told)
    if one is None or one.answered_at is not None or not holds(told, one.project):
        return None
    return Page("Que devient votre projet\u202f?", (f"« {one.project.title} »",),
                button="Oui, il existe" if is_alive else "Non, il s’est arrêté")  # fmt: skip


def _news(*, is_alive: bool, told: Occasion) -> Page:
    one = check_of(told)
    if one is None or not holds(told, one.project):
        return Page(_REFUSED, (phrases.GONE,))
    verb = partial(actions.answer_check, check=one, is_alive=is_alive, at=told.at, by=_reader(told))
    return _try(verb, Page("Merci des nouvelles", ("Et bonne continuation.",)))


def _draft_digest(told: Occasion) -> str:
    found = Draft.objects.filter(pk=told.object_id or 0).first()
    return "" if found is None else found.email


PURPOSES = (
    Purpose("desk.resume", days=60, page="desk:resume", digest=_draft_digest, is_single_use=False,
            in_place_of=lambda told: (("Écrire au guichet", "/guichet/"),)),
    Purpose("desk.confirm", days=30, describe=_describe_confirm, act=_confirm, in_place_of=_to_project),
    *(
        Purpose(f"desk.advice_{state}", days=60, describe=partial(_describe_advice, state), act=partial(_advice, state),
                digest=_advice_digest, in_place_of=_after_advice)
        for state in _SAID
    ),
    Purpose("desk.agree", days=30, describe=_describe_agree, act=_agree, digest=_referral_digest, in_place_of=_own),
    Purpose("desk.refuse", days=30, describe=_describe_refuse, act=_refuse, digest=_referral_digest, in_place_of=_own),
    *(
        Purpose(f"desk.useful_{one}", days=60, describe=partial(_describe_useful, one), act=partial(_rate, one),
                in_place_of=_own)
        for one in Usefulness
    ),
    *(
        Purpose(key, days=60, describe=partial(_describe_answer, state), act=partial(_answer, state))
        for key, state in (("desk.take", Turn.TAKEN), ("desk.not_us", Turn.NOT_FOR_US), ("desk.already", Turn.ALREADY))
    ),
    Purpose("desk.alive", days=60, describe=lambda told: _describe_news(is_alive=True, told=told),
            act=lambda told: _news(is_alive=True, told=told)),
    Purpose("desk.ended", days=60, describe=lambda told: _describe_news(is_alive=False, told=told),
            act=lambda told: _news(is_alive=False, told=told)),
)  # fmt: skip
LADDERS = (
    Ladder(
        "desk.partner", "Partenaire à relancer", is_over=_is_answered,
        steps=(
            Step(9, kind="desk.partner"), Step(21, kind="desk.partner"), Step(45, todo=phrases.CALL_PARTNER_LATE),
        ),
    ),
)  # fmt: skip
