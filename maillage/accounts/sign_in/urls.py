"""The doors of sign-in and of one's own security, in French, under the names that allauth looks for.

Only these of its views are open: there is no sign-up and no password reset (a code by letter replaces it).
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as provider
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from allauth.usersessions import views as sessions
from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from maillage.accounts.sign_in.views import AddressView, PasswordView, SecurityView, provider_login
from maillage.kernel.doors import open_to_all

back_to_start = RedirectView.as_view(pattern_name="account_login", query_string=True)

entrance: list[URLPattern | URLResolver] = [
    path("connexion/", AddressView.as_view(), name="account_login"),
    path("connexion/mot-de-passe/", PasswordView.as_view(), name="account_login_password"),
    path("connexion/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("connexion/autre-code/", back_to_start, name="account_request_login_code"),
    path("connexion/inscription/", back_to_start, name="account_signup"),
    path("connexion/mot-de-passe/oubli/", back_to_start, name="account_reset_password"),
    path("connexion/compte-ferme/", account.account_inactive, name="account_inactive"),
    path("connexion/verification/", mfa.authenticate, name="mfa_authenticate"),
    path("connexion/cle/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("connexion/adresse/", account.email_verification_sent, name="account_email_verification_sent"),
    path("connexion/refusee/", provider.login_error, name="socialaccount_login_error"),
    path("connexion/abandonnee/", provider.login_cancelled, name="socialaccount_login_cancelled"),
    path("connexion/avec/inscription/", back_to_start, name="socialaccount_signup"),
    path("connexion/avec/<str:provider_id>/login/", provider_login, name="openid_connect_login"),
    path("connexion/avec/<str:provider_id>/login/callback/", openid_connect.callback, name="openid_connect_callback"),
    path("deconnexion/", account.logout, name="account_logout"),
]
own = [
    path("moi/confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("moi/confirmer/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("moi/confirmer/cle/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("moi/adresse/", account.email, name="account_email"),
    path("moi/mot-de-passe/", account.password_change, name="account_change_password"),
    path("moi/mot-de-passe/choisir/", account.password_set, name="account_set_password"),
    path("moi/connexions/", sessions.list_usersessions, name="usersessions_list"),
    path("moi/securite/", SecurityView.as_view(), name="mfa_index"),
    path("moi/securite/application/", totp.activate_totp, name="mfa_activate_totp"),
    path("moi/securite/application/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("moi/securite/secours/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("moi/securite/secours/nouveaux/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("moi/securite/secours/fichier/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("moi/securite/cles/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("moi/securite/cles/nouvelle/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("moi/securite/cles/<int:pk>/retirer/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("moi/securite/cles/<int:pk>/nom/", keys.edit_webauthn, name="mfa_edit_webauthn"),
]
urlpatterns = [*open_to_all(entrance), *own]
