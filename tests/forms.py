"""What a browser would send back for a form that it was shown, read from the page."""

from __future__ import annotations

from html.parser import HTMLParser


class _Form(HTMLParser):
    """Collects the fields of the form whose action (or, without one, whose rank) is wanted."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted, self.is_in, self.fields, self.area, self.select = wanted, False, dict[str, str](), "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_in = said.get("method") == "post" and said.get("action", "") == self.wanted
        if not self.is_in:
            return
        name = said.get("name", "")
        if tag == "input" and name and not ({"checkbox", "radio"} & {said.get("type")} and "checked" not in said):
            self.fields[name] = said.get("value", "on" if said.get("type") == "checkbox" else "")
        elif tag == "textarea":
            self.area = name
            self.fields[name] = ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in said and self.select:
            self.fields[self.select] = said.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.is_in and self.area:
            self.fields[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_in = False
        elif tag == "textarea" and self.area:
            # The first line break of a text area is not part of it.
            self.fields[self.area] = self.fields[self.area].removeprefix("\n")
            self.area = ""
        elif tag == "select":
            self.select = ""


def form_in(page: str, action: str = "") -> dict[str, str]:
    """The fields of the form that posts to this address ("" for its own page), as the page was shown."""
    reader = _Form(action)
    reader.feed(page)
    assert reader.fields, f"no form posts to « {action} »"
    return reader.fields
