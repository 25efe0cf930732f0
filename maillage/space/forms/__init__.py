from maillage.space.forms.attachment import AttachmentForm, NewerAttachmentForm
from maillage.space.forms.claim import ClaimForm, InvitationForm
from maillage.space.forms.freshness import MonthsForm
from maillage.space.forms.message import MessageForm
from maillage.space.forms.missing import MissingActorForm, MissingDecisionForm
from maillage.space.forms.profile import ProfileForm
from maillage.space.forms.sheet import OwnSheetForm
from maillage.space.forms.suggestion import DecisionForm, SuggestionForm

__all__ = [
           "AttachmentForm",
           "ClaimForm",
           "DecisionForm",
           "InvitationForm",
           "MessageForm",
           "MissingActorForm",
           "MissingDecisionForm",
           "MonthsForm",
           "NewerAttachmentForm",
           "OwnSheetForm",
           "ProfileForm",
           "SuggestionForm",
]  # fmt: skip
