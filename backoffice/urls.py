"""Addresses of desks and requests; no name is ever in one."""

from django.urls import path

from .views import desk_terms, escalations, lists, outcomes, requests, sending, several

app_name = "backoffice"
urlpatterns = [
    path("casussen/<uuid:pk>/verzoek/", sending.new_request, name="request-new"),
    path("casussen/<uuid:pk>/verzoeken/", several.new_requests, name="requests-new"),
    path("verzoeken/", lists.requests, name="requests"),
    path("verzoeken/<uuid:pk>/", requests.request_page, name="request"),
    path("verzoeken/<uuid:pk>/oppakken/", requests.take_up, name="request-take-up"),
    path("verzoeken/<uuid:pk>/vraag-terug/", requests.ask_back, name="request-ask-back"),
    path("verzoeken/<uuid:pk>/stilzetten/", requests.pause, name="request-pause"),
    path("verzoeken/<uuid:pk>/verdergaan/", requests.resume, name="request-resume"),
    path("verzoeken/<uuid:pk>/verlengen/", requests.extend, name="request-extend"),
    path("verzoeken/<uuid:pk>/reageren/", requests.reply, name="request-reply"),
    path("verzoeken/<uuid:pk>/beantwoorden/", requests.answer, name="request-answer"),
    path("verzoeken/<uuid:pk>/vertellen/", requests.tell, name="request-tell"),
    path("verzoeken/<uuid:pk>/gewerkt/", requests.check_outcome, name="request-check-outcome"),
    path("verzoeken/<uuid:pk>/over-de-vraag/", requests.judge, name="request-judge"),
    path("verzoeken/<uuid:pk>/terughalen/", requests.withdraw, name="request-withdraw"),
    path("verzoeken/<uuid:pk>/nalezen/", requests.reword, name="request-reword"),
    path("verzoeken/<uuid:pk>/gezien/", requests.seen, name="request-seen"),
    path("verzoeken/<uuid:pk>/betwisten/", requests.contest, name="request-contest"),
    path("verzoeken/<uuid:pk>/opnieuw/", requests.reconsider, name="request-reconsider"),
    path("verzoeken/<uuid:pk>/laten/", requests.take_contest_back, name="request-take-contest-back"),
    path("verzoeken/<uuid:pk>/voorleggen/", requests.escalate, name="request-escalate"),
    path("voorgelegd/", escalations.escalations, name="escalations"),
    path("voorgelegd/<uuid:pk>/", escalations.escalation, name="escalation"),
    path("desks/<uuid:pk>/navragen/", outcomes.outcome_weeks, name="desk-outcome-weeks"),
    path("desks/<uuid:pk>/", lists.queue, name="queue"),
    path("desks/<uuid:pk>/termijnen/", desk_terms.desk_terms, name="desk-terms"),
    path("desks/<uuid:pk>/termijnen/nieuw/", desk_terms.new_term, name="desk-term"),
    path("desks/<uuid:pk>/termijnen/openingstijden/", desk_terms.hours, name="desk-hours"),
    path("desks/<uuid:pk>/termijnen/dicht/", desk_terms.close_day, name="desk-close-day"),
    path("desks/<uuid:pk>/termijnen/open/", desk_terms.open_day, name="desk-open-day"),
    path("desks/<uuid:pk>/termijnen/soorten/", desk_terms.kinds, name="desk-kinds"),
]
