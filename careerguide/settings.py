"""All settings. Development needs no variable but DEBUG=1; see `.env.example` for the others."""

import mimetypes
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from careerguide.env import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

DEBUG = env.boolean("DEBUG", False)
SECRET_KEY = env.secret(
    "SECRET_KEY", development_value="development-only-not-a-secret" if DEBUG else None
)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", [])

SITE_NAME = env.string("SITE_NAME", "Aiguillage")
CONTACT_EMAIL = env.string("CONTACT_EMAIL", "redaction@localhost")
CONTENT_DIR = env.path("CONTENT_DIR", BASE_DIR / "fixtures")
# `check_content` refuses figures of an earlier year; raise it as newer ones are published.
OLDEST_YEAR = 2018
# The same of the year in which a source that a fiche quotes was published.
OLDEST_SOURCE_YEAR = 2018
# A fiche that nobody reread for so long waits on the dashboard, in days.
REVIEW_EVERY = 365
# Seconds between two writings of the counts of visits.
TALLY_EVERY = 30

INSTALLED_APPS = [
    "desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_htmx",
    "import_export",
    "lucide",
    "template_partials",
    "careerguide",
    "metiers",
    "quiz",
    "desk",
]

MIDDLEWARE = [
    "quiz.middleware.KeepAnswersPrivate",  # above all that may answer in a view's place
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # serves its own compressed files
    "careerguide.middleware.CompressText",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "careerguide.middleware.RefuseMalformedInput",
    "careerguide.middleware.RefuseWriting",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "quiz.middleware.VisitorAnswers",
    "desk.counting.CountVisits",
    "desk.middleware.PublishDue",
    "axes.middleware.AxesMiddleware",  # answers for a login that is locked
]

ROOT_URLCONF = "careerguide.urls"
CSRF_FAILURE_VIEW = "desk.views.csrf_failure"
WSGI_APPLICATION = "careerguide.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "careerguide.template_loader.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "careerguide.templatetags.french",
                "careerguide.templatetags.frame",
                "django_htmx.templatetags.django_htmx",
                "template_partials.templatetags.partials",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "careerguide.context_processors.site",
            ],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": env.path("DATABASE_PATH", BASE_DIR / "var" / "dev.sqlite3"),
        # Opening the file, and asking it for WAL, takes longer than a step of the questionnaire. A
        # file put in its place, as from a backup, is read once the workers are started anew.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Editors write while visitors read: WAL keeps the readers going.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,  # two editors who save at once wait for each other
        },
    }
}
# The form of a whole fiche has 500 fields; past Django's 1,000 a long one would be refused.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_500
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": "desk.passwords.FrenchPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.NumericPasswordValidator"},
]

LOGIN_REDIRECT_URL = "/gestion/"  # where a login without an errand leads

# Five wrong passwords lock a name at an address for half an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "desk.login.locked"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

# An editor's session lasts a day at the desk, and its cookies go nowhere else on the site.
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/gestion/"
IMPORT_EXPORT_USE_TRANSACTIONS = True
OTP_TOTP_ISSUER = SITE_NAME

LANGUAGE_CODE = "fr"
# Django says « vous »: these catalogues say in its place what an editor meets, with « tu ».
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "var" / "static")
MEDIA_ROOT = env.path("MEDIA_ROOT", BASE_DIR / "var" / "media")
# An upload is kept up to so many bytes; each form refuses what is too large for it before that.
LARGEST_UPLOAD = 20_000_000
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "careerguide.uploads.LimitedUpload",
]
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "careerguide.storage.StaticStorage"
    },
}
mimetypes.add_type("font/woff2", ".woff2")

# No script, style or request but our own, and never inline. The admin keeps to it too.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# A 500 tells stderr what happened, not who asked what: an address may hold somebody's answers.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"masked": {"()": "careerguide.logs.MaskAnswers"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "masked"}},
    "loggers": {"django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}

# Behind TLS (a proxy that ends it) production sets HTTPS=1; `make serve` on loopback does not.
HTTPS = env.boolean("HTTPS", False)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
