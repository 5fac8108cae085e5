"""Addresses of the API, without a slash at the end. What is no noun begins with a low line (resource-operations)."""

from django.urls import path

from . import hand_ins, views

app_name = "api"
urlpatterns = [
    path("verzoeken", views.VerzoekenView.as_view(), name="verzoeken"),
    path("verzoeken/<uuid:pk>", views.VerzoekView.as_view(), name="verzoek"),
    path("verzoeken/<uuid:pk>/_oppakken", views.OppakkenView.as_view(), name="verzoek-oppakken"),
    path("verzoeken/<uuid:pk>/_terugvragen", views.TerugvragenView.as_view(), name="verzoek-terugvragen"),
    path("verzoeken/<uuid:pk>/_beantwoorden", views.BeantwoordenView.as_view(), name="verzoek-beantwoorden"),
    path("loketten", hand_ins.LokettenView.as_view(), name="loketten"),
    path("overdrachten", hand_ins.OverdrachtenView.as_view(), name="overdrachten"),
    path("overdrachten/<uuid:pk>", hand_ins.OverdrachtView.as_view(), name="overdracht"),
    path("overdrachten/<uuid:pk>/_intrekken", hand_ins.IntrekkenView.as_view(), name="overdracht-intrekken"),
]
