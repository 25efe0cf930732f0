"""What the room announces to those above it."""

from __future__ import annotations

from django.dispatch import Signal

# Sent when somebody asked a colleague to take their place, inside the transaction of that act, with `delegation`
# (saved) and `at` (aware moment). Not sent when it ends, whether early or by its date.
delegated = Signal()
