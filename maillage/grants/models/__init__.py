from maillage.grants.models.agreement import Agreement, Instalment, Report, ReportLine
from maillage.grants.models.cancellation import Cancellation
from maillage.grants.models.decision import Decision
from maillage.grants.models.file import GrantFile
from maillage.grants.models.reduction import Reduction
from maillage.grants.models.undertaking import DeMinimisAid, Undertaking, UndertakingMember

__all__ = [
    "Agreement",
    "Cancellation",
    "DeMinimisAid",
    "Decision",
    "GrantFile",
    "Instalment",
    "Reduction",
    "Report",
    "ReportLine",
    "Undertaking",
    "UndertakingMember",
]
