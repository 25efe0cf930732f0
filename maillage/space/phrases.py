"""How the agents' feed tells what organisations and visitors do."""

from __future__ import annotations

from maillage.kernel.registry import FeedLine

_SHEET, _MISSING = "directory.organisation", "space.missingactor"
FEED = (
    FeedLine(_SHEET, "open_claim", "requests", "Quelqu’un demande à tenir la fiche de {what}"),
    FeedLine(_SHEET, "decide_claim", "requests", "{who} a décidé qui tient la fiche de {what}"),
    FeedLine(_SHEET, "withdraw_claim", "requests", "Une demande de reprise est retirée : {what}"),
    FeedLine(_SHEET, "propose", "requests", "{who} propose de corriger {what}",
             "Quelqu’un propose de corriger {what}"),
    FeedLine(_SHEET, "decide_suggestion", "requests", "{who} a décidé d’une proposition pour {what}"),
    FeedLine(_MISSING, "propose", "requests", "{who} dit qu’une structure manque\u00a0: {what}",
             "Quelqu’un dit qu’une structure manque\u00a0: {what}"),
    FeedLine(_MISSING, "decide_missing", "requests", "{who} a décidé d’une structure proposée\u00a0: {what}"),
    FeedLine(_SHEET, "relay", "mail", "Un message est transmis à {what}"),
    FeedLine("accounts.user", "relay", "mail", "Un message est transmis à {what}"),
    FeedLine(_SHEET, "admit", "people", "{who} fait entrer quelqu’un dans {what}", "Quelqu’un tient {what}"),
    FeedLine(_SHEET, "invite", "people", "{who} invite quelqu’un à tenir {what}"),
    FeedLine(_SHEET, "hand_over", "people", "{who} passe la main pour {what}"),
    FeedLine(_SHEET, "leave", "people", "{who} quitte {what}", "Quelqu’un quitte {what}"),
    FeedLine(_SHEET, "remove_member", "people", "{who} retire quelqu’un de {what}"),
)  # fmt: skip
