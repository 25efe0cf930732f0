from maillage.choosing.models.ballot import Ballot, PaperBallot
from maillage.choosing.models.consultation import Consultation, Option
from maillage.choosing.models.decision import CollegeFollowing
from maillage.choosing.models.elector import College, Elector

__all__ = ["Ballot", "College", "CollegeFollowing", "Consultation", "Elector", "Option", "PaperBallot"]
