"""What the way in says, in French, in place of the library's own words."""

from __future__ import annotations

from maillage.kernel.registry import FeedLine

_PERSON = "accounts.user"
FEED = (
    FeedLine(_PERSON, "open_account", "people", "{who} ouvre le compte de {what}", "Un compte s’ouvre : {what}"),
    FeedLine(_PERSON, "give_mandate", "people", "{who} donne un mandat à {what}", "{what} reçoit un mandat"),
    FeedLine(_PERSON, "end_mandate", "people", "{who} met fin à un mandat de {what}"),
    FeedLine(_PERSON, "delegate", "people", "{what} se fait remplacer"),
    FeedLine(_PERSON, "end_delegation", "people", "{what} reprend sa place"),
    FeedLine(_PERSON, "close_account", "people", "{who} ferme le compte de {what}"),
    FeedLine(_PERSON, "reopen_account", "people", "{who} rouvre le compte de {what}"),
    FeedLine(_PERSON, "reset_second_factor", "people", "{who} oublie le deuxième moyen de {what}"),
)
SIGN_IN_ERRORS = {
    "account_inactive": "Ce compte est fermé. Une administratrice ou un administrateur peut le rouvrir.",
    "email_password_mismatch": "L’adresse ou le mot de passe ne convient pas. "
    "Vérifiez les majuscules, puis recommencez.",
    "email_taken": "Cette adresse a déjà un compte.",
    "duplicate_email": "C’est déjà votre adresse.",
    "enter_current_password": "Donnez votre mot de passe actuel.",
    "incorrect_code": "Ce code ne convient pas. Recopiez celui de la dernière lettre reçue.",
    "incorrect_password": "Ce mot de passe ne convient pas.",
    "invalid_login": "La connexion n’a pas abouti. Recommencez.",
    "too_many_login_attempts": "Trop d’essais. Attendez cinq minutes, puis recommencez.",
    "unknown_email": "Nous ne connaissons pas cette adresse.",
    "unverified_primary_email": "Vérifiez d’abord votre adresse.",
    "same_as_current": "C’est la même que maintenant.",
    "rate_limited": "C’est un peu vite : attendez une minute, puis recommencez.",
}
SECOND_FACTOR_ERRORS = {
    "incorrect_code": "Ce code ne convient pas. Les six chiffres changent toutes les trente secondes : "
    "prenez ceux de maintenant.",
    "cannot_delete_authenticator": "Ce moyen ne peut pas être retiré.",
    "cannot_generate_recovery_codes": "Mettez d’abord en place une application de codes ou une clé.",
    "unverified_email": "Vérifiez d’abord votre adresse électronique : entrez une fois avec un code reçu par courriel.",
}

_BROWSERS = (
    ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


def browser(user_agent: str) -> str:
    """« Firefox sur Windows », as far as the browser says; « Un navigateur » when it does not."""
    name = next((word for mark, word in _BROWSERS if mark in user_agent), "Un navigateur")
    system = next((word for mark, word in _SYSTEMS if mark in user_agent), "")
    return f"{name} sur {system}" if system else name
