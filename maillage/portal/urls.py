"""The doors of the portal; all of them are open to everyone."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import path, re_path
from django.views.generic import RedirectView

from maillage.portal.views import (
    communes,
    glossary,
    health,
    home,
    media,
    pages,
    participate,
    searching,
    sharing,
    sitemap,
)

app_name = "portal"
CODE = r"(?P<code>[0-9][0-9AB][0-9]{3})"


class Favicon(RedirectView):
    """What browsers ask for unbidden; the address of the drawing is known once static files are."""

    def get_redirect_url(self, *args: object, **kwargs: object) -> str:
        return static("ui/favicon.png")


urlpatterns = [
    path("", home.home, name="home"),
    path("communes/", communes.communes, name="communes"),
    re_path(rf"^communes/{CODE}/$", communes.commune, name="commune_by_code"),
    re_path(rf"^communes/{CODE}/affiche\.pdf$", communes.commune_poster, name="commune_poster"),
    re_path(rf"^communes/{CODE}-(?P<slug>[a-z0-9-]{{1,120}})/$", communes.commune, name="commune"),
    path("recherche/", searching.everything, name="search"),
    path("participer/", participate.participate, name="participate"),
    path("a-propos/", pages.about, name="about"),
    path("glossaire/", glossary.glossary, name="glossary"),
    path("integrer/", sharing.configurator, name="embed"),
    path("integrer/annuaire/", sharing.embedded, name="embedded"),
    path("actus.rss", sharing.LatestSheets(), name="latest"),
    path("contact/", pages.contact, name="contact"),
    path("mentions-legales/", pages.legal, name="legal"),
    path("donnees-personnelles/", pages.privacy, name="privacy"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("plan-du-site/", pages.sitemap_page, name="sitemap"),
    path("robots.txt", pages.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap_xml, name="sitemap_xml"),
    path("sitemap-<slug:name>-<int:part>.xml", sitemap.sitemap_part, name="sitemap_part"),
    path(".well-known/security.txt", pages.security_txt, name="security_txt"),
    path("sante/vif", health.alive, name="alive"),
    path("sante/pret", health.ready, name="ready"),
    path("sante/profond", health.deep, name="deep"),
    path("media/<path:path>", media.media, name="media"),
    path("favicon.ico", Favicon.as_view(), name="favicon"),
]
