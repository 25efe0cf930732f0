"""Who may see a sheet, and who may work on the directory."""

from __future__ import annotations

from datetime import date

from maillage.accounts.enums import Role
from maillage.accounts.rules import YES, Decision, Person, may_enter_back_office, roles_of
from maillage.directory.models import Organisation

NOT_PUBLISHED = Decision(False, "Cette fiche n’est pas encore publiée.")

NO_REPORTS = Decision(
    False,
    "Ces rapports généraux sont ouverts aux administratrices et administrateurs. "
    "L’historique de chaque fiche dit qui a fait quoi.",
)


def can_see(person: Person, organisation: Organisation, *, on: date) -> Decision:
    """Everyone sees what is published; the agents of the territory see the rest as it will be."""
    if organisation.is_public:
        return YES
    return YES if may_enter_back_office(person, on=on) else NOT_PUBLISHED


def may_edit_sheets(person: Person, *, on: date) -> Decision:
    """Make, revise, publish and archive sheets, settle doubts, turn acts back."""
    return may_enter_back_office(person, on=on)


def may_import(person: Person, *, on: date) -> Decision:
    """Start an import, follow it, undo it."""
    return may_enter_back_office(person, on=on)


def may_force_import(person: Person, *, on: date) -> Decision:
    """Go on although a source lost more than a tenth of its rows, saying why."""
    return may_enter_back_office(person, on=on)


def may_read_reports(person: Person, *, on: date) -> Decision:
    """Wagtail's own reports: administrators."""
    entry = may_enter_back_office(person, on=on)
    if not entry:
        return entry
    return YES if Role.ADMINISTRATOR in roles_of(person, on=on) else NO_REPORTS


def may_merge(person: Person, *, on: date) -> Decision:
    """Decide whether two records are one."""
    return may_enter_back_office(person, on=on)
