"""The few blocks a resource is written with; nothing that calls another site."""

from __future__ import annotations

from wagtail import blocks

# No picture, no embed: a video is a link.
FEATURES = ["bold", "italic", "ol", "ul", "link", "h3"]


class LinkBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail has no types
    label = blocks.CharBlock(label="Ce que dit le lien", max_length=150)
    url = blocks.URLBlock(label="Adresse", max_length=300)

    class Meta:
        icon = "link"
        label = "Lien"
        template = "content/blocks/link.html"


def body_blocks() -> list[tuple[str, blocks.Block]]:
    return [
        ("heading", blocks.CharBlock(label="Intertitre", max_length=120, icon="title",
                                     template="content/blocks/heading.html")),
        ("text", blocks.RichTextBlock(label="Texte", features=FEATURES, icon="pilcrow",
                                      template="content/blocks/text.html")),
        ("note", blocks.TextBlock(label="À retenir", max_length=600, icon="info-circle",
                                  template="content/blocks/note.html")),
        ("link", LinkBlock()),
    ]  # fmt: skip
