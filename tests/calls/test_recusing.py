"""Whoever stays away from an application meets it nowhere: no page, no list, no count, no letter, no file."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from maillage.accounts.models import User
from maillage.calls import actions
from maillage.calls.actions import Asked, Said
from maillage.calls.enums import ApplicationState, Sense
from maillage.calls.models import Application, Recusal
from maillage.calls.queries.office import recusal_sentences
from maillage.grants import actions as grants
from maillage.grants.enums import Outcome
from maillage.grants.models import Decision
from maillage.kernel.management.commands.url_inventory import doors
from maillage.kernel.models import JournalEntry
from maillage.outbox.actions.posting import kind_of
from maillage.outbox.models import Letter
from maillage.outbox.occasions import occasion_of
from tests.calls.drafts import a_ready, sent
from tests.calls.reading import ALL_MET, a_reviewer, handed_in, in_review, recused, user_of
from tests.calls.world import AT, a_call, agent, later
from tests.factories import person
from tests.grants.world import second
from tests.rights.test_rights import OURS

pytestmark = pytest.mark.django_db
CANARY, BASE = "Canari Zwxq", "/gestion/demandes/"


def _told(state: ApplicationState = ApplicationState.OPINION) -> Application:
    """An application with a canary in all that people wrote of it, that went by the verbs as far as this state.

    With an opinion, its award is prepared, by somebody else than those who stay away.
    """
    said: dict[str, Any] = {"title": CANARY, "summary": CANARY, "block__besoin": CANARY}
    application = sent(a_ready(a_call(committee_on=later(5).date()), **said))
    if state == ApplicationState.SUBMITTED:
        return application
    actions.check_admissibility(application=application, points=ALL_MET, by=agent(), at=AT)
    actions.declare_admissible(application=application, by=agent(), at=AT)
    asked = Asked(CANARY, "dehors@exemple.test", CANARY, later(9).date(), ("project",))
    outside = actions.ask_outside(application=application, asked=asked, by=agent(), at=AT)
    actions.answer_outside(opinion=outside, words=CANARY, sense=None, at=AT)
    if state == ApplicationState.OPINION:
        opinion = Said(Sense.RESERVED, AT.date(), CANARY, Decimal(100))
        actions.give_opinion(application=application, said=opinion, by=agent(), at=AT)
        application.refresh_from_db()
        proposed = grants.Proposed(Outcome.GRANTED, Decimal(100))
        grants.prepare_decision(application=application, proposed=proposed, by=second(), at=AT)
    return Application.objects.select_related("call").get(pk=application.pk)


def _addresses(application: Application) -> list[str]:
    """Every address of ours that can be read, about this application wherever it names something."""
    parts = {"reference": application.reference, "slug": application.call.slug, "pk": str(application.pk)}
    call = f"/gestion/subventions/appels/{application.call_id}/"
    found = ["/gestion/", "/moi/", "/recherche/?q=canari", f"/gestion/demandes/?liste=tous&appel={application.call_id}"]
    found += [f"{place}?q=canari" for place in ("/gestion/chercher/", "/annuaire/", "/api/v1/organisations")]
    found += [f"/gestion/demandes/?liste={which}&tri=rang" for which in ("en-instruction", "avis", "tous")]
    found += ["/gestion/demandes/demandes.csv?liste=tous", "/gestion/demandes/demandes.xlsx?liste=tous"]
    found += [call, f"{call}confirmer/", f"/gestion/appels/{application.call_id}/", "/gestion/fil/"]
    found += [f"{call}fiche.{form}" for form in ("ods", "xlsx", "pdf")]
    for door in doors():
        if door.pattern.startswith("/gestion/") and not door.name.startswith(OURS):
            continue
        plain = door.pattern.replace("^", "").replace("$", "").replace("\\", "")
        plain = re.sub(r"\(\?P<(\w+)>(?:\[[^\]]*\]|[^()])*\)", r"<\1>", plain)
        found.append(re.sub(r"<(?:\w+:)?(\w+)>", lambda one: parts.get(one[1], "1"), plain))
    return sorted(set(found))


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    content: bytes = answer.getvalue() if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b" ".join(book.read(name) for name in book.namelist())
    return content.decode(errors="replace")


def _met(user: User, application: Application) -> set[str]:
    """Where this person reads the canary, letters included."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    pages = {address for address in _addresses(application) if CANARY in _text(client, address)}
    letters = Letter.objects.filter(mailbox__user=user)
    told = [(one.kind, kind_of(one.kind).write(occasion_of(one, at=AT))) for one in letters]
    return pages | {kind for kind, content in told if CANARY in str(content)}


@pytest.mark.usefixtures("wagtail_roots")
@pytest.mark.parametrize("state", [ApplicationState.REVIEW, ApplicationState.OPINION])
def test_an_agent_and_a_juror_meet_the_file_nowhere_once_they_stay_away(state: ApplicationState) -> None:
    application = _told(state)
    juror = user_of(a_reviewer(application.call))
    actions.remind_reviewers(at=AT)
    people = {"agent": agent(), "juror": juror}
    before = {name: _met(user, application) for name, user in people.items()}

    for user in people.values():
        recused(application, user)

    assert {name: _met(user, application) for name, user in people.items()} == {"agent": set(), "juror": set()}
    lists = {f"{BASE}?liste=tous&tri=rang", f"{BASE}demandes.csv?liste=tous", f"{BASE}demandes.xlsx?liste=tous"}
    assert lists | {f"{BASE}{application.pk}/"} <= before["agent"]
    place = f"/moi/jury/{application.call.slug}/"
    assert {place, f"{place}{application.reference}/"} <= before["juror"]
    assert (f"/gestion/subventions/appels/{application.call_id}/" in before["agent"]) == (state != "review")


