"""Addresses of the convenant and of what is kept under it."""

from django.urls import path

from .views import access_log, drafts, identity_numbers, laws, lifecycle, matrix, versions

urlpatterns = [
    path("", versions.convenant, name="convenant"),
    path("versies/", versions.versions, name="convenant-versions"),
    path("versies/<uuid:pk>/", versions.version, name="convenant-version"),
    path("versies/<uuid:pk>/verschil/", versions.changes, name="convenant-changes"),
    path("versies/<uuid:pk>/bestand/", versions.as_file, name="convenant-file"),
    path("nieuw/", drafts.new, name="convenant-new"),
    path("inlezen/", lifecycle.read_in, name="convenant-read-in"),
    path("organisatie/", drafts.organisation, name="convenant-organisation"),
    path("versies/<uuid:pk>/bewerken/", drafts.edit, name="convenant-edit"),
    path("versies/<uuid:pk>/gegevens/", drafts.details, name="convenant-details"),
    path("versies/<uuid:pk>/partijen/", drafts.parties, name="convenant-parties"),
    path("versies/<uuid:pk>/partijen/<uuid:party>/", drafts.party, name="convenant-party"),
    path("versies/<uuid:pk>/partijen/<uuid:party>/weg/", drafts.party_remove, name="convenant-party-remove"),
    path("versies/<uuid:pk>/partijen/<uuid:party>/tekenen/", lifecycle.sign, name="convenant-sign"),
    path("versies/<uuid:pk>/partijen/<uuid:party>/uittreden/", lifecycle.leave, name="convenant-leave"),
    path("versies/<uuid:pk>/doelen/", drafts.purposes, name="convenant-purposes"),
    path("versies/<uuid:pk>/doelen/<uuid:purpose>/", drafts.purpose, name="convenant-purpose"),
    path("versies/<uuid:pk>/doelen/<uuid:purpose>/matrix/", matrix.matrix, name="convenant-matrix"),
    path("versies/<uuid:pk>/doelen/<uuid:purpose>/weg/", drafts.purpose_remove, name="convenant-purpose-remove"),
    path("versies/<uuid:pk>/artikelen/", drafts.clauses, name="convenant-clauses"),
    path("versies/<uuid:pk>/artikelen/<uuid:clause>/", drafts.clause, name="convenant-clause"),
    path("versies/<uuid:pk>/artikelen/<uuid:clause>/weg/", drafts.clause_remove, name="convenant-clause-remove"),
    path("versies/<uuid:pk>/bewaartermijnen/", drafts.retention, name="convenant-retention"),
    path("versies/<uuid:pk>/bewaartermijnen/<uuid:term>/weg/", drafts.retention_remove, name="convenant-retention-remove"),
    path("versies/<uuid:pk>/aanbieden/", lifecycle.offer, name="convenant-offer"),
    path("versies/<uuid:pk>/terug/", lifecycle.back_to_draft, name="convenant-back"),
    path("versies/<uuid:pk>/weggooien/", lifecycle.discard, name="convenant-discard"),
    path("versies/<uuid:pk>/ingaan/", lifecycle.into_force, name="convenant-into-force"),
    path("versies/<uuid:pk>/beeindigen/", lifecycle.end, name="convenant-end"),
    path("wetten/", laws.laws, name="convenant-laws"),
    path("wetten/<uuid:pk>/", laws.law, name="convenant-law"),
    path("wetten/<uuid:pk>/uit/", laws.law_off, name="convenant-law-off"),
    path("inzage/", access_log.access_log, name="access-log"),
    path("burgerservicenummer/", identity_numbers.numbers, name="identity-numbers"),
    path("burgerservicenummer/<uuid:pk>/aan/", identity_numbers.numbers_on, name="identity-numbers-on"),
    path("burgerservicenummer/<uuid:pk>/uit/", identity_numbers.numbers_off, name="identity-numbers-off"),
]
