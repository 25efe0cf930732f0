"""Every write of the room.

Words: a *scheme* holds the money of a year on a *line*; a *call* draws on it; an *application* answers a call.
Neighbours: letters are in `notices`, clicks in `clicks`; grants move the state of an application by `move_application`.
"""

from maillage.calls.actions.moving import move_application
from maillage.calls.actions.refusal import CallRefused

__all__ = ["CallRefused", "move_application"]
