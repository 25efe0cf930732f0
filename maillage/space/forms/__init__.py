from maillage.space.forms.claim import ClaimForm, InvitationForm
from maillage.space.forms.profile import ProfileForm
from maillage.space.forms.sheet import OwnSheetForm

__all__ = ["ClaimForm", "InvitationForm", "OwnSheetForm", "ProfileForm"]
