"""The roles of a territory's life, described once, in French."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """What a mandate makes of a person. One person may hold several."""

    ADMINISTRATOR = "administrator", "Administratrice, administrateur"
    AGENT = "agent", "Agente, agent du territoire"
    LIAISON_OFFICER = "liaison_officer", "Référente, référent ESS d’une communauté de communes"
    ELECTED_MEMBER = "elected_member", "Élue, élu"
    STEERING_MEMBER = "steering_member", "Membre du comité de pilotage"
    PARTNER_ADVISER = "partner_adviser", "Conseillère, conseiller d’un partenaire"
    ORGANISATION_MANAGER = "organisation_manager", "Responsable d’une structure"
    BUYER = "buyer", "Acheteuse publique, acheteur public"
    TEACHER = "teacher", "Enseignante, enseignant"
    FIRM = "firm", "Entreprise"


BACK_OFFICE_ROLES = frozenset({Role.ADMINISTRATOR, Role.AGENT})
# What a colleague may do in one's place: what waits for somebody. The administration is nobody's to hand on.
HANDED_OVER = frozenset({Role.AGENT, Role.LIAISON_OFFICER})
# Who may take a place: people whom the territory itself gave a mandate of its daily work.
COLLEAGUES = frozenset({Role.ADMINISTRATOR, Role.AGENT, Role.LIAISON_OFFICER})
