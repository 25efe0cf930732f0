from maillage.needs.models.need import LONGEST, Need
from maillage.needs.models.theme import Theme, Turn
from maillage.needs.models.voice import Voice

__all__ = ["LONGEST", "Need", "Theme", "Turn", "Voice"]
