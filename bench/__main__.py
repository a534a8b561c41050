"""`python -m bench [imports] [paper] [round] [figures] [pages] [at_once] [two_servers]`: without a name all of them."""

import argparse
import importlib
import os

PARTS = ("imports", "paper", "round", "figures", "pages", "at_once", "two_servers")


def main() -> None:
    """Run the parts, each in a scratch database of its own, as the owner role."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="small numbers, to see that it runs")
    options = parser.parse_args()
    parts = options.parts or PARTS
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    # The tests' settings: owner role, keys of their own, nothing left behind.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django  # noqa: PLC0415 -- the environment comes first

    django.setup()
    from bench.measuring import scratch_database  # noqa: PLC0415

    for name in parts:
        part = importlib.import_module(f"bench.{name}")
        with scratch_database(name):
            part.measure(quick=options.quick)


if __name__ == "__main__":
    main()
