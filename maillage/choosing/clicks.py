"""What the links of the room's letters open: a ballot, which one may change until the end, so they live until then."""

from __future__ import annotations

from maillage.choosing.notices import consultation_of
from maillage.kernel.letters import Occasion, Purpose

PAGE = "choosing:vote_by_letter"


def _onward(told: Occasion) -> tuple[tuple[str, str], ...]:
    one = consultation_of(told)
    return (
        (("Les consultations", "/consultations/"),) if one is None else (("La consultation", one.get_absolute_url()),)
    )


# Several uses, on purpose: the voice is used once whatever the number of clicks, since the last ballot replaces the
# others; and spending a link would write in the journal at what moment a secret voter voted.
PURPOSES = (
    Purpose("choosing.vote", days=180, in_place_of=_onward, is_single_use=False, page=PAGE),
    Purpose("choosing.inhabitant", days=180, in_place_of=_onward, is_single_use=False, page=PAGE),
)
