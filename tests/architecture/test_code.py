"""Habits that a reader may rely on: keyword-only services, named reversible migrations, no literal states."""

import ast
import importlib
import re
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db import migrations
from django.db.migrations.loader import MigrationLoader

from tests.architecture.test_layers import ROOT, tracked
from union_portal.base.states import MACHINES

OWN = {"members", "welfare", "congress", "activities", "accounts", "base", "home", "annual_report", "demo"}
# Without personal data: whoever may open the list may see all of it.
OPEN_LISTS = {
    "welfare.Benefit",
    "welfare.BenefitRule",
    "welfare.Occasion",
    "welfare.Book",
    "welfare.FiscalYear",
    "welfare.Fund",
    "welfare.LedgerAccount",
    "welfare.Posting",
    "welfare.LedgerEntry",
    "welfare.MutualAidPlan",
    "welfare.ProcurementThreshold",
    "members.CohortKind",
    "annual_report.Outline",
    "annual_report.OutlineChapter",
    "annual_report.OutlineSection",
    "annual_report.AnnualReport",
}


def service_files() -> list[Path]:
    return [path for path in tracked("*.py") if "services" in path.parts or path.name == "services.py"]


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)]


def test_services_take_only_named_arguments() -> None:
    positional = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in service_files()
        if "tests" not in path.parts
        for node in functions(path)
        if not node.name.startswith("_") and (node.args.args or node.args.posonlyargs) and exported(path, node.name)
    ]
    assert not positional


def exported(path: Path, name: str) -> bool:
    """Tell whether a service module hands the function out."""
    package = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    top = package[: package.index("services") + len("services")]
    return name in getattr(importlib.import_module(top), "__all__", ())


def test_migrations_say_what_they_do_and_can_be_undone() -> None:
    unnamed, one_way = [], []
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if app not in OWN:
            continue
        if re.search(r"_auto_\d|\d{4}_alter_.*_and_more|_and_more$", name):
            unnamed.append(f"{app}.{name}")
        for operation in migration.operations:
            is_special = isinstance(operation, migrations.RunPython | migrations.RunSQL)
            if is_special and not operation.reversible:
                one_way.append(f"{app}.{name}")
    assert not unnamed
    assert not one_way


def test_states_are_written_only_where_they_are_declared() -> None:
    states = {state for machine in MACHINES.values() for pair in machine.pairs() for state in pair if state}
    found = []
    for path in tracked("*.py"):
        if path.name in {"enums.py", "states.py"} or {"tests", "migrations", "bench"} & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.keyword) and node.arg in {"state", "state__exact"}:
                found += literal(node.value, states, path)
            if isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute) and node.left.attr == "state":
                found += [line for value in node.comparators for line in literal(value, states, path)]
    assert not found


def test_amounts_are_written_by_one_function() -> None:
    inline = [path for path in tracked("*.py") if ":,.2f" in path.read_text() and path.name != "money.py"]
    assert [path for path in inline if "tests" not in path.parts] == []


def literal(node: ast.expr, states: set[str], path: Path) -> list[str]:
    is_state = isinstance(node, ast.Constant) and node.value in states
    return [f"{path.relative_to(ROOT)}:{node.lineno}"] if is_state else []


def test_files_are_handed_out_under_chinese_names() -> None:
    """What ends up in somebody's folder is found there again: no `survey-17.pdf`."""
    latin = re.compile(r"(?:as_pdf|give_made|give_file|FileResponse|disposition_header)\(.*name=f?\"[a-z-]+[\"{]")
    assert [str(path) for path in tracked("*.py") if "tests" not in path.parts and latin.search(path.read_text())] == []


def test_every_list_on_the_desk_is_scoped() -> None:
    unscoped = [
        model._meta.label
        for model in admin.site._registry
        if not hasattr(model._default_manager.all(), "visible_to") and model._meta.label not in OPEN_LISTS
    ]
    assert not unscoped


def test_every_list_on_the_desk_stands_on_the_portals_base() -> None:
    from union_portal.base.admin import PortalModelAdmin  # noqa: PLC0415

    strangers = [
        model._meta.label
        for model, model_admin in admin.site._registry.items()
        if not isinstance(model_admin, PortalModelAdmin)
    ]
    assert not strangers


def test_apps_are_all_known() -> None:
    own: set[Any] = {config.label for config in apps.get_app_configs() if _is_ours(Path(config.path))}
    assert {label for label in own if ".venv" not in str(apps.get_app_config(label).path)} == OWN


def _is_ours(path: Path) -> bool:
    return path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / "tests")
