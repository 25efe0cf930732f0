from maillage.directory.models.duplicate import DuplicatePair
from maillage.directory.models.establishment import Establishment
from maillage.directory.models.flag import Flag
from maillage.directory.models.import_run import ColumnMapping, ImportedKey, ImportRun
from maillage.directory.models.organisation import Organisation
from maillage.directory.models.qualification import Qualification
from maillage.directory.models.redirect import FormerSlug
from maillage.directory.models.term import Term

__all__ = [
    "ColumnMapping",
    "DuplicatePair",
    "Establishment",
    "Flag",
    "FormerSlug",
    "ImportRun",
    "ImportedKey",
    "Organisation",
    "Qualification",
    "Term",
]
