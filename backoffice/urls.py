"""Addresses of desks and requests; no name is ever in one."""

from django.urls import path

from .views import absences, desks, lists, requests, sending

app_name = "backoffice"
urlpatterns = [
    path("casussen/<uuid:pk>/verzoek/", sending.new_request, name="request-new"),
    path("verzoeken/", lists.requests, name="requests"),
    path("verzoeken/<uuid:pk>/", requests.request_page, name="request"),
    path("verzoeken/<uuid:pk>/oppakken/", requests.take_up, name="request-take-up"),
    path("verzoeken/<uuid:pk>/vraag-terug/", requests.ask_back, name="request-ask-back"),
    path("verzoeken/<uuid:pk>/reageren/", requests.reply, name="request-reply"),
    path("verzoeken/<uuid:pk>/beantwoorden/", requests.answer, name="request-answer"),
    path("verzoeken/<uuid:pk>/vertellen/", requests.tell, name="request-tell"),
    path("verzoeken/<uuid:pk>/terughalen/", requests.withdraw, name="request-withdraw"),
    path("verzoeken/<uuid:pk>/nalezen/", requests.reword, name="request-reword"),
    path("verzoeken/<uuid:pk>/gezien/", requests.seen, name="request-seen"),
    path("desks/<uuid:pk>/", lists.queue, name="queue"),
    path("desks/<uuid:pk>/over/", desks.desk, name="desk"),
    path("desks/<uuid:pk>/over/wijzigen/", desks.change, name="desk-change"),
    path("desks/<uuid:pk>/vragen/", desks.questions, name="desk-questions"),
    path("desks/<uuid:pk>/vragen/<uuid:question>/", desks.question, name="desk-question"),
    path("desks/<uuid:pk>/vragen/<uuid:question>/weg/", desks.question_away, name="desk-question-away"),
    path("desks/<uuid:pk>/vragen/<uuid:question>/hoger/", desks.question_up, name="desk-question-up"),
    path("afwezig/<uuid:unit>/", absences.absences, name="absences"),
    path("afwezig/<uuid:unit>/<uuid:pk>/", absences.absence, name="absence"),
    path("afwezig/<uuid:unit>/<uuid:pk>/terug/", absences.back, name="absence-back"),
    path("afwezig/<uuid:unit>/<uuid:pk>/doorgeven/", absences.pass_on, name="absence-pass-on"),
]
