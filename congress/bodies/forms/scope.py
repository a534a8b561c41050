"""Forms that offer only what their user runs: a branch chair the own branch's congress, the office every one."""

from typing import TYPE_CHECKING, Any

from django import forms

from congress.bodies.querysets import led_by, runs_school
from members.branches.models import Branch
from union_portal.accounts.models import User

if TYPE_CHECKING:
    _Base = forms.BaseForm
else:
    _Base = object


class RunByUserMixin(_Base):
    """Narrows every choice of a term, session, sitting, committee or branch to what `user` runs; None: nothing."""

    user: User | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                field.queryset = self._own(field.queryset)

    def _own(self, rows: Any) -> Any:
        if self.user is None:
            return rows.none()
        if rows.model is Branch:
            return rows if runs_school(self.user) else rows.filter(pk__in=led_by(self.user).values("pk"))
        return rows.run_by(self.user) if hasattr(rows, "run_by") else rows

    @property
    def of_branches(self) -> bool:
        """Whether the user runs congresses of branches only."""
        return self.user is None or not runs_school(self.user)

    def ask_for_branch(self, *names: str) -> None:
        """Make these fields obligatory for who runs branches only: left empty they would mean the school."""
        for name in names:
            field = self.fields.get(name)
            if field is not None and self.of_branches:
                field.required = True
                if isinstance(field, forms.ModelChoiceField):
                    field.help_text = "请选择您任主席的分工会，或其下属小组。"


def form_for_user(base: type[forms.BaseForm]) -> Any:
    """Return what an action takes as its form: the form for the account at the screen."""

    def form(_admin: Any, request: Any, _subject: Any) -> type[forms.BaseForm]:
        made: type[forms.BaseForm] = type(base.__name__, (base,), {"user": request.user})
        return made

    return form


class RunByUserForm(RunByUserMixin, forms.ModelForm[Any]):
    """The model's form; who chairs a branch sets up what is that branch's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_for_branch("branch")
