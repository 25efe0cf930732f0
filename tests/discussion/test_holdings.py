"""What the room keeps of people: handed out, forgotten when they leave, purged when its term is over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from maillage.discussion import actions
from maillage.discussion.enums import ThreadKind
from maillage.discussion.mail.addresses import reply_address
from maillage.discussion.models import Edit, FileVersion, Following, Message, ReceivedMail, Version
from maillage.kernel.actions import erase_person, load_values, person_known_as, purge
from tests.discussion.world import AT, circle, document, mail, people, talk

pytestmark = pytest.mark.django_db


def test_whoever_leaves_leaves_their_words_without_their_name() -> None:
    load_values()
    alice, bruno = people("alice", "bruno")
    thread = talk(bruno, text="Bonjour Alice Exemple")
    message = actions.say(thread=thread, text="Oui. Alice Exemple, alice@exemple.test", by=alice, at=AT)
    actions.edit_message(message=message, text="Non. Alice Exemple", seen_at=None, by=alice, at=AT)
    talk(alice, text="Un camion, signé Alice Exemple", kind=ThreadKind.IDEA)
    actions.add_file(circle=circle(), name="Plan", document=document(), by=alice, at=AT)

    erase_person(person=person_known_as(alice.email), by=None, at=AT)

    message.refresh_from_db()
    assert (message.author, message.text) == (None, "Non. [nom retiré]")
    assert message.author_name == "Une personne partie"
    assert Edit.objects.count() == 0
    assert Version.objects.get().text == "Un camion, signé [nom retiré]"
    assert FileVersion.objects.get().added_by is None
    assert not Following.objects.exclude(user=bruno).exists()
    # What others wrote is theirs.
    assert Message.objects.get(author=bruno).text == "Bonjour Alice Exemple"


def test_the_trace_of_an_e_mail_is_purged_and_its_message_stays() -> None:
    load_values()
    alice, bruno = people("alice", "bruno")
    thread = talk(bruno)
    to = reply_address(thread_id=thread.pk, user_id=alice.pk, until=AT.date())
    assert actions.take_mail(message=mail(to), at=AT) is not None
    purge(at=AT + timedelta(days=100))
    assert ReceivedMail.objects.count() == 1
    purge(at=AT + timedelta(days=200))
    assert ReceivedMail.objects.count() == 0
    assert Message.objects.filter(author=alice).count() == 1
