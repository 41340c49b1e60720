"""Settings of a chronicle. This module alone reads environment variables; .env.example lists them."""

import os
from datetime import timedelta
from pathlib import Path

import pgtrigger
from django.utils.translation import gettext_lazy as _
from xstatic.pkg import leaflet

from chronicle.database.config import ConfigurationError, databases, is_embedded
from chronicle.links.manners import Manners
from sources.fulltexts.limits import MEGABYTE, Limits

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / ".data").absolute()
SITE = os.environ.get("SITE", "both")
"""Which side this process serves: both, desk or public. A public one has no desk, no sessions and no admin."""
HAS_DESK = SITE != "public"

DEBUG = os.environ.get("DEBUG") == "1"
HTTPS = os.environ.get("HTTPS") == "1"
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]

DATABASES = databases(os.environ, data_dir=DATA_DIR, site=SITE)
SECRET_KEY = os.environ.get("SECRET_KEY") or "for trying on one machine only, where others cannot reach the site"
if not os.environ.get("SECRET_KEY") and (HTTPS or not is_embedded(DATABASES)):
    raise ConfigurationError("SECRET_KEY is not set: set it to a random text of 50 letters or more, and tell nobody.")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # an event's form sends some thirty fields for each of its citations
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DESK_APPS = [
    "chronicle.accounts.apps.AccountsConfig",
    "chronicle.presence.apps.PresenceConfig",
    "chronicle.links.apps.LinksConfig",
    "chronicle.desk.apps.DeskConfig",
    "django.contrib.sessions",
    "django.contrib.messages",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
]
INSTALLED_APPS = [
    "chronicle",
    "sources",
    *(DESK_APPS if HAS_DESK else []),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "pgtrigger",
    "pghistory",
    "csp",
]

AT_DESK = ["DeskSessions", "DeskCsrf", "DeskAuthentication", "DeskMessages", "DeskHistory"] if HAS_DESK else []
MIDDLEWARE = [
    "chronicle.operation.watching.watched",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "chronicle.isolation.isolated",
    "chronicle.staticfiles.StaticFiles",
    "chronicle.middleware.readable_elsewhere",
    "chronicle.middleware.published_only",
    "django.middleware.common.CommonMiddleware",
    *(f"chronicle.middleware.{name}" for name in AT_DESK),
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "chronicle.urls"
WSGI_APPLICATION = "chronicle.wsgi.application"
ASGI_APPLICATION = "chronicle.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"chronicle_rows": "chronicle.admin.row_tags"} if HAS_DESK else {},
            "context_processors": [
                "django.template.context_processors.request",
                "chronicle.context.masthead",
                *(
                    [
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                    if HAS_DESK
                    else []
                ),
            ],
        },
    },
]

SHORTEST_PASSWORD = 12
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": SHORTEST_PASSWORD},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]

AUTHENTICATION_BACKENDS = [
    *(["axes.backends.AxesBackend"] if HAS_DESK else []),
    "django.contrib.auth.backends.ModelBackend",
]
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES") or 0)
"""How many proxies stand in front, each of which adds to X-Forwarded-For; what stands before that is not believed."""
REQUIRE_TWO_FACTOR = os.environ.get("REQUIRE_TWO_FACTOR", "")
"""Of whom a second factor is asked: all, editors (and administrators), or, left empty, of those who set one up."""
INVITATION_DAYS = int(os.environ.get("INVITATION_DAYS") or 7)
PASSWORD_LINK_HOURS = int(os.environ.get("PASSWORD_LINK_HOURS") or 24)
AUDIT_DAYS = int(os.environ.get("AUDIT_DAYS") or 365)
AUDIT_ADDRESS_DAYS = int(os.environ.get("AUDIT_ADDRESS_DAYS") or 30)
AXES_FAILURE_LIMIT = int(os.environ.get("LOGIN_FAILURES") or 5)
AXES_COOLOFF_TIME = timedelta(minutes=int(os.environ.get("LOGIN_LOCK_MINUTES") or 15))
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]  # either of them
AXES_CLIENT_IP_CALLABLE = "chronicle.accounts.addresses.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # a lock ends when it was said to end
AXES_DISABLE_ACCESS_LOG = True  # chronicle.accounts.audit keeps one, for as long as it should
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
OTP_TOTP_ISSUER = "Chronicle"
SECOND_EYES = os.environ.get("SECOND_EYES") == "1"
"""Whether an event is published only after another curator than its last author looked at it: see docs/curators.md."""

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [("leaflet", leaflet.BASE_DIR)]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "chronicle.staticfiles.VersionedFinder",
]
WHITENOISE_USE_FINDERS = True  # static files are served from where they are; there is nothing to collect
WHITENOISE_AUTOREFRESH = DEBUG
FILE_LIMITS = Limits(bytes=int(os.environ.get("FILE_MEGABYTES", "100")) * MEGABYTE)
"""What a file that is sent may be, and what reading it may cost; `sources.fulltexts.limits` has the others."""
LINK_MANNERS = Manners()
"""How `manage.py check_links` asks other people's servers; nothing else asks."""
FILES_DIR = DATA_DIR / "files"
"""Where the files of documents lie, each under its checksum: none is served by its path."""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    **{
        name: {"BACKEND": "sources.fulltexts.storage.WholeFileStorage", "OPTIONS": {"location": FILES_DIR / name}}
        for name in ("originals", "copies", "sent")
    },
    "staticfiles": {"BACKEND": "chronicle.staticfiles.VersionedStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}
PAGES_MAX_AGE = int(os.environ.get("PAGES_MAX_AGE", "0"))
"""For how many seconds caches may show readers' pages without asking; so long may a takedown take to reach readers."""
SEARCHES_AT_ONCE = int(os.environ.get("SEARCHES_AT_ONCE") or 2)
"""How many searches a process makes at a time; half its threads, so that other pages find one."""
DOWNLOADS_AT_ONCE = int(os.environ.get("DOWNLOADS_AT_ONCE") or 2)
"""How many files a process makes while it sends them; each holds a thread until its reader has it."""
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
CSRF_FAILURE_VIEW = "chronicle.desk.sending_again.refused_by_token"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # Not __Host-, which needs the path /: readers' pages would get the curators' cookies then (docs/threats.md).
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Secure-session", "__Secure-csrf"

PGTRIGGER_SCHEMA = "desk"
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

SILENCED_SYSTEM_CHECKS = [
    "models.W045",  # the constraint of editions in SQL: verbs write them, never forms
    "security.W003",  # protection of forms is in our own class, on the desk's paths
    "axes.W002",  # its middleware answers locked logins; our login page does
]

LATE_TOLD_AFTER = int(os.environ.get("LATE_TOLD_AFTER") or 0)
LATE_REFUSED_AFTER = int(os.environ.get("LATE_REFUSED_AFTER") or 0)
"""After how many seconds behind its main server a copy says so on every page, and answers no more; 0 is never."""
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
"""What whoever asks for /health/metrics says as a bearer token; left empty, nothing is counted and nothing told."""
METRICS_FOLDER = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
"""Where the processes of one gunicorn write what they counted; gunicorn.conf.py makes it."""
LOG_FORMAT = os.environ.get("LOG_FORMAT") or "text"
"""How lines of the log look: text, or json."""
LOG_REQUESTS = os.environ.get("LOG_REQUESTS") == "1"
"""Whether the log has a line for every request: the page's name and figures, and nothing of who asked or what for."""
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"text": {}, "json": {"()": "chronicle.operation.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"axes": {"level": "WARNING"}},
}
