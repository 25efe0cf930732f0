"""The example world of the room: a closed and decided consultation of forty ballots, six of them on paper; one open.

Through the verbs, with example people and organisations only; every text says that it is an example.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

from django.utils import timezone

from maillage.accounts.actions import give_mandate, open_account
from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.choosing import actions, receipts
from maillage.choosing.enums import Followed, Method, VoiceKind
from maillage.choosing.models import Consultation
from maillage.directory.models import Organisation
from maillage.kernel.registry import electorates
from maillage.space.actions import admit
from maillage.space.enums import Part
from maillage.space.models import Membership

EXAMPLE = "(donnée d’exemple)"
HOLDER = "nadia@exemple.maillage.test"
VOICES, PAPERS, INHABITANTS, BALLOTS = 24, 6, 12, 40
THEMES = (
    ("Réparer et réemployer", "Ateliers, ressourceries, matériauthèques."),
    ("Se déplacer sans voiture seule", "Garages solidaires, covoiturage, vélos."),
    ("Bien manger, près d’ici", "Jardins, épiceries, cantines."),
    ("Rompre l’isolement", "Cafés associatifs, visites, entraide."),
    ("Travailler autrement", "Insertion, coopératives, tiers-lieux."),
)
LIKES = ((3, 0, 2, 0, 0), (2, 1, 0, 2, 0), (0, 3, 0, 2, 0), (1, 0, 2, 0, 2), (0, 4, 0, 1, 0), (5, 0, 0, 0, 0))


def plant_consultations(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Once; nothing where the example people and sheets are missing."""
    people = {user.first_name: user for user in User.objects.filter(is_example=True)}
    if not {"Bruno", "Agnès"} <= people.keys() or Consultation.objects.exists():
        return {}
    bruno, agnes = people["Bruno"], people["Agnès"]
    held = _hold_sheets(bruno, at - timedelta(days=90))
    if held < 20:
        return {}
    _give_past_mandates(people, bruno, at)
    ballots = _decided(bruno, agnes, at)
    _open(bruno, at)
    say(f"  Une consultation décidée ({ballots} bulletins, dont {PAPERS} sur papier) et une ouverte.")
    return {"consultations d’exemple": 2, "bulletins d’exemple": ballots}


def _hold_sheets(by: User, at: datetime) -> int:
    """One example person holds enough example sheets for a vote of organisations; how many sheets are held."""
    if not User.objects.filter(email=HOLDER).exists():
        open_account(
            email=HOLDER, first_name="Nadia", last_name="(plusieurs structures)", is_example=True, by=by, at=at
        )
    free = Organisation.objects.published().filter(
        is_example=True, memberships=None, closed_date=None, is_partner=False
    )
    # The first examples are what other rooms plant their stories on.
    for one in free.order_by("-pk")[:VOICES]:
        admit(organisation=one, email=HOLDER, part=Part.MANAGER, by=by, at=at)
    return Membership.objects.filter(organisation__is_example=True).values("organisation").distinct().count()


def _give_past_mandates(people: dict[str, User], by: User, at: datetime) -> None:
    """The example people hold their mandates since today: those who voted then held some before."""
    began, ended = (timezone.localdate(at) - timedelta(days=days) for days in (400, 1))
    held = (("Édith", Role.ELECTED_MEMBER), ("Maud", Role.ELECTED_MEMBER), ("Colette", Role.PARTNER_ADVISER))
    for name, role in held:
        if name in people:
            give_mandate(user=people[name], role=role, start_date=began, end_date=ended, by=by, at=at)


def _hour(at: datetime, days: int, hour: time) -> datetime:
    """As people choose it: a full hour of Paris, so many days from now."""
    return timezone.make_aware(datetime.combine(timezone.localdate(at) + timedelta(days=days), hour))


