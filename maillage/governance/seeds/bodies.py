"""A collective, a steering committee with its colleges, two groups (one dormant), and what they decided; by the verbs.

Everybody here is invented, and every body says on screen that it is an example.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.governance import actions
from maillage.governance.enums import ActionState, DecisionState, Function, Joining, Kind
from maillage.governance.models import Action, Body, Decision, Meeting
from maillage.governance.seeds.scene import Scene, after
from maillage.kernel.text import fold
from maillage.strategy.queries import home_strategy, measures_by_code

CHARTER = (
    "Chaque structure compte pour une, quelle que soit sa taille.\n"
    "On écoute, on laisse parler, on cherche l’accord avant de voter.\n"
    "Ce qui est décidé a une personne et une date (donnée d’exemple)."
)
GUESTS = ("Nadège", "Tristan", "Perrine", "Youssef", "Lucile", "Gaspard")
COLLEGES = ("Élus de la Haute Somme", "Élus de l’Est de la Somme", "Élus de Terre de Picardie", "PETR", "Partenaires")


def plant_bodies(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Twice without harm; nothing without the example people."""
    people = {user.first_name: user for user in User.objects.filter(is_example=True)}
    if Body.objects.exists() or not {"Bruno", "Édith", "Maud", "Colette", "Alice", "Inès"} <= people.keys():
        return {}
    scene = Scene(people["Bruno"], at, people, measures_by_code(home_strategy()))
    made = [
        _collective(scene), _steering(scene),
        _group(scene, "Mobilité solidaire", "Se déplacer quand on n’a pas de voiture.", people["Inès"], 45),
        _group(scene, "Bien vieillir", "Rester chez soi, et voir du monde.", people["Maud"], 300),
    ]  # fmt: skip
    say(f"  Instances d’exemple : {', '.join(body.name for body in made)}.")
    return {
        "instances d’exemple": len(made), "réunions d’exemple": Meeting.objects.count(),
        "décisions d’exemple": Decision.objects.count(), "actions d’exemple": Action.objects.count(),
    }  # fmt: skip


def _collective(scene: Scene) -> Body:
    facts = {"charter": CHARTER, "charter_date": timezone.localdate(scene.at) - timedelta(days=400)}
    body = scene.open(
        "Le collectif", Kind.COLLECTIVE, Joining.ON_ACCEPTANCE,
                 "Les structures de l’économie sociale et solidaire se connaissent, proposent et orientent.",
                 measure=scene.measures.get("G.2"), **facts)  # fmt: skip
    sheet = Organisation.objects.published().filter(is_example=True).order_by("pk").first()
    chair = scene.seat(body, scene.people["Alice"].email, "Alice (structure)", function=Function.CHAIR,
                  organisation=sheet)  # fmt: skip
    others = [scene.seat(body, f"{fold(name)}@exemple.maillage.test", f"{name} (exemple)") for name in GUESTS]
    actions.agree_to_be_named(member=chair, agrees=True, by=scene.people["Alice"], at=scene.at)
    first = scene.meet(body, "Première rencontre du collectif", 150, [chair, *others[:5]])
    scene.write(first, ("Se présenter", "Chaque structure a dit ce qu’elle fait et ce qu’elle cherche."),
           ("La charte", "La charte est lue, discutée, puis acceptée par tout le monde."))  # fmt: skip
    items = list(first.items.order_by("position"))
    decided = scene.decide(items[1], "La charte du collectif est adoptée (exemple).", "1.1")
    sent = scene.entrust(items[1], "Envoyer la charte aux structures absentes (exemple)", others[0], 60)
    scene.close(first)
    actions.answer_action(action=sent, state=ActionState.DONE, news="Envoyée (exemple).", at=after(first, 40))
    actions.follow_decision(
        decision=decided, state=DecisionState.KEPT, note="Affichée (exemple).", by=scene.agent, at=after(first, 45)
    )
    second = scene.meet(body, "Rencontre d’automne du collectif", 40, [chair, *others[1:]])
    scene.write(second, ("Mutualiser du matériel", "Trois structures prêtent déjà une tonnelle et des vélos."))
    point = second.items.get(is_follow_up=False)
    scene.decide(point, "Une liste commune du matériel à prêter est ouverte (exemple).", "1.4")
    scene.entrust(point, "Écrire la première liste du matériel à prêter (exemple)", chair, 20, "1.4")
    scene.close(second)
    alice, bruno = scene.people["Alice"], scene.agent
    scene.talk(
        body, "La charte pour les absents", first,
        (5, bruno, "Six structures n’étaient pas là. Qui leur envoie la charte, et avec quel mot ?"),
        (6, alice, "Nadège s’en charge. Je propose trois lignes, et une invitation à la prochaine rencontre."),
        (12, bruno, "C’est bien. J’ajoute le lien de la page du collectif."),
    )  # fmt: skip
    scene.talk(
        body, "Qui prête quoi ?", second,
        (2, alice, "Pour la liste du matériel, dites ici ce que vous prêtez, et quand. Nous : une tonnelle de 3 m."),
        (3, bruno, "Le PETR prête six grilles d’exposition et un vidéoprojecteur, avec dix jours de délai."),
        (9, alice, "Merci ! Je mets tout dans un tableau avant la rencontre d’hiver."),
    )  # fmt: skip
    scene.announce(body, "Rencontre d’hiver du collectif", 24)
    return body


