"""Five invented projects at different turns, and partners, by the verbs; each is said to be an example."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from maillage.accounts.models import User
from maillage.content.models import Resource
from maillage.desk import actions
from maillage.desk.enums import Advice, Audience, Channel, Outcome, PartnerPart, Stage, Subject, Turn, Usefulness
from maillage.desk.models import Contact, Partner, Project
from maillage.desk.seeds import words
from maillage.desk.seeds.words import EXAMPLE, Told
from maillage.desk.seeds.workshop import plant_workshop
from maillage.directory.enums import TermKind
from maillage.directory.models import Organisation, Term
from maillage.kernel.text import fold
from maillage.territories.models import Commune
from maillage.territories.queries import home_territory


def plant_desk(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Partners, requests, files; twice without harm."""
    agent = User.objects.filter(is_example=True, first_name="Bruno").first()
    alice = User.objects.filter(is_example=True, first_name="Alice").first()
    if agent is None or alice is None or home_territory() is None or Project.objects.filter(is_example=True).exists():
        return {}
    for one in words.NETWORKS:
        facts = actions.PartnerFacts(
            name=f"{one.name} {EXAMPLE}", brings=one.brings, email=one.address, topics=_terms(one.topics),
            stages=one.stages,
        )  # fmt: skip
        if not Partner.objects.filter(name=facts.name).exists():
            actions.save_partner(facts=facts, by=agent, at=at - timedelta(days=200), is_example=True)
    _grocery(agent, alice, at)
    _shuttle(agent, at)
    _workshop(agent, at)
    _asked(words.CHOIR, agent, at)
    _asked(words.GARDEN, agent, at)
    born = plant_workshop(agent, at)
    if born is not None:
        _show(
            born,
            "Une voiture pour trois villages",
            "Une voiture partagée entre trois villages, avec des bénévoles au volant.",
            agent,
            at,
        )
    return {"projets d’exemple": Project.objects.filter(is_example=True).count(), "partenaires": len(words.NETWORKS)}


def _terms(codes: tuple[str, ...]) -> tuple[Term, ...]:
    return tuple(Term.objects.filter(kind=TermKind.THEME, code__in=codes))


def _asked(told: Told, agent: User, at: datetime, user: User | None = None) -> Project:
    home = home_territory()
    assert home is not None
    towns = list(Commune.objects.of_territory(home).by_name()[:40])
    is_noted = told.channel != Channel.WEB
    asked = actions.Asked(
        idea=f"{told.idea} {EXAMPLE}", name=f"{told.name} {EXAMPLE}", stage=told.stage, topics=_terms(told.topics),
        commune=towns[told.days % len(towns)], seeks=told.seeks,
        email="" if user else f"{fold(told.name)}@exemple.maillage.test",
    )  # fmt: skip
    project = actions.send_request(
        asked=asked, at=at - timedelta(days=told.days), user=user, channel=told.channel, is_example=True,
        noted_by=agent if is_noted else None, has_consent=is_noted,
    )  # fmt: skip
    if project.adviser_id != agent.pk:
        actions.assign(project=project, to=agent, by=agent, at=at - timedelta(days=told.days))
    return project


def _confirmed(project: Project, at: datetime) -> Contact:
    return actions.confirm_holder(contact=project.contacts.get(), at=at)


def _grocery(agent: User, alice: User, at: datetime) -> None:
    """Followed: interview, diagnosis, a plan that moves, a partner who took over, another to agree to."""
    project = _asked(words.GROCERY, agent, at, user=alice)

    def on(days: int) -> datetime:
        return at - timedelta(days=words.GROCERY.days - days)

    actions.write_to_holder(
        project=project, words=f"Bonjour, merci de votre message. Voyons-nous mardi à la mairie\u202f? {EXAMPLE}",
        by=agent, at=on(2),
    )  # fmt: skip
    talk = actions.Talk(
        day=timezone.localdate(on(6)), channel=Channel.MET, present="Le groupe des six",
        words=f"Le groupe veut commencer par deux matinées par semaine, dans la salle communale {EXAMPLE}.",
        decisions="Compter ce que les gens achèteraient.", next_step="Visiter deux épiceries qui existent.",
        audience=Audience.HOLDER,
    )  # fmt: skip
    actions.log_interview(project=project, talk=talk, by=agent, at=on(6))
    actions.write_note(project=project, words=f"La mairie hésite encore pour la salle {EXAMPLE}.", by=agent, at=on(6))
    actions.move_stage(project=project, stage=Stage.EMERGENCE, by=agent, at=on(8), why="Le groupe est formé.")
    for days, levels in ((8, (2, 1, 1, 0, 2, 0, 0, 1)), (50, (3, 2, 2, 1, 3, 1, 1, 2))):
        marks = {subject: (level, "") for subject, level in zip(Subject, levels, strict=True)}
        actions.diagnose(project=project, marks=marks, by=agent, at=on(days))
    visit = actions.recommend(
        project=project, title="Visiter deux épiceries associatives", by=agent, at=on(9),
        words=f"Demandez à voir leurs comptes de la première année {EXAMPLE}.", due_date=timezone.localdate(on(30)),
    )  # fmt: skip
    actions.move_advice(
        recommendation=visit, state=Advice.DONE, by=alice, at=on(26), answer="Deux visites, très utiles."
    )
    count = actions.recommend(
        project=project, title="Demander à quarante voisins ce qu’ils achèteraient", by=agent, at=on(28),
        due_date=timezone.localdate(on(60)),
    )  # fmt: skip
    actions.move_advice(recommendation=count, state=Advice.DOING, by=alice, at=on(40))
    actions.recommend(project=project, title="Choisir entre association et coopérative", by=agent, at=on(55),
                      due_date=timezone.localdate(at) + timedelta(days=30),
                      resource=_resource("Choisir entre association et coopérative"))  # fmt: skip
    _refer(project, "La Fabrique", agent, on(30), holder=alice, answer=Turn.TAKEN)
    _refer(project, "Le Cercle", agent, on(60))
    actions.log_effort(
        project=project, day=timezone.localdate(on(6)), half_days=1, by=agent, at=on(6), words="Entretien"
    )
    actions.log_effort(project=project, day=timezone.localdate(on(50)), half_days=2, by=agent, at=on(50), words="Plan")