def _draft(by: User, at: datetime, question: str, opens: int, closes: int, **facts: object) -> Consultation:
    what = actions.Draft(
        question=question, options=THEMES,
        opens_at=_hour(at, opens, time(9)), closes_at=_hour(at, closes, time(18)),
        electorates=tuple(key for key in electorates() if key.startswith("choosing.")), **facts,  # type: ignore[arg-type]
    )  # fmt: skip
    then = at + timedelta(days=opens - 5)
    made = actions.draft(what=what, by=by, at=then, is_example=True)
    return actions.open_consultation(consultation=made, by=by, at=then + timedelta(hours=1))


def _decided(bruno: User, agnes: User, at: datetime) -> int:
    one = _draft(
        bruno, at, "Quels thèmes soutenir en premier par le prochain appel à projets ?", -40, -20, method=Method.DOTS,
        dots=5, paper_until=_hour(at, -17, time(12)),
        explanation=f"Chaque voix répartit cinq points. Le comité lit le résultat collège par collège. {EXAMPLE}",
    )  # fmt: skip
    moment = at - timedelta(days=30)
    number = sum(1 for _ in _vote(one, moment))
    college = one.colleges.get(is_open=True)
    for sheet in range(1, PAPERS + 1):
        for by in (bruno, agnes):
            actions.type_paper(
                consultation=one, sheet=f"M-{sheet:02d}", college=college, elector=None, content=_dots(4, "ABCDE"),
                by=by, at=at - timedelta(days=19),
            )  # fmt: skip
    one = actions.close(consultation=one, by=bruno, at=at - timedelta(days=18))
    assert one.result is not None
    voted = {key for key, part in one.result["tally"]["colleges"].items() if part["ballots"]}
    differ = set(one.result["tally"]["differ"])
    told = {
        key: (Followed.PART, f"Son premier thème est gardé comme deuxième priorité {EXAMPLE}.")
        if key in differ else (Followed.YES, "")
        for key in sorted(voted)
    }  # fmt: skip
    actions.decide(
        consultation=one, followings=told, by=bruno, at=at - timedelta(days=10), chosen=("A", "B"),
        decision="Le comité retient d’abord « Réparer et réemployer », que l’ensemble des voix met en tête, puis « Se "
        f"déplacer sans voiture seule », que les habitantes et habitants demandent. {EXAMPLE}",
    )  # fmt: skip
    return number + PAPERS


def _vote(one: Consultation, moment: datetime) -> Iterator[None]:
    """Thirty-four ballots on line: the voices of the lists, then inhabitants until there are enough."""
    listed = list(one.electors.select_related("user").order_by("-kind", "pk"))[: BALLOTS - PAPERS - INHABITANTS // 2]
    for rank, voice in enumerate(listed):
        liking = 0 if voice.kind == VoiceKind.ORGANISATION and rank % 3 else 1
        actions.cast(
            elector=voice, content=_dots(liking, "ABCDE"), code=receipts.draw_code(), by=voice.user,
            clock=lambda: moment,
        )  # fmt: skip
        yield
    for rank in range(BALLOTS - PAPERS - len(listed)):
        actions.cast_by_address(
            consultation=one, address=f"habitant{rank + 1}@exemple.maillage.test", content=_dots(2 + rank % 3, "ABCDE"),
            code=receipts.draw_code(), clock=lambda: moment,
        )  # fmt: skip
        yield


def _dots(rank: int, letters: str) -> dict[str, dict[str, int]]:
    return {"dots": {letter: number for letter, number in zip(letters, LIKES[rank], strict=True) if number}}


def _open(bruno: User, at: datetime) -> None:
    one = _draft(
        bruno, at, "Dans quel ordre visiter les ateliers au printemps ?", -3, 18, method=Method.RANKING,
        explanation=f"Classez les thèmes\u00a0: la première visite suivra. {EXAMPLE}",
    )  # fmt: skip
    for rank, order in enumerate(("BAC", "ABD", "BDA", "CAB")):
        actions.cast_by_address(
            consultation=one, address=f"habitant{rank + 1}@exemple.maillage.test", content={"ranking": list(order)},
            code=receipts.draw_code(), clock=lambda: at - timedelta(days=1),
        )  # fmt: skip
