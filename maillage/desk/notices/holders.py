"""Letters to who holds a project. What a project says is read when the letter is written, and only by who confirmed."""

from __future__ import annotations

from datetime import timedelta

from maillage.desk.enums import ASKED_LATER, OPEN_ADVICE, Outcome, Standing, Turn
from maillage.desk.models import Check, Contact, Draft, Project, Recommendation, Referral
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace, Subject
from ui import french

OWN = Subject("desk.project", "Mon projet suivi par le guichet")
_SAMPLE = "Ouvrir une épicerie associative (exemple)"
_PATH = "/guichet/"


def contact_of(told: Occasion) -> Contact | None:
    """The person of a project that a letter or a click is about."""
    rows = Contact.objects.select_related("project__adviser", "user")
    return rows.filter(pk=told.object_id or 0).first()


def advice_of(told: Occasion) -> Recommendation | None:
    rows = Recommendation.objects.select_related("project__adviser")
    return rows.filter(pk=told.object_id or 0).first()


def referral_of(told: Occasion) -> Referral | None:
    rows = Referral.objects.select_related("project__adviser", "partner")
    return rows.filter(pk=told.object_id or 0).first()


def check_of(told: Occasion) -> Check | None:
    return Check.objects.select_related("project").filter(pk=told.object_id or 0).first()


def holds(told: Occasion, project: Project) -> bool:
    """Is the reader still one of its holders?"""
    return told.user_id is not None and project.contacts.filter(part="holder", user_id=told.user_id).exists()


def _adviser(project: Project) -> str:
    return project.adviser.get_full_name() if project.adviser else "Une personne de l’équipe du territoire"


def _open(path: str) -> Button:
    return Button("Ouvrir mon dossier", path=path)


# A draft.


def _draft() -> Content:
    return Content(
        title="Votre demande vous attend",
        sentences=(
            "Vous avez commencé une demande au guichet. Ce que vous avez écrit est gardé, et personne ne l’a lu.",
            "Le bouton vous ramène là où vous étiez.",
            "Ce n’est pas vous\u202f? Laissez cette lettre\u00a0: tout sera oublié.",
        ),
        buttons=(Button("Reprendre ma demande", purpose="desk.resume"),),
    )


def _write_draft(told: Occasion) -> Content | None:
    return _draft() if Draft.objects.filter(pk=told.object_id or 0).exists() else None


# It came.


def _received(*, reference: str, adviser: str, by: str, is_known: bool, path: str) -> Content:
    facts = (("Votre référence", reference), ("Qui vous répond", adviser), ("Au plus tard", by))
    if is_known:
        sentences = ("Votre demande est bien arrivée au guichet. Elle reste confidentielle.",)
        return Content("Votre demande est bien arrivée", sentences, (_open(path),), facts)
    return Content(
        title="Votre demande est bien arrivée",
        sentences=(
            (
                "Vous, ou quelqu’un pour vous, avez demandé de l’aide au guichet du territoire. Votre demande reste "
                "confidentielle."
            ),
            "Confirmez votre adresse\u00a0: vous pourrez lire les réponses et suivre votre dossier, sans mot de passe.",
            "Ce n’est pas vous\u202f? Laissez cette lettre\u00a0: rien ne sera envoyé à cette adresse.",
        ),
        buttons=(Button("C’est bien moi, ouvrir mon dossier", purpose="desk.confirm"),),
        facts=facts,
    )


def _write_received(told: Occasion) -> Content | None:
    contact = contact_of(told)
    if contact is None:
        return None
    project = contact.project
    return _received(
        reference=project.reference, adviser=_adviser(project), by=french.day(project.answer_by),
        is_known=contact.user_id is not None, path=project.get_absolute_url(),
    )  # fmt: skip


def _invited(adviser: str) -> Content:
    return Content(
        title="Un projet vous est confié à plusieurs",
        sentences=(
            f"{adviser}, du guichet du territoire, vous a noté comme l’une des personnes qui portent un projet.",
            "Confirmez votre adresse pour lire ce dossier et y répondre.",
            "Ce n’est pas vous\u202f? Laissez cette lettre.",
        ),
        buttons=(Button("C’est bien moi, ouvrir mon dossier", purpose="desk.confirm"),),
    )