def _refer(
    project: Project, name: str, agent: User, at: datetime, *, holder: User | None = None, answer: Turn | None = None
) -> None:
    partner = Partner.objects.get(name__startswith=name, is_example=True)
    made = actions.propose_referral(
        project=project, partner=partner, by=agent, at=at, why=f"Il a aidé des groupes comme le vôtre {EXAMPLE}.",
        shared=f"Un groupe d’habitants veut ouvrir un lieu dans son village et cherche conseil {EXAMPLE}.",
    )  # fmt: skip
    if holder is not None:
        actions.agree_referral(referral=made, at=at + timedelta(days=1), by=holder)
    if answer is not None:
        actions.answer_referral(referral=made, state=answer, at=at + timedelta(days=4), words="Nous l’appelons lundi.")


def _show(project: Project, title: str, words: str, agent: User, at: datetime) -> None:
    actions.show_project(project=project, title=title, words=f"{words} {EXAMPLE}", has_consent=True, by=agent, at=at)


def _shuttle(agent: User, at: datetime) -> None:
    """Of several: an association leads, another takes part; paused until the spring."""
    project, then = _asked(words.SHUTTLE, agent, at), at - timedelta(days=words.SHUTTLE.days - 3)
    holder = _confirmed(project, then).user
    assert holder is not None
    actions.write_to_holder(project=project, words=f"Quelle belle idée. Parlons-en {EXAMPLE}.", by=agent, at=then)
    found = list(Organisation.objects.published().filter(is_example=True).order_by("pk")[:2])
    for one, part, share in zip(found, (PartnerPart.LEAD, PartnerPart.PARTNER), ("3200", "800.50"), strict=False):
        actions.involve(project=project, organisation=one, part=part, share=Decimal(share), by=agent, at=then)
    actions.recommend(project=project, title="Trouver trois conducteurs bénévoles", by=agent, at=then)
    _show(
        project,
        "La navette du samedi",
        "Une navette conduite par des habitants, pour aller au marché et chez le médecin.",
        holder,
        at,
    )
    actions.pause(project=project, resume_on=timezone.localdate(at) + timedelta(days=90), by=agent, at=at)


def _workshop(agent: User, at: datetime) -> None:
    """Closed, with its outcome; its partner was useful."""
    project, then = _asked(words.WORKSHOP, agent, at), at - timedelta(days=words.WORKSHOP.days - 2)
    holder = _confirmed(project, then).user
    assert holder is not None
    actions.write_to_holder(project=project, words=f"Bonjour, l’ancienne gare est libre {EXAMPLE}.", by=agent, at=then)
    _refer(project, "La Fabrique", agent, then + timedelta(days=5), holder=holder, answer=Turn.TAKEN)
    referral = project.referrals.get()
    actions.close_referral(referral=referral, by=agent, at=then + timedelta(days=60))
    actions.rate_referral(referral=referral, usefulness=Usefulness.YES, at=then + timedelta(days=61), by=holder)
    for stage, days in ((Stage.CREATION, 70), (Stage.DEVELOPMENT, 110)):
        actions.move_stage(project=project, stage=stage, by=agent, at=then + timedelta(days=days))
    result = actions.Result(
        Outcome.DONE, f"L’atelier est ouvert deux jours par semaine {EXAMPLE}.", jobs=1, fte=Decimal("0.6"),
        raised=Decimal(18400),
    )  # fmt: skip
    _show(
        project,
        "L’atelier de la gare",
        "Un atelier où l’on répare ensemble, dans l’ancienne gare.",
        holder,
        then + timedelta(days=71),
    )
    actions.close_project(project=project, result=result, by=agent, at=then + timedelta(days=140))


def _resource(title: str) -> Resource | None:
    found: Resource | None = Resource.objects.published().filter(is_example=True, title=title).first()
    return found
