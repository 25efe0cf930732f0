"""The doors that differ from the library's: with a password, and the page of one's own security."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.base.views import IndexView
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from requests import RequestException

from maillage.accounts import rules
from maillage.accounts.sign_in.forms import PasswordForm


class AddressView(LoginView):  # type: ignore[misc]  # allauth has no types
    """One field: the address. A code is sent to it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        providers = [(one["name"], one["provider_id"]) for one in settings.IDENTITY_PROVIDERS]
        return {**super().get_context_data(**kwargs), "identity_providers": providers}


class PasswordView(LoginView):  # type: ignore[misc]
    """For those who chose a password; limits, second factor and the answer to strangers are the library's."""

    template_name = "account/login_password.html"

    def get_form_class(self) -> type[PasswordForm]:
        return PasswordForm


class SecurityView(IndexView):  # type: ignore[misc]
    """What proves that it is me, besides the letter."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.request.user
        needs = rules.must_hold_second_factor(person, on=timezone.localdate())
        return {**super().get_context_data(**kwargs), "must_hold_second_factor": needs}


def provider_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Leave for the identity provider; when it does not answer, say so, with the other ways in."""
    try:
        answer: HttpResponse = openid_connect.login(request, provider_id)
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
    return answer
