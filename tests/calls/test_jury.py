"""The jury's own pages."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.calls.enums import ApplicationState as S
from maillage.calls.models import Call, Recusal, Review, Reviewer
from maillage.calls.queries.jury import jury_panel
from tests.calls.reading import a_reviewer, handed_in, in_review, user_of
from tests.calls.world import a_call, an_application
from tests.factories import person

pytestmark = pytest.mark.django_db
BASE = "/moi/jury/"


def _in(client: Client, *, pledged: bool = True, call: Call | None = None) -> Reviewer:
    reviewer = a_reviewer(call or a_call(), pledged=pledged)
    client.force_login(user_of(reviewer))
    return reviewer


def _page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def _marks(call: Call, *points: str, comment: str = "Parce que.") -> dict[str, str]:
    rows = list(zip(call.criteria.order_by("position"), points, strict=True))
    told = {f"points-{one.pk}": given for one, given in rows} | {f"comment-{one.pk}": comment for one, _ in rows}
    return told | {"words": "Bien."}


def test_before_the_promise_titles_and_names_only(client: Client) -> None:
    reviewer = _in(client, pledged=False)
    application = in_review(reviewer.call, summary="Un résumé secret.")
    path = f"{BASE}{reviewer.call.slug}/"

    page = _page(client, path)

    assert application.title in page
    assert application.organisation.name in page
    assert "résumé secret" not in page
    assert client.get(f"{path}{application.reference}/").status_code == 404
    assert [client.post(path, typed).status_code for typed in ({}, {"agrees": "on"})] == [422, 302]
    assert "résumé secret" in _page(client, f"{path}{application.reference}/")


def test_somebody_else_has_no_jury(client: Client) -> None:
    reviewer = a_reviewer(a_call())
    application = in_review(reviewer.call)
    client.force_login(person("passant@exemple.test"))
    assert "aucun jury" in _page(client, BASE)
    for path in (f"{BASE}{reviewer.call.slug}/", f"{BASE}{reviewer.call.slug}/{application.reference}/"):
        assert client.get(path).status_code == 404


def test_a_draft_is_kept_then_the_review_is_handed_in(client: Client) -> None:
    reviewer = _in(client)
    application = in_review(reviewer.call)
    path = f"{BASE}{reviewer.call.slug}/{application.reference}/"

    kept = client.post(path, _marks(reviewer.call, "4", "") | {"keep": "1"}).status_code
    refused = client.post(path, _marks(reviewer.call, "4", "") | {"hand_in": "1"})
    extreme = client.post(path, _marks(reviewer.call, "5", "4", comment="") | {"hand_in": "1"})
    done = client.post(path, _marks(reviewer.call, "5", "4") | {"hand_in": "1"}).status_code

    assert (kept, refused.status_code, extreme.status_code, done) == (302, 422, 422, 302)
    assert "pour chaque critère" in refused.content.decode()
    assert "obligatoire sous 2" in extreme.content.decode()
    assert Review.objects.get().sent_at is not None
    assert "92,00 sur 100" in _page(client, path)


def test_others_are_read_after_one_s_own_review_only(client: Client) -> None:
    reviewer = _in(client)
    application = in_review(reviewer.call)
    for _ in range(2):
        handed_in(application, 3, 3)
    path = f"{BASE}{reviewer.call.slug}/{application.reference}/"
    before = _page(client, path)

    handed_in(application, 5, 5, by=user_of(reviewer))

    after = _page(client, path)
    assert "Moyenne" not in before
    assert "60,00" not in before
    assert "73,33 sur 100" in after


def test_staying_away_hides_the_file_at_once(client: Client) -> None:
    reviewer = _in(client, pledged=False)
    application = in_review(reviewer.call)
    path = f"{BASE}{reviewer.call.slug}/"
    assert application.title in _page(client, f"{path}{application.reference}/deport/")

    answers = [
        client.post(f"{path}{application.reference}/deport/", {"reason": reason}).status_code
        for reason in ("", "Ma sœur y travaille")
    ]

    assert answers == [422, 302]
    assert application.title not in _page(client, path)
    assert client.get(f"{path}{application.reference}/deport/").status_code == 404
    assert Recusal.objects.get().declared_by == reviewer.user


def test_a_file_that_is_not_to_judge_any_more_is_read_without_its_grid(client: Client) -> None:
    reviewer = _in(client)
    application = in_review(reviewer.call)
    path = f"{BASE}{reviewer.call.slug}/{application.reference}/"
    type(application).objects.filter(pk=application.pk).update(state=S.OPINION)

    assert "ne se note plus" in _page(client, path)
    assert client.post(path, _marks(reviewer.call, "3", "3") | {"hand_in": "1"}).status_code == 422
    assert an_application().reference not in _page(client, f"{BASE}{reviewer.call.slug}/")


def test_a_longer_list_asks_no_more(client: Client) -> None:
    reviewer = _in(client)
    counts = []
    for number in (1, 3):
        for _ in range(number):
            in_review(reviewer.call)
        with CaptureQueriesContext(connection) as asked:
            _page(client, f"{BASE}{reviewer.call.slug}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_my_space_says_what_is_left_to_judge(client: Client) -> None:
    reviewer = _in(client)
    in_review(reviewer.call)
    away = in_review(reviewer.call)
    Recusal.objects.create(application=away, user=reviewer.user, reason="Ma sœur", declared_at=reviewer.named_at)

    panel = jury_panel(user_of(reviewer))

    assert panel is not None
    assert [one.waiting for one in panel["juries"]] == [1]
    assert "1 dossier à noter" in _page(client, "/moi/").replace("\u00a0", " ")
    assert jury_panel(person("passant@exemple.test")) is None


def test_a_juror_takes_a_review_back_from_its_page(client: Client) -> None:
    reviewer = _in(client)
    application = in_review(reviewer.call)
    handed_in(application, 5, 5, by=user_of(reviewer))
    path = f"{BASE}{reviewer.call.slug}/{application.reference}/"
    assert "Reprendre mon avis" in _page(client, path)

    assert client.post(f"{path}reprendre/").status_code == 302

    told = _page(client, path)
    assert "Reprendre mon avis" not in told
    assert "Rendre mon avis" in told
    assert Review.objects.get().sent_at is None
    client.post(f"{path}reprendre/")
    assert "vous pouvez le changer" in _page(client, path)
