"""Addresses of desks and requests; no name is ever in one."""

from django.urls import path

from .views import lists, outcomes, requests, sending, several

app_name = "backoffice"
urlpatterns = [
    path("casussen/<uuid:pk>/verzoek/", sending.new_request, name="request-new"),
    path("casussen/<uuid:pk>/verzoeken/", several.new_requests, name="requests-new"),
    path("verzoeken/", lists.requests, name="requests"),
    path("verzoeken/<uuid:pk>/", requests.request_page, name="request"),
    path("verzoeken/<uuid:pk>/oppakken/", requests.take_up, name="request-take-up"),
    path("verzoeken/<uuid:pk>/vraag-terug/", requests.ask_back, name="request-ask-back"),
    path("verzoeken/<uuid:pk>/reageren/", requests.reply, name="request-reply"),
    path("verzoeken/<uuid:pk>/beantwoorden/", requests.answer, name="request-answer"),
    path("verzoeken/<uuid:pk>/vertellen/", requests.tell, name="request-tell"),
    path("verzoeken/<uuid:pk>/gewerkt/", requests.check_outcome, name="request-check-outcome"),
    path("verzoeken/<uuid:pk>/over-de-vraag/", requests.judge, name="request-judge"),
    path("verzoeken/<uuid:pk>/terughalen/", requests.withdraw, name="request-withdraw"),
    path("verzoeken/<uuid:pk>/nalezen/", requests.reword, name="request-reword"),
    path("verzoeken/<uuid:pk>/gezien/", requests.seen, name="request-seen"),
    path("desks/<uuid:pk>/navragen/", outcomes.outcome_weeks, name="desk-outcome-weeks"),
    path("desks/<uuid:pk>/", lists.queue, name="queue"),
]
