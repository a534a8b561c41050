"""The admin theme's and import-export's classes with types: mypy sees Django's own, which they extend."""

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.admin import ModelAdmin as ThemedModelAdmin
    from django.contrib.admin import StackedInline as ThemedStackedInline
    from django.contrib.admin import TabularInline as ThemedTabularInline
    from django.contrib.admin.views.main import ChangeList as ThemedChangeList

    F = TypeVar("F", bound=Callable[..., Any])

    from django.forms import Form as ThemedExportForm

    class ThemedExportMixin:
        """Export of the list's rows in the chosen format."""

        resource_classes: list[type[Any]]

    def display(**options: Any) -> Callable[[F], F]:
        """Describe a column; `label` shows the value as a pill."""

else:
    from import_export.admin import ExportMixin
    from unfold.admin import ModelAdmin as ThemedModelAdmin
    from unfold.admin import StackedInline as ThemedStackedInline
    from unfold.admin import TabularInline as ThemedTabularInline
    from unfold.contrib.import_export.forms import ExportForm as ThemedExportForm
    from unfold.decorators import display as _display
    from unfold.views import ChangeList as ThemedChangeList

    class _Pills(dict[str, str]):
        """Colours of pills by state; the theme would show a state it finds no colour for by its code."""

        def __missing__(self, state: str) -> None:
            return None

    def display(*, label: Any = None, **options: Any) -> Any:
        """Describe a column; `label` shows the value as a pill, plain where it names no colour for the state."""
        return _display(label=_Pills(label) if isinstance(label, dict) else label, **options)

    class ThemedExportMixin(ExportMixin):
        """Export of the list's rows in the chosen format, in the theme's form."""

        export_form_class = ThemedExportForm


__all__ = [
    "ThemedChangeList",
    "ThemedExportForm",
    "ThemedExportMixin",
    "ThemedModelAdmin",
    "ThemedStackedInline",
    "ThemedTabularInline",
    "display",
]
