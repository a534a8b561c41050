"""The guides speak of what is on the screens, and open at the reader's own."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client

from tests.architecture.test_layers import ROOT, tracked
from tests.factories import members as make
from union_portal.accounts.enums import Role
from union_portal.home.guides.enums import GUIDES
from union_portal.home.guides.renderers import file_of, laid_out

NAMED = re.compile("「([^」]+)」")


def test_every_button_and_place_that_a_guide_names_is_one() -> None:
    outside = {"tests", "bench", "migrations"}
    ours = [path for path in tracked("*.py", "*.html") if outside.isdisjoint(path.relative_to(ROOT).parts)]
    screens = "\n".join(path.read_text() for path in ours)
    names = {str(model._meta.verbose_name) for model in admin.site._registry}
    names |= {str(model._meta.verbose_name) for model in apps.get_models()}
    gone = [
        (guide.key, word)
        for guide in GUIDES
        for word in NAMED.findall(file_of(guide).read_text())
        if word not in screens and word.removeprefix("新建").removeprefix("登记") not in names
    ]
    assert not gone


def test_every_role_has_a_guide_and_every_file_is_one() -> None:
    assert frozenset(Role) == frozenset().union(*(guide.roles for guide in GUIDES))
    assert {file_of(guide) for guide in GUIDES} == set((ROOT / "docs" / "zh").glob("*.md"))
    assert "<table>" in laid_out(GUIDES[0])


@pytest.mark.django_db
@pytest.mark.usefixtures("one_factor")
def test_help_opens_at_the_readers_own_guide_and_stands_on_every_page() -> None:
    for role, heading in ((Role.AUDIT, "经费审查委员会"), (Role.CHAIR, "主席、副主席"), (None, "会员")):
        client = Client()
        client.force_login(make.account_with_role(role) if role else make.account(of=make.member()))
        page = client.get("/help/").content.decode()
        assert f"<h1>{heading}</h1>" in page
        assert '<a href="/help/">帮助</a>' in client.get("/").content.decode()
        if role:
            assert 'href="/help/"' in client.get("/admin/").content.decode()
        assert client.get("/help/officer/").status_code == (200 if role else 404)
        assert client.get("/help/nobody/").status_code == 404
