"""An answer to a letter lands in its thread.

Words: an e-mail *lands* (a message, with its files), is *ignored* (no person wrote it), or is *refused* (its author is
told why, once a day at most, and only when we know them: we never write to an address that a stranger typed).
Neighbours: `mail` reads it; the service's webhook and `maillage take_mail` bring it. The same e-mail lands once.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import PurePosixPath

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.discussion import phrases, rules, terms
from maillage.discussion.actions.filing import add_kept, keep, name_of
from maillage.discussion.actions.refusal import DiscussionRefused
from maillage.discussion.actions.talking import LONGEST, say
from maillage.discussion.enums import Outcome, Way
from maillage.discussion.mail.addresses import read_address
from maillage.discussion.mail.quoting import own_words
from maillage.discussion.mail.reading import Attached, Incoming, read
from maillage.discussion.models import Message, ReceivedMail, Thread
from maillage.kernel import kept_files
from maillage.kernel.registry import Circle, circle_of
from maillage.kernel.uploads import CheckedDocument, UploadRefused, check_document
from maillage.kernel.uploads.refusal import MEGABYTE
from maillage.outbox import actions as outbox

LARGEST_MAIL = 20 * MEGABYTE
MOST_FILES = 5
REFUSED, FILES_LEFT = "discussion.mail_refused", "discussion.files_left"
ONLY_FILES = "(Fichier joint)"


class _NotOurs(Exception):
    """It does not land; `trouble` is a key of phrases.MAIL_TROUBLES, `reader` who is told, if anybody."""

    def __init__(self, trouble: str, reader: User | None, thread: Thread | None = None) -> None:
        super().__init__(trouble)
        self.trouble, self.reader, self.thread = trouble, reader, thread


@dataclass(frozen=True)
class _Answer:
    """Who answers in which thread, and what; files were cleaned already. left: names of files that are not kept."""

    thread: Thread
    circle: Circle
    user: User
    text: str
    files: tuple[tuple[str, CheckedDocument], ...]
    left: tuple[str, ...]


def take_mail(*, message: EmailMessage, at: datetime, envelope: tuple[str, ...] = ()) -> ReceivedMail | None:
    """Let an e-mail land in the thread that its address names; its trace, None when it was not for a thread.

    envelope: addresses that the mail server names, when it does. The same Message-ID a second time gives back the
    first trace. Raises nothing but what a database raises: whoever brought it may then bring it again.
    """
    incoming = read(message, envelope=envelope)
    found = ReceivedMail.objects.filter(digest=incoming.digest).first()
    if found is not None:
        return found
    address = read_address(incoming.recipients, on=timezone.localdate(at))
    if address is None:
        return None
    if incoming.is_automatic:
        return _traced(incoming, Outcome.IGNORED, at)
    try:
        answer = _answer(incoming, at)
    except _NotOurs as refusal:
        return _refuse(incoming, refusal, at)
    return _land(incoming, answer, at)


def _answer(incoming: Incoming, at: datetime) -> _Answer:
    user, thread = _who_and_where(incoming, at)
    circle = circle_of(thread.circle)
    if circle is None or not rules.may_write(user, circle):
        raise _NotOurs("no_right", user)
    if thread.is_closed:
        raise _NotOurs("closed", user, thread)
    if sum(len(one.content) for one in incoming.attached) > LARGEST_MAIL:
        raise _NotOurs("too_heavy", user, thread)
    since = at - timedelta(hours=1)
    recent = Message.objects.filter(author=user, way=Way.MAIL, written_at__gt=since).count()
    if recent >= terms.mails_an_hour(timezone.localdate(at)):
        raise _NotOurs("too_many", user, thread)
    files, left = _cleaned(incoming.attached)
    text = own_words(incoming.text) or (ONLY_FILES if files else "")
    if not text:
        raise _NotOurs("empty", user, thread)
    if len(text) > LONGEST:
        raise _NotOurs("too_long", user, thread)
    return _Answer(thread, circle, user, text, files, left)


def _who_and_where(incoming: Incoming, at: datetime) -> tuple[User, Thread]:
    """The account and the thread that the address names. Raises _NotOurs."""
    address = read_address(incoming.recipients, on=timezone.localdate(at))
    sender = _account_of(incoming.sender)
    if address is None or address.trouble == "forged":
        raise _NotOurs("forged", sender)
    user = User.objects.filter(pk=address.user_id, is_active=True).first()
    if user is None:
        raise _NotOurs("no_right", None)
    if sender != user:  # told to the owner of the address: the letter may have been passed on
        raise _NotOurs("other_sender", user)
    thread = Thread.objects.filter(pk=address.thread_id).first()
    if thread is None:
        raise _NotOurs("gone", user)
    if address.trouble:
        raise _NotOurs(address.trouble, user, thread)
    return user, thread


def _account_of(address: str) -> User | None:
    """The open account that proved this address, or is known by it."""
    if not address:
        return None
    user = User.objects.filter(email__iexact=address, is_active=True).first()
    if user is not None:
        return user
    proved = EmailAddress.objects.filter(email__iexact=address, verified=True, user__is_active=True)
    found = proved.select_related("user").first()
    return found.user if found is not None else None


def _cleaned(attached: tuple[Attached, ...]) -> tuple[tuple[tuple[str, CheckedDocument], ...], tuple[str, ...]]:
    """(what may be kept, names of the rest); slow, and outside of any transaction."""
    kept, left = [], [one.name for one in attached[MOST_FILES:]]
    for one in attached[:MOST_FILES]:
        try:
            kept.append((name_of(one.name), check_document(io.BytesIO(one.content))))
        except UploadRefused:
            left.append(one.name)
    # With its ending, which often tells why: « plan.exe ».
    return tuple(kept), tuple(PurePosixPath(name.replace("\\", "/")).name[:120] or name_of(name) for name in left)


def _land(incoming: Incoming, answer: _Answer, at: datetime) -> ReceivedMail:
    kept = [(name, keep(document), document.is_scanned) for name, document in answer.files]
    left = list(answer.left)
    try:
        with transaction.atomic():
            trace = ReceivedMail.objects.create(digest=incoming.digest, outcome=Outcome.LANDED, at=at)
            names = []
            for name, file, is_scanned in kept:
                try:
                    names.append(
                        _keep_named(answer.circle.key, name, file, is_scanned=is_scanned, by=answer.user, at=at)
                    )
                except DiscussionRefused:
                    left.append(name)
            text = _with_files(answer.text, names)
            trace.message = say(thread=answer.thread, text=text, by=answer.user, at=at, way=Way.MAIL)
            trace.save(update_fields=["message"])
            if left:
                outbox.post(kind=FILES_LEFT, to=answer.user, about=answer.thread, facts={"names": left}, at=at)
    except (IntegrityError, DiscussionRefused) as error:
        for _, file, _ in kept:
            kept_files.drop_file(file.name)
        if isinstance(error, DiscussionRefused):  # closed since we looked
            return _refuse(incoming, _NotOurs("closed", answer.user, answer.thread), at)
        return ReceivedMail.objects.get(digest=incoming.digest)
    return trace


def _keep_named(circle: str, name: str, file: kept_files.KeptFile, *, is_scanned: bool, by: User, at: datetime) -> str:
    """Keep a file under its name, with its day when the name is taken; the name it has. Raises DiscussionRefused."""
    try:
        add_kept(circle_key=circle, name=name, kept=file, is_scanned=is_scanned, by=by, at=at)
        return name
    except DiscussionRefused as refusal:
        if refusal.field != "name":
            raise
        named = f"{name[:90]} ({timezone.localtime(at):%d/%m/%Y %H.%M.%S})"
        add_kept(circle_key=circle, name=named, kept=file, is_scanned=is_scanned, by=by, at=at)
        return named


def _with_files(text: str, names: list[str]) -> str:
    """What was written, then the files that came along: who reads the thread knows that there are some, and which."""
    if not names:
        return text
    came = phrases.came_along(names)
    if text == ONLY_FILES:
        return came
    whole = f"{text}\n\n{came}"
    return whole if len(whole) <= LONGEST else text


def _refuse(incoming: Incoming, refusal: _NotOurs, at: datetime) -> ReceivedMail:
    """Keep the trace, and tell whom we know: one letter a day at most, so that no two machines answer each other."""
    with transaction.atomic():
        trace = _traced(incoming, Outcome.REFUSED, at, trouble=refusal.trouble)
        if refusal.reader is not None:
            facts = {"trouble": refusal.trouble, "thread": refusal.thread.pk if refusal.thread else None}
            day = timezone.localdate(at).isoformat()
            outbox.post(
                kind=REFUSED, to=refusal.reader, facts=facts, at=at, once_key=f"{REFUSED}:{refusal.reader.pk}:{day}"
            )
    return trace


def _traced(incoming: Incoming, outcome: Outcome, at: datetime, *, trouble: str = "") -> ReceivedMail:
    trace, _ = ReceivedMail.objects.get_or_create(
        digest=incoming.digest, defaults={"outcome": outcome, "trouble": trouble, "at": at}
    )
    return trace
