"""Where the measures of the example world stand, by the verbs; every note says that it is an example."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from maillage.accounts.models import User
from maillage.strategy import actions
from maillage.strategy.enums import Framework, Money, Priority, State
from maillage.strategy.models import Measure, Step
from maillage.strategy.queries import home_strategy, measures_by_code

EXAMPLE = "(donnée d’exemple)"
# code, state, reason, days from today to its end, steps: (title, days from today, is it done?), news
PROGRESS: tuple[tuple[str, State, str, int, tuple[tuple[str, int, bool], ...], str], ...] = (
    ("1.1", State.UNDER_WAY, "", 400, (("Inviter les structures à une première rencontre", -60, True),
     ("Choisir ensemble la fréquence des rencontres", -5, False), ("Écrire la charte à plusieurs", 45, False)),
     "Une première rencontre a réuni des structures des trois communautés de communes"),
    ("1.3", State.UNDER_WAY, "", 200, (("Charger les structures connues", -90, True),
     ("Faire relire chaque fiche par sa structure", 30, False)),
     "L’annuaire et la carte sont ouverts à tous"),
    ("2.1", State.UNDER_WAY, "", 90, (("Dire où et quand on reçoit", -20, True),
     ("Former les secrétaires de mairie", 10, False)), ""),
    ("3.1", State.PAUSED, "Reprise prévue au printemps, quand la salle sera libre", 250, (), ""),
    ("4.3", State.DONE, "", -30, (("Nommer une personne dans chaque communauté de communes", -40, True),),
     "Chaque communauté de communes a sa personne référente"),
)  # fmt: skip
# What else the plan says of some of them; of those to come, (code, days from today to the start, to the end).
MORE: dict[str, dict[str, Any]] = {
    "1.1": {"partners": f"Les structures volontaires {EXAMPLE}", "frameworks": [Framework.CRESS.value]},
    "1.3": {"partners": f"Les trois communautés de communes {EXAMPLE}",
            "frameworks": [Framework.CRESS.value, Framework.REGION.value]},
    "2.1": {"partners": f"Les réseaux qui accompagnent les projets {EXAMPLE}", "priority": Priority.HIGH,
            "frameworks": [Framework.REGION.value, Framework.CRTE.value],
            "risks": f"Une seule personne tient le guichet\u00a0: qui la remplace\u202f? {EXAMPLE}"},
    "4.3": {"frameworks": [Framework.CRTE.value]},
}  # fmt: skip
TO_COME = (
    ("1.2", 60, 700), ("1.4", 90, 500), ("2.2", 30, 420), ("2.3", 20, 600), ("2.5", 40, 330), ("3.3", 270, 370),
    ("3.4", 200, 480), ("4.1", 75, 450), ("4.4", 120, 640), ("4.6", 150, 760),
)  # fmt: skip
MONEY = (
    ("1.3", "PETR", 2026, Money.SPENT, 4_000), ("1.3", "PETR", 2026, Money.PROMISED, 6_000),
    ("2.1", "PETR", 2026, Money.PROMISED, 12_000), ("2.1", "Région Hauts-de-France", 2027, Money.HOPED, 30_000),
    ("3.1", "Département de la Somme", 2027, Money.HOPED, 8_000),
)  # fmt: skip
ASKER = "habitante@exemple.maillage.test"
QUESTIONS = (
    (
        "2.1",
        "Faut-il déjà avoir une association pour être reçu ?",
        "Non : une idée suffit, et l’entretien ne coûte rien.",
    ),
    ("1.3", "Qui a le droit de changer la fiche d’une structure ?", ""),
)


def plant_progress(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """States, steps and news of a few measures; twice without harm."""
    agent = User.objects.filter(is_example=True, first_name="Bruno").first()
    officer = User.objects.filter(is_example=True, first_name="Rachid").first()
    known = measures_by_code(home_strategy())
    if agent is None or Step.objects.exists() or not all(code in known for code, *_ in PROGRESS):
        return {}
    today = timezone.localdate(at)
    for code, state, reason, days, steps, news in PROGRESS:
        measure = known[code]
        facts: dict[str, Any] = {
            "state": state, "state_note": reason and f"{reason} {EXAMPLE}", "carried_by": f"PETR {EXAMPLE}",
            "owner": agent, "start_date": today - timedelta(days=120), "end_date": today + timedelta(days=days),
            **MORE.get(code, {}),
        }  # fmt: skip
        if code == "2.1" and officer is not None:
            facts["liaison_officer"] = officer
        actions.steer_measure(measure=measure, facts=facts, by=agent, at=at - timedelta(days=30))
        for title, due, is_done in steps:
            step = actions.add_step(measure=measure, title=f"{title} {EXAMPLE}", due_date=today + timedelta(days=due),
                                    by=agent, at=at - timedelta(days=100))  # fmt: skip
            if is_done:
                actions.finish_step(step=step, by=agent, at=at + timedelta(days=due))
        if news:
            then = at - timedelta(days=10)
            actions.tell_news(measure=measure, text=f"{news} {EXAMPLE}.", news_date=timezone.localdate(then), by=agent,
                              at=then)  # fmt: skip
    for code, start, end in TO_COME:
        if code in known:
            facts = {"start_date": today + timedelta(days=start), "end_date": today + timedelta(days=end)}
            actions.steer_measure(measure=known[code], facts=facts, by=agent, at=at - timedelta(days=30))
    _plant_money(known, agent, at)
    actions.use_rule(measure=known["1.3"], key="directory.theme:insertion", by=agent, at=at)
    _plant_questions(known, agent, at)
    return {"mesures d’exemple en marche": len(PROGRESS)}


def _plant_money(known: dict[str, Measure], agent: User, at: datetime) -> None:
    for code, funder, year, stage, amount in MONEY:
        actions.add_budget_line(
            measure=known[code], funder=f"{funder} {EXAMPLE}", year=year, stage=stage, amount=Decimal(amount),
            by=agent, at=at - timedelta(days=60),
        )  # fmt: skip


def _plant_questions(known: dict[str, Measure], agent: User, at: datetime) -> None:
    for code, text, answer in QUESTIONS:
        then = at - timedelta(days=12)
        question = actions.ask_question(measure=known[code], text=f"{text} {EXAMPLE}", email=ASKER, at=then)
        actions.confirm_question(question=question, at=then)
        if answer:
            actions.answer_question(
                question=question, answer=f"{answer} {EXAMPLE}", by=agent, at=at - timedelta(days=9)
            )
