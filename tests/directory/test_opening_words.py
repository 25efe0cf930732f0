from __future__ import annotations

import pytest
from django import forms

from maillage.directory.forms.hours import OpeningHoursField, keep_hours
from maillage.directory.opening_hours import is_readable
from maillage.directory.opening_words import HoursUnread, in_osm, in_words


@pytest.mark.parametrize(
    ("words", "osm"),
    [
        ("", ""),
        ("Mo-Fr 09:00-12:00", "Mo-Fr 09:00-12:00"),
        ("du lundi au vendredi : 9h-12h et 14h-17h30 ; fermé le 15 août", "Mo-Fr 09:00-12:00,14:00-17:30; Aug 15 off"),
        ("Lun. à ven. : 9 h à 12 h, 14 h à 17 h 30", "Mo-Fr 09:00-12:00,14:00-17:30"),
        ("lundi-vendredi 9h/12h 14h/18h", "Mo-Fr 09:00-12:00,14:00-18:00"),
        ("Du lundi au vendredi 8h30 – 12h00 / 13h30 – 17h00", "Mo-Fr 08:30-12:00,13:30-17:00"),
        ("ouvert le mardi de 9h à midi", "Tu 09:00-12:00"),
        ("Lun, mar, jeu: 14h - 17h30.", "Mo,Tu,Th 14:00-17:30"),
        ("lundi au jeudi : 9h-12h/14h-17h, vendredi 9h-12h", "Mo-Th 09:00-12:00,14:00-17:00; Fr 09:00-12:00"),
        ("en semaine de 9h à 17h\nsamedi de 9h à 12h", "Mo-Fr 09:00-17:00; Sa 09:00-12:00"),
        ("le week-end de 10h à minuit", "Sa-Su 10:00-24:00"),
        ("tous les jours 24h/24", "Mo-Su 00:00-24:00"),
        ("du 1er au 15 août : fermé", "Aug 01-Aug 15 off"),
        ("mardi : fermé", "Tu off"),
        ("fermé pendant les vacances scolaires", "SH off"),
        ("le lundi : de 9 h à 12 h (caisse fermée, tôt)", 'Mo 09:00-12:00 "caisse fermée, tôt"'),
        ("du lundi au vendredi (sur rdv)", 'Mo-Fr "sur rendez-vous"'),
        ("Sur rendez-vous", '"sur rendez-vous"'),
        ("le premier lundi du mois : de 14 h à 16 h", "Mo[1] 14:00-16:00"),
        ("à partir de 10 h", "10:00+"),
    ],
)
def test_hours_are_read_as_people_write_them(words: str, osm: str) -> None:
    assert in_osm(words) == osm
    assert not osm or is_readable(osm)


@pytest.mark.parametrize(
    "words",
    ["lundi matin", "quand on est là", "lundi 25h-26h", "fermé", "lundi", "9h", "marmite 9h-12h", "samedi 9h", "☎"],
)
def test_what_cannot_be_read_is_refused_with_an_example(words: str) -> None:
    with pytest.raises(HoursUnread) as refusal:
        in_osm(words)
    assert words in refusal.value.phrase
    assert "par exemple" in refusal.value.phrase


@pytest.mark.parametrize(
    "osm",
    [
        "Mo-Fr 09:00-12:00,14:00-17:30; PH off", "Mo,We 10:00-12:00", "Mo[1] 14:00-16:00", "Tu[1,3] 10:00-12:00",
        "Apr-Oct Sa 09:00-12:00", "Mar 15-Jun 30 Mo 10:00-12:00", "Dec 25 off", "Fr 22:00-02:00", "Mo-Fr 10:00+",
        'Mo 09:00-12:00 "sur rendez-vous"', '"sur rendez-vous"',
    ],
)  # fmt: skip
def test_what_the_page_says_is_read_back_to_the_same_hours(osm: str) -> None:
    assert in_words(osm) != osm
    assert in_osm(in_words(osm)) == osm


@pytest.mark.parametrize(
    "osm", ["week 1-53/2 We 14:00-16:00", "Mo-Fr sunrise-sunset", "easter off; Mo 10:00-12:00", "x"]
)
def test_what_has_no_words_of_its_own_is_shown_as_it_is(osm: str) -> None:
    assert in_words(osm) == osm


class HoursForm(forms.Form):
    hours = OpeningHoursField(show_hidden_initial=True)


def test_the_field_shows_french_keeps_the_syntax_and_sees_other_hours_only() -> None:
    shown = HoursForm(initial={"hours": "Mo-Fr 09:00-12:00"})
    assert shown["hours"].value().replace("\xa0", " ") == "du lundi au vendredi : de 9 h à 12 h"

    same = HoursForm({"initial-hours": shown["hours"].value(), "hours": "lun-ven 9h-12h"})
    assert same.is_valid()
    assert not same.has_changed()

    other = HoursForm({"initial-hours": shown["hours"].value(), "hours": "lun-jeu 9h-12h"})
    assert other.has_changed()
    assert other.is_valid()
    assert other.cleaned_data["hours"] == "Mo-Th 09:00-12:00"


def test_the_field_gives_back_what_it_could_not_read() -> None:
    form = HoursForm({"initial-hours": "", "hours": "lundi matin"})
    assert not form.is_valid()
    assert form["hours"].value() == "lundi matin"


def test_hours_that_an_import_brought_and_nobody_can_read_stay_as_they_are() -> None:
    form = HoursForm({"initial-hours": "quand on est là", "hours": "quand on est là"})
    keep_hours(form.fields["hours"], "quand on est là")
    assert form.is_valid()
    assert not form.has_changed()
    assert form.cleaned_data["hours"] == "quand on est là"