def _steering(scene: Scene) -> Body:
    body = scene.open(
        "Le comité de pilotage", Kind.STEERING_COMMITTEE, Joining.NAMED,
                 "Une fois par an, les élus et leurs partenaires regardent où en sont les mesures et décident.",
                 measure=scene.measures.get("G.1"), quorum_percent=50)  # fmt: skip
    colleges = [actions.add_college(body=body, label=label, by=scene.agent, at=scene.at) for label in COLLEGES]
    until = timezone.localdate(scene.at) + timedelta(days=900)
    seats = [
        scene.seat(body, scene.people["Édith"].email, "Édith (élue)", college=colleges[0], function=Function.CHAIR,
              until=until),
        scene.seat(body, scene.people["Maud"].email, "Maud (comité de pilotage)", college=colleges[1], until=until),
        scene.seat(body, "perig@exemple.maillage.test", "Périg (exemple)", college=colleges[2], until=until),
        scene.seat(body, scene.people["Bruno"].email, "Bruno (agent)", college=colleges[3],
              function=Function.SECRETARY),
        scene.seat(body, scene.people["Colette"].email, "Colette (partenaire)", college=colleges[4]),
    ]  # fmt: skip
    met = scene.meet(body, "Comité de pilotage annuel", 200, [seats[0], seats[1], seats[3]])
    scene.write(met, ("Où en sont les mesures", "L’annuaire est ouvert, le collectif s’est réuni deux fois."),
           ("L’an prochain", "Priorité au guichet et aux référents de chaque communauté de communes."))  # fmt: skip
    items = list(met.items.order_by("position"))
    scene.decide(items[1], "Le guichet est la priorité de l’année (exemple).", "2.1")
    scene.decide(items[1], "Chaque communauté de communes nomme une personne référente (exemple).", "4.3")
    scene.entrust(items[1], "Proposer des permanences du guichet (exemple)", seats[3], 400, "2.1")
    scene.close(met)
    return body


def _group(scene: Scene, name: str, purpose: str, chair: User, days_ago: int) -> Body:
    body = scene.open(name, Kind.WORKING_GROUP, Joining.OPEN, purpose)
    first = scene.seat(body, chair.email, str(chair), function=Function.CHAIR)
    others = [scene.seat(body, f"{fold(one)}@exemple.maillage.test", f"{one} (exemple)") for one in GUESTS[:3]]
    met = scene.meet(body, f"Groupe «\u00a0{name}\u00a0», première séance", days_ago, [first, *others])
    scene.write(met, ("Ce que chacun connaît", "On a listé ce qui existe déjà dans les villages."))
    scene.close(met)
    return body
