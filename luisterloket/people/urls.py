"""Signing in, out, and the second factor: allauth's pages under Dutch addresses; nobody signs up alone."""

from allauth.account import views as account
from django.urls import include, path

urlpatterns = [
    path("inloggen/", account.login, name="account_login"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("opnieuw-bevestigen/", account.reauthenticate, name="account_reauthenticate"),
    path("wachtzin/wijzigen/", account.password_change, name="account_change_password"),
    path("wachtzin/vergeten/", account.password_reset, name="account_reset_password"),
    path("wachtzin/vergeten/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    path("wachtzin/nieuw/<uidb36>-<key>/", account.password_reset_from_key, name="account_reset_password_from_key"),
    path("wachtzin/nieuw/klaar/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("account/niet-actief/", account.account_inactive, name="account_inactive"),
    path("tweede-factor/", include("allauth.mfa.urls")),
]
