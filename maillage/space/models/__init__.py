from maillage.space.models.attachment import Attachment
from maillage.space.models.claim import Claim
from maillage.space.models.freshness import Freshness
from maillage.space.models.membership import Membership
from maillage.space.models.message import RelayedMessage
from maillage.space.models.missing_actor import MissingActor
from maillage.space.models.portrait import Portrait
from maillage.space.models.profile import BudgetBand, Profile
from maillage.space.models.suggestion import Suggestion

__all__ = [
    "Attachment",
    "BudgetBand",
    "Claim",
    "Freshness",
    "Membership",
    "MissingActor",
    "Portrait",
    "Profile",
    "RelayedMessage",
    "Suggestion",
]
