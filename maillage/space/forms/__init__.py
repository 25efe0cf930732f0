from maillage.space.forms.attachment import AttachmentForm, NewerAttachmentForm
from maillage.space.forms.claim import ClaimForm, InvitationForm
from maillage.space.forms.freshness import AgreementForm, MonthsForm
from maillage.space.forms.history import GiveBackForm
from maillage.space.forms.message import MessageForm
from maillage.space.forms.missing import MissingActorForm, MissingDecisionForm
from maillage.space.forms.picture import PictureForm, PortraitForm
from maillage.space.forms.profile import ProfileForm
from maillage.space.forms.sheet import OwnSheetForm
from maillage.space.forms.suggestion import DecisionForm, SuggestionForm

__all__ = [
    "AgreementForm",
    "AttachmentForm",
    "ClaimForm",
    "DecisionForm",
    "GiveBackForm",
    "InvitationForm",
    "MessageForm",
    "MissingActorForm",
    "MissingDecisionForm",
    "MonthsForm",
    "NewerAttachmentForm",
    "OwnSheetForm",
    "PictureForm",
    "PortraitForm",
    "ProfileForm",
    "SuggestionForm",
]
