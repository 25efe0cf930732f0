from maillage.calls.models.application import Application, AppliedFile, CoApplicant, DeclaredAid, ForecastLine
from maillage.calls.models.call import Call, CallForm, CallQuestion, Criterion, Piece, Reopening
from maillage.calls.models.outside import OutsideOpinion
from maillage.calls.models.review import AdmissibilityCheck, Completion, Opinion, Recusal, Review, Reviewer, Score
from maillage.calls.models.scheme import Authority, EnvelopeLine, Numbering, Scheme

__all__ = [
    "AdmissibilityCheck",
    "Application",
    "AppliedFile",
    "Authority",
    "Call",
    "CallForm",
    "CallQuestion",
    "CoApplicant",
    "Completion",
    "Criterion",
    "DeclaredAid",
    "EnvelopeLine",
    "ForecastLine",
    "Numbering",
    "Opinion",
    "OutsideOpinion",
    "Piece",
    "Recusal",
    "Reopening",
    "Review",
    "Reviewer",
    "Scheme",
    "Score",
]
