"""One settings file; what differs between installations comes from :mod:`allmenning.config.environment`."""

from __future__ import annotations

from typing import Any

from django.conf import global_settings, locale

from allmenning.config import environment

ENVIRONMENT = environment.read()
BASE_DIR = environment.PROJECT

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
CSRF_TRUSTED_ORIGINS = list(ENVIRONMENT.trusted_origins)
OAI_NAMESPACE, ADMIN_EMAIL = ENVIRONMENT.oai_namespace, ENVIRONMENT.admin_email
PRIVATE_NETWORKS = ENVIRONMENT.private_networks
ROOT_URLCONF = "allmenning.config.urls"
WSGI_APPLICATION = "allmenning.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
    "allmenning.groundwork",
    "allmenning.organisations",
    "allmenning.people",
    "allmenning.authorities",
    "allmenning.catalogue",
    "allmenning.discovery",
    "allmenning.web",
    "allmenning.web.public",
    "allmenning.web.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "allmenning.web.headers.SecurityHeaders",
    "allmenning.web.public.middleware.LibraryByAddress",
    "allmenning.web.screen_language.ScreenLanguage",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]


def _database() -> dict[str, Any]:
    chosen = ENVIRONMENT.database
    if chosen.engine == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": chosen.name,
            "OPTIONS": {
                # A write transaction takes its lock at once: waiting at the start beats failing at the end.
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                # FULL: a committed loan or payment survives a power cut, which NORMAL does not promise in WAL mode.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
                " PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"
                # 32 MiB of log before it is folded in: an import touches the same index pages again and again
                " PRAGMA wal_autocheckpoint=8000;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": chosen.name,
        "HOST": chosen.host,
        "PORT": chosen.port,
        "USER": chosen.user,
        "PASSWORD": chosen.password,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database()}
SEARCH_URL = ENVIRONMENT.search_url
#: What the worker looks for besides: due rows with a lease. Each is asked in turn and does one piece of work.
TICKS = ["allmenning.catalogue.harvesting.due.tick"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
MEDIA_ROOT = ENVIRONMENT.files

# Language: bokmål first. Django has no entry for the Sámi languages and Kven, so they are registered here.
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
_ADDED_LANGUAGES = {
    "se": ("Northern Sami", "davvisámegiella"),
    "sma": ("Southern Sami", "åarjelsaemien gïele"),
    "smj": ("Lule Sami", "julevsámegiella"),
    "fkv": ("Kven", "kvääni"),
}
for _code, (_name, _local) in _ADDED_LANGUAGES.items():
    locale.LANG_INFO.setdefault(_code, {"bidi": False, "code": _code, "name": _name, "name_local": _local})
LANGUAGES_BIDI = global_settings.LANGUAGES_BIDI
FORMAT_MODULE_PATH = "allmenning.config.formats"
USE_I18N = True
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.var / "static"
# Names carry a hash of the content (web.static_files collects them at the start); the plain names answer as well.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "allmenning.web.static_files.StaticFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

CSRF_FAILURE_VIEW = "allmenning.web.desk.sign_in.expired"
LOGIN_URL = "/desk/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "allmenning.people.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "allmenning.people.passwords.UnlikeTheAddress"},
]

# --- Sign-in (people.sign_in; pages in web.desk.sign_in) ---
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "allmenning.people.sign_in.SignIn"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # sign-up is closed; allauth asks for a password because of this line
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False  # desks share machines: the session goes with the browser
ACCOUNT_LOGOUT_REDIRECT_URL = "/desk/sign-in/"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # how long a one-time link works: over a weekend
# Sign-in itself is bounded by people.attempts, which does not let a stranger keep the owner out.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "change_password": "5/m/user"}
# The limits are counted here, so every process must see the same; few other things are worth a write to the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "groundwork_cache",
        # Django's 300 would let whoever guesses at many accounts push out the counts of the one they are after.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},  # may differ between processes
}
# Behind a proxy the limits must count the person's address, not the proxy's, which everybody shares.
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
# --- end of sign-in ---

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if ENVIRONMENT.https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"without_secrets": {"()": "allmenning.groundwork.logs.WithoutSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_secrets"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
