"""Addresses of the convenant and of what is kept under it."""

from django.urls import path

from .views import access_log, identity_numbers, versions

urlpatterns = [
    path("", versions.convenant, name="convenant"),
    path("inzage/", access_log.access_log, name="access-log"),
    path("inzage/uitvoer/", access_log.export_log, name="access-log-export"),
    path("inzage/opvallend/", access_log.unusual_looks, name="unusual-looks"),
    path("inzage/opvallend/<uuid:pk>/", access_log.unusual_look, name="unusual-look"),
    path("inzage/postcodes/", access_log.watched_homes, name="watched-homes"),
    path("burgerservicenummer/", identity_numbers.numbers, name="identity-numbers"),
    path("burgerservicenummer/<uuid:pk>/aan/", identity_numbers.numbers_on, name="identity-numbers-on"),
    path("burgerservicenummer/<uuid:pk>/uit/", identity_numbers.numbers_off, name="identity-numbers-off"),
]
