"""Imports a file of records from the command line, all or nothing."""

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from union_portal.base.errors import DomainError
from union_portal.base.importing.kinds import kind, kinds
from union_portal.base.importing.parsing import bare
from union_portal.base.importing.preview import AnswersNeeded, ImportPreview, ImportRefused
from union_portal.home.imports.services.history import bring_in
from union_portal.home.imports.services.meanings import read_meanings, remember, words_of


class Command(BaseCommand):
    """Previews, then saves; prints each fault by row and column."""

    help = (
        "Import KIND from FILE (.xlsx or .csv). Exit 0: done; 2: the file was refused and nothing was saved, "
        "each fault printed by row, column and reason; 1: a fault of the system."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the kind, the file and who acts."""
        parser.add_argument("kind", metavar="KIND")
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument(
            "--answer",
            metavar="KEY=VALUE",
            action="append",
            default=[],
            help="answer what the list asks of the file as a whole; repeatable, --dry-run lists the questions",
        )
        parser.add_argument(
            "--map",
            metavar="COLUMN:WORD=VALUE",
            action="append",
            default=[],
            help="read VALUE where the column holds WORD, now and, once the file is saved, ever after; repeatable",
        )
        parser.add_argument("--actor", metavar="STAFF_NUMBER", help="the account in whose name the records enter")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import the file."""
        try:
            given = self._answers(options["answer"])
            meanings = read_meanings(options["map"], kind(options["kind"]).kind.columns)
            actor, words = self._actor(options["actor"]), words_of(options["kind"])
            for (column, word), value in meanings.items():
                words.setdefault(column, {})[bare(word)] = value
            resource = kind(options["kind"])(actor=actor, answers=given, meanings=words)
            with options["file"].open("rb") as file:
                preview = (
                    resource.preview(file)
                    if options["dry_run"]
                    else bring_in(resource=resource, file=file, name=options["file"].name, answers=given)[1]
                )
        except ImportRefused as error:
            self._print_faults(error.preview)
            raise CommandError(str(error), returncode=2) from error
        except AnswersNeeded as error:
            self._print_questions(error.preview)
            raise CommandError(str(error), returncode=2) from error
        except DomainError as error:
            raise CommandError(str(error), returncode=2) from error
        except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
            raise CommandError(f"{options['file']}: {error.strerror}", returncode=2) from error
        if preview.saved:
            remember(kind=options["kind"], meanings=meanings, actor=actor)
        self._report(preview)
        if not preview.acceptable:
            self._print_faults(preview)
            raise CommandError("文件有错误，不能照此保存。", returncode=2)

    def _answers(self, written: list[str]) -> dict[str, str]:
        pairs = [text.partition("=") for text in written]
        if any(not mark for _key, mark, _value in pairs):
            raise DomainError("--answer 请写成“问题=回答”。")
        return {key.strip(): value.strip() for key, _mark, value in pairs}

    def _actor(self, staff_number: str | None) -> Any:
        if staff_number is None:
            return None
        users = get_user_model()._default_manager  # noqa: SLF001
        actor = users.filter(**{get_user_model().USERNAME_FIELD: staff_number, "is_active": True}).first()
        if actor is None:
            raise DomainError(f"没有可用的账号“{staff_number}”。")
        return actor

    def _report(self, preview: ImportPreview) -> None:
        self.stdout.write(
            f"共 {preview.total} 行：新增 {preview.new}，变更 {preview.changed}，"
            f"不变 {preview.unchanged}，有误 {preview.faulty}。",
        )
        if preview.ignored_columns:
            self.stdout.write("未读取的列：{columns}".format(columns="、".join(preview.ignored_columns)))
        if preview.leavers:
            self.stdout.write(
                f"有 {len(preview.leavers)} 条记录在册但不在文件中，未作任何改动。",
            )
        for warning in preview.warnings:
            self.stdout.write(f"请留意：{warning}")
        if preview.unanswered:
            self._print_questions(preview)
        if not preview.saved:
            self.stdout.write("没有保存任何内容。")

    def _print_questions(self, preview: ImportPreview) -> None:
        for question in preview.unanswered:
            choices = " / ".join(f"{value}（{words}）" for value, words in question.choices.items())
            self.stderr.write(f"{question.words} --answer {question.key}={choices or '日期'}")

    def _print_faults(self, preview: ImportPreview) -> None:
        explained = {(one.column, name) for one in preview.unknown for name in one.rows}
        lists = {str(one._meta.model._meta.label_lower): one.kind.key for one in kinds() if one._meta.model}  # noqa: SLF001
        for one in preview.unknown:
            likely = "、".join(one.options[:3])
            own = lists.get(one.model)
            first = f"；没有登记过的，先用 import_records {own} 导入" if own else ""
            self.stderr.write(
                f"「{one.label}」没有认出“{one.word}”，{len(one.rows)} 行。"
                f"可加 --map {one.column}:{one.word}={one.options[0]}（相近的有：{likely}）{first}"
            )
        for fault in preview.faults:
            name = f"{fault.sheet}!{fault.row}" if fault.sheet else str(fault.row)
            if (fault.column, name) not in explained:
                self.stderr.write(str(fault))
        if preview.unlisted:
            self.stderr.write(f"还有 {preview.unlisted} 处错误没有列出。")
