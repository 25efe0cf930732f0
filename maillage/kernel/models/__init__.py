from maillage.kernel.models.dated_value import DatedValue
from maillage.kernel.models.erasure import Erasure
from maillage.kernel.models.journal import JournalEntry, JournalIsAppendOnly, JournalSeal
from maillage.kernel.models.sent_form import SentForm
from maillage.kernel.models.source import HUMAN_KINDS, Source

__all__ = [
    "HUMAN_KINDS",
    "DatedValue",
    "Erasure",
    "JournalEntry",
    "JournalIsAppendOnly",
    "JournalSeal",
    "SentForm",
    "Source",
]
