"""Settings, read from the environment; safe when nothing is set.

`LUISTERLOKET_ENV` is `production` (default), `demo` or `test`. Production refuses to start without its secrets;
the demo and the tests bring their own. Every variable is described in docs/operations.md.
"""

import base64
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("LUISTERLOKET_VAR", BASE_DIR / "var"))

ENVIRONMENT = os.environ.get("LUISTERLOKET_ENV", "production")
PRODUCTION = ENVIRONMENT == "production"
DEMO = ENVIRONMENT == "demo"
TESTING = ENVIRONMENT == "test"
if not (PRODUCTION or DEMO or TESTING):
    raise ImproperlyConfigured(f"LUISTERLOKET_ENV is {ENVIRONMENT!r}; use production, demo or test.")


def from_environment(name: str, *, otherwise: str | None = None, why: str) -> str:
    """The value of a variable; outside production `otherwise` serves, in production its absence stops the start."""
    value = os.environ.get(name)
    if value:
        return value
    if otherwise is not None and not PRODUCTION:
        return otherwise
    raise ImproperlyConfigured(f"Set {name}: {why} See docs/operations.md.")


def flag(name: str, *, otherwise: bool) -> bool:
    return os.environ.get(name, str(otherwise)).lower() in {"1", "true", "yes", "on"}


def _decoded(key: str) -> bytes:
    try:
        return base64.b64decode(key, validate=True)
    except ValueError:
        return b""


# Secrets and hosts -----------------------------------------------------------------------------------------------

DEBUG = flag("DEBUG", otherwise=False)
SECRET_KEY = from_environment(
    "SECRET_KEY", otherwise="not-secret-only-for-the-demo-city-and-the-tests", why="a long random text, at least 50 characters."
)
ALLOWED_HOSTS = from_environment(
    "ALLOWED_HOSTS", otherwise="localhost,127.0.0.1,[::1],testserver", why="the host names that serve this site."
).split(",")
# The first key encrypts, the others still decrypt (32 bytes each, base64).
ENCRYPTION_KEYS = from_environment(
    "ENCRYPTION_KEYS",
    otherwise="bHVpc3Rlcmxva2V0LWRlbW8ta2V5LW5vdC1zZWNyZXQ=",
    why="one or more keys of 32 random bytes in base64, newest first, separated by commas.",
).split(",")

# Make the hashes by which an exact value is found: the first makes them, the others are still searched with. They stay the same
# when text is encrypted with a new key.
LOOKUP_KEYS = from_environment(
    "LOOKUP_KEY",
    otherwise="bHVpc3Rlcmxva2V0LWxvb2t1cC1rZXktbm8tc2VjcmU=",
    why="one or more keys of 32 random bytes in base64, newest first, others than those of ENCRYPTION_KEYS.",
).split(",")

if any(len(_decoded(key)) != 32 for key in ENCRYPTION_KEYS):
    raise ImproperlyConfigured("Each of ENCRYPTION_KEYS must be 32 random bytes in base64.")
if any(len(_decoded(key)) != 32 for key in LOOKUP_KEYS) or set(LOOKUP_KEYS) & set(ENCRYPTION_KEYS):
    raise ImproperlyConfigured("LOOKUP_KEY must be 32 random bytes in base64 (or several), and none of ENCRYPTION_KEYS.")
if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("DEBUG is on: a production site would show its inside to strangers. Unset DEBUG.")
    if len(SECRET_KEY) < 50 or SECRET_KEY.startswith(("not-secret", "django-insecure")):
        raise ImproperlyConfigured("SECRET_KEY is too short or a known one: use at least 50 random characters.")
    if not all(host.strip() for host in ALLOWED_HOSTS) or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts that serve this site, without '*'.")

# Apps ------------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "luisterloket.platform",
    "luisterloket.wijken",
    "luisterloket.people",
    "luisterloket.convenant",
    "luisterloket.connections",
    "casework",
    "backoffice",
    "wijkbegroting",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "csp",
    "guardian",
    "rest_framework",
    "simple_history",
]

MIDDLEWARE = [
    # Around all others: whatever comes out under /api/ is an answer of the API.
    "luisterloket.connections.api.middleware.ApiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "luisterloket.platform.middleware.TraceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "luisterloket.platform.middleware.OriginMiddleware",
    "luisterloket.platform.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Before anything reads what was sent; the check of a form's origin does so only after all of these.
    "luisterloket.platform.uploads.UploadLimit",
    "luisterloket.people.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "luisterloket.people.middleware.SignedInMiddleware",
]

ROOT_URLCONF = "luisterloket.urls"
WSGI_APPLICATION = "luisterloket.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_NAME = "Luisterloket"