def _write_invited(told: Occasion) -> Content | None:
    contact = contact_of(told)
    return None if contact is None or contact.user_id is not None else _invited(_adviser(contact.project))


# The plan.


def _advice(title: str, what: str, words: str, why: str, path: str, *, is_asking: bool) -> Content:
    first = (
        f"Le guichet vous propose une étape pour « {title} »."
        if not is_asking
        else f"Pour « {title} », cette étape attend de vos nouvelles."
    )
    return Content(
        title=f"Où en êtes-vous\u202f? « {what} »" if is_asking else f"À faire\u00a0: {what}",
        sentences=(first, *((words,) if words else ()), why),
        buttons=(
            Button("C’est fait", purpose="desk.advice_done"), Button("C’est en cours", purpose="desk.advice_doing"),
            Button("Ça bloque", purpose="desk.advice_stuck"),
            Button("Ce n’est pas pour nous", purpose="desk.advice_declined"), Button("Voir cette étape", path=path),
        ),
    )  # fmt: skip


_EACH = "Un bouton suffit pour répondre, sans vous connecter."


def _write_advice(told: Occasion, *, is_asking: bool) -> Content | None:
    one = advice_of(told)
    if one is None or one.state not in OPEN_ADVICE or not holds(told, one.project):
        return None
    if one.project.standing == Standing.CLOSED or (is_asking and one.project.standing == Standing.PAUSED):
        return None
    path = f"{one.project.get_absolute_url()}#etape-{one.pk}"
    return _advice(one.project.title, one.title, "" if is_asking else one.words, _EACH, path, is_asking=is_asking)


# A partner.


def _referral(title: str, partner: str, why: str, shared: str, path: str) -> Content:
    return Content(
        title=f"Pouvons-nous parler de votre projet à un partenaire\u202f? {partner}",
        sentences=(
            f"Pour « {title} », nous vous proposons ce partenaire. Rien ne lui est dit sans votre accord.",
            f"Pourquoi\u00a0: {why}",
            f"Ce que nous lui dirions, mot pour mot\u00a0: « {shared} »",
        ),
        buttons=(
            Button("Je suis d’accord", purpose="desk.agree"), Button("Je préfère non", purpose="desk.refuse"),
            Button("Voir mon dossier", path=path),
        ),
    )  # fmt: skip


def _write_referral(told: Occasion) -> Content | None:
    one = referral_of(told)
    if one is None or one.state != Turn.PROPOSED or not holds(told, one.project):
        return None
    return _referral(one.project.title, one.partner.name, one.why, one.shared, one.project.get_absolute_url())


_ANSWERED = {
    Turn.TAKEN: "prend le relais, et vous contactera", Turn.NOT_FOR_US: "ne peut pas vous aider cette fois",
    Turn.ALREADY: "vous aide déjà",
}  # fmt: skip


def _partner_answered(title: str, partner: str, state: Turn, words: str, path: str) -> Content:
    return Content(
        title=f"{partner} {_ANSWERED[state]}",
        sentences=(f"C’est pour « {title} ».", *((f"« {words} »",) if words else ())),
        buttons=(_open(path),),
    )


def _write_partner_answered(told: Occasion) -> Content | None:
    one = referral_of(told)
    if one is None or one.state not in _ANSWERED or not holds(told, one.project):
        return None
    path = one.project.get_absolute_url()
    return _partner_answered(one.project.title, one.partner.name, Turn(one.state), one.answer, path)


def _useful(title: str, partner: str) -> Content:
    return Content(
        title=f"{partner} vous a-t-il été utile\u202f?",
        sentences=(f"La mise en relation pour « {title} » est terminée. Un bouton suffit pour nous le dire.",),
        buttons=(
            Button("Oui, utile", purpose="desk.useful_yes"), Button("En partie", purpose="desk.useful_partly"),
            Button("Non", purpose="desk.useful_no"),
        ),
    )  # fmt: skip


def _write_useful(told: Occasion) -> Content | None:
    one = referral_of(told)
    if one is None or one.state != Turn.CLOSED or one.usefulness or not holds(told, one.project):
        return None
    return _useful(one.project.title, one.partner.name)


# The end.


