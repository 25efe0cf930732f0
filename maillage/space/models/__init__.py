from maillage.space.models.claim import Claim
from maillage.space.models.membership import Membership

__all__ = ["Claim", "Membership"]
