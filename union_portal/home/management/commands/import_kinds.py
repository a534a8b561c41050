"""Lists the kinds of record that can be imported."""

from typing import Any

from django.core.management.base import BaseCommand

from union_portal.base.importing.kinds import kinds


class Command(BaseCommand):
    """Prints every kind with its columns, and what it may ask of a file."""

    help = "The kinds of record that can be imported, with their columns (* must be there)."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print the registry in the order in which files should come in."""
        for resource in kinds():
            kind = resource.kind
            self.stdout.write(f"{kind.key}  {kind.label}")
            if kind.help:
                self.stdout.write(f"  {kind.help}")
            for column in kind.columns:
                mark = "*" if column.required else " "
                synonyms = f" ({'、'.join(column.synonyms)})" if column.synonyms else ""
                hint = f"  {column.help}" if column.help else ""
                self.stdout.write(f"  {mark} {column.label}{synonyms}{hint}")
            for question in resource.questions:
                choices = "、".join(f"{value}（{words}）" for value, words in question.choices.items()) or "日期"
                self.stdout.write(f"  ? {question.words} --answer {question.key}={choices}")
