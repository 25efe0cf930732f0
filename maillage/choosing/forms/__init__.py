from maillage.choosing.forms.ballot import BallotForm
from maillage.choosing.forms.stranger import AskForm, ReceiptForm

__all__ = ["AskForm", "BallotForm", "ReceiptForm"]
