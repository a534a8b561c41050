"""Lists the kinds of record that can be imported."""

from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from union_portal.base.errors import DomainError
from union_portal.base.importing.kinds import kind as kind_of
from union_portal.base.importing.kinds import kinds
from union_portal.base.importing.resource import ImportResource
from union_portal.base.importing.vocabulary import words_of


class Command(BaseCommand):
    """Prints every kind with its columns, and what it may ask of a file; of one kind also what its cells may hold."""

    help = "The kinds of record that can be imported, with their columns (* must be there)."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one kind."""
        parser.add_argument("kind", nargs="?", help="only this kind, with every word that its columns know")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the registry in the order in which files should come in."""
        if not options["kind"]:
            self._print(kinds())
            return
        try:
            found = kind_of(options["kind"])
        except DomainError as error:
            raise CommandError(str(error)) from error
        self._print([found])
        self._print_words(found(actor=None))

    def _print_words(self, resource: ImportResource) -> None:
        for column, words in words_of(resource):
            if words:
                self.stdout.write(f"  {column.label}：")
            for word, key in words:
                self.stdout.write(f"    {word}  {key}")

    def _print(self, resources: Sequence[type[ImportResource]]) -> None:
        for resource in resources:
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