_LOADERS = [
    "template_partials.loader.Loader",
    [
        "django_cotton.cotton_loader.Loader",
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ],
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [(_LOADERS[0], [("django.template.loaders.cached.Loader", _LOADERS[1])])],
            "builtins": [
                "django.templatetags.i18n",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "luisterloket.platform.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "luisterloket.platform.context_processors.shell",
            ],
        },
    }
]
COTTON_DIR = "components"
FORM_RENDERER = "luisterloket.platform.forms.LuisterloketRenderer"

# Database --------------------------------------------------------------------------------------------------------

# The role that each connection takes on (decision 0004). Empty: stay who you logged in as.
DATABASE_ROLE = os.environ.get("DATABASE_ROLE", "luisterloket_app")


def postgres(address: str) -> dict:
    """Django's description of `postgresql://user:password@host:port/name?option=value`."""
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must start with postgresql://: Luisterloket runs on PostgreSQL only.")
    options = dict(pair.split("=", 1) for pair in unquote(parts.query).split("&") if pair)
    return {
        "ENGINE": "luisterloket.platform.postgres",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # A server-side cursor would outlive the transaction that says who acts.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {**options, **({"assume_role": DATABASE_ROLE} if DATABASE_ROLE else {})},
    }


DATABASES = {
    "default": postgres(
        from_environment(
            "DATABASE_URL",
            otherwise="postgresql://127.0.0.1/luisterloket",
            why="the address of the PostgreSQL server (15 or newer).",
        )
    )
}

# Cache, queue ----------------------------------------------------------------------------------------------------

REDIS_URL = os.environ.get("REDIS_URL", "")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        # Lock-out after failed log-ins counts in the cache, so all processes must share it.
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "platform_cache"}
    )
}
BROKER_DIR = VAR_DIR / "broker"
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
if not REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "processed_folder": str(BROKER_DIR / "processed"),
        "control_folder": str(BROKER_DIR / "control"),
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "flag stalled requests": {"task": "backoffice.tasks.flag_stalled_requests", "schedule": 60.0},
    "flag late hand-ins": {"task": "backoffice.tasks.flag_late_hand_ins", "schedule": 600.0},
    "flag pauses that end": {"task": "backoffice.tasks.flag_ending_pauses", "schedule": 3600.0},
    "wipe answered hand-ins": {"task": "backoffice.tasks.wipe_answered_hand_ins", "schedule": 3600.0},
    "flag late contacts": {"task": "casework.tasks.flag_late_contacts", "schedule": 600.0},
    "wipe early signs": {"task": "casework.tasks.wipe_early_signs", "schedule": 3600.0},
    "clear files without a document": {"task": "casework.tasks.clear_files_without_a_document", "schedule": 60 * 60.0},
    "flag late reviews of emergencies": {"task": "casework.tasks.flag_late_reviews", "schedule": 600.0},
    "propose erasures": {"task": "casework.tasks.propose_what_may_be_erased", "schedule": crontab(hour=2, minute=40)},
    "clear old traces": {"task": "luisterloket.platform.tasks.clear_old_traces", "schedule": crontab(hour=3, minute=20)},
    "erase what was approved": {"task": "casework.tasks.erase_what_was_approved", "schedule": crontab(minute=10)},
    "list contracts that end": {"task": "casework.tasks.list_contracts_that_end", "schedule": 3600.0},
    "bring convenants into force": {"task": "luisterloket.convenant.tasks.bring_convenants_into_force", "schedule": 3600.0},
    "seal the access log": {"task": "luisterloket.convenant.tasks.seal_access_log", "schedule": 300.0},
    "watch the access log": {"task": "luisterloket.convenant.tasks.watch_access_log", "schedule": 600.0},
    "flag rights requests": {"task": "casework.tasks.flag_rights_requests", "schedule": 3600.0},
    "keep the yearly review of access": {"task": "luisterloket.people.tasks.keep_access_reviews", "schedule": 3600.0},
    "warn of data breaches": {"task": "luisterloket.convenant.tasks.warn_of_breaches", "schedule": 300.0},
    "watch the jobs": {"task": "luisterloket.platform.tasks.watch_jobs", "schedule": 300.0},
    "deliver webhooks": {"task": "luisterloket.connections.tasks.deliver_webhooks", "schedule": 20.0},
    "clear old deliveries": {"task": "luisterloket.connections.tasks.clear_old_deliveries", "schedule": crontab(hour=3, minute=40)},
    "deliver the outbox": {"task": "luisterloket.platform.tasks.deliver_outbox", "schedule": 20.0},
}

# Signing in ------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["luisterloket.people.backends.EmailBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "luisterloket.people.adapter.AccountAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,20/5m/ip"}
MFA_ADAPTER = "luisterloket.people.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
# Every role that sees personal data or money has a second factor (BIO2 5.17.01, ASVS 6.3.3); the demo may go without.
MFA_REQUIRED = flag("MFA_REQUIRED", otherwise=PRODUCTION) or PRODUCTION
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher" if TESTING else "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None

