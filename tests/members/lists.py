"""A list entered as the import page does."""

from typing import Any

import pytest

from tests.members.register import hr_spreadsheet
from union_portal.base.importing.preview import ImportPreview


def enter(resource: Any, headings: str, *rows: list[Any], **answers: str) -> ImportPreview:
    """Import the rows and see that the same file changes nothing the second time."""
    file = hr_spreadsheet.workbook(list(rows), headings=tuple(headings.split()))
    done: ImportPreview = resource(answers=answers).confirm(file)
    again = resource().confirm(file)
    assert (again.new, again.changed, again.unchanged) == (0, 0, len(rows))
    return done


pytestmark = pytest.mark.django_db
