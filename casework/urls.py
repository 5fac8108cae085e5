"""Addresses of conversations, cases and residents. They carry ids only."""

from django.urls import path

from . import api
from .views import cases, intakes, residents, summaries

app_name = "casework"
urlpatterns = [
    path("intakes/nieuw/", intakes.start, name="intake-start"),
    path("intakes/<uuid:pk>/verhaal/", intakes.story, name="intake-story"),
    path("intakes/<uuid:pk>/markeren/", intakes.marks, name="intake-marks"),
    path("intakes/<uuid:pk>/markeren/<str:kind>/<uuid:mark>/weg/", intakes.unmark, name="intake-unmark"),
    path("intakes/<uuid:pk>/wie/", intakes.who, name="intake-who"),
    path("intakes/<uuid:pk>/afronden/", intakes.conclude, name="intake-conclude"),
    path("intakes/<uuid:pk>/weggooien/", intakes.discard, name="intake-discard"),
    path("intakes/<uuid:pk>/acuut/", intakes.acute, name="intake-acute"),
    path("api/intakes/<uuid:pk>/sheet", api.IntakeSheet.as_view(), name="intake-sheet"),
    path("inwoners/", residents.residents, name="residents"),
    path("casussen/<uuid:pk>/", cases.case, name="case"),
    path("casussen/<uuid:pk>/bijwerken/", cases.update, name="case-update"),
    path("casussen/<uuid:pk>/bijwerken/<str:kind>/<uuid:thing>/", cases.amend, name="case-amend"),
    path("casussen/<uuid:pk>/samenvatting/", summaries.summary, name="case-summary"),
    path("casussen/<uuid:pk>/samenvatting/<int:number>/", summaries.version, name="case-summary-version"),
    path("casussen/<uuid:pk>/samenvatting/<int:number>/tekst/", summaries.wording, name="case-summary-wording"),
    path("casussen/<uuid:pk>/samenvatting/<int:number>/pdf/", summaries.on_paper, name="case-summary-paper"),
    path("samenvatting/talen/", summaries.summary_languages, name="summary-languages"),
    path("casussen/<uuid:pk>/geschiedenis/", cases.history, name="case-history"),
    path("casussen/<uuid:pk>/inzage/", cases.access, name="case-access"),
    path("casussen/<uuid:pk>/aansluiten/", residents.join, name="case-join"),
]
