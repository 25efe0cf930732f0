"""One settings file; what differs between places comes from the environment (docs/reference/settings.md)."""

from __future__ import annotations

import os
import sys
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from config import environment as read
from config import sqlite

sqlite.install()

ROOT = read.ROOT
TESTING = "pytest" in sys.modules
DATA_DIR = read.throwaway_dir() if TESTING else read.data_dir()
SECRET_KEY = read.secret_key(DATA_DIR)
DEBUG = read.boolean("DEBUG", default=False)
HTTPS = read.boolean("HTTPS", default=False)
# /demo/ tells the world how to be somebody else: only on this machine, and only when asked (`make start` asks).
DEMO = read.boolean("DEMO", default=False)
ALLOWED_HOSTS = read.words("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
if DEMO and not set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]"}:
    raise read.refuse("DEMO", "false, dès qu’ALLOWED_HOSTS ouvre le site à d’autres que cette machine")
CSRF_TRUSTED_ORIGINS = read.words("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = os.environ.get("SITE_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip("/")

INSTALLED_APPS = [
    "maillage.kernel",
    "maillage.search",
    "maillage.territories",
    "maillage.accounts",
    "maillage.outbox",
    "maillage.strategy",
    "maillage.directory",
    "maillage.space",
    "maillage.needs",
    "maillage.aids",
    "maillage.content",
    "maillage.choosing",
    "maillage.discussion",
    "maillage.governance",
    "maillage.desk",
    "maillage.calls",
    "maillage.grants",
    "maillage.logbook",
    "maillage.steering",
    "maillage.portal",
    "maillage.api",
    "ui",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "maillage.kernel.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "maillage.kernel.middleware.discreet",
    "maillage.portal.errors.form_only",
    "maillage.kernel.middleware.tidy_parameters",
    "maillage.kernel.page_cache.PublicPageCache",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "maillage.accounts.sign_in.keeping.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "maillage.accounts.sign_in.middleware.back_office_door",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "maillage.portal.context.site",
            ],
            "builtins": [
                "ui.templatetags.ui",
                "maillage.kernel.templatetags.once",
                "maillage.kernel.templatetags.antivirus",
            ],
        },
    }
]

DATABASES = read.databases(DATA_DIR)
DATABASE_ROUTERS = ["maillage.kernel.routers.CacheRouter"]
CACHES = read.caches()
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
SEARCH_DIR = DATA_DIR / "search"
# Beside the data, not among them: better still on another disk.
BACKUP_DIR = read.backup_dir(DATA_DIR)
PIPELINES_DIR = DATA_DIR / "pipelines"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["maillage.accounts.backends.MandateBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
CSRF_FAILURE_VIEW = "maillage.portal.errors.csrf_failure"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "own:home"
LOGOUT_REDIRECT_URL = "portal:home"
# The way in (maillage/accounts/sign_in): a code in a letter; a password or a key for those who want one.
ALLAUTH_TRUSTED_PROXY_COUNT = read.integer("TRUSTED_PROXIES", default=0, least=0, most=5)
ACCOUNT_ADAPTER = "maillage.outbox.sign_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "maillage.accounts.sign_in.forms.AddressForm",
    "confirm_login_code": "maillage.accounts.sign_in.forms.LoginCodeForm",
    "confirm_email_verification_code": "maillage.accounts.sign_in.forms.AddressCodeForm",
    "add_email": "maillage.accounts.sign_in.forms.NewAddressForm",
    "set_password": "maillage.accounts.sign_in.forms.SetPasswordForm",
    "change_password": "maillage.accounts.sign_in.forms.ChangePasswordForm",
    "reauthenticate": "maillage.accounts.sign_in.forms.ReauthenticateForm",
}
MFA_ADAPTER = "maillage.accounts.sign_in.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Maillage"
MFA_FORMS = {
    "authenticate": "maillage.accounts.sign_in.forms.SecondFactorForm",
    "reauthenticate": "maillage.accounts.sign_in.forms.SecondFactorAgainForm",
    "activate_totp": "maillage.accounts.sign_in.forms.ActivateTotpForm",
    "add_webauthn": "maillage.accounts.sign_in.forms.AddKeyForm",
    "edit_webauthn": "maillage.accounts.sign_in.forms.EditKeyForm",
}
# A write at each click of each person would hold SQLite for nothing: a session is written down when it opens.
USERSESSIONS_TRACK_ACTIVITY = False
# One identity provider may vouch for people we know (ProConnect for public agents): it opens no new account.
IDENTITY_PROVIDERS = read.identity_providers()
SOCIALACCOUNT_ADAPTER = "maillage.accounts.sign_in.adapter.ProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": IDENTITY_PROVIDERS, "VERIFIED_EMAIL": True}}
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
NODE_MODULES = ROOT / "node_modules"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "ui.finders.StylesheetFinder",
]
STATICFILES_DIRS = [
    ("vendor/atkinson", NODE_MODULES / "@fontsource/atkinson-hyperlegible-next/files"),
    ("vendor/bricolage", NODE_MODULES / "@fontsource/bricolage-grotesque/files"),
    ("vendor/htmx", NODE_MODULES / "htmx.org/dist"),
    ("vendor/leaflet", NODE_MODULES / "leaflet/dist"),
]
STORAGES: dict[str, dict[str, Any]] = {
    "default": read.media_storage(DATA_DIR),
    "staticfiles": {"BACKEND": "ui.storage.HashedFiles"},
}
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
CLAMD_URL = "" if TESTING else read.clamd_url()
# In bytes, by the beginning of the address: a file of an import, a document of a member.
LONGEST_UPLOADS = {"/": 10_000_000, "/gestion/": 100 * 1024 * 1024}
FILE_UPLOAD_HANDLERS = [
    "maillage.kernel.uploads.receiving.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
X_FRAME_OPTIONS = "DENY"
# In the session rather than in a cookie of their own, which could not be bound to this host by its name.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CONTENT_SECURITY_POLICY: dict[str, dict[str, list[str]]] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
    }
}
# A form that leads to the provider is followed to it.
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += [read.origin(one) for one in IDENTITY_PROVIDERS]
# A background map is a choice of the territory: its address enters the policy with it, never otherwise.
MAP_TILES_URL = os.environ.get("MAP_TILES_URL", "")
MAP_TILES_CREDIT = os.environ.get("MAP_TILES_CREDIT", "")
if MAP_TILES_URL:
    _tiles = urlsplit(MAP_TILES_URL)
    if _tiles.scheme != "https" or not _tiles.hostname or not MAP_TILES_CREDIT:
        raise read.refuse("MAP_TILES_URL", "https://serveur/{z}/{x}/{y}.png, avec MAP_TILES_CREDIT")
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(f"https://{_tiles.hostname.replace('{s}', '*')}")

