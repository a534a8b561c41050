"""The portal's own settings with the tests' keys, connecting as the owner: on which old databases are made."""

from tests.settings import *  # noqa: F403
from union_portal.cluster import resolve

# The tests' own kinds are in no school's database.
INSTALLED_APPS = [name for name in INSTALLED_APPS if not name.startswith("tests.")]  # noqa: F405
PORTAL_DATA_DIR = PORTAL_DATA_DIR.parent  # noqa: F405
DATABASES["default"]["OPTIONS"]["host"] = resolve(PORTAL_DATA_DIR).sockets  # noqa: F405
