from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from maillage.directory.opening_hours import in_french, is_readable, status, week_slots

HOURS = "Mo-Fr 09:00-12:00,14:00-17:30; PH off"
MONDAY_TEN = datetime(2026, 11, 23, 9, tzinfo=UTC)  # 10 h in Paris


def said(text: str) -> list[str]:
    """With plain spaces, to be read here."""
    return [line.replace("\xa0", " ") for line in in_french(text)]


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        (HOURS, ["du lundi au vendredi : de 9 h à 12 h et de 14 h à 17 h 30", "fermé les jours fériés"]),
        ("Mo,We 10:00-12:00", ["le lundi et le mercredi : de 10 h à 12 h"]),
        ("Sa 09:00-12:00, Su 10:00-11:00", ["le samedi : de 9 h à 12 h", "le dimanche : de 10 h à 11 h"]),
        ("Mo[1] 14:00-16:00", ["le premier lundi du mois : de 14 h à 16 h"]),
        ("Tu[1,3] 10:00-12:00", ["les premier et troisième mardis du mois : de 10 h à 12 h"]),
        ("Th[-1] 10:00-12:00", ["le dernier jeudi du mois : de 10 h à 12 h"]),
        ("Apr-Oct Sa 09:00-12:00", ["d’avril à octobre, le samedi : de 9 h à 12 h"]),
        ("Mar 15-Jun 30 Mo 10:00-12:00", ["du 15 mars au 30 juin, le lundi : de 10 h à 12 h"]),
        ("Dec 25 off", ["fermé le 25 décembre"]),
        ("week 1-53/2 We 14:00-16:00", ["les semaines impaires, le mercredi : de 14 h à 16 h"]),
        ("24/7", ["tous les jours : 24 heures sur 24"]),
        ("Mo-Su 10:00-24:00", ["tous les jours : de 10 h à minuit"]),
        ("Fr 22:00-02:00", ["le vendredi : de 22 h à 2 h"]),
        ("Mo-Fr 10:00+", ["du lundi au vendredi : à partir de 10 h"]),
        ("Mo-Fr sunrise-sunset", ["du lundi au vendredi : du lever du soleil au coucher du soleil"]),
        ('Mo 09:00-12:00 "sur rendez-vous"', ["le lundi : de 9 h à 12 h (sur rendez-vous)"]),
        ('"sur rendez-vous"', ["sur rendez-vous"]),
        ('Tu 09:00-12:00 "caisse; ferme, tôt"', ["le mardi : de 9 h à 12 h (caisse; ferme, tôt)"]),
        ("SH off", ["fermé pendant les vacances scolaires"]),
        ("lundi matin", []),
        ("", []),
    ],
)
def test_hours_are_said_as_people_say_them(written: str, lines: list[str]) -> None:
    assert said(written) == lines


def test_what_is_too_particular_is_quoted_rather_than_guessed() -> None:
    assert said("easter off; Mo 10:00-12:00") == ["horaires particuliers, notés ainsi : « easter off; Mo 10:00-12:00 »"]


@pytest.mark.parametrize(
    ("at", "is_open", "sentence"),
    [
        (MONDAY_TEN, True, "Ouvert, ferme à 12 h"),
        (datetime(2026, 11, 23, 12, tzinfo=UTC), False, "Fermé, ouvre à 14 h"),
        (datetime(2026, 11, 23, 20, tzinfo=UTC), False, "Fermé, ouvre demain à 9 h"),
        (datetime(2026, 11, 21, 9, tzinfo=UTC), False, "Fermé, ouvre lundi à 9 h"),
        # 14 July 2026 is a Tuesday, and a holiday.
        (datetime(2026, 7, 14, 8, tzinfo=UTC), False, "Fermé, ouvre demain à 9 h"),
    ],
)
def test_open_now_says_until_when(at: datetime, is_open: bool, sentence: str) -> None:
    state = status(HOURS, at)
    assert (state.is_open, state.sentence.replace("\xa0", " ")) == (is_open, sentence)


def test_appointments_and_unreadable_hours_do_not_pretend() -> None:
    assert status('"sur rendez-vous"', MONDAY_TEN).sentence == "Sur rendez-vous"
    assert status('"sur rendez-vous"', MONDAY_TEN).is_open is None
    assert status("quand on est là", MONDAY_TEN).sentence == ""
    assert not is_readable("quand on est là")
    assert not is_readable("Mo 10:00-12:00;" * 100)


def test_a_week_is_cut_in_quarters_of_an_hour() -> None:
    week = date(2026, 11, 25)
    assert week_slots("Tu 09:10-10:00", week) == {96 + 37, 96 + 38, 96 + 39}
    assert week_slots("24/7", week) == set(range(672))
    # The night from Sunday comes back on Monday morning.
    assert week_slots("Su 23:00-01:00", week) == {0, 1, 2, 3, 668, 669, 670, 671}
    assert week_slots('"sur rendez-vous"', week) == set()
    # Clocks change on Sunday 25 October 2026: the quarters stay those of the wall.
    assert week_slots("Su 09:00-09:30", date(2026, 10, 25)) == {6 * 96 + 36, 6 * 96 + 37}
