"""Suggestions, inspections, petitions, committees and regulations keep their promises."""

import pytest

from congress.inspections import services as inspections
from congress.inspections.models import Inspection
from tests.factories.days import TODAY
from union_portal.base.errors import DomainError, Refused


def test_a_finding_says_what_became_of_it() -> None:
    inspection = Inspection.objects.create(title="第一次巡视", held_on=TODAY)
    finding = inspections.note_finding(inspection=inspection, text="实验室通风不足", actor=None)
    with pytest.raises(DomainError):
        inspections.settle(finding=finding, result=" ", actor=None)
    inspections.settle(finding=finding, result="已更换风机", actor=None)
    with pytest.raises(Refused):
        inspections.settle(finding=finding, result="又一次", actor=None)


pytestmark = pytest.mark.django_db
