"""Where each address leads. Apps above the ground floor are named, not imported."""

from django.urls import include, path

from luisterloket.people.views import signing_in as people
from luisterloket.platform import notification_views as notifications
from luisterloket.platform import views as platform

urlpatterns = [
    path("", platform.start, name="start"),
    path("vandaag/", platform.vandaag, name="today"),
    path("healthz", platform.healthz, name="healthz"),
    path("taal/", platform.set_language, name="set-language"),
    path("toegankelijkheid/", platform.accessibility, name="accessibility"),
    path("stijl/", platform.style_guide, name="style-guide"),
    path("concepten/", platform.save_draft, name="draft"),
    path("berichten/", notifications.notifications, name="notifications"),
    path("berichten/aantal/", notifications.notifications_count, name="notifications-count"),
    path("berichten/<uuid:pk>/", notifications.notification, name="notification"),
    path("berichten/<uuid:pk>/gelezen/", notifications.notification_read, name="notification-read"),
    path("berichten/<uuid:pk>/alles-gelezen/", notifications.notifications_read, name="notifications-read"),
    path("account/", people.account, name="account"),
    path("vergrendelen/", people.lock, name="lock"),
    path("ontgrendelen/", people.unlock, name="unlock"),
    path("sessie/", people.session, name="session"),
    path("inloggen/als/", people.sign_in_as, name="sign-in-as"),
    path("convenant/", include("luisterloket.convenant.urls")),
    path("", include("luisterloket.people.urls")),
    path("", include("luisterloket.connections.urls")),
    path("api/v1/", include("backoffice.api.urls")),
    path("casework/", include("casework.urls")),
    path("backoffice/", include("backoffice.urls")),
    path("wijkbegroting/", include("wijkbegroting.urls")),
]
handler400 = "luisterloket.platform.views.bad_request"
handler403 = "luisterloket.platform.views.forbidden"
handler404 = "luisterloket.platform.views.not_found"
handler500 = "luisterloket.platform.views.server_error"
