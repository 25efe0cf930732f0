from maillage.desk.models.following import Check, Diagnosis, Interview, Note, Recommendation
from maillage.desk.models.people import Contact, Effort, Involvement
from maillage.desk.models.project import LONGEST, Draft, Passage, Project
from maillage.desk.models.referral import Partner, Referral

__all__ = [
    "LONGEST",
    "Check",
    "Contact",
    "Diagnosis",
    "Draft",
    "Effort",
    "Interview",
    "Involvement",
    "Note",
    "Partner",
    "Passage",
    "Project",
    "Recommendation",
    "Referral",
]