def _closed(title: str, outcome: Outcome, words: str, path: str) -> Content:
    asked = ", sauf pour prendre des nouvelles" if outcome in ASKED_LATER else ""
    return Content(
        title="Votre dossier au guichet est clos",
        sentences=(
            f"C’est « {title} ». Nous n’écrirons plus à son sujet{asked}.",
            "Vous pouvez le relire. S’il repart, écrivez-nous\u00a0: nous le rouvrirons.",
        ),
        facts=(("Issue", str(outcome.label)), ("En une phrase", words)),
        buttons=(_open(path),),
    )


def _write_closed(told: Occasion) -> Content | None:
    project = Project.objects.filter(pk=told.object_id or 0, standing=Standing.CLOSED).first()
    if project is None or not holds(told, project):
        return None
    return _closed(project.title, Outcome(project.outcome), project.outcome_words, project.get_absolute_url())


def _news(title: str, months: int, *, is_second: bool = False) -> Content:
    last = ("Nous vous l’avons déjà demandé, sans réponse\u00a0: nous n’écrirons pas une troisième fois.",)
    return Content(
        title="Que devient votre projet\u202f?",
        sentences=(
            f"Le guichet vous a aidé pour « {title} » il y a {months} mois. Existe-t-il toujours\u202f?",
            "Un bouton suffit. Cela nous dit ce qui aide vraiment.",
            *(last if is_second else ()),
        ),
        buttons=(
            Button("Oui, il existe", purpose="desk.alive"), Button("Non, il s’est arrêté", purpose="desk.ended"),
        ),
    )  # fmt: skip


def _write_news(told: Occasion) -> Content | None:
    one = check_of(told)
    if one is None or one.answered_at is not None or not holds(told, one.project):
        return None
    return _news(one.project.title, one.months, is_second=one.asked > 1)


LETTERS = (
    LetterKind("desk.draft", "Brouillon à reprendre", _write_draft, _draft, pace=Pace.ALONE,
               valid_for=timedelta(days=2), is_secret=True),
    LetterKind("desk.received", "Demande reçue", _write_received,
               lambda: _received(reference="k3v8m2qz", adviser="Bruno Lemaire (exemple)", by="4 décembre 2026",
                                 is_known=False, path=_PATH),
               pace=Pace.ALONE, valid_for=timedelta(days=10), is_secret=True),
    LetterKind("desk.invited", "Porteur d’un projet à confirmer", _write_invited, lambda: _invited("Bruno (exemple)"),
               pace=Pace.ALONE, valid_for=timedelta(days=10), is_secret=True),
    LetterKind("desk.advice", "Étape proposée", lambda told: _write_advice(told, is_asking=False),
               lambda: _advice(_SAMPLE, "Rencontrer deux épiceries qui existent", "", _EACH, _PATH, is_asking=False),
               subject=OWN, pace=Pace.ALONE, is_secret=True),
    LetterKind("desk.where", "Où en êtes-vous ?", lambda told: _write_advice(told, is_asking=True),
               lambda: _advice(_SAMPLE, "Rencontrer deux épiceries qui existent", "", _EACH, _PATH, is_asking=True),
               subject=OWN, awaits_answer=True, is_secret=True),
    LetterKind("desk.referral", "Partenaire proposé", _write_referral,
               lambda: _referral(_SAMPLE, "Le réseau (exemple)", "Il a aidé trois épiceries.",
                                 "Une association cherche un local à Ham.", _PATH),
               pace=Pace.ALONE, awaits_answer=True, valid_for=timedelta(days=15), is_secret=True),
    LetterKind("desk.referral_answered", "Réponse d’un partenaire", _write_partner_answered,
               lambda: _partner_answered(_SAMPLE, "Le réseau (exemple)", Turn.TAKEN, "Je vous appelle lundi.", _PATH),
               subject=OWN, pace=Pace.ALONE, is_secret=True),
    LetterKind("desk.useful", "Utilité d’un partenaire", _write_useful, lambda: _useful(_SAMPLE, "Le réseau (exemple)"),
               subject=OWN, awaits_answer=True, is_secret=True),
    LetterKind("desk.closed", "Dossier clos", _write_closed,
               lambda: _closed(_SAMPLE, Outcome.DONE, "L’épicerie a ouvert en mars.", _PATH), is_secret=True),
    LetterKind("desk.news", "Nouvelles d’un projet", _write_news, lambda: _news(_SAMPLE, 12), subject=OWN,
               awaits_answer=True, valid_for=timedelta(days=20), is_secret=True),
)  # fmt: skip
