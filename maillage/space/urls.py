"""Addresses of the room: strangers ask under the sheet's own address, members work under /moi/."""

from __future__ import annotations

from django.urls import path

from maillage.kernel.doors import open_to_all
from maillage.space.views import (
    attachments,
    claims,
    freshness,
    history,
    messages,
    missing,
    own,
    picture,
    portrait,
    sheet,
    suggestions,
)

app_name = "space"
urlpatterns = [
    *open_to_all([
        path("annuaire/proposer/", missing.propose, name="propose_missing"),
        path("annuaire/<slug:slug>/reprendre/", claims.claim, name="claim"),
        path("annuaire/<slug:slug>/reprendre/lettre/", claims.by_letter, name="claim_by_letter"),
        path("annuaire/<slug:slug>/reprendre/demande/", claims.by_agent, name="claim_by_agent"),
        path("annuaire/<slug:slug>/corriger/", suggestions.correct, name="correct"),
        path("corriger/<str:token>/", suggestions.correct_by_letter, name="correct_by_letter"),
        path("annuaire/<slug:slug>/ecrire/", messages.write, name="write"),
        path("referents/", messages.officers, name="officers"),
        path("referents/<str:siren>/ecrire/", messages.write_to_officer, name="write_to_officer"),
    ]),
    path("moi/structures/<int:organisation_id>/", sheet.sheet, name="sheet"),
    path("moi/structures/<int:organisation_id>/profil/", own.profile, name="profile"),
    path("moi/structures/<int:organisation_id>/profil/pieces/nouvelle/", attachments.add, name="add_attachment"),
    path("moi/structures/<int:organisation_id>/profil/pieces/<int:pk>/", attachments.take, name="take_attachment"),
    path("moi/structures/<int:organisation_id>/profil/pieces/<int:pk>/remplacer/", attachments.replace,
         name="replace_attachment"),
    path("moi/structures/<int:organisation_id>/profil/pieces/<int:pk>/retirer/", attachments.remove,
         name="remove_attachment"),
    path("moi/structures/<int:organisation_id>/personnes/", own.people, name="people"),
    path("moi/structures/<int:organisation_id>/personnes/<int:membership_id>/main/", own.hand_over, name="hand_over"),
    path("moi/structures/<int:organisation_id>/personnes/<int:membership_id>/retirer/", own.remove, name="remove"),
    path("moi/structures/<int:organisation_id>/quitter/", own.leave, name="leave"),
    path("moi/structures/<int:organisation_id>/confirmer/", freshness.confirm, name="confirm"),
    path("moi/structures/<int:organisation_id>/frequence/", freshness.choose_months, name="choose_months"),
    path("moi/structures/<int:organisation_id>/accord/", freshness.set_contributors_wait, name="contributors_wait"),
    path("moi/structures/<int:organisation_id>/image/", picture.picture, name="picture"),
    path("moi/structures/<int:organisation_id>/historique/", history.history, name="history"),
    path("moi/structures/<int:organisation_id>/historique/<int:act_id>/", history.give_back, name="give_back"),
    path("moi/structures/<int:organisation_id>/propositions/", suggestions.of_organisation, name="suggestions"),
    path("moi/referent/portrait/", portrait.portrait, name="portrait"),
    path("moi/propositions/", suggestions.of_officer, name="officer_suggestions"),
    path("moi/propositions/<int:pk>/", suggestions.suggestion, name="suggestion"),
    path("moi/structures-proposees/<int:pk>/", missing.decide, name="missing_actor"),
]  # fmt: skip
