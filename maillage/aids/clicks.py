"""What one click on the room's letters does: keep a search, or stop it."""

from __future__ import annotations

from maillage.aids import actions
from maillage.aids.notices import watch_of
from maillage.kernel.letters import Occasion, Page, Purpose

_LIST = (("Les aides", "/aides/"), ("Trouver les aides pour mon projet", "/aides/possibles/"))


def _describe_confirm(told: Occasion) -> Page | None:
    watch = watch_of(told)
    if watch is None or watch.confirmed_at is not None or watch.stopped_at is not None:
        return None
    told_to = f"Nous écrirons à {told.address} quand une aide nouvelle répond à votre recherche. Vous pourrez arrêter."
    return Page("Recevoir les aides nouvelles", (told_to,), button="Recevoir les aides nouvelles")


def _confirm(told: Occasion) -> Page:
    watch = watch_of(told)
    if watch is None:
        return Page("Cette recherche n’est plus gardée", links=_LIST)
    try:
        actions.confirm_watch(watch=watch, at=told.at)
    except actions.AidRefused as refusal:
        return Page("Rien n’a changé", (refusal.phrase,), links=_LIST)
    return Page("C’est noté", ("Nous vous écrirons quand une aide nouvelle y répond.",), links=_onward(told))


def _describe_stop(told: Occasion) -> Page | None:
    watch = watch_of(told)
    if watch is None or watch.stopped_at is not None:
        return None
    return Page(
        "Ne plus recevoir cette recherche", ("Nous ne vous écrirons plus à son sujet.",),
        button="Ne plus recevoir cette recherche",
    )  # fmt: skip


def _stop(told: Occasion) -> Page:
    watch = watch_of(told)
    if watch is not None:
        actions.stop_watch(watch=watch, at=told.at)
    return Page("C’est noté", ("Nous ne vous écrirons plus pour cette recherche.",), links=_onward(told))


def _onward(told: Occasion) -> tuple[tuple[str, str], ...]:
    watch = watch_of(told)
    mine = () if watch is None or not watch.asked else (("Revoir cette recherche", f"/aides/?{watch.asked}"),)
    return (*mine, *_LIST)


PURPOSES = (
    Purpose("aids.confirm", days=15, describe=_describe_confirm, act=_confirm, in_place_of=_onward),
    Purpose("aids.stop", days=400, describe=_describe_stop, act=_stop, in_place_of=_onward),
)
