"""Systems of partners: the pages on which they are let in, and the description of the API."""

from django.urls import path

from . import views
from .api import schema

ONE, ADDRESS = "beheer/koppelingen/<uuid:pk>/", "beheer/koppelingen/<uuid:pk>/meldingen/<uuid:webhook>/"
urlpatterns = [
    path("api/v1/openapi.json", schema.openapi, name="openapi"),
    path("beheer/koppelingen/", views.connections, name="connections"),
    path("beheer/koppelingen/nieuw/", views.new, name="connections-new"),
    path(ONE, views.one, name="connections-one"),
    path(f"{ONE}stoppen/", views.end, name="connections-end"),
    path(f"{ONE}tokens/", views.token, name="connections-token"),
    path(f"{ONE}tokens/<uuid:token>/intrekken/", views.revoke, name="connections-revoke"),
    path(f"{ONE}meldingen/", views.webhook, name="connections-webhook"),
    path(f"{ADDRESS}geheim/", views.webhook_secret, name="connections-webhook-secret"),
    path(f"{ADDRESS}uit/", views.webhook_off, name="connections-webhook-off"),
    path(f"{ADDRESS}proef/", views.webhook_trial, name="connections-webhook-trial"),
]
