from maillage.outbox.models.caught_letter import CaughtLetter
from maillage.outbox.models.climb import Climb
from maillage.outbox.models.letter import Letter
from maillage.outbox.models.mailbox import Mailbox
from maillage.outbox.models.to_do import ToDo
from maillage.outbox.models.used_link import UsedLink

__all__ = ["CaughtLetter", "Climb", "Letter", "Mailbox", "ToDo", "UsedLink"]
