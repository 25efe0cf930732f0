"""The fields of the way in: the library's forms, with our labels, our hints and no placeholder."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as keys

PASSWORD = ("Mot de passe", "")
NEW = ("Nouveau mot de passe", "")
AGAIN = ("Le même, encore une fois", "")
CODE_OF_LETTER = ("Code reçu", "Dans la lettre que nous venons de vous envoyer. Majuscules et tirets ne comptent pas.")
CODE_OF_PHONE = ("Code de l’application", "Six chiffres, ou un code de secours.")


class _Worded:
    """Says each field in our words: {field name: (label, hint)}."""

    words: dict[str, tuple[str, str]] = {}
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.widget.attrs.pop("placeholder", None)


class AddressForm(_Worded, account.LoginForm):  # type: ignore[misc]  # allauth has no types
    """The address, and a code is sent to it."""

    words = {"login": ("Votre adresse électronique", "Par exemple camille@exemple.fr")}


class PasswordForm(_Worded, account.LoginForm):  # type: ignore[misc]
    """The address and the password, for those who chose one."""

    words = {"login": ("Votre adresse électronique", ""), "password": PASSWORD}

    def _setup_password_field(self) -> None:
        """Keep the password, which the first page does without."""


class LoginCodeForm(_Worded, account.ConfirmLoginCodeForm):  # type: ignore[misc]
    words = {"code": CODE_OF_LETTER}


class AddressCodeForm(_Worded, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    words = {"code": CODE_OF_LETTER}


class NewAddressForm(_Worded, account.AddEmailForm):  # type: ignore[misc]
    words = {"email": ("Nouvelle adresse", "Nous y enverrons un code, et dirons le changement à l’ancienne.")}


class SetPasswordForm(_Worded, account.SetPasswordForm):  # type: ignore[misc]
    words = {"password1": NEW, "password2": AGAIN}


class ChangePasswordForm(_Worded, account.ChangePasswordForm):  # type: ignore[misc]
    words = {"oldpassword": ("Mot de passe actuel", ""), "password1": NEW, "password2": AGAIN}


class ReauthenticateForm(_Worded, account.ReauthenticateForm):  # type: ignore[misc]
    words = {"password": PASSWORD}


class SecondFactorForm(_Worded, mfa.AuthenticateForm):  # type: ignore[misc]
    words = {"code": CODE_OF_PHONE}


class SecondFactorAgainForm(_Worded, mfa.ReauthenticateForm):  # type: ignore[misc]
    words = {"code": CODE_OF_PHONE}


class ActivateTotpForm(_Worded, totp.ActivateTOTPForm):  # type: ignore[misc]
    words = {"code": ("Les six chiffres du moment", "")}


class AddKeyForm(_Worded, keys.AddWebAuthnForm):  # type: ignore[misc]
    """A key; when it may open the account alone, no letter is waited for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.words = {"name": ("Nom de la clé", "Pour la reconnaître : « Téléphone », « Clé du bureau »…")}
        super().__init__(*args, **kwargs)
        if field := self.fields.get("passwordless"):
            field.label = "Cette clé suffit, sans code par courriel"
            field.help_text = "À cocher pour un appareil qui se déverrouille par le doigt, le visage ou un code."


class EditKeyForm(_Worded, keys.EditWebAuthnForm):  # type: ignore[misc]
    words = {"name": ("Nom de la clé", "")}
