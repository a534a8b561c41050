"""Everything a user reads is there in Chinese; `script/messages --check` compares with the code itself."""

import pytest
from django.utils.translation import gettext, override

from tests.architecture.test_layers import ROOT
from union_portal.base.catalogues import faults


@pytest.mark.parametrize("place", ["zh_Hans", "theme/zh_Hans"])
def test_no_text_lacks_its_chinese(place: str) -> None:
    assert faults(ROOT / "locale" / place / "LC_MESSAGES" / "django.po") == []


def test_the_themes_own_words_are_chinese() -> None:
    with override("zh-hans"):
        assert gettext("Apply Filters") == "应用筛选"
