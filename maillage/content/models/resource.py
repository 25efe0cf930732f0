from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import strip_tags
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.documents.models import Document
from wagtail.fields import StreamField
from wagtail.models import Page

from maillage.aids.models import Aid
from maillage.content import phrases
from maillage.content.enums import Reader, ResourceType
from maillage.content.models.blocks import body_blocks
from maillage.content.models.fields import Codes
from maillage.content.models.panels import DocumentPanel
from maillage.content.querysets import ResourceManager
from maillage.directory.models import Term
from maillage.kernel.text import fold

# A model draws no page: the views of the room, which stand above, put theirs here when the room is ready.
PREVIEWS: list[Callable[[HttpRequest, Any], HttpResponse]] = []


class OursPage(Page):  # type: ignore[misc]  # Wagtail has no types
    """A page that our own views show: Wagtail keeps and edits it, and serves none of its addresses."""

    # Nothing to look at before it is published, unless a page says how (`serve_preview`).
    preview_modes: list[tuple[str, str]] = []
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []

    class Meta:
        abstract = True

    def get_url_parts(self, request: Any = None) -> tuple[None, str, str]:
        return (None, settings.SITE_URL, self.get_absolute_url())

    def get_absolute_url(self) -> str:
        raise NotImplementedError


class ResourceIndex(OursPage):
    """The one page under which resources stand."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["content.Resource"]

    class Meta:
        verbose_name = "liste des ressources"
        verbose_name_plural = "listes des ressources"

    def get_absolute_url(self) -> str:
        return reverse("content:resources")


class Resource(OursPage):
    """A text, a file or a link that helps somebody go on; drafts are Wagtail's.

    `reader_key`: " code code " of its readers; `words_key`: everything that is read in it, folded. Both are written
    with the page. What the page does not say of itself (verified, broken, used) stands in `Upkeep`.
    """

    type = models.CharField("nature", max_length=8, choices=ResourceType, default=ResourceType.SHEET)
    readers = Codes("pour qui", choices=Reader.choices, default=list, blank=True, help_text="Rien de coché : tous.")
    themes = ParentalManyToManyField(Term, verbose_name="thèmes", blank=True, related_name="+",
                                     limit_choices_to={"kind": "theme"})  # fmt: skip
    summary = models.TextField("en bref", max_length=400, help_text="À quoi elle sert, en une ou deux phrases.")
    body = StreamField(body_blocks(), verbose_name="texte", blank=True)
    document = models.ForeignKey(
        Document, verbose_name="fichier", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    link = models.URLField(
        "lien", max_length=300, blank=True, validators=[URLValidator(schemes=["https"])],
        help_text="Une vidéo, une page d’un autre site : https://…",
    )  # fmt: skip
    aids = ParentalManyToManyField(Aid, verbose_name="aides liées", blank=True, related_name="+")
    is_example = models.BooleanField("donnée d’exemple", default=False)
    reader_key = models.CharField(max_length=120, blank=True, editable=False)
    words_key = models.TextField(blank=True, editable=False)

    objects = ResourceManager()

    preview_modes = Page.DEFAULT_PREVIEW_MODES
    parent_page_types = ["content.ResourceIndex"]
    subpage_types: list[str] = []
    content_panels = [
        # Not Wagtail’s title panel, which fills a field of the address that this form does not have.
        FieldPanel("title"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("type"),
                FieldPanel("readers"),
                FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
            ],
            heading="Pour la trouver",
        ),
        FieldPanel("body"),
        MultiFieldPanel([DocumentPanel("document"), FieldPanel("link")], heading="Ce qu’on emporte"),
        FieldPanel("aids"),
    ]

    class Meta:
        verbose_name = "ressource"
        constraints = [
            models.CheckConstraint(condition=~Q(summary=""), name="resource_has_a_summary"),
            models.CheckConstraint(condition=Q(link="") | Q(link__startswith="https://"), name="resource_link_is_safe"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("content:resource", args=[self.slug])

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """As readers would see it, inside the page editor: drawn by whoever put itself in `PREVIEWS`."""
        return PREVIEWS[0](request, self)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.reader_key = f" {' '.join(self.readers)} " if self.readers else ""
        self.words_key = fold(" ".join([self.title, self.summary, self.body_text]))
        return super().save(*args, **kwargs)

    @property
    def known(self) -> Any:
        """Its `Upkeep`, an empty one for a draft that was never published. Read with `with_upkeep`, no query."""
        return getattr(self, "upkeep", None) or self._meta.get_field("upkeep").related_model()

    @property
    def is_all_here(self) -> bool:
        """Neither file nor link: what helps is on its page."""
        return self.document is None and not self.link

    @property
    def body_text(self) -> str:
        """The blocks without their tags."""
        said = [block.block.get_searchable_content(block.value) for block in self.body]
        return " ".join(strip_tags(str(one)) for parts in said for one in parts)

    @property
    def reader_labels(self) -> list[str]:
        labels = dict(Reader.choices)
        return [str(labels[code]) for code in self.readers if code in labels]

    @property
    def file_kind(self) -> str:
        """« PDF »; "" without a file."""
        suffix = self.document.file_extension.lower() if self.document else ""
        return phrases.KINDS.get(suffix, suffix.upper())
