from maillage.aids.forms.filters import AidFilters, PossibleForm
from maillage.aids.forms.office import AidForm, PushForm, WithdrawForm
from maillage.aids.forms.watching import WatchForm

__all__ = ["AidFilters", "AidForm", "PossibleForm", "PushForm", "WatchForm", "WithdrawForm"]
