"""No address is forgotten: each named one stands in a table that says by hand to whom it opens."""

import pytest

from tests.architecture.test_desk_urls import ADMINS, addresses
from tests.architecture.test_page_urls import PAGES
from tests.architecture.test_urls import ALL, OWN, PUBLIC
from tests.architecture.who_may_beside import PLACES


@pytest.mark.attack
def test_every_named_address_has_one_line_and_every_line_an_address() -> None:
    desk = {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{verb}"
        for model, _admin in ADMINS
        for verb, _address in addresses(model, 1)
    }
    named = {name for name, pattern in ALL if pattern.name}
    told = desk | set(PAGES) | set(PLACES) | PUBLIC | OWN
    assert (sorted(named - told), sorted(told - named)) == ([], [])
