from maillage.space.models.claim import Claim
from maillage.space.models.freshness import Freshness
from maillage.space.models.membership import Membership
from maillage.space.models.message import RelayedMessage
from maillage.space.models.suggestion import Suggestion

__all__ = ["Claim", "Freshness", "Membership", "RelayedMessage", "Suggestion"]
