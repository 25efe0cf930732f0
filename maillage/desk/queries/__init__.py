"""What screens read of projects and partners."""

from maillage.desk.queries.aids import SHOWN, aids_for
from maillage.desk.queries.files import Asked, counts, listed, office_file, office_panel, sleeping_partners
from maillage.desk.queries.own import held_parts, of_officer, officer_panel, own_panel, own_project, public_file
from maillage.desk.queries.partners import Proposal, partners, proposals
from maillage.desk.queries.portfolio import PortfolioAsked, meeting_aside, portfolio, portfolio_rows
from maillage.desk.queries.timeline import Moment, diagnosis_rows, timeline

__all__ = [
    "SHOWN",
    "Asked",
    "Moment",
    "PortfolioAsked",
    "Proposal",
    "aids_for",
    "counts",
    "diagnosis_rows",
    "held_parts",
    "listed",
    "meeting_aside",
    "of_officer",
    "office_file",
    "office_panel",
    "officer_panel",
    "own_panel",
    "own_project",
    "partners",
    "portfolio",
    "portfolio_rows",
    "proposals",
    "public_file",
    "sleeping_partners",
    "timeline",
]
