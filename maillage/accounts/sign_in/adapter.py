"""How people come in: what allauth asks of us, in our words and under our rules.

Words: the *second factor* is an application of codes or a key; the back office asks for one on every path.
Neighbours: `urls` names the doors, `forms` their fields; settings point here.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account import signals as account_signals
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa_signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from maillage.accounts import phrases, rules
from maillage.accounts.models import User
from maillage.kernel.actions import journal


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody opens an account alone; whoever signs in goes where their work is."""

    error_messages = {**DefaultAccountAdapter.error_messages, **phrases.SIGN_IN_ERRORS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        allowed = rules.may_enter_back_office(request.user, on=timezone.localdate())
        return reverse("wagtailadmin_home" if allowed else "own:home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("own:home")

    def format_email_subject(self, subject: str) -> str:
        return str(subject)


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A provider proves who somebody is; only people we know come in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """The provider has proved the address: no letter needs to prove it again."""
        if sociallogin.is_existing:
            said = [address.email for address in sociallogin.email_addresses]
            EmailAddress.objects.filter(user=sociallogin.user, email__in=said).update(verified=True)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of the second factor are kept encrypted by a key drawn from SECRET_KEY."""

    error_messages = {**DefaultMFAAdapter.error_messages, **phrases.SECOND_FACTOR_ERRORS}

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002 — the library's name
        rank = Authenticator.objects.filter(user=user, type=type).count() + 1
        return f"Clé {rank}"

    def _get_site_name(self) -> str:
        return "Maillage"


def _cipher() -> Fernet:
    digest = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"second factor").digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def close_other_sessions(*, request: HttpRequest, user: User) -> int:
    """End the sessions opened before the second factor was there, but this one; how many."""
    others = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
    closed = 0
    for session in others:
        session.end()
        closed += 1
    return closed


def _note(verb: str) -> Any:
    def keep(*, user: User, **_: Any) -> None:
        journal(verb=verb, target=user, changes={}, by=user, at=timezone.now())

    return keep


def _second_factor_added(*, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:  # they come with the first one, and prove nothing alone
        return
    journal(verb="add_second_factor", target=user, changes={}, by=user, at=timezone.now())
    close_other_sessions(request=request, user=user)


_HEARD = (
    (account_signals.password_set, _note("set_password")),
    (account_signals.password_changed, _note("set_password")),
    (account_signals.email_changed, _note("change_address")),
    (mfa_signals.authenticator_added, _second_factor_added),
    (mfa_signals.authenticator_removed, _note("remove_second_factor")),
    (mfa_signals.authenticator_reset, _note("renew_recovery_codes")),
)


def listen() -> None:
    """Write in the journal what people change in their own way in. Called once, when the apps are ready."""
    for signal, heard in _HEARD:
        signal.connect(heard, weak=False, dispatch_uid=f"maillage:{id(signal)}")
