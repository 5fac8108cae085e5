"""Addresses of the money of a wijk. They carry ids only."""

from django.urls import path

from .views import budgets, grants, ledger, lines

app_name = "wijkbegroting"
urlpatterns = [
    path("", budgets.home, name="home"),
    path("openen/", budgets.open_budget, name="open-budget"),
    path("uitbetalen/", grants.to_pay, name="pay-list"),
    path("grootboek/", ledger.journal, name="ledger"),
    path("regels/<uuid:pk>/", lines.line, name="line"),
    path("regels/<uuid:pk>/opnieuw/", lines.resubmit, name="line-resubmit"),
    path("regels/<uuid:pk>/<slug:act>/", lines.decide, name="line-act"),
    path("bronnen/<uuid:pk>/ontvangst/", budgets.receive, name="receive"),
    path("casussen/<uuid:pk>/maatwerk/", grants.ask, name="ask"),
    path("maatwerk/<uuid:pk>/", grants.grant, name="grant"),
    path("maatwerk/<uuid:pk>/<slug:act>/", grants.act, name="grant-act"),
    path("<uuid:pk>/", budgets.budget, name="budget"),
    path("<uuid:pk>/regels.csv", budgets.lines_csv, name="budget-csv"),
    path("<uuid:pk>/regels/nieuw/", lines.propose, name="propose"),
    path("<uuid:pk>/bronnen/nieuw/", budgets.add_source, name="add-source"),
    path("<uuid:pk>/mandaat/", budgets.sign_mandate, name="mandate"),
]