WAGTAIL_SITE_NAME = "Maillage"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "maillage.directory.backoffice.picture_form.CleanImageForm"
# Pages are written and published by the same agents; our own views show them.
# Addresses of pages in plain letters, as everywhere else.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILDOCS_DOCUMENT_FORM_BASE = "maillage.content.backoffice.document_form.ScreenedDocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "xlsx"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}

# The SIREN of the territory this site speaks for; without it, the only territory loaded.
TERRITORY_SIREN = os.environ.get("TERRITORY_SIREN", "")
TERRITORY_FILE = ROOT / "maillage/territories/data/coeur-des-hauts-de-france.json"
AIDES_TERRITOIRES_URL = os.environ.get("UPSTREAM_AIDES_TERRITOIRES_URL", "https://aides-territoires.beta.gouv.fr")
AIDES_TERRITOIRES_TOKEN = os.environ.get("AIDES_TERRITOIRES_TOKEN", "")
RECHERCHE_ENTREPRISES_URL = os.environ.get(
    "UPSTREAM_RECHERCHE_ENTREPRISES_URL", "https://recherche-entreprises.api.gouv.fr"
)
# Where a Sirene import started from the back office may read: web hosts, besides the folder DATA_DIR/sirene.
SIRENE_HOSTS = [host for host in os.environ.get(
    "SIRENE_HOSTS", "object.files.data.gouv.fr,files.data.gouv.fr,static.data.gouv.fr,www.data.gouv.fr"
).split(",") if host]  # fmt: skip
SIRENE_DIR = DATA_DIR / "sirene"
CONTACT = {
    "organisation": os.environ.get("CONTACT_ORGANISATION", ""),
    "person": os.environ.get("CONTACT_PERSON", ""),
    "phone": os.environ.get("CONTACT_PHONE", ""),
    "email": os.environ.get("CONTACT_EMAIL", ""),
    "address": os.environ.get("CONTACT_ADDRESS", ""),
}

# How letters leave (maillage/outbox): None keeps them, or shows them in the mailbox of the demonstration.
EMAIL_TRANSPORT = read.mail_way_out()
EMAIL_WEBHOOK_SECRET = read.webhook_secret()
# Where answers to the letters of a thread arrive (maillage/discussion); "" when no mail is received.
REPLY_ADDRESS = read.reply_address()
# What Django and Wagtail themselves write goes through the outbox too.
EMAIL_BACKEND = "maillage.outbox.backend.OutboxBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = read.mail_sender(SITE_URL)
ANYMAIL: dict[str, str] = {}
if EMAIL_TRANSPORT is not None and EMAIL_TRANSPORT["kind"] == "service":
    ANYMAIL.update(EMAIL_TRANSPORT["settings"])  # type: ignore[call-overload]
    # Mailgun signs its events with a key; the others send a name and a secret.
    secret_name = "MAILGUN_WEBHOOK_SIGNING_KEY" if EMAIL_TRANSPORT["name"] == "mailgun" else "WEBHOOK_SECRET"
    ANYMAIL[secret_name] = EMAIL_WEBHOOK_SECRET

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "maillage.kernel.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"maillage": {"level": "INFO"}},
}

if TESTING:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""  # tests/conftest.py turns unknown variables into failures
    TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    EMAIL_TRANSPORT = None
    DATABASES.pop("cache", None)
    BACKUP_DIR = read.throwaway_dir()
