from django.urls import path

from maillage.strategy.views import indicators, plan

app_name = "strategy"
urlpatterns = [
    path("strategie/", plan.index, name="index"),
    path("strategie/indicateurs/", indicators.indicators, name="indicators"),
    path("strategie/indicateurs/<str:code>.csv", indicators.indicator_csv, name="indicator_csv"),
    path("strategie/indicateurs/<str:code>/", indicators.indicator, name="indicator"),
    path("strategie/<str:code>/", plan.measure, name="measure"),
    path("strategie/<str:code>/fiche.pdf", plan.measure_sheet, name="measure_sheet"),
]
