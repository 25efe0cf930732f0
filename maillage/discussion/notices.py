"""The letters of the room. What was said is read when the letter is written, never kept in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from maillage.accounts.models import User
from maillage.discussion import phrases, rules, terms
from maillage.discussion.mail.addresses import reply_address
from maillage.discussion.models import Following, Message, Thread
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace, Subject
from maillage.kernel.registry import Circle, circle_of
from ui.french import plural

TALK = Subject("discussion", "Les échanges que vous suivez")
MOST, LONGEST = 10, 1_500


def _reader(told: Occasion) -> User | None:
    return User.objects.filter(pk=told.user_id or 0, is_active=True).first()


def _open_to(told: Occasion) -> tuple[Thread, Circle, User] | None:
    """The thread, its circle and the reader, while the reader may still read it."""
    thread, reader = Thread.objects.filter(pk=told.object_id or 0).first(), _reader(told)
    circle = circle_of(thread.circle) if thread else None
    if thread is None or reader is None or circle is None or not rules.may_read(reader, circle):
        return None
    return thread, circle, reader


def _content(
    title: str, circle: str, said: Iterable[tuple[str, str]], path: str, *, address: str, is_followed: bool = True
) -> Content:
    """said: (who, what), the earliest first."""
    lines = tuple(f"{who} : {_short(text)}" for who, text in said)
    how = "Répondez en écrivant à l’adresse dite plus bas, ou sur le site." if address else "Répondez sur le site."
    unfollow = (Button("Ne plus suivre ce fil", purpose="discussion.unfollow"),) if is_followed else ()
    return Content(
        title=title,
        sentences=(f"Cela se passe dans « {circle} ». {how}", *lines),
        buttons=(Button("Lire et répondre sur le site", path=path), *unfollow),
        facts=(("Pour répondre par courriel", address),) if address else (),
        reply_to=address,
    )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]}… (la suite est sur le site)"


def _address(thread: Thread, circle: Circle, reader: User, told: Occasion) -> str:
    if not rules.may_write_in(reader, circle, thread):
        return ""
    today = timezone.localdate(told.at)
    until = today + timedelta(days=terms.reply_days(today))
    return reply_address(thread_id=thread.pk, user_id=reader.pk, until=until)


def _write_thread(told: Occasion) -> Content | None:
    found = _open_to(told)
    if found is None:
        return None
    thread, circle, reader = found
    first = (
        thread.versions.select_related("by").order_by("number").first() if thread.is_idea
        else thread.messages.filter(hidden_at=None).select_related("author").order_by("pk").first()
    )  # fmt: skip
    if first is None:
        return None
    what = "Nouvelle idée" if thread.is_idea else "Nouveau fil"
    return _content(
        f"{what} : {thread.title}", circle.title, [(thread.opener_name, first.text)], thread.get_absolute_url(),
        address=_address(thread, circle, reader, told), is_followed=False,
    )  # fmt: skip


def _follows(thread: Thread, reader: User) -> bool:
    return Following.objects.filter(thread=thread, user=reader, is_on=True).exists()


def _write_message(told: Occasion) -> Content | None:
    found = _open_to(told)
    if found is None or not _follows(found[0], found[2]):
        return None
    thread, circle, reader = found
    rows = thread.messages.filter(pk__gte=told.facts["since"], hidden_at=None).exclude(author=reader)
    said = [(one.author_name, one.text) for one in rows.select_related("author").order_by("pk")[:MOST]]
    if not said:
        return None
    count = rows.count()
    title = f"{plural(count, 'nouveau message', 'nouveaux messages')} : {thread.title}"
    address = _address(thread, circle, reader, told)
    return _content(title, circle.title, said, thread.get_absolute_url(), address=address)


def _write_version(told: Occasion) -> Content | None:
    found = _open_to(told)
    if found is None or not _follows(found[0], found[2]):
        return None
    thread, circle, reader = found
    rows = thread.versions.filter(number__gte=told.facts["since"]).exclude(by=reader)
    said = [
        (one.by_name, f"{one.why or 'sans dire pourquoi'} (version {one.number})")
        for one in rows.select_related("by").order_by("number")[:MOST]
    ]
    if not said:
        return None
    address = _address(thread, circle, reader, told)
    return _content(f"Idée amendée : {thread.title}", circle.title, said, thread.get_absolute_url(), address=address)


def _hidden(title: str, reason: str, path: str) -> Content:
    return Content(
        title="Votre message a été masqué",
        sentences=(
            f"La personne qui anime ce cercle a masqué un de vos messages du fil « {title} ».",
            f"Elle dit pourquoi : {reason}",
            "Les autres membres ne le lisent plus. Vous pouvez en écrire un autre, ou en parler avec elle.",
        ),
        buttons=(Button("Revoir le fil", path=path),),
    )


def _write_hidden(told: Occasion) -> Content | None:
    message = Message.objects.select_related("thread").filter(pk=told.object_id or 0).first()
    if message is None or message.hidden_at is None:
        return None
    return _hidden(message.thread.title, str(told.facts["reason"]), message.thread.get_absolute_url())


def _refused(trouble: str, path: str) -> Content:
    is_doubtful = trouble == "other_sender"  # perhaps a stranger's: its reader wrote nothing
    own = "S’il est de vous, ce" if is_doubtful else "Ce"
    return Content(
        title="Un courriel n’a pas été publié" if is_doubtful else "Votre réponse n’a pas été publiée",
        sentences=(
            "Un courriel nous est arrivé en réponse à une de nos lettres, et rien n’en a été publié.",
            phrases.MAIL_TROUBLES[trouble],
            f"{own} que vous avez écrit est resté dans votre boîte : vous pouvez le recopier sur le site.",
        ),
        buttons=(Button("Répondre sur le site", path=path),),
    )


def _write_refused(told: Occasion) -> Content:
    thread = Thread.objects.filter(pk=told.facts.get("thread") or 0).first()
    path = thread.get_absolute_url() if thread else reverse("own:home")
    return _refused(str(told.facts["trouble"]), path)


def _files_left(names: Iterable[str], title: str, path: str) -> Content:
    return Content(
        title="Votre réponse est publiée, sans tous ses fichiers",
        sentences=(
            f"Votre réponse est dans le fil « {title} ».",
            f"Nous n’avons pas pu garder : {phrases.quoted(names)}.",
            "Nous prenons les PDF, les photos et les documents Word, Excel ou LibreOffice récents, sans mot de passe.",
            "Chacun pèse 10 Mo au plus, et nous en prenons cinq par courriel.",
        ),
        buttons=(Button("Déposer un fichier sur le site", path=path),),
    )


def _write_files_left(told: Occasion) -> Content | None:
    thread = Thread.objects.filter(pk=told.object_id or 0).first()
    if thread is None:
        return None
    path = reverse("discussion:files", args=[thread.circle])
    return _files_left(told.facts["names"], thread.title, path)


_EXAMPLE = "Comment mieux se croiser ? (exemple)"
_SAMPLE_ADDRESS = "fil+12-7-20780-exemple@reponses.exemple.test"
_SAID = [("Alice (exemple)", "Et si nous commencions par une visite ?"), ("Rachid (exemple)", "D’accord, en mars.")]
LETTERS = (
    LetterKind("discussion.thread", "Nouveau fil dans un cercle", _write_thread,
               lambda: _content(f"Nouveau fil : {_EXAMPLE}", "Dialogue d’exemple", _SAID[:1], "/",
                                address=_SAMPLE_ADDRESS, is_followed=False),
               subject=TALK, valid_for=timedelta(days=14)),
    LetterKind("discussion.message", "Nouveaux messages d’un fil suivi", _write_message,
               lambda: _content(f"2 nouveaux messages : {_EXAMPLE}", "Dialogue d’exemple", _SAID, "/",
                                address=_SAMPLE_ADDRESS),
               subject=TALK, valid_for=timedelta(days=14)),
    LetterKind("discussion.version", "Idée amendée", _write_version,
               lambda: _content("Idée amendée : un camion partagé (exemple)", "Dialogue d’exemple",
                                [("Alice (exemple)", "Ajoute le coût (version 2)")], "/", address=_SAMPLE_ADDRESS),
               subject=TALK, valid_for=timedelta(days=14)),
    LetterKind("discussion.hidden", "Message masqué", _write_hidden,
               lambda: _hidden(_EXAMPLE, "Il parle d’une personne absente.", "/"), pace=Pace.ALONE),
    LetterKind("discussion.mail_refused", "Réponse par courriel pas publiée", _write_refused,
               lambda: _refused("expired", "/"), pace=Pace.ALONE),
    LetterKind("discussion.files_left", "Fichiers d’une réponse pas gardés", _write_files_left,
               lambda: _files_left(["facture.exe"], _EXAMPLE, "/"), pace=Pace.ALONE),
)  # fmt: skip
