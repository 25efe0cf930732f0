"""Figures as French readers expect them in a message: `1 234`, `12 %`, with spaces that do not break."""


def whole(number: int) -> str:
    """Write an integer with narrow spaces between thousands."""
    return f"{number:,}".replace(",", "\u202f")


def percent(share: float) -> str:
    """Write a share (0 to 1) as a rounded percentage."""
    return f"{share * 100:.0f}\u00a0%"
