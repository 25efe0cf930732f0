from maillage.discussion.forms.dialogues import AgendaForm, DialogueForm, OutcomeForm, ParticipantForm
from maillage.discussion.forms.files import FileForm, NewerFileForm
from maillage.discussion.forms.threads import AmendForm, EditForm, HideForm, MessageForm, ThreadForm

__all__ = [
    "AgendaForm",
    "AmendForm",
    "DialogueForm",
    "EditForm",
    "FileForm",
    "HideForm",
    "MessageForm",
    "NewerFileForm",
    "OutcomeForm",
    "ParticipantForm",
    "ThreadForm",
]
