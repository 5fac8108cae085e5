"""Addresses of desks and requests; no name is ever in one."""

from django.urls import path

from .views import lists, requests, sending, stalls

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
    path("stilstand/", stalls.stalls, name="stalls"),
    path("stilstand/regels/", stalls.rules, name="stall-rules"),
    path("stilstand/regels/stad/<slug:clock>/", stalls.rule, name="stall-rule-city"),
    path("stilstand/regels/<uuid:unit>/<slug:clock>/", stalls.rule, name="stall-rule"),
    path("stilstand/<uuid:pk>/uitstellen/", stalls.snooze, name="stall-snooze"),
    path("stilstand/<uuid:pk>/vragen/", stalls.ask, name="stall-ask"),
    path("desks/<uuid:pk>/", lists.queue, name="queue"),
]
