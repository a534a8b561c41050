"""Print the demo's sign-ins."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from union_portal.demo.services import signins


class Command(BaseCommand):
    """Exit 0 printed, 2 there are none."""

    help = "Print the demo's sign-ins, one per role, with the second factor's code of this half minute."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print the table."""
        lines = signins.read()
        if not lines:
            raise CommandError("没有演示账号；请先运行 load_demo。", returncode=2)
        self.stdout.write(signins.table(lines))
