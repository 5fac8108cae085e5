"""Addresses of the convenant and of what is kept under it."""

from django.urls import path

from .views import access_log, breaches, identity_numbers, versions

urlpatterns = [
    path("", versions.convenant, name="convenant"),
    path("inzage/", access_log.access_log, name="access-log"),
    path("datalekken/", breaches.register, name="breaches"),
    path("datalekken/melden/", breaches.report, name="breach-new"),
    path("datalekken/register.csv", breaches.register_csv, name="breaches-csv"),
    path("datalekken/<uuid:pk>/", breaches.breach, name="breach"),
    path("datalekken/<uuid:pk>/papier/", breaches.paper, name="breach-paper"),
    path("datalekken/<uuid:pk>/<slug:act>/", breaches.act, name="breach-act"),
    path("burgerservicenummer/", identity_numbers.numbers, name="identity-numbers"),
    path("burgerservicenummer/<uuid:pk>/aan/", identity_numbers.numbers_on, name="identity-numbers-on"),
    path("burgerservicenummer/<uuid:pk>/uit/", identity_numbers.numbers_off, name="identity-numbers-off"),
]
