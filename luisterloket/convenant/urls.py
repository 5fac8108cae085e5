"""Addresses of the convenant and of what is kept under it."""

from django.urls import path

from .views import access_log, identity_numbers, register, versions

urlpatterns = [
    path("", versions.convenant, name="convenant"),
    path("register/", register.processing_register, name="processing-register"),
    path("register/json/", register.register_json, name="processing-register-json"),
    path("register/csv/", register.register_csv, name="processing-register-csv"),
    path("inzage/", access_log.access_log, name="access-log"),
    path("burgerservicenummer/", identity_numbers.numbers, name="identity-numbers"),
    path("burgerservicenummer/<uuid:pk>/aan/", identity_numbers.numbers_on, name="identity-numbers-on"),
    path("burgerservicenummer/<uuid:pk>/uit/", identity_numbers.numbers_off, name="identity-numbers-off"),
]
