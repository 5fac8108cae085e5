"""Addresses of conversations, cases and residents. They carry ids only."""

from django.urls import path

from . import api
from .views import cases, connecting, contacts, conversations, intakes, money, persons, residents, ways

app_name = "casework"
urlpatterns = [
    path("intakes/nieuw/", intakes.start, name="intake-start"),
    path("intakes/<uuid:pk>/verhaal/", intakes.story, name="intake-story"),
    path("intakes/<uuid:pk>/markeren/", intakes.marks, name="intake-marks"),
    path("intakes/<uuid:pk>/markeren/<str:kind>/<uuid:mark>/weg/", intakes.unmark, name="intake-unmark"),
    path("intakes/<uuid:pk>/wie/", intakes.who, name="intake-who"),
    path("intakes/<uuid:pk>/bekend/", connecting.known, name="intake-known"),
    path("intakes/<uuid:pk>/aansluiten/<uuid:case>/", connecting.connect, name="intake-connect"),
    path("intakes/<uuid:pk>/afronden/", intakes.conclude, name="intake-conclude"),
    path("intakes/<uuid:pk>/weggooien/", intakes.discard, name="intake-discard"),
    path("intakes/<uuid:pk>/acuut/", intakes.acute, name="intake-acute"),
    path("intakes/<uuid:pk>/vragen/", intakes.questions, name="intake-questions"),
    path("intakes/<uuid:pk>/samen/", conversations.together, name="intake-together"),
    path("intakes/<uuid:pk>/overnemen/", conversations.take_over, name="intake-take-over"),
    path("intakes/<uuid:pk>/gesprekken/", conversations.meetings, name="intake-meetings"),
    path("intakes/<uuid:pk>/controleren/", conversations.checks, name="intake-checks"),
    path("api/intakes/<uuid:pk>/sheet", api.IntakeSheet.as_view(), name="intake-sheet"),
    path("werkwijze/<uuid:pk>/", ways.way_of_working, name="way-of-working"),
    path("kort/", contacts.short, name="short-contacts"),
    path("kort/<uuid:pk>/gesprek/", contacts.short_to_intake, name="short-contact-intake"),
    path("kort/<uuid:pk>/wijzigen/", contacts.short_amend, name="short-contact-amend"),
    path("kort/<uuid:pk>/koppelen/", contacts.short_link, name="short-contact-link"),
    path("inwoners/", residents.residents, name="residents"),
    path("casussen/<uuid:pk>/", cases.case, name="case"),
    path("casussen/<uuid:pk>/bijwerken/", cases.update, name="case-update"),
    path("casussen/<uuid:pk>/bijwerken/<str:kind>/<uuid:thing>/", cases.amend, name="case-amend"),
    path("casussen/<uuid:pk>/samenvatting/", cases.summary, name="case-summary"),
    path("casussen/<uuid:pk>/contact/", contacts.moments, name="case-contact"),
    path("casussen/<uuid:pk>/contact/<uuid:moment>/", contacts.amend_moment, name="case-contact-amend"),
    path("casussen/<uuid:pk>/geld/", money.sheet, name="case-money"),
    path("casussen/<uuid:pk>/geld/<str:word>/", money.add, name="money-add"),
    path("casussen/<uuid:pk>/geld/<str:word>/<uuid:line>/", money.change, name="money-change"),
    path("casussen/<uuid:pk>/geld/<str:word>/<uuid:line>/weer/", money.again, name="money-again"),
    path("casussen/<uuid:pk>/geld/schuld/<uuid:line>/gesproken/", money.talked, name="money-talked"),
    path("casussen/<uuid:pk>/inzage/", cases.access, name="case-access"),
    path("casussen/<uuid:pk>/wie/", persons.who, name="case-who"),
    path("casussen/<uuid:pk>/dubbel/", persons.double, name="case-double"),
    path("casussen/<uuid:pk>/dubbel/<uuid:other>/", persons.merge, name="case-merge"),
    path("casussen/<uuid:pk>/dubbel/<uuid:merge>/ongedaan/", persons.undo, name="case-part"),
    path("casussen/<uuid:pk>/aansluiten/", residents.join, name="case-join"),
]