# Without a sign of a person for so long, the screen locks; after so long in all, one signs in anew (decision 0014).
SESSION_IDLE_SECONDS = int(os.environ.get("SESSION_IDLE_SECONDS", 60 * 60))
SESSION_ABSOLUTE_SECONDS = int(os.environ.get("SESSION_ABSOLUTE_SECONDS", 12 * 60 * 60))
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Protection ------------------------------------------------------------------------------------------------------

SECURE_COOKIES = PRODUCTION
SESSION_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE_COOKIES else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE_COOKIES else "csrftoken"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "luisterloket.people.views.signing_in.form_expired"
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]
SECURE_SSL_REDIRECT = PRODUCTION and flag("SECURE_SSL_REDIRECT", otherwise=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_TLS_PROXY = flag("BEHIND_TLS_PROXY", otherwise=False)
if BEHIND_TLS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of our own stand in front: each adds to X-Forwarded-For from whom it got the request.
PROXIES = int(os.environ.get("PROXIES", 1 if BEHIND_TLS_PROXY else 0))
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# Access log ------------------------------------------------------------------------------------------------------

# How long the access log is kept. BIO2 8.15.04 leaves the term to who weighs the risk, and no other law was read that names one:
# five years is our own choice until the convenant says otherwise.
ACCESS_LOG_MONTHS = int(os.environ.get("ACCESS_LOG_MONTHS", 60))
ACCESS_LOG_SOURCE = os.environ.get("ACCESS_LOG_SOURCE", "BIO2 8.15.04, checked 2026-11-26")
# What the privacy officer is told of: so many residents by one person in so many minutes, outside these hours of the day,
# so often refused on one day.
UNUSUAL_RESIDENTS = int(os.environ.get("UNUSUAL_RESIDENTS", 40))
UNUSUAL_MINUTES = int(os.environ.get("UNUSUAL_MINUTES", 60))
USUAL_FROM_HOUR = int(os.environ.get("USUAL_FROM_HOUR", 6))
USUAL_UNTIL_HOUR = int(os.environ.get("USUAL_UNTIL_HOUR", 22))
UNUSUAL_DENIALS = int(os.environ.get("UNUSUAL_DENIALS", 5))

# Language, time, files -------------------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles" if PRODUCTION else None
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Of one file, and of all files of one form; a proxy in front must let through a little more (docs/operations.md).
UPLOAD_FILE_BYTES = int(os.environ.get("UPLOAD_FILE_MB", 20)) * 1024 * 1024
UPLOAD_MOST_BYTES = int(os.environ.get("UPLOAD_MOST_MB", 60)) * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# So long can be called back what two people agreed to erase, and after so long what was left out is proposed anew (decision 0032).
ERASURE_CALL_BACK_DAYS = int(os.environ.get("ERASURE_CALL_BACK_DAYS", 30))
ERASURE_ASK_AGAIN_DAYS = int(os.environ.get("ERASURE_ASK_AGAIN_DAYS", 365))
# So long stays what someone typed and never sent; and the keys of forms that were sent, with the messages that were told.
DRAFT_DAYS = int(os.environ.get("DRAFT_DAYS", 90))
TRACE_DAYS = int(os.environ.get("TRACE_DAYS", 90))
# What senders of hand-ins wrote is wiped so many days after the loket answered; half a year at most (decision 0042).
HAND_IN_DAYS = min(int(os.environ.get("HAND_IN_DAYS", 90)), 182)
# So long stays that a job ran; and of runs that found nothing to do.
JOB_RUN_DAYS = int(os.environ.get("JOB_RUN_DAYS", 30))
IDLE_RUN_DAYS = int(os.environ.get("IDLE_RUN_DAYS", 2))
# So long stays a notification after it was read, and one that nobody read.
NOTIFICATION_DAYS = int(os.environ.get("NOTIFICATION_DAYS", 30))
NOTIFICATION_UNREAD_DAYS = int(os.environ.get("NOTIFICATION_UNREAD_DAYS", 365))
FILE_UPLOAD_HANDLERS = ["luisterloket.platform.uploads.BoundedUpload"]
# Where the files of documents are, sealed. No web server may serve this folder (decision 0024).
DOCUMENTS_DIR = Path(os.environ.get("DOCUMENTS_DIR", VAR_DIR / "documents")).resolve()
for served in (STATIC_ROOT, *STATICFILES_DIRS):
    if served and DOCUMENTS_DIR.is_relative_to(Path(served).resolve()):
        raise ImproperlyConfigured("DOCUMENTS_DIR is inside a folder that everyone can read: choose another one.")

# Emergencies -----------------------------------------------------------------------------------------------------

# No law names a number: "no more and no longer than is needed" is AVG article 5(1)(c) and (e), the emergency button of NEN 7513 is
# the model (checked 2026-11). The database holds to 24 hours whatever is set here.
BREAK_GLASS_MAX_HOURS = int(os.environ.get("BREAK_GLASS_MAX_HOURS", 4))
# Within so many working days the privacy officer decides whether it was rightful.
BREAK_GLASS_REVIEW_DAYS = int(os.environ.get("BREAK_GLASS_REVIEW_DAYS", 3))

# Mail, logs ------------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Luisterloket <noreply@localhost>")
if os.environ.get("EMAIL_HOST"):
    EMAIL_HOST = os.environ["EMAIL_HOST"]
    EMAIL_PORT = int(os.environ.get("EMAIL_PORT", 25))
    EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
    EMAIL_USE_TLS = flag("EMAIL_USE_TLS", otherwise=True)
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
# A server that hangs holds a job no longer than this.
EMAIL_TIMEOUT = int(os.environ.get("EMAIL_TIMEOUT", 10))
BASE_URL = os.environ.get("BASE_URL", "http://localhost:8000")
# Until someone chooses otherwise they are not mailed in these hours, nor in weekends and on holidays; empty is never quiet. Tests
# run at any hour. A digest goes out at DIGEST_AT on working days; what waits longer than this is told to the administrators.
QUIET_HOURS = os.environ.get("QUIET_HOURS", "" if TESTING else "18:00-08:00")
DIGEST_AT = os.environ.get("DIGEST_AT", "08:00")
DELIVERY_LATE_HOURS = int(os.environ.get("DELIVERY_LATE_HOURS", 4))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_personal_data": {"()": "luisterloket.platform.logs.NoPersonalData"}},
    "formatters": {"json": {"()": "luisterloket.platform.logs.JsonFormatter"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["no_personal_data"]}},
    "root": {"handlers": ["stdout"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
    # Tests refuse thousands of requests on purpose; a line for each would bury what is wrong.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}} if TESTING else {},
}

# The API for systems of partners (decision 43) --------------------------------------------------------------------

# So often may one token ask in a minute, and so often may one address show a token that is none in five.
API_RATE = int(os.environ.get("API_RATE", 300))
API_WRONG_TOKENS = int(os.environ.get("API_WRONG_TOKENS", 30))
# A token lasts no longer than this.
API_TOKEN_DAYS = int(os.environ.get("API_TOKEN_DAYS", 365))
# Pages of these origins may ask the API; a partner's system is no page and needs none.
API_ORIGINS = [origin for origin in os.environ.get("API_ORIGINS", "").split(",") if origin]
# From whom messages are, as a URN with the number of the organisation (OIN) that runs this installation.
EVENT_SOURCE = os.environ.get("EVENT_SOURCE", "urn:nld:oin:00000000000000000000:systeem:luisterloket")
# Outside production a message may go over plain HTTP. Networks of the house itself to which messages may go, such as 10.1.0.0/16.
WEBHOOK_PLAIN_HTTP = not PRODUCTION
WEBHOOK_NETWORKS = [network for network in os.environ.get("WEBHOOK_NETWORKS", "").split(",") if network]
# After so many days in which nothing arrived an address is told nothing any more.
WEBHOOK_GIVE_UP_DAYS = int(os.environ.get("WEBHOOK_GIVE_UP_DAYS", 5))
# What a page of ours asks with a script, in the session of who sees it. The API's own views say how they differ.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{SITE_NAME} API",
    "DESCRIPTION": (
        "Voor systemen van bureaus die met het luisterloket werken: verzoeken lezen, oppakken, terugvragen en beantwoorden."
        " Dezelfde regels als op de pagina's: een token ziet en mag wat zijn bureau ziet en mag, en elke inzage wordt bewaard."
    ),
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "SERVERS": [{"url": "/api/v1", "description": "Deze installatie"}],
    "CONTACT": {
        "name": os.environ.get("API_CONTACT_NAME", SITE_NAME),
        "email": os.environ.get("API_CONTACT_EMAIL", "api@luisterloket.example"),
        "url": os.environ.get("API_CONTACT_URL", "https://luisterloket.example"),
    },
    "PREPROCESSING_HOOKS": ["luisterloket.connections.api.schema.only_the_api"],
    "POSTPROCESSING_HOOKS": ["luisterloket.connections.api.schema.complete"],
    "COMPONENT_SPLIT_REQUEST": True,
    "SORT_OPERATIONS": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
}

SILENCED_SYSTEM_CHECKS = [
    "guardian.W001",  # guardian keeps the grants of units; who is in a unit is the appointments' business (decision 0006)
]
