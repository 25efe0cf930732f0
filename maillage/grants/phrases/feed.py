"""How the acts of the room are told in the agents' feed."""

from __future__ import annotations

from maillage.kernel.registry import FeedLine

_DECISION, _AGREEMENT = "grants.decision", "grants.agreement"
_CANCELLATION, _FILE = "grants.cancellation", "grants.grantfile"
_REDUCTION = "grants.reduction"
_PAYMENT, _REPORT = "grants.instalment", "grants.report"
FEED = (
    FeedLine(_DECISION, "prepare_decision", "requests", "{who} a préparé une décision : {what}"),
    FeedLine(_DECISION, "confirm_decision", "requests", "{who} a confirmé une décision : {what}"),
    FeedLine(_DECISION, "withdraw_decision", "requests", "{who} a retiré une décision : {what}"),
    FeedLine(_CANCELLATION, "prepare_cancellation", "requests", "{who} a préparé : {what}"),
    FeedLine(_CANCELLATION, "drop_cancellation", "requests", "{who} a abandonné : {what}"),
    FeedLine(_CANCELLATION, "cancel_grant", "requests", "{who} a confirmé : {what}"),
    FeedLine(_REDUCTION, "prepare_reduction", "requests", "{who} a préparé : {what}"),
    FeedLine(_REDUCTION, "drop_reduction", "requests", "{who} a abandonné : {what}"),
    FeedLine(_REDUCTION, "reduce_grant", "requests", "{who} a confirmé : {what}"),
    FeedLine(_FILE, "add_grant_file", "requests", "{who} a déposé : {what}"),
    FeedLine(_FILE, "remove_grant_file", "requests", "{who} a retiré : {what}"),
    FeedLine(_FILE, "read_grant_file", "requests", "{who} a pris : {what}"),
    FeedLine(_AGREEMENT, "draw_agreement", "requests", "{who} a établi : {what}"),
    FeedLine(_AGREEMENT, "sign_agreement", "requests", "{who} a noté une signature : {what}"),
    FeedLine(_AGREEMENT, "note_published", "requests", "{who} a noté une publication : {what}"),
    FeedLine(_AGREEMENT, "remind_report", "mail", "{who} a rappelé un bilan : {what}", "Un bilan est rappelé : {what}"),
    FeedLine(_PAYMENT, "prepare_payment", "requests", "{who} a saisi un versement : {what}"),
    FeedLine(_PAYMENT, "confirm_payment", "requests", "{who} a confirmé un versement : {what}"),
    FeedLine(_REPORT, "submit_report", "requests", "{who} a remis un bilan : {what}"),
    FeedLine(_REPORT, "ask_report_again", "requests", "{who} a demandé un complément : {what}"),
    FeedLine(_REPORT, "accept_report", "requests", "{who} a accepté un bilan : {what}"),
    FeedLine("grants.deminimisaid", "note_registered", "requests", "{who} a déclaré au registre national : {what}"),
    FeedLine("grants.undertaking", "join_undertaking", "requests", "{who} a réuni des structures : {what}"),
    FeedLine("grants.undertaking", "part_undertaking", "requests", "{who} a séparé une structure : {what}"),
)