def _counted(user: User, application: Application) -> dict[str, str]:
    """What this person reads on each page that counts applications, its secrets of form left out."""
    client = Client()
    client.force_login(user)
    jury = f"/moi/jury/{application.call.slug}/"
    lists = [f"{BASE}?liste={one}" for one in ("a-examiner", "a-completer", "en-instruction", "avis", "tous")]
    pages = ["/gestion/", "/moi/", "/moi/jury/", jury, *lists, f"{BASE}refus/", "/gestion/subventions/"]
    pages += ["/gestion/appels/?liste=ouverts", f"/gestion/appels/{application.call_id}/"]
    found = {one: re.sub(r"<script.*?</script>|<[^>]*>", " ", _text(client, one), flags=re.DOTALL) for one in pages}
    return {one: " ".join(words.split()) for one, words in found.items()}


@pytest.mark.usefixtures("wagtail_roots")
@pytest.mark.parametrize("state", [ApplicationState.SUBMITTED, ApplicationState.REVIEW, ApplicationState.OPINION])
def test_every_count_is_the_one_of_a_site_without_the_file(state: ApplicationState) -> None:
    application = _told(state)
    people = [agent(), user_of(a_reviewer(application.call))]
    before = [_counted(user, application) for user in people]
    for user in people:
        recused(application, user)
    after = [_counted(user, application) for user in people]

    Decision.objects.filter(application=application).delete()
    Application.objects.filter(pk=application.pk).delete()
    without = [_counted(user, application) for user in people]

    assert before[0] != after[0]
    for kept, told in zip(after, without, strict=True):
        assert {one: words for one, words in kept.items() if words != told[one]} == {}


@pytest.mark.usefixtures("wagtail_roots")
def test_letters_that_wait_say_nothing_any_more_to_whoever_stays_away() -> None:
    application = _told(ApplicationState.REVIEW)
    juror = user_of(a_reviewer(application.call))
    actions.remind_reviewers(at=AT)

    for user in (agent(), juror):
        recused(application, user)

    waiting = Letter.objects.filter(kind="calls.outside_said", mailbox__user=agent())
    assert [kind_of(one.kind).write(occasion_of(one, at=AT)) for one in waiting] == [None]
    assert actions.remind_reviewers(at=later()) == 0


def test_a_recusal_says_why_is_noted_once_and_only_of_who_reads() -> None:
    application = in_review()
    juror = user_of(a_reviewer(application.call))
    for user, reason in ((juror, " "), (person("passant@exemple.test"), "Ma sœur")):
        with pytest.raises(actions.CallRefused):
            actions.recuse(application=application, user=user, reason=reason, by=agent(), at=AT)
    recused(application, juror)

    with pytest.raises(actions.CallRefused, match="déjà noté"):
        recused(application, juror)

    assert Recusal.objects.get().declared_by == agent()


def test_a_colleague_takes_a_recusal_back_with_a_reason_and_never_oneself() -> None:
    application, other = in_review(), agent("autre@exemple.test")
    recused(application, agent())
    row = Recusal.objects.get()
    for by, reason in ((agent(), "Erreur"), (other, " ")):
        with pytest.raises(actions.CallRefused):
            actions.take_back_recusal(recusal=row, reason=reason, by=by, at=AT)

    actions.take_back_recusal(recusal=row, reason="Erreur de dossier", by=other, at=later())

    entry = JournalEntry.objects.get(verb="take_back_recusal")
    assert (entry.note, entry.changes["user"]) == ("Erreur de dossier", [agent().pk, None])
    assert Application.objects.visible_to(agent(), on=AT.date()).filter(pk=application.pk).exists()
    with pytest.raises(actions.CallRefused):
        actions.take_back_recusal(recusal=row, reason="Encore", by=other, at=later())


def test_the_minutes_say_who_left_the_room() -> None:
    application = in_review()
    juror = user_of(a_reviewer(application.call))
    User.objects.filter(pk=juror.pk).update(first_name="Zoé", last_name="Petit")
    recused(application, juror)

    [told] = recusal_sentences([application])
    assert told.startswith(
        "Zoé Petit, personne intéressée à l’affaire, a quitté la salle et n’a pris part ni au débat ni au vote sur"
    )
    assert told.endswith(f"{application.number}.")


def test_a_review_already_handed_in_is_kept_and_counts_no_more() -> None:
    application = in_review()
    review = handed_in(application, 5, 5)

    recused(application, user_of(review.reviewer), by=user_of(review.reviewer))
    said = Said(Sense.FAVOURABLE, AT.date(), "", Decimal(100))
    actions.give_opinion(application=application, said=said, by=agent(), at=AT)

    review.refresh_from_db()
    assert review.sent_at == AT
    assert Application.objects.get(pk=application.pk).state == ApplicationState.OPINION
