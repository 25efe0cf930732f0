from django.urls import path

from maillage.strategy import views

app_name = "strategy"
urlpatterns = [
    path("strategie/", views.index, name="index"),
    path("strategie/<str:code>/", views.measure, name="measure"),
    path("strategie/<str:code>/fiche.pdf", views.measure_sheet, name="measure_sheet"),
]
