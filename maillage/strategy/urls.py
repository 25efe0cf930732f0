from django.urls import path

from maillage.strategy import views, views_indicators

app_name = "strategy"
urlpatterns = [
    path("strategie/", views.index, name="index"),
    path("strategie/indicateurs/", views_indicators.indicators, name="indicators"),
    path("strategie/indicateurs/<str:code>.csv", views_indicators.indicator_csv, name="indicator_csv"),
    path("strategie/indicateurs/<str:code>/", views_indicators.indicator, name="indicator"),
    path("strategie/<str:code>/", views.measure, name="measure"),
    path("strategie/<str:code>/fiche.pdf", views.measure_sheet, name="measure_sheet"),
]
