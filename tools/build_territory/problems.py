from __future__ import annotations


class BuildError(Exception):
    """The territory cannot be built; the message is a French sentence for the person at the keyboard."""
