"""Addresses of the API, without a slash at the end. What is no noun begins with a low line (resource-operations)."""

from django.urls import path

from . import views

app_name = "api"
urlpatterns = [
    path("verzoeken", views.VerzoekenView.as_view(), name="verzoeken"),
    path("verzoeken/<uuid:pk>", views.VerzoekView.as_view(), name="verzoek"),
    path("verzoeken/<uuid:pk>/_oppakken", views.OppakkenView.as_view(), name="verzoek-oppakken"),
    path("verzoeken/<uuid:pk>/_terugvragen", views.TerugvragenView.as_view(), name="verzoek-terugvragen"),
    path("verzoeken/<uuid:pk>/_beantwoorden", views.BeantwoordenView.as_view(), name="verzoek-beantwoorden"),
]
