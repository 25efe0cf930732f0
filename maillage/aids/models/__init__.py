from maillage.aids.models.advice import AidAdvice
from maillage.aids.models.aid import FIELDS, LABELS, Aid
from maillage.aids.models.reading import Reading
from maillage.aids.models.watch import Watch

__all__ = ["FIELDS", "LABELS", "Aid", "AidAdvice", "Reading", "Watch"]
