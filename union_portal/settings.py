"""All settings, read from the environment; docs/configuration.md lists every variable with its default."""

from pathlib import Path

import django_stubs_ext
import environ
from csp.constants import NONE, SELF

from union_portal.base.storage import configured
from union_portal.base.theme import UNFOLD, sheet
from union_portal.cluster import default_urls

django_stubs_ext.monkeypatch()

# The apps' own sheets for the desk's pages.
UNFOLD["STYLES"] += [
    sheet(path)
    for path in ("welfare/round.css", "congress/congress.css", "congress/handling.css", "congress/voting.css")
]

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
PORTAL_DATA_DIR = Path(env.str("PORTAL_DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
PORTAL_FONTS_DIR = Path(env.str("PORTAL_FONTS_DIR", default=str(PORTAL_DATA_DIR / "fonts"))).resolve()

DEBUG = env.bool("DEBUG", default=False)
PORTAL_HTTPS = env.bool("PORTAL_HTTPS", default=True)
_secret_file = PORTAL_DATA_DIR / "keys" / "secret_key"
SECRET_KEY = env.str("SECRET_KEY", default=_secret_file.read_text().strip() if _secret_file.exists() else "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PORTAL_TRUSTED_PROXIES = env.int("PORTAL_TRUSTED_PROXIES", default=0)
PORTAL_STAFF_TOTP = env.bool("PORTAL_STAFF_TOTP", default=True)
PORTAL_CODE_DAYS = env.int("PORTAL_CODE_DAYS", default=7)

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.import_export",
    "union_portal.base.site.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "import_export",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "rules.apps.AutodiscoverRulesConfig",
    "union_portal.base",
    "union_portal.accounts",
    "members",
    "welfare",
    "congress",
    "activities",
    "union_portal.home",
    "union_portal.annual_report",
]

MIDDLEWARE = [
    "union_portal.base.middleware.RequestNumberMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "union_portal.base.middleware.CompressedPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "union_portal.base.middleware.NoNullMiddleware",
    "union_portal.base.middleware.DeskPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "union_portal.accounts.middleware.KeepingLoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "union_portal.accounts.middleware.SecondFactorMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "union_portal.base.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "union_portal.urls"
WSGI_APPLICATION = "union_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

# The runtime role serves; the owner role only migrates (PORTAL_DATABASE_ROLE=owner).
PORTAL_EMBEDDED_CLUSTER = not env.str("DATABASE_URL", default="")
_runtime_url, _owner_url = (
    default_urls(PORTAL_DATA_DIR)
    if PORTAL_EMBEDDED_CLUSTER
    else (env.str("DATABASE_URL"), env.str("DATABASE_OWNER_URL", default=env.str("DATABASE_URL")))
)
PORTAL_DATABASE_ROLE = env.str("PORTAL_DATABASE_ROLE", default="runtime")
DATABASES = {
    "default": environ.Env.db_url_config(_owner_url if PORTAL_DATABASE_ROLE == "owner" else _runtime_url)
    | {"CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60), "CONN_HEALTH_CHECKS": True},
}
# The plans of a portal's pages take longer to compile than to run.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
PORTAL_RUNTIME_ROLE = environ.Env.db_url_config(_runtime_url)["USER"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}}

# Only what is sent changes rows; a page that is looked at need not carry who looks with every query.
PGHISTORY_MIDDLEWARE_METHODS = ("POST",)
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "union_portal.accounts.adapter.SignInBackend",
]
PASSWORD_HASHERS = [
    "union_portal.accounts.hashers.ModestArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "staff_number"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_ADAPTER = "union_portal.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "union_portal.accounts.forms.SignInForm"}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 1800
ACCOUNT_RATE_LIMITS = {"one_time_code": "20/m/ip,10/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = PORTAL_TRUSTED_PROXIES
MFA_ADAPTER = "union_portal.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "union_portal.accounts.forms.SecondFactorForm",
    "reauthenticate": "union_portal.accounts.forms.SecondFactorAgainForm",
}
# A code that turned over while it was typed, or a phone whose clock is off by less than that.
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
FORMAT_MODULE_PATH = ["union_portal.base.formats"]
# Chinese for words of the libraries that have none of their own, or a stiff one.
LOCALE_PATHS = [BASE_DIR / "union_portal" / "base" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = PORTAL_DATA_DIR / "static"
MEDIA_ROOT = PORTAL_DATA_DIR / "uploads"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "union_portal.base.uploading.NamelessFileUploadHandler",
]
# A chapter of the report sends a dozen fields for each of its eighty lines.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
STORAGES = {
    "default": configured(env.str("STORAGE_URL", default="")),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# A server that accepts and says nothing is given up; only the worker waits for it.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
# Who hears of faults by mail, besides the log.
ADMINS = [("", address) for address in env.list("ADMINS", default=[])]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "union_portal.base.logs.LineFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "mail": {"class": "union_portal.base.logs.MailHandler", "formatter": "line", "level": "ERROR"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own handlers write and mail whole requests: these stand in their place.
    "loggers": {
        "django": {"handlers": ["mail"], "level": "WARNING"},
        "union_portal": {"handlers": ["mail"], "level": "INFO"},
    },
}
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="union@localhost")

SECURE_SSL_REDIRECT = PORTAL_HTTPS
SESSION_COOKIE_SECURE = PORTAL_HTTPS
CSRF_COOKIE_SECURE = PORTAL_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if PORTAL_HTTPS else 0
# For this host alone: hosts below it, and the browsers' own lists, are the university's to decide about.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PORTAL_TRUSTED_PROXIES else None
SESSION_COOKIE_AGE = 12 * 3600
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
