"""Addresses of desks and requests; no name is ever in one."""

from django.urls import path

from .views import hand_ins, lists, receiving, requests, sending

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
    path("overdrachten/", hand_ins.sent, name="hand-ins"),
    path("overdrachten/nieuw/", hand_ins.new, name="hand-in-new"),
    path("overdrachten/<uuid:pk>/", hand_ins.one, name="hand-in"),
    path("overdrachten/<uuid:pk>/terughalen/", hand_ins.withdraw, name="hand-in-withdraw"),
    path("overgedragen/", receiving.received_all, name="received-all"),
    path("overgedragen/<uuid:pk>/", receiving.received, name="received"),
    path("overgedragen/<uuid:pk>/geven/", receiving.give, name="received-give"),
    path("overgedragen/<uuid:pk>/aannemen/", receiving.accept, name="received-accept"),
    path("overgedragen/<uuid:pk>/casus/", receiving.link, name="received-link"),
    path("overgedragen/<uuid:pk>/terugsturen/", receiving.send_back, name="received-send-back"),
    path("overgedragen/<uuid:pk>/afronden/", receiving.conclude, name="received-conclude"),
    path("desks/<uuid:pk>/", lists.queue, name="queue"),
]
