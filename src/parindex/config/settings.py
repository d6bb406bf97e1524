"""Settings: the environment, or one file, says what a deployment changes; the defaults run the demonstration.

PARINDEX_SETTINGS_FILE: a file (TOML) with any of these; the environment wins. See `parindex.config.given`.
PARINDEX_HOME: directory of the database and the secret key (default ``./var``).
PARINDEX_DATABASE_URL: ``postgresql://user:password@host:port/name``, with libpq's own settings after ``?``
    (``sslmode=verify-full``); SQLite in PARINDEX_HOME when unset.
PARINDEX_SECRET_KEY: else made once and kept in PARINDEX_HOME.
PARINDEX_HOSTS: host names the site answers to, with commas (default: this machine only).
PARINDEX_DEBUG: ``1`` for development; also opens ``/design/``.
PARINDEX_CACHE: ``0`` turns the caches of public pages and of sheets off.
PARINDEX_TICK: ``0`` where `parindex tick` is called from outside, and not by the server each minute.
PARINDEX_SMTP: ``smtp://user:password@host:port`` for mail (``smtps://`` for TLS, ``smtp+starttls://`` for TLS
    from STARTTLS on); without it none is sent.
PARINDEX_MAIL_FROM: the sender of mail. PARINDEX_ADDRESS: the site's own address, as mail writes it.
PARINDEX_HTTPS: ``1`` where a proxy with TLS stands before it: cookies then travel over TLS only.
PARINDEX_PROXIES: how many proxies before the site add to X-Forwarded-For (default 0: none is believed).
PARINDEX_SESSION_HOURS: how long a sign-in lasts (default 12). PARINDEX_IDLE_MINUTES: how long it lasts
    unused (default 240; 0: no limit of its own).
PARINDEX_REQUIRE_TOTP: roles, with commas, that must have a second factor (default: none).
PARINDEX_OIDC_ISSUER, _CLIENT_ID, _CLIENT_SECRET: the identity provider of single sign-on; without the first
    two there is none. PARINDEX_OIDC_NAME: what its button says. PARINDEX_OIDC_CLAIM: the claim that names the
    person (default preferred_username). PARINDEX_OIDC_FIELD: what it is compared with, username or email.
PARINDEX_EVIDENCE_MAX_MB: the largest file of evidence, in millions of bytes (default 200).
PARINDEX_EVIDENCE_TYPES: types accepted as evidence, with commas (default: all but mp4 and mp3).
PARINDEX_OCR_PAGES: how many pages of a scan are recognised where tesseract is installed (default 3; 0: none).
PARINDEX_OCR_AT_ONCE: how many scans one machine recognises at once (default: half its cores, at least 1); the
    others are kept and recognised later by the tick.
PARINDEX_EVIDENCE_STORAGE: dotted name of a Django storage class for evidence (default: files in
    PARINDEX_HOME/evidence).
PARINDEX_EVIDENCE_STORAGE_OPTIONS: the options of that class, as JSON.
PARINDEX_CLAMD: ``tcp://host:port`` or ``unix:///path`` of clamd, which scans uploads (default: none does).
PARINDEX_CLAMD_SILENT: what becomes of uploads while it does not answer, refuse (default) or accept.
PARINDEX_METRICS_TOKEN: who sends it reads /metrics; without one, programs of this machine alone do.
PARINDEX_SLOW_QUERY_MS: queries that take as long are told of, in milliseconds (default 500; 0: none).
PARINDEX_DISK_ENCRYPTED: ``1`` says that the disks are encrypted where the doctor cannot see it.
PARINDEX_LOG_REQUESTS: ``1`` logs every request, not only what failed or was refused.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from parindex.config.given import FILE, check_given, given, is_on, whole


check_given()
PARINDEX_SETTINGS_FILE = os.environ.get(FILE, "")
PACKAGE = Path(__file__).resolve().parents[1]
PARINDEX_HOME = Path(given("PARINDEX_HOME", "var")).absolute()
PARINDEX_CACHE = is_on("PARINDEX_CACHE", default=True)
PARINDEX_DEMO = is_on("PARINDEX_DEMO")  # set by `parindex demo` alone: play any role
PARINDEX_CLOCK = ""  # dotted path of a callable that gives the instant, for tests; the clock otherwise
PARINDEX_TICK = is_on("PARINDEX_TICK", default=True)
DEBUG = is_on("PARINDEX_DEBUG")


def _secret_key() -> str:
    """The key that is given, or one made once and readable by this user alone."""
    told = given("PARINDEX_SECRET_KEY")
    if told:
        return told
    path = PARINDEX_HOME / "secret-key"
    if not path.exists():
        PARINDEX_HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = path.with_suffix(f".{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(50))
        # Of processes that start together the first one's key is everybody's: linking never replaces.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(made)
        made.unlink()
    return path.read_text()


def _database() -> dict[str, object]:
    """PostgreSQL where an address is given; else SQLite that lets readers go on while one writes."""
    url = given("PARINDEX_DATABASE_URL")
    if url:
        parts = urlsplit(url)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": 10, **dict(parse_qsl(parts.query))},
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": PARINDEX_HOME / "parindex.sqlite3",
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
        },
    }


def _evidence_storage() -> dict[str, object]:
    """The storage that is named; else a folder of this home."""
    backend = given("PARINDEX_EVIDENCE_STORAGE")
    if backend:
        return {
            "BACKEND": backend,
            "OPTIONS": json.loads(given("PARINDEX_EVIDENCE_STORAGE_OPTIONS", "{}")),
        }
    return {
        "BACKEND": "parindex.apps.evidence.store.ContentFolder",
        "OPTIONS": {"location": PARINDEX_HOME / "evidence"},
    }


SECRET_KEY = _secret_key()
DATABASES = {"default": _database()}
ALLOWED_HOSTS = given("PARINDEX_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "parindex.apps.audit",
    "parindex.apps.search",
    "parindex.apps.schedule",
    "parindex.apps.notices",
    "parindex.apps.organisations",
    "parindex.apps.access",
    "parindex.apps.frameworks",
    "parindex.apps.evidence",
    "parindex.apps.indicators",
    "parindex.apps.plans",
    "parindex.apps.news",
    "parindex.apps.inspections",
    "parindex.apps.surveys",
    "parindex.apps.briefings",
    "parindex.apps.assessments",
    "parindex.apps.results",
    "parindex.apps.publications",
    "parindex.apps.papers",
    "parindex.apps.improvement",
    "parindex.web.parts",
    "parindex.web.account",
    "parindex.web.unit",
    "parindex.web.appraise",
    "parindex.web.council",
    "parindex.web.improve",
    "parindex.web.steer",
    "parindex.web.papers",
    "parindex.web.manage",
    "parindex.web.indicators",
    "parindex.web.dossiers",
    "parindex.web.reports",
    "parindex.web.api",
    "parindex.web.sets",
    "parindex.web.plans",
    "parindex.web.news",
    "parindex.web.inspections",
    "parindex.web.surveys",
    "parindex.web.briefings",
    "parindex.web.public",
    "django_prose_editor",
]
AUTH_USER_MODEL = "organisations.Person"
LOGIN_URL = "account:sign_in"
LOGIN_REDIRECT_URL = "account:start"
LOGOUT_REDIRECT_URL = "public:home"
MIDDLEWARE = [
    "parindex.web.watch.requests.watched",
    "parindex.web.parts.middleware.security_headers",
    "parindex.web.watch.probes.probes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "parindex.web.parts.middleware.page_cache",
    "django.middleware.locale.LocaleMiddleware",
    "parindex.web.parts.middleware.Sayable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "parindex.web.parts.doors.clock_and_rights",
    "parindex.web.parts.doors.SayRefusals",
    "parindex.web.account.gate.Gate",
    "parindex.web.parts.doors.SignInRequired",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "parindex.config.urls"
WSGI_APPLICATION = "parindex.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "parindex.web.parts.context.site",
                "parindex.web.parts.waiting.notices",
            ],
        },
    }
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "evidence": _evidence_storage(),
}
PARINDEX_EVIDENCE_MAX_BYTES = whole("PARINDEX_EVIDENCE_MAX_MB", 200) * 1_000_000
PARINDEX_CLAMD = given("PARINDEX_CLAMD")
PARINDEX_CLAMD_SILENT = given("PARINDEX_CLAMD_SILENT") or "refuse"
DATA_UPLOAD_MAX_NUMBER_FILES = 400  # a folder sent at once; as many as `parindex.web.unit.folder` takes
PARINDEX_OCR_PAGES = whole("PARINDEX_OCR_PAGES", 3)
PARINDEX_OCR_AT_ONCE = whole("PARINDEX_OCR_AT_ONCE", max(1, (os.cpu_count() or 1) // 2))
PARINDEX_EVIDENCE_TYPES = tuple(
    given("PARINDEX_EVIDENCE_TYPES", "pdf,docx,xlsx,pptx,doc,xls,ppt,odt,ods,odp,jpg,png,tif,txt,zip").split(
        ","
    )
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = PARINDEX_HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 10}  # type: ignore[assignment]
CSRF_FAILURE_VIEW = "parindex.web.parts.errors.form_refused"
SESSION_ENGINE = "parindex.apps.access.sessions"
SESSION_COOKIE_AGE = whole("PARINDEX_SESSION_HOURS", 12) * 3600
PARINDEX_IDLE_SECONDS = whole("PARINDEX_IDLE_MINUTES", 240) * 60
PASSWORD_RESET_TIMEOUT = 3600
PARINDEX_PROXIES = whole("PARINDEX_PROXIES", 0)
PARINDEX_OIDC = {
    "issuer": given("PARINDEX_OIDC_ISSUER"),
    "client_id": given("PARINDEX_OIDC_CLIENT_ID"),
    "client_secret": given("PARINDEX_OIDC_CLIENT_SECRET"),
    "name": given("PARINDEX_OIDC_NAME") or "SSO",
    "claim": given("PARINDEX_OIDC_CLAIM", "preferred_username"),
    "field": given("PARINDEX_OIDC_FIELD", "username"),
}
PARINDEX_REQUIRE_TOTP = tuple(filter(None, given("PARINDEX_REQUIRE_TOTP").split(",")))
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = is_on("PARINDEX_HTTPS")
SESSION_COOKIE_SAMESITE = "Lax"
_smtp = urlsplit(given("PARINDEX_SMTP"))
EMAIL_HOST = _smtp.hostname or ""
EMAIL_PORT = _smtp.port or {"smtps": 465, "smtp+starttls": 587}.get(_smtp.scheme, 25)
EMAIL_HOST_USER = unquote(_smtp.username or "")
EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
EMAIL_USE_SSL = _smtp.scheme == "smtps"
EMAIL_USE_TLS = _smtp.scheme == "smtp+starttls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = given("PARINDEX_MAIL_FROM", "parindex@localhost")
PARINDEX_ADDRESS = given("PARINDEX_ADDRESS", "http://localhost:8000").rstrip("/")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PARINDEX_METRICS_TOKEN = given("PARINDEX_METRICS_TOKEN")
PARINDEX_SLOW_QUERY_MS = whole("PARINDEX_SLOW_QUERY_MS", 500)
PARINDEX_DISK_ENCRYPTED = is_on("PARINDEX_DISK_ENCRYPTED")
PARINDEX_LOG_REQUESTS = is_on("PARINDEX_LOG_REQUESTS")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "parindex.apps.watch.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING"},
        # what is missing or refused is told by parindex.requests, where it is worth it
        "django.request": {"level": "ERROR"},
        "parindex": {"handlers": ["console"], "level": "INFO"},
    },
}
