"""The tags that every template may use."""

from __future__ import annotations

import pytest
from django.contrib.messages.storage.base import Message
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory

from tests.templates import LoudNothing, UnknownTemplateVariable
from ui.tables import Column, cells
from ui.templatetags import ui

pytestmark = pytest.mark.django_db  # the context processors of a page read its territory


def drawn(source: str, address: str = "/annuaire/?q=v%C3%A9lo&page=3&famille=association", **context: object) -> str:
    return Template(source).render(RequestContext(RequestFactory().get(address), context))


def test_an_icon_is_inlined_and_hidden_from_screen_readers() -> None:
    svg = drawn('{% icon "map-pin" %}')
    assert svg.startswith('<svg class="icon"')
    assert 'aria-hidden="true"' in svg
    assert svg.count("<path") == 2


@pytest.mark.parametrize("name", ["no-such-icon", "../filled/map-pin", ""])
def test_an_unknown_icon_is_refused(name: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        ui.icon(name)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ('{% query_with famille="cooperative" %}', "?q=v%C3%A9lo&amp;famille=cooperative"),
        ("{% query_with famille=None %}", "?q=v%C3%A9lo"),
        ("{% page_url 2 %}", "?q=v%C3%A9lo&amp;famille=association&amp;page=2"),
        ("{% page_url 2 -1 %}", "?q=v%C3%A9lo&amp;famille=association"),
    ],
)
def test_addresses_keep_the_rest_of_the_question(source: str, written: str) -> None:
    assert drawn(source) == written


def test_an_address_without_parameters_is_the_page_itself() -> None:
    assert drawn("{% query_with famille=None %}", "/annuaire/?famille=association") == "/annuaire/"


@pytest.mark.parametrize(
    ("page", "pages", "window"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (5, 12, [1, None, 4, 5, 6, None, 12]),
        (3, 12, [1, 2, 3, 4, None, 12]),
        (4, 12, [1, 2, 3, 4, 5, None, 12]),
        (12, 12, [1, None, 11, 12]),
    ],
)
def test_page_numbers_show_the_ends_and_the_neighbours(page: int, pages: int, window: list[int | None]) -> None:
    assert ui.page_window(page, pages) == window


def test_last_page_ends_at_the_total() -> None:
    assert ui.page_span(12, 20, 234) == "221 à 234"


@pytest.mark.parametrize(
    ("here", "attribute"),
    [("/annuaire/", ' aria-current="page"'), ("/annuaire/le-fil-vert/", ' aria-current="true"'), ("/", "")],
)
def test_the_menu_tells_where_one_is_even_inside_an_include_with_only(here: str, attribute: str) -> None:
    menu = Template('{% nav_link "/annuaire/" "Annuaire" %}')
    assert drawn("{% include menu only %}", here, menu=menu) == f'<a href="/annuaire/"{attribute}>Annuaire</a>'


@pytest.mark.parametrize(
    ("given", "dialled"), [("03 22 84 00 00", "+33322840000"), ("+33 3 22", "+33322"), ("3949", "3949")]
)
def test_telephone_links_are_dialled_as_they_stand(given: str, dialled: str) -> None:
    assert ui.tel(given) == dialled


@pytest.mark.parametrize(
    ("tags", "address"),
    [
        ("undo:/gestion/annuler/3/", "/gestion/annuler/3/"),
        ("safe", ""),
        ("undo:https://x.example", ""),
        ("undo://x.example", ""),
    ],
)
def test_an_undo_never_leaves_the_site(tags: str, address: str) -> None:
    assert ui.undo_address(Message(20, "Fait.", extra_tags=tags)) == address


def test_the_page_shows_even_when_the_manifest_lacks_a_file(settings: object) -> None:
    settings.STORAGES = {  # type: ignore[attr-defined]
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    assert ui.asset("ui/unknown.css") == "/static/ui/unknown.css"


def test_a_row_with_a_missing_cell_is_refused() -> None:
    with pytest.raises(ValueError, match=r"shorter|argument"):
        cells([Column("Année"), Column("Habitants", numeric=True)], [["2021"]])


def test_a_cell_knows_its_column() -> None:
    [[year, people]] = cells([Column("Année"), Column("Habitants", numeric=True)], [[("2021", "/2021/"), "7 245"]])
    assert (year.label, year.value, year.url, year.numeric) == ("Année", "2021", "/2021/", False)
    assert (people.label, people.value, people.url, people.numeric) == ("Habitants", "7 245", "", True)


def test_an_unknown_variable_fails_its_test_in_our_templates_only() -> None:
    assert Template("{{ missing }}").render(Context()) == ""
    assert Context().template is None
    from django.template import engines

    engine = engines["django"].engine  # type: ignore[attr-defined]
    assert isinstance(engine.string_if_invalid, LoudNothing)
    with pytest.raises(UnknownTemplateVariable, match=r"field\.html"):
        engine.get_template("ui/components/field/field.html").render(Context({"field": {}}))


@pytest.mark.parametrize(
    ("words", "inside"),
    [("Faire connaître l’ESS", "faire connaître l’ESS"), ("ESS à l’école", "ESS à l’école"), ("", "")],
)
def test_a_title_inside_a_sentence_keeps_its_acronyms(words: str, inside: str) -> None:
    assert ui.lower_first(words) == inside
