from maillage.discussion.models.dialogue import AgendaItem, Dialogue, Participant
from maillage.discussion.models.file import FileVersion, SharedFile
from maillage.discussion.models.received import ReceivedMail
from maillage.discussion.models.thread import Edit, Following, Message, Thread, Version

__all__ = [
    "AgendaItem",
    "Dialogue",
    "Edit",
    "FileVersion",
    "Following",
    "Message",
    "Participant",
    "ReceivedMail",
    "SharedFile",
    "Thread",
    "Version",
]
