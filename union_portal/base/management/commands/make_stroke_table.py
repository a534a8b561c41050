"""Rebuild the stroke-order table from the npm package cnchar-order 3.2.6 (MIT).

`npm pack cnchar-order@3.2.6`, unpack, then `manage.py make_stroke_table package/cnchar.order.min.js`.
"""

import json
import re
from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from union_portal.base.chinese.strokes import HEADER, TABLE

# The package writes each stroke as a letter for its shape; GB 13000.1 orders by five classes:
# 1 horizontal (and rising), 2 vertical (and vertical hook), 3 falling left, 4 dot and falling right, 5 turning.
CLASSES = {"j": "1", "i": "1", "f": "2", "g": "2", "s": "3", "k": "4", "l": "4", "d": "4"}
TURNING = set("oruwebnzcmyxhavpqt")


class Command(BaseCommand):
    help = "Rebuild union_portal/base/chinese/strokes.txt from the package cnchar-order (developers only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the package's script and, if not the usual one, the file to write."""
        parser.add_argument("source", type=Path, metavar="cnchar.order.min.js")
        parser.add_argument("--output", type=Path, default=TABLE)

    def handle(self, *_args: object, source: Path, output: Path, **_options: object) -> None:
        """Write one line per stroke sequence: its classes, then the characters written so, by code point."""
        table = re.search(r"JSON\.parse\('(\{\"一\".*?\})'\)", source.read_text(encoding="utf-8"))
        if table is None:
            raise CommandError(f"{source} is not the script of cnchar-order 3.2.6.")
        characters: defaultdict[str, list[str]] = defaultdict(list)
        for character, letters in json.loads(table[1]).items():
            characters["".join(self.stroke_class(letter) for letter in letters)].append(character)
        lines = [f"{classes} {''.join(sorted(characters[classes]))}" for classes in sorted(characters)]
        output.write_text("".join(f"# {line}\n" for line in HEADER) + "\n".join(lines) + "\n", encoding="utf-8")
        self.stdout.write(f"{sum(map(len, characters.values()))} characters in {output}")

    @staticmethod
    def stroke_class(letter: str) -> str:
        """Return the class of one stroke, "1" to "5"."""
        if letter in CLASSES:
            return CLASSES[letter]
        if letter in TURNING:
            return "5"
        raise CommandError(f"Unknown stroke {letter!r}.")
