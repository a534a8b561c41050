"""Computes every seal of the ledger anew from postings.jsonl and entries.jsonl beside this file; needs Python alone.

Run: python3 recompute.py. It prints the head of each chain and ends with 0, or names the first posting that is wrong
and ends with 2. The text that is hashed is described in the portal's docs/ledger.md.
"""

import datetime as dt
import hashlib
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any


def read(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file; amounts stay as they are written."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line, parse_float=str) for line in lines]


def sha256(text: str) -> str:
    """Return the hash in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def measured(text: str) -> str:
    """Return a free text with its length in bytes."""
    return f"{len(text.encode())}:{text}"


def dash(value: Any) -> Any:
    """Return what stands for nothing."""
    return "-" if value is None else value


def amount(value: Any) -> str:
    """Return an amount with two decimals."""
    return f"{Decimal(value):.2f}"


def seal(posting: dict[str, Any], digest: str) -> str:
    """Return the hash of a posting whose entries have this digest."""
    hands = (posting["posted_by_id"], posting["paper_approval_id"])
    by_hands = any(hand is not None for hand in hands)
    at = dt.datetime.fromisoformat(posting["posted_at"]).astimezone(dt.UTC)
    parts = [
        "posting/2" if by_hands else "posting/1",
        *(posting[name] for name in ("id", "book_id", "year", "number", "kind")),
        measured(posting["summary"]),
        posting["posted_on"],
        at.strftime("%Y-%m-%dT%H:%M:%S.%f"),
        *(dash(posting[name]) for name in ("prepared_by_id", "approved_by_id")),
        *(dash(hand) for hand in hands if by_hands),
        measured(posting["offline_approval"]),
        measured(posting["source_key"]),
        *(posting["entry_count"], amount(posting["total"]), posting["previous_hash"], posting["transaction"]),
        digest,
    ]
    return sha256("|".join(str(part) for part in parts))


def line_of(entry: dict[str, Any]) -> str:
    """Return an entry as it is hashed."""
    about = "-" if entry["subject_id"] is None else f"{entry['subject_kind']}:{entry['subject_id']}"
    parts = [entry["id"], entry["line"], entry["account_id"], entry["fund_id"], amount(entry["amount"])]
    parts += [entry["occurred_on"], about, dash(entry["reverses_id"]), entry["transaction"]]
    return "|".join(str(part) for part in parts)


def main(folder: Path) -> int:
    """Check every chain; return the exit code."""
    lines: dict[Any, list[dict[str, Any]]] = {}
    for entry in read(folder / "entries.jsonl"):
        lines.setdefault(entry["posting_id"], []).append(entry)
    heads: dict[tuple[Any, Any], dict[str, Any]] = {}
    for posting in sorted(
        read(folder / "postings.jsonl"), key=lambda one: (one["book_id"], one["year"], one["number"])
    ):
        chain = (posting["book_id"], posting["year"])
        last = heads.get(chain, {"number": 0, "hash": "0" * 64})
        own = sorted(lines.pop(posting["id"], []), key=lambda entry: entry["line"])
        digest = sha256("\n".join(line_of(entry) for entry in own))
        sound = (
            posting["number"] == last["number"] + 1
            and posting["previous_hash"] == last["hash"]
            and posting["entry_count"] == len(own)
            and sum(Decimal(entry["amount"]) for entry in own) == Decimal(posting["total"])
            and posting["hash"] == seal(posting, digest)
        )
        if not sound:
            print(f"wrong: book {chain[0]}, {chain[1]}-{posting['number']:05d}")  # noqa: T201
            return 2
        heads[chain] = posting
    if lines:
        print(f"entries without a posting: {sorted(lines)[:10]}")  # noqa: T201
        return 2
    for (book, year), posting in sorted(heads.items()):
        print(f"book {book}, {year}-{posting['number']:05d} {posting['hash']}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent))
