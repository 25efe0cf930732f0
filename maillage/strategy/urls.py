from django.urls import path

from maillage.kernel.doors import open_to_all
from maillage.strategy.views import indicators, overview, plan, proofs, questions

app_name = "strategy"
urlpatterns = [
    path("moi/strategie/", overview.steering, name="steering"),
    *open_to_all([
        path("strategie/", plan.index, name="index"),
        path("strategie/calendrier/", overview.calendar, name="calendar"),
        path("strategie/tableau/", overview.board, name="board"),
        path("strategie/indicateurs/", indicators.indicators, name="indicators"),
        path("strategie/indicateurs/<str:code>.csv", indicators.indicator_csv, name="indicator_csv"),
        path("strategie/indicateurs/<str:code>/liste/", indicators.counted, name="counted"),
        path("strategie/indicateurs/<str:code>/", indicators.indicator, name="indicator"),
        path("strategie/<str:code>/", plan.measure, name="measure"),
        path("strategie/<str:code>/fiche.pdf", plan.measure_sheet, name="measure_sheet"),
        path("strategie/<str:code>/preuves/", proofs.proofs, name="proofs"),
        path("strategie/<str:code>/questions/", questions.questions, name="questions"),
        path("strategie/<str:code>/question/", questions.ask, name="ask"),
    ]),
]  # fmt: skip
