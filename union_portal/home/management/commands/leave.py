"""`manage.py leave OUT.zip`: everything that the portal holds in one archive, and its key in a file apart."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from union_portal.accounts.enums import Access
from union_portal.accounts.models import User
from union_portal.base.age import new_key
from union_portal.base.errors import DomainError, Refused
from union_portal.home.leaving.services import asking
from union_portal.home.leaving.services.archive import write_archive


class Command(BaseCommand):
    """Writes the archive for two people, who are logged."""

    help = (
        "Write lists that another empty portal imports (take_in), every record and file, the frozen reports and the "
        "ledger's chain into OUT.zip. What tells of people is encrypted; its key is written into --key-file, apart."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to, and for whom."""
        parser.add_argument("out", metavar="OUT.zip", type=Path)
        parser.add_argument("--key-file", required=True, type=Path, help="where the key goes; keep it apart")
        parser.add_argument("--asked-by", required=True, metavar="STAFF_NUMBER", help="an administrator or the chair")
        parser.add_argument("--confirmed-by", required=True, metavar="STAFF_NUMBER", help="another one of them")
        parser.add_argument("--reason", required=True, help="what it is for")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write both files; neither may be there already."""
        out, key_file = options["out"], options["key_file"]
        try:
            people = {name: _account(options[name]) for name in ("asked_by", "confirmed_by")}
            asking.two_people(**people)
            if out.exists() or key_file.exists():
                raise Refused(f"{out if out.exists() else key_file} 已存在，不会覆盖。")
            if out.resolve().parent == key_file.resolve().parent:
                raise Refused("密钥文件请放在与导出文件不同的文件夹，最好在另一块盘上。")
            for user, action in ((people["asked_by"], Access.EXPORT), (people["confirmed_by"], Access.EXPORT)):
                role = "申请" if user == people["asked_by"] else "确认"
                asking.log_leaving(user=user, action=action, subject=out.name, purpose=f"{role}：{options['reason']}")
            self._write(out, key_file, asking.in_words(**people, reason=options["reason"]))
        except DomainError as error:
            raise CommandError(str(error), returncode=2) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}", returncode=2) from error

    def _write(self, out: Path, key_file: Path, asked: str) -> None:
        key, part = new_key(), out.with_name(f"{out.name}.part")
        for path in (key_file, part):
            path.touch(mode=0o600, exist_ok=False)
        key_file.write_text(f"{key.secret}\n", encoding="ascii")
        try:
            with part.open("wb") as file:
                count = write_archive(file, recipient=key.recipient, asked=asked)
            part.rename(out)
        finally:
            part.unlink(missing_ok=True)
        self.stdout.write(f"{out}：{count} 个文件。密钥在 {key_file}，请与导出文件分开保管；遗失后谁也打不开。")


def _account(staff_number: str) -> User:
    found: User | None = User.objects.filter(staff_number=staff_number, is_active=True).first()
    if found is None:
        raise Refused(f"没有可用的账号“{staff_number}”。")
    return found
