"""A resource: create and publish it, say in the journal what was published or withdrawn in the page editor.

Words: a *version* of a page is Wagtail's; what is live is what was published last. Neighbours: `keeping` holds what is
known of a resource beside its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.documents.models import Document
from wagtail.models import Page

from maillage.accounts.models import User
from maillage.aids.models import Aid
from maillage.content import phrases
from maillage.content.actions.refusal import ContentRefused
from maillage.content.enums import Reader, ResourceType
from maillage.content.models import Resource, ResourceIndex, Upkeep
from maillage.directory.models import Term
from maillage.kernel.actions import journal
from maillage.kernel.uploads import UploadRefused, scan


def index_page() -> ResourceIndex:
    """The page under which resources stand, made when there is none; twice makes one."""
    with transaction.atomic():
        # The root is locked: two workers that start together would each draw a page.
        root = Page.objects.select_for_update(of=("self",)).order_by("path").get(depth=1)
        found: ResourceIndex | None = ResourceIndex.objects.first()
        if found is None:
            # Read again: treebeard counts on the number of children that the row says.
            found = Page.objects.get(pk=root.pk).add_child(
                instance=ResourceIndex(title=phrases.INDEX_TITLE, slug="ressources")
            )
        return found


def create_resource(
    *, title: str, summary: str, kind: ResourceType, by: User | None, at: datetime, readers: Iterable[Reader] = (),
    themes: Iterable[Term] = (), body: Sequence[tuple[str, Any]] = (), document: Document | None = None,
    link: str = "", aids: Iterable[Aid] = (), is_example: bool = False,
) -> Resource:  # fmt: skip
    """Write a resource and publish it. body: (kind of block, value). Raises ContentRefused; nothing is written then."""
    _check(title, summary, link, has_content=bool(body or document or link))
    with transaction.atomic():
        parent = index_page()
        page = Resource(
            title=title.strip(), summary=summary.strip(), type=kind, readers=[str(one) for one in readers],
            body=list(body), document=document, link=link, is_example=is_example, owner=by, live=False,
        )  # fmt: skip
        page.themes, page.aids = list(themes), list(aids)
        parent.add_child(instance=page)
        # Who may publish is asked at the door (`rules`), as for every verb.
        page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
        page.refresh_from_db()
        Upkeep.objects.get_or_create(resource=page)
        journal(verb="create_resource", target=page, changes={"title": [None, page.title]}, by=by, at=at)
    return page


def _check(title: str, summary: str, link: str, *, has_content: bool) -> None:
    if not title.strip():
        raise ContentRefused(phrases.NO_TITLE, "title")
    if not summary.strip():
        raise ContentRefused(phrases.NO_SUMMARY, "summary")
    for said, most, field in ((title, 255, "title"), (summary, 400, "summary"), (link, 300, "link")):
        if len(said.strip()) > most:
            raise ContentRefused(phrases.TOO_LONG.format(most=most), field)
    if link and not link.startswith("https://"):
        raise ContentRefused(phrases.NOT_HTTPS, "link")
    if not has_content:
        raise ContentRefused(phrases.NOTHING_TO_READ)


def note_published(*, resource: Resource, by: User, at: datetime) -> None:
    """The page editor published this one: the journal says so, and kept pages are built anew."""
    with transaction.atomic():
        Upkeep.objects.get_or_create(resource=resource)
        journal(verb="publish_resource", target=resource, changes={"live": [None, True]}, by=by, at=at)


def note_withdrawn(*, resource: Resource, by: User, at: datetime) -> None:
    """The page editor took this one off the site, or deletes it."""
    journal(verb="withdraw_resource", target=resource, changes={"live": [True, False]}, by=by, at=at)


def add_document(*, title: str, name: str, content: bytes, by: User | None, at: datetime) -> Document:
    """Keep a file that a resource will hand out. name: with its suffix.

    Raises ContentRefused: a suffix that nobody opens, a file that the antivirus knows; nothing is kept then.
    """
    if name.rpartition(".")[2].lower() not in phrases.KINDS:
        raise ContentRefused(phrases.NOT_A_KIND, "document")
    try:
        is_scanned = scan(content)
    except UploadRefused as refusal:
        raise ContentRefused(refusal.phrase, "document") from refusal
    with transaction.atomic():
        made = Document(title=title, uploaded_by_user=by, file=ContentFile(content, name=name))
        made.full_clean()
        made.screened = (content, at if is_scanned else None)
        made.save()
        journal(verb="add_document", target=made, changes={"title": [None, title]}, by=by, at=at)
    return made
