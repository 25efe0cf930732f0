"""The floor of `benchmarks.serving`: a Django view that answers two bytes, nothing around it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

if not settings.configured:
    settings.configure(SECRET_KEY="bare", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[])

import django
from django.core.wsgi import get_wsgi_application

django.setup()


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"ok")


urlpatterns = [path("", answer), path("sante/vif", answer)]
application = get_wsgi_application()
