"""Addresses of conversations, cases and residents. They carry ids only."""

from django.urls import path

from . import api
from .views import cases, intakes, people, residents, safety

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
    path("casussen/<uuid:pk>/samenvatting/", cases.summary, name="case-summary"),
    path("casussen/<uuid:pk>/inzage/", cases.access, name="case-access"),
    path("casussen/<uuid:pk>/aansluiten/", residents.join, name="case-join"),
    path("casussen/<uuid:pk>/bescherming/", safety.protection, name="case-protection"),
    path("casussen/<uuid:pk>/bescherming/<slug:act>/", safety.act, name="case-protection-act"),
    path("casussen/<uuid:pk>/overnemen/", safety.take_over, name="case-take-over"),
    path("casussen/<uuid:pk>/mensen/", people.people, name="case-people"),
    path("casussen/<uuid:pk>/mensen/erbij/", people.add, name="case-person-add"),
    path("casussen/<uuid:pk>/mensen/<uuid:resident>/", people.person, name="case-person"),
    path("casussen/<uuid:pk>/mensen/<uuid:resident>/gezin/", people.household, name="case-person-household"),
    path("casussen/<uuid:pk>/mensen/<uuid:resident>/weg/", people.leaves, name="case-person-leaves"),
    path("casussen/<uuid:pk>/mensen/<uuid:resident>/bereiken/", people.reach, name="case-person-reach"),
    path("casussen/<uuid:pk>/mensen/<uuid:resident>/ouders/erbij/", people.add_tie, name="case-person-tie-add"),
    path("casussen/<uuid:pk>/mensen/<uuid:resident>/ouders/<uuid:thing>/", people.end_tie, name="case-person-tie"),
    path(
        "casussen/<uuid:pk>/mensen/<uuid:resident>/vertegenwoordigers/erbij/",
        people.add_representative,
        name="case-person-representative-add",
    ),
    path(
        "casussen/<uuid:pk>/mensen/<uuid:resident>/vertegenwoordigers/<uuid:thing>/",
        people.representative,
        name="case-person-representative",
    ),
    path(
        "casussen/<uuid:pk>/mensen/<uuid:resident>/vertegenwoordigers/<uuid:thing>/wachtzin/",
        people.phrase,
        name="case-person-phrase",
    ),
]
