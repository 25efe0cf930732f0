"""Three doormen: every request has a number, what cannot be text is refused, and nobody keeps a person's page."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

GetResponse = Callable[[HttpRequest], HttpResponse]
# « Près de chez moi » and passkeys are ours; the rest no page of this site ever asks for.
DEVICES = ", ".join([
    "geolocation=(self)", "publickey-credentials-create=(self)", "publickey-credentials-get=(self)",
    *(f"{name}=()" for name in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "gyroscope",
        "hid", "identity-credentials-get", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
        "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    )),
])  # fmt: skip
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def request_id(get_response: GetResponse) -> GetResponse:
    """Echo X-Request-ID, or draw one, so that a person and a log can speak of the same request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        number = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        request.META["REQUEST_ID"] = number
        response = get_response(request)
        response["X-Request-ID"] = number
        return response

    return middleware


def discreet(get_response: GetResponse) -> GetResponse:
    """Close what no page of ours asks of a device; let no cache keep what somebody with a session was shown.

    What says itself to be public (tiles, words to complete, the open API) holds nothing of anybody and stays so.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Permissions-Policy"] = DEVICES
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "public" not in response.get("Cache-Control", ""):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware


def tidy_parameters(get_response: GetResponse) -> GetResponse:
    """Refuse with a sentence what no database takes: NUL and bytes that are not UTF-8 (lone surrogates too)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        address = request.META.get("QUERY_STRING", "") + request.META.get("PATH_INFO", "")
        if _is_not_text(address):
            page = render_to_string(
                "ui/error.html",
                {
                    "code": 400,
                    "title": "Cette adresse n’est pas lisible",
                    "message": "Elle contient des caractères qui ne sont pas du texte. "
                    "Vérifiez le lien que vous avez suivi, ou repartez de l’accueil.",
                },
            )
            return HttpResponseBadRequest(page)
        return get_response(request)

    return middleware


def _is_not_text(address: str) -> bool:
    if "\x00" in address or "%00" in address:
        return True
    try:
        unquote_to_bytes(address).decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return True
    return False
