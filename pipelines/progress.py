"""How a long pipeline tells where it is: a step, and the share of it that is done."""

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """Steps in the order they happen; French words for them live with the screens."""

    DOWNLOAD = "download"
    CHECK = "check"
    UNITS = "units"
    ESTABLISHMENTS = "establishments"
    PUBLISH = "publish"
    CUT = "cut"


# Called in the caller's own thread, about twice a second; the share goes from 0 to 1, None when unknown.
Progress = Callable[[Step, float | None], None]


def quiet(_step: Step, _share: float | None) -> None:
    """Say nothing."""
