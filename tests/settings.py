"""The portal's own settings as the tests run them: the owner role connects, no HTTPS, nothing slow or left behind."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKL")
os.environ["PORTAL_DATA_KEYS"] = "b25seSBmb3IgdGVzdHMsIGEga2V5IG9mIDMyIGJ5dGU="
os.environ["PORTAL_INDEX_KEY"] = "b25seSBmb3IgdGVzdHMsIGFuIGluZGV4IG9mIDMyIGI="
os.environ["PORTAL_DATABASE_ROLE"] = "owner"
os.environ["PORTAL_HTTPS"] = "off"

from union_portal.cluster import resolve
from union_portal.demo.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A cluster of the tests' own, which need not wait for the disk.
PORTAL_DATA_DIR = PORTAL_DATA_DIR / "tests"  # noqa: F405
if PORTAL_EMBEDDED_CLUSTER:  # noqa: F405
    DATABASES["default"]["OPTIONS"]["host"] = resolve(PORTAL_DATA_DIR).sockets  # noqa: F405
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]  # noqa: F405
INSTALLED_APPS = [*INSTALLED_APPS, "tests.sample"]  # noqa: F405
