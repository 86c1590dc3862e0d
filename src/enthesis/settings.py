"""Settings of the web application and the database; the clinical core needs none of them.

Read from the environment: ENTHESIS_DATA, ENTHESIS_DATABASE_URL, ENTHESIS_MODE (local, demo or production),
ENTHESIS_SECRET_KEY, ENTHESIS_HOSTS, ENTHESIS_LIBRARY (a clinic's own entries). docs/guide/settings.md explains each.
"""

import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

HERE = Path(__file__).parent
DATA = Path(os.environ.get("ENTHESIS_DATA", "./data")).absolute()
MODE = os.environ.get("ENTHESIS_MODE", "local")
LOCAL_LIBRARY = [Path(folder) for folder in os.environ.get("ENTHESIS_LIBRARY", "").split(os.pathsep) if folder]
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]

if MODE not in ("local", "demo", "production"):
    raise ImproperlyConfigured(f"ENTHESIS_MODE is {MODE!r}; local, demo or production was expected")


def _secret_key() -> str:
    """The key given, or one made on the first start and kept beside the database; production must give its own."""
    given = os.environ.get("ENTHESIS_SECRET_KEY", "")
    if MODE == "production":
        if len(given) < 50 or len(set(given)) < 10:
            raise ImproperlyConfigured(
                "ENTHESIS_SECRET_KEY: production needs a key of its own, 50 random characters or more"
            )
        return given
    return given or _kept_key()


def _kept_key() -> str:
    DATA.mkdir(parents=True, exist_ok=True)
    path = DATA / "secret_key"
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def _hosts() -> list[str]:
    """The host names answered to; production must name them, and never all of them."""
    hosts = [host.strip() for host in os.environ.get("ENTHESIS_HOSTS", "").split(",") if host.strip()]
    if MODE == "production" and (not hosts or any("*" in host or host.startswith(".") for host in hosts)):
        raise ImproperlyConfigured(
            "ENTHESIS_HOSTS: production needs the exact host names it answers to, without wildcards"
        )
    return hosts or LOOPBACK


def _database() -> dict[str, object]:
    """PostgreSQL where an address is given, else one SQLite file in WAL mode."""
    url = os.environ.get("ENTHESIS_DATABASE_URL", "")
    if url:
        if not url.startswith(("postgres://", "postgresql://")):
            raise ImproperlyConfigured(
                "ENTHESIS_DATABASE_URL: an address such as postgresql://user@host/name was expected"
            )
        return {**dj_database_url.parse(url, conn_max_age=600), "ATOMIC_REQUESTS": False}
    DATA.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "enthesis.sqlite3",
        # A kept connection spares a checkpoint of the log after every request; writers queue instead of failing.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = _hosts()
DEBUG = False
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "enthesis.web.urls"
WSGI_APPLICATION = "enthesis.web.wsgi.application"
AUTH_USER_MODEL = "registry.User"
SITE_ID = 1

INSTALLED_APPS = [
    "enthesis.registry",
    "enthesis.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "enthesis.web.middleware.calm_errors",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "enthesis.web.middleware.not_stored",
    "enthesis.web.middleware.idle_log_off",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "enthesis.web.context.everywhere",
            ],
        },
    }
]

# Sign-in: by e-mail and password, with a second factor available; nobody signs up alone.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "enthesis.web.accounts.ClosedSignup"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by a director, who knows the address
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Enthesis"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
IDLE_MINUTES = 30
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
EMAIL_BACKEND = (
    "django.core.mail.backends.console.EmailBackend"
    if MODE != "production"
    else "django.core.mail.backends.smtp.EmailBackend"
)

# Messages to patients: a mail server, and a gateway for texts, each by its address.
SMTP, MAIL_FROM = os.environ.get("ENTHESIS_SMTP", ""), os.environ.get("ENTHESIS_MAIL_FROM", "")
SMS, SMS_TOKEN = os.environ.get("ENTHESIS_SMS", ""), os.environ.get("ENTHESIS_SMS_TOKEN", "")

if MODE == "production":
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
# Not "no-referrer": with it browsers call the origin of a form "null", and every POST is refused as a forgery.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "enthesis.web.errors.forbidden"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

STATIC_URL = "static/"
STATICFILES_DIRS = [HERE / "web" / "static"]
WHITENOISE_USE_FINDERS = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
USE_I18N = True
LOCALE_PATHS = [Path(__file__).parent / "locale"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
