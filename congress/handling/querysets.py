"""Reads of assignments and promises."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from congress.departments.enums import DepartmentDuty
from congress.handling.enums import FollowUpState
from congress.proposals.enums import ProposalState

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


class HandlingQuerySet(models.QuerySet[Any]):
    def living(self) -> Self:
        """Return the assignments that stand."""
        return self.filter(ended_at__isnull=True)

    def leads(self) -> Self:
        return self.living().filter(duty="lead")

    def lead_names(self, proposal: str = "pk") -> models.Subquery:
        """Return, for the proposal at a path of another query, the name of the department that leads."""
        return models.Subquery(
            self.leads().filter(proposal=models.OuterRef(proposal)).values("department__name")[:1],
            output_field=models.CharField("主办部门"),
        )

    def of(self, user: "User", *duties: DepartmentDuty) -> Self:
        """Return the standing assignments of the departments the account answers for, in any of the duties."""
        departments: Any = self.model._meta.get_field("department").related_model  # noqa: SLF001
        return self.living().filter(department__in=departments.objects.of(user, *duties))

    def to_sign(self, user: "User") -> Self:
        """Return those of proposals whose reply waits for the account as leader of the lead department."""
        return self.of(user, DepartmentDuty.LEADER).leads().filter(proposal__state=ProposalState.SIGNING)


class FollowUpQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        """Return those not yet reported on."""
        return self.filter(state=FollowUpState.OPEN)

    def visible_to(self, user: "User") -> Self:
        """Return those of proposals the account may open."""
        proposals: Any = self.model._meta.get_field("proposal").related_model  # noqa: SLF001
        return self.filter(proposal__in=proposals.objects.visible_to(user))
