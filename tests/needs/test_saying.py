"""Say a need, join one, confirm one's address, stop hearing of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from maillage.kernel.actions import erase_person, load_values, person_known_as, purge
from maillage.kernel.models import JournalEntry
from maillage.needs import actions
from maillage.needs.enums import Audience, Channel, Reading
from maillage.needs.models import Need, Voice
from maillage.outbox.models import Letter
from maillage.space import actions as space
from maillage.space.enums import Part
from tests.factories import organisation, person, small_territory
from tests.needs.world import AT, CHLOE, NAVETTE, agent, joined, later, posted, published, said, town

pytestmark = pytest.mark.django_db


def test_a_need_waits_to_be_read_and_its_address_to_be_confirmed() -> None:
    small_territory()
    need = said(f"  {NAVETTE}\r\n ", email=" Chloe@Exemple.test ", is_confirmed=False, commune=town(),
                audience=Audience.WITHOUT_CAR)  # fmt: skip
    assert (need.words, need.reading, need.place, need.channel) == (NAVETTE, Reading.NEW, "Péronne", Channel.WEB)
    voice = need.voices.get()
    assert (voice.email, voice.is_author, voice.confirmed_at) == (CHLOE, True, None)
    assert posted("needs.confirm") == [(CHLOE, "pending")]
    assert NAVETTE not in str(JournalEntry.objects.values())
    assert CHLOE not in str(JournalEntry.objects.values())


def test_without_an_address_nobody_is_written_to() -> None:
    need = said()
    assert need.place == "partout"
    assert (need.voices.get().email, Letter.objects.count()) == ("", 0)


def test_an_account_is_known_already() -> None:
    alice = person("alice@exemple.test")
    need = said(user=alice)
    voice = need.voices.get()
    assert (voice.user, voice.email, voice.confirmed_at) == (alice, "", AT)
    assert posted("needs.confirm") == []


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"words": "   "}, "words"),
        ({"words": "a" * 501}, "words"),
        ({"words": NAVETTE, "channel": Channel.PHONE}, "has_consent"),
        ({"words": NAVETTE, "email": "chloe"}, "email"),
        ({"words": NAVETTE, "email": '"a b"@exemple.test'}, "email"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field_and_nothing_is_written(facts: dict[str, Any], field: str) -> None:
    with pytest.raises(actions.NeedRefused) as refusal:
        actions.say_need(at=AT, **facts)
    assert (refusal.value.field, Need.objects.count(), Letter.objects.count()) == (field, 0, 0)


def test_whoever_notes_for_another_leaves_a_trace_of_the_agreement() -> None:
    bruno = agent()
    need = said(channel=Channel.PHONE, noted_by=bruno, has_consent=True, email=CHLOE, is_confirmed=False)
    assert (need.consent_at, need.consent_by) == (AT, bruno)
    assert posted("needs.confirm") == [(CHLOE, "pending")]
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(consent_at=None)


def test_one_speaks_for_ones_own_organisation_only() -> None:
    one = organisation("Atelier du Port")
    alice = space.admit(organisation=one, email="alice@exemple.test", part=Part.MANAGER, by=None, at=AT).user
    assert said(user=alice, organisation=one).organisation == one
    for stranger in (None, person("bob@exemple.test")):
        with pytest.raises(actions.NeedRefused, match="cette structure"):
            actions.say_need(words=NAVETTE, user=stranger, organisation=one, at=AT)


def people_of(need: Need) -> int:
    return int(Need.objects.with_people().get(pk=need.pk).people)


def test_joining_counts_once_confirmed_and_twice_is_one_voice() -> None:
    need = published()
    first = actions.join_need(need=need, email=CHLOE, at=AT)
    again = actions.join_need(need=need, email=" CHLOE@exemple.test", at=later())
    assert first == again
    assert len(posted("needs.confirm")) == 2
    assert people_of(need) == 1
    actions.confirm_need(voice=first, at=later())
    assert actions.confirm_need(voice=first, at=later(2)).confirmed_at == later()
    assert people_of(need) == 2
    alice = person("alice@exemple.test")
    assert actions.join_need(need=need, user=alice, at=AT) == actions.join_need(need=need, user=alice, at=AT)
    assert people_of(need) == 3


def test_one_does_not_join_what_is_not_published_nor_without_an_address() -> None:
    with pytest.raises(actions.NeedRefused, match="n’est pas publié"):
        actions.join_need(need=said(), email=CHLOE, at=AT)
    need = published()
    with pytest.raises(actions.NeedRefused, match="adresse") as refusal:
        actions.join_need(need=need, at=AT)
    assert refusal.value.field == "email"
    with pytest.raises(actions.NeedRefused):
        actions.join_need(need=need, email="chloe", at=AT)
    assert Voice.objects.count() == 2


def test_an_address_that_nobody_confirms_is_forgotten_and_the_need_stays() -> None:
    need = published(email=CHLOE, is_confirmed=False)
    actions.join_need(need=need, email="bob@exemple.test", at=AT)
    joined(need, "lina@exemple.test")
    assert actions.forget_unconfirmed(at=AT + timedelta(days=15)) == 0
    assert actions.forget_unconfirmed(at=AT + timedelta(days=16)) == 2
    assert sorted(need.voices.values_list("email", "is_author")) == [("", True), ("lina@exemple.test", False)]
    author = need.voices.get(is_author=True)
    with pytest.raises(actions.NeedRefused, match="plus là"):
        actions.confirm_need(voice=author, at=later(20))


def test_whoever_leaves_takes_their_words_and_address_and_the_public_words_stay() -> None:
    load_values()
    need = said("Ma voisine, madame Zut, ne peut plus conduire.", email=CHLOE)
    actions.publish_need(need=need, words="Conduire quand on ne peut plus.", by=agent(), at=AT)
    erase_person(person=person_known_as(CHLOE), by=None, at=AT)
    need.refresh_from_db()
    assert (need.words, need.public_words) == ("", "Conduire quand on ne peut plus.")
    assert need.voices.get().email == ""
    assert Need.objects.with_people().get(pk=need.pk).people == 1


def test_the_raw_words_are_forgotten_a_year_after_they_were_read_and_addresses_after_three() -> None:
    load_values()
    need = published(email=CHLOE)
    purge(at=AT + timedelta(days=300))
    need.refresh_from_db()
    assert need.words == NAVETTE
    purge(at=AT + timedelta(days=400))
    need.refresh_from_db()
    assert (need.words, need.public_words, need.voices.get().email) == ("", NAVETTE, CHLOE)
    purge(at=AT + timedelta(days=1_200))
    assert need.voices.get().email == ""
