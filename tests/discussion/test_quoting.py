"""Answers as French and English mail programs write them: what the person wrote, and nothing of the old letter."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from maillage.discussion.mail.quoting import own_words
from maillage.discussion.mail.reading import parsed, read

WORDS = "Oui, mardi me va.\n\nAlice"
ANSWERS = Path(__file__).parent / "answers"
CASES = sorted(path.stem for path in ANSWERS.glob("*.txt"))


@pytest.mark.parametrize("program", CASES)
def test_only_ones_own_words_are_kept(program: str) -> None:
    text = (ANSWERS / f"{program}.txt").read_bytes().decode()
    assert own_words(text) == WORDS


@pytest.mark.parametrize(
    "text",
    [
        "Le maire a écrit un article hier, lisez-le.",
        "De : nous tous, merci.",
        "À noter : la salle est prise.\nObjet : la salle.",
        "Le 24 novembre, Paul a écrit : « non ».",
        "- un\n- deux",
        "Il gèle\n---\nIl neige",
    ],
)
def test_words_that_look_like_a_quotation_stay(text: str) -> None:
    assert own_words(text) == text


def test_nothing_but_a_quotation_is_nothing() -> None:
    assert own_words("Le 24/11/2026 à 10:02, Maillage a écrit :\n> Bonjour\n") == ""
    assert own_words("") == ""


HTML = sorted(path.stem for path in ANSWERS.glob("*.htm"))


@pytest.mark.parametrize("program", HTML)
def test_an_answer_in_html_alone_is_read(program: str) -> None:
    made = EmailMessage()
    made["From"] = "alice@exemple.test"
    made.set_content((ANSWERS / f"{program}.htm").read_text(encoding="utf-8"), subtype="html")
    assert [line for line in own_words(read(made).text).split("\n") if line] == ["Oui, mardi.", "Alice"]


def test_a_list_in_html_stays_a_list() -> None:
    made = EmailMessage()
    made.set_content("<p>À faire :</p><ul><li>la salle</li><li>le café</li></ul>", subtype="html")
    lines = [line for line in own_words(read(made).text).split("\n") if line]
    assert lines == ["À faire :", "– la salle", "– le café"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"From: \xe9\xe9\r\nTo: =?bad?Q?x?=\r\nContent-Type: text/plain; charset=martien\r\n\r\nOui \xe9",
        b"Content-Type: multipart/mixed\r\n\r\nsans limite",
        b'From: a@b.fr, c@d.fr\r\nContent-Disposition: attachment; filename="=?utf-8?Q?=ff?="\r\n\r\nx',
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%%",
    ],
)
def test_whatever_comes_is_read_without_falling(raw: bytes) -> None:
    found = read(parsed(raw))
    assert len(found.digest) == 32
    assert isinstance(own_words(found.text), str)


def test_the_logo_of_a_signature_is_not_a_file() -> None:
    made = EmailMessage()
    made["From"] = "Alice <Alice@Exemple.test>"
    made.set_content("Oui.")
    made.add_attachment(b"x", maintype="image", subtype="png", filename="logo.png", disposition="inline", cid="<1>")
    made.add_attachment(b"y", maintype="application", subtype="pdf", filename="plan.pdf")
    found = read(made)
    assert [one.name for one in found.attached] == ["plan.pdf"]
    assert (found.sender, found.text) == ("alice@exemple.test", "Oui.")
