"""`manage.py take_in ARCHIVE --key-file KEY`: the lists of another portal's archive into this empty one."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from union_portal.base.importing.preview import AnswersNeeded, ImportPreview, ImportRefused
from union_portal.home.leaving.services import taking_in


class Command(BaseCommand):
    """Imports list by list; what was saved before a list that is refused stays."""

    help = (
        "Import the lists of an archive that `leave` or 整体导出 wrote into an empty portal, in their order, each "
        "whole or not at all. Exit 2: a list was refused, each fault printed; --go-on continues once it is put right."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take archive, key and who acts."""
        parser.add_argument("archive", metavar="ARCHIVE", type=Path)
        parser.add_argument("--key-file", required=True, type=Path, help="the file that holds the key")
        parser.add_argument("--actor", metavar="STAFF_NUMBER", help="the account in whose name the records enter")
        parser.add_argument("--go-on", action="store_true", help="the portal holds what an earlier run imported")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import everything."""
        try:
            actor = self._actor(options["actor"])
            if not options["go_on"]:
                self._refuse_filled()
            with options["archive"].open("rb") as file:
                self._take_in(file, options["key_file"].read_text(encoding="ascii", errors="replace"), actor)
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}", returncode=2) from error
        except DomainError as error:
            raise CommandError(str(error), returncode=2) from error

    @staticmethod
    def _refuse_filled() -> None:
        try:
            taking_in.refuse_filled()
        except DomainError as error:
            raise CommandError(f"{error}接着导入上次中断的，请加 --go-on。", returncode=2) from error

    def _take_in(self, file: Any, secret: str, actor: User | None) -> None:
        with taking_in.opened(file, secret=taking_in.key_in(secret)) as archive:
            self.stdout.write(f"{archive.told['union']}，{archive.told['made_at']}")
            for one in archive.lists:
                try:
                    self._say(one, taking_in.take_list(archive, one, actor=actor))
                except (ImportRefused, AnswersNeeded) as error:
                    self._refuse(error.preview)
                    raise CommandError(f"{one.label}没有导入：{error}", returncode=2) from error

    def _say(self, one: taking_in.List, done: ImportPreview) -> None:
        self.stdout.write(
            f"{one.label}：共 {done.total} 行，新增 {done.new}，变更 {done.changed}，不变 {done.unchanged}。"
        )

    def _refuse(self, preview: ImportPreview) -> None:
        for fault in preview.faults:
            self.stderr.write(str(fault))
        for question in preview.unanswered:
            self.stderr.write(question.words)

    @staticmethod
    def _actor(staff_number: str | None) -> User | None:
        if staff_number is None:
            return None
        actor: User | None = User.objects.filter(staff_number=staff_number, is_active=True).first()
        if actor is None:
            raise CommandError(f"没有可用的账号“{staff_number}”。", returncode=2)
        return actor
