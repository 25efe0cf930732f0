from maillage.accounts.models.delegation import Delegation
from maillage.accounts.models.mandate import Mandate
from maillage.accounts.models.user import User

__all__ = ["Delegation", "Mandate", "User"]
