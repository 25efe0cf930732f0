"""Open an account with a mandate from the command line: the way in for the first administrator."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from maillage.accounts.actions import PersonRefused, draw_password, give_mandate, open_account
from maillage.accounts.enums import Role


class Command(BaseCommand):
    help = "Ouvre un compte avec un mandat qui commence aujourd’hui, et montre son mot de passe une seule fois."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--role", choices=Role.values, default=Role.ADMINISTRATOR.value)
        parser.add_argument("--first-name", default="")
        parser.add_argument("--last-name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        password, at, role = draw_password(), timezone.now(), Role(options["role"])
        try:
            user = open_account(
                email=options["email"],
                password=password,
                first_name=options["first_name"],
                last_name=options["last_name"],
                by=None,
                at=at,
            )
        except PersonRefused as refusal:
            raise CommandError(refusal.phrase) from refusal
        give_mandate(user=user, role=role, start_date=timezone.localdate(at), by=None, at=at)
        self.stdout.write(f"{user.email} · {role.label} · mot de passe : {password}")
