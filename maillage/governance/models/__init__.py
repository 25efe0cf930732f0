from maillage.governance.models.body import Body, College
from maillage.governance.models.decision import Action, Decision
from maillage.governance.models.invitation import Invitation
from maillage.governance.models.meeting import AgendaItem, Attendance, DateAnswer, DateOption, Meeting
from maillage.governance.models.member import JoinRequest, Member

__all__ = [
    "Action",
    "AgendaItem",
    "Attendance",
    "Body",
    "College",
    "DateAnswer",
    "DateOption",
    "Decision",
    "Invitation",
    "JoinRequest",
    "Meeting",
    "Member",
]
