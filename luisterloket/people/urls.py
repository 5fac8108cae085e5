"""Signing in, out, and the second factor (allauth's pages; nobody signs up alone); and keeping accounts, teams and rights."""

from allauth.account import views as account
from django.urls import include, path, re_path

from .views import accounts, appointments, jobs, notifications, reviews, units

urlpatterns = [
    path("inloggen/", account.login, name="account_login"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("opnieuw-bevestigen/", account.reauthenticate, name="account_reauthenticate"),
    path("wachtzin/wijzigen/", account.password_change, name="account_change_password"),
    path("wachtzin/vergeten/", account.password_reset, name="account_reset_password"),
    path("wachtzin/vergeten/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    # The key holds a dash as well, so what comes first stops at the first one.
    re_path(
        r"^wachtzin/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("wachtzin/nieuw/klaar/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("account/niet-actief/", account.account_inactive, name="account_inactive"),
    path("tweede-factor/", include("allauth.mfa.urls")),
    path("account/berichten/", notifications.notification_settings, name="notification-settings"),
    path("beheer/bezorging/", notifications.deliveries, name="deliveries"),
    path("beheer/bezorging/opnieuw/", notifications.deliveries_retry, name="deliveries-retry"),
    path("beheer/accounts/", accounts.accounts, name="accounts"),
    path("beheer/accounts/nieuw/", accounts.new, name="accounts-new"),
    path("beheer/accounts/<uuid:pk>/", accounts.one, name="accounts-one"),
    path("beheer/accounts/<uuid:pk>/link/", accounts.link, name="accounts-link"),
    path("beheer/accounts/<uuid:pk>/blokkeren/", accounts.block, name="accounts-block"),
    path("beheer/accounts/<uuid:pk>/vrijgeven/", accounts.unblock, name="accounts-unblock"),
    path("beheer/accounts/<uuid:pk>/tweede-factor/", accounts.second_factor, name="accounts-second-factor"),
    path("beheer/accounts/<uuid:pk>/benoemen/", appointments.appoint, name="accounts-appoint"),
    path("beheer/accounts/<uuid:pk>/benoemingen/<uuid:appointment>/", appointments.end, name="accounts-end"),
    path("beheer/voorstellen/", appointments.proposals, name="proposals"),
    path("beheer/voorstellen/<uuid:pk>/", appointments.proposal_answer, name="proposal-answer"),
    path("beheer/teams/", units.units, name="units"),
    path("beheer/teams/nieuw/", units.unit_new, name="unit-new"),
    path("beheer/teams/<uuid:pk>/", units.unit, name="unit-one"),
    path("beheer/teams/<uuid:pk>/sluiten/", units.unit_close, name="unit-close"),
    path("beheer/organisaties/nieuw/", units.organisation_new, name="organisation-new"),
    path("beheer/organisaties/<uuid:pk>/", units.organisation, name="organisation-one"),
    path("beheer/organisaties/<uuid:pk>/sluiten/", units.organisation_close, name="organisation-close"),
    path("beheer/wijzigingen/", accounts.account_changes, name="account-changes"),
    path("beheer/taken/", jobs.jobs, name="jobs"),
    path("beheer/taken/<slug:job>/", jobs.job, name="job-one"),
    path("beheer/taken/<slug:job>/nu/", jobs.run_now, name="job-run"),
    path("beheer/jaarcontrole/", reviews.reviews, name="reviews"),
    path("beheer/jaarcontrole/<uuid:pk>/", reviews.review, name="review"),
    path("beheer/jaarcontrole/<uuid:pk>/<uuid:appointment>/", reviews.decide, name="review-decide"),
]
