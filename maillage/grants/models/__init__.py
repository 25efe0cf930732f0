from maillage.grants.models.agreement import Agreement, Instalment, Report, ReportLine
from maillage.grants.models.decision import Decision
from maillage.grants.models.undertaking import DeMinimisAid, Undertaking, UndertakingMember

__all__ = [
    "Agreement",
    "DeMinimisAid",
    "Decision",
    "Instalment",
    "Report",
    "ReportLine",
    "Undertaking",
    "UndertakingMember",
]
