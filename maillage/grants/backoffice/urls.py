"""Addresses of the room's back office, under /gestion/subventions/."""

from __future__ import annotations

from django.urls import path

from maillage.grants.backoffice import grants, reductions, registers, sheets, undertakings

app_name = "grants_office"
urlpatterns = [
    path("", sheets.calls, name="calls"),
    path("appels/<int:pk>/", sheets.sheet, name="sheet"),
    path("appels/<int:pk>/confirmer/", sheets.confirm, name="confirm"),
    path("appels/<int:pk>/fiche.<slug:form>", sheets.export, name="export"),
    path("appels/<int:pk>/lettres.<slug:form>", sheets.letters, name="letters"),
    path("aides/", grants.grants, name="grants"),
    path("aides/<int:pk>/", grants.grant, name="grant"),
    path("aides/<int:pk>/convention/", grants.draw, name="draw"),
    path("aides/<int:pk>/signer/", grants.sign, name="sign"),
    path("aides/<int:pk>/versements/<int:item>/", grants.pay, name="pay"),
    path("aides/<int:pk>/versements/<int:item>/confirmer/", grants.confirm, name="confirm_payment"),
    path("aides/<int:pk>/bilan/accepter/", grants.accept, name="accept"),
    path("aides/<int:pk>/bilan/completer/", grants.ask_again, name="ask_again"),
    path("aides/<int:pk>/publiee/", grants.publish, name="publish"),
    path("aides/<int:pk>/retirer/", grants.withdraw, name="withdraw"),
    path("aides/<int:pk>/annuler/", grants.cancel, name="cancel"),
    path("aides/<int:pk>/annuler/confirmer/", grants.confirm_cancel, name="confirm_cancel"),
    path("aides/<int:pk>/annuler/abandonner/", grants.drop_cancel, name="drop_cancel"),
    path("aides/<int:pk>/reduire/", reductions.reduce, name="reduce"),
    path("aides/<int:pk>/reduire/confirmer/", reductions.confirm_reduce, name="confirm_reduce"),
    path("aides/<int:pk>/reduire/abandonner/", reductions.drop_reduce, name="drop_reduce"),
    path("aides/<int:pk>/documents/", grants.add_file, name="add_file"),
    path("aides/<int:pk>/documents/<int:item>/", grants.file, name="file"),
    path("aides/<int:pk>/documents/<int:item>/retirer/", grants.remove_file, name="remove_file"),
    path("aides/<int:pk>/<slug:what>.<slug:form>", grants.document, name="document"),
    path("de-minimis/", registers.register, name="register"),
    path("de-minimis/<int:pk>/", registers.registered, name="registered"),
    path("de-minimis.csv", registers.register_csv, name="register_csv"),
    path("entreprises/", undertakings.undertakings, name="undertakings"),
    path("entreprises/<int:pk>/", undertakings.undertaking, name="undertaking"),
    path("entreprises/reunir/", undertakings.join, name="join"),
    path("entreprises/<int:pk>/separer/<int:item>/", undertakings.part, name="part"),
    path("refus/", registers.refused, name="refused"),
]
