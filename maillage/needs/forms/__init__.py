from maillage.needs.forms.filters import NeedFilters
from maillage.needs.forms.saying import JoinForm, NoteForm, SayForm
from maillage.needs.forms.sorting import GroupForm, PublishForm, SetAsideForm, TakeBackForm, TurnForm

__all__ = [
    "GroupForm",
    "JoinForm",
    "NeedFilters",
    "NoteForm",
    "PublishForm",
    "SayForm",
    "SetAsideForm",
    "TakeBackForm",
    "TurnForm",
]
