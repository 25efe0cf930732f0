from maillage.space.models.claim import Claim
from maillage.space.models.membership import Membership
from maillage.space.models.profile import BudgetBand, Profile

__all__ = ["BudgetBand", "Claim", "Membership", "Profile"]
