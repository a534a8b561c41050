"""One scene for the tests that kill and stop."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.faults.children import parent
from tests.faults.post_office import post_office
from tests.faults.prepared import prepare
from tests.faults.scene import Scene
from tests.faults.server import server


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Where it happens, with the rows prepared."""
    home = tmp_path_factory.mktemp("faults") / "var"
    with (
        django_db_blocker.unblock(),
        server(home) as made,
        parent(url=made.url, log=home / "children.log", temporary=made.temporary) as forks,
        post_office(pause=0.05) as office,
    ):
        with made.used():
            prepared = prepare(home / "list.xlsx")
        yield Scene(made, forks, office, prepared)


pytestmark = pytest.mark.django_db
