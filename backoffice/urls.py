"""Addresses of desks and requests; no name is ever in one."""

from django.urls import path

from . import views

app_name = "backoffice"
urlpatterns = [
    path("casussen/<uuid:pk>/verzoek/", views.new_request, name="request-new"),
    path("verzoeken/", views.requests, name="requests"),
    path("verzoeken/<uuid:pk>/", views.request_page, name="request"),
    path("verzoeken/<uuid:pk>/oppakken/", views.take_up, name="request-take-up"),
    path("verzoeken/<uuid:pk>/vraag-terug/", views.ask_back, name="request-ask-back"),
    path("verzoeken/<uuid:pk>/reageren/", views.reply, name="request-reply"),
    path("verzoeken/<uuid:pk>/beantwoorden/", views.answer, name="request-answer"),
    path("verzoeken/<uuid:pk>/vertellen/", views.tell, name="request-tell"),
    path("verzoeken/<uuid:pk>/terughalen/", views.withdraw, name="request-withdraw"),
    path("verzoeken/<uuid:pk>/nalezen/", views.reword, name="request-reword"),
    path("verzoeken/<uuid:pk>/gezien/", views.seen, name="request-seen"),
    path("desks/<uuid:pk>/", views.queue, name="queue"),
]
