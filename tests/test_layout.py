"""The house rules that a program can check: what stands where, who imports whom, and what importing does."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "index")
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
}
"""Dotted module name → file, for every module of both packages."""

TOP_LEVEL = {
    *("bot", "index", "seeds", "tests", "benchmarks", "docs", ".ci", ".github"),
    *("README.md", "CHANGELOG.md", "LICENSE", "Makefile", "Dockerfile", "pyproject.toml", "constraints.txt"),
    *(".env.example", ".gitignore", ".dockerignore"),
}
HEAVY = {"torch", "sentence_transformers", "transformers", "trafilatura", "pypdf", "dateparser", "prompt_toolkit"}


def test_the_top_level_holds_what_the_design_names_and_nothing_else() -> None:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("only a checkout knows which files belong to it")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert {line.split("/")[0] for line in listed.splitlines()} <= TOP_LEVEL


def test_the_search_side_knows_nothing_of_the_bot_or_of_discord() -> None:
    for name in FILES:
        if name.startswith("index"):
            assert not {"bot", "discord"} & {imported.split(".")[0] for imported in imports(name)}, name


def test_neither_package_imports_benchmarks_tests_or_docs() -> None:
    for name in FILES:
        assert not {"benchmarks", "tests", "docs"} & {imported.split(".")[0] for imported in imports(name)}, name


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_run_in_one_direction(package: str) -> None:
    ours = {name: {i for i in imports(name) if i in FILES} for name in FILES if name.split(".")[0] == package}
    ours.pop(package, None)  # the front door is imported by everything above and imports everything below
    TopologicalSorter({name: below - {package} for name, below in ours.items()}).prepare()  # raises CycleError


def test_implementations_are_chosen_in_bootstrap_only() -> None:
    choosing = {name for name in FILES if "index.bootstrap" in imports(name, lazy=True)}
    assert choosing <= {
        "index",
        "index.__main__",
        "index.reader.mining",
        "index.reader.stories",
    }  # the door and the commands


@pytest.mark.parametrize("name", FILES)
def test_a_module_fits_into_one_reading(name: str) -> None:
    assert len(FILES[name].read_text("utf-8").splitlines()) <= 300


def test_importing_does_nothing(tmp_path: Path) -> None:
    """One new process imports every module: no heavy library, no file of ours, no network, no other program."""
    (tmp_path / ".env").write_text("ENGINE=nonsense\nLOG_LEVEL=nonsense\n")
    script = f"""
import importlib, json, os, sys
root, seen = {str(ROOT)!r}, []

def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.mkdir", "sqlite3.connect"):
        seen.append((event, str(arguments)[:200]))
    if event == "open" and isinstance(arguments[0], str):
        path = os.path.abspath(arguments[0])
        ours = path.startswith((root, {str(tmp_path)!r})) and not path.startswith(sys.prefix)
        installed = ".egg-info" in path or "__editable__" in path  # how setuptools lays out an editable install
        if ours and not installed and not path.endswith((".py", ".pyc")):
            seen.append((event, path))

sys.path.insert(0, root)
sys.addaudithook(watch)
for name in {list(FILES)!r}:
    importlib.import_module(name)
print(json.dumps([seen, sorted({HEAVY!r} & set(sys.modules))]))
"""
    done = subprocess.run(
        [sys.executable, "-B", "-c", script], cwd=tmp_path, check=True, capture_output=True, text=True, timeout=60
    )
    seen, heavy = json.loads(done.stdout.splitlines()[-1])
    assert seen == []
    assert heavy == []


@pytest.mark.parametrize("name", ["bot.console", "bot.service", "bot.replies", "bot.__main__"])
def test_the_terminal_needs_no_discord(name: str) -> None:
    script = f"import sys, importlib; importlib.import_module({name!r}); sys.exit('discord' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, timeout=60).returncode == 0


def test_every_package_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {canonical(re.split(r"[^\w.-]", requirement)[0]) for requirement in project["dependencies"]}
    providers = importlib.metadata.packages_distributions()
    imported = {i.split(".")[0] for name in FILES for i in imports(name, lazy=True, typing=True)}
    for top in sorted(imported - set(sys.stdlib_module_names) - set(PACKAGES)):
        assert declared & {canonical(provider) for provider in providers.get(top, [top])}, top


def test_the_constraints_pin_whatever_gets_installed_and_nothing_else() -> None:
    """One exact version for every package that this project's requirements lead to in this environment."""
    lines = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+(; \S.*)?", line)] == []
    pinned = {canonical(line.split("==")[0]) for line in lines}
    elsewhere = {canonical(line.split("==")[0]) for line in lines if ";" in line}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    installed = closure([*project["dependencies"], *project["optional-dependencies"]["dev"]])
    assert installed - pinned == set()
    assert pinned - elsewhere - installed == set()


def closure(requirements: list[str]) -> set[str]:
    """The names of all packages that requirements lead to, as installed here."""
    found: set[str] = set()
    pending = [Requirement(requirement) for requirement in requirements]
    done: set[tuple[str, frozenset[str]]] = set()
    while pending:
        wanted = pending.pop()
        step = (canonical(wanted.name), frozenset(wanted.extras))
        if step in done:
            continue
        done.add(step)
        found.add(step[0])
        for line in importlib.metadata.requires(wanted.name) or []:
            further = Requirement(line)
            if not further.marker or any(further.marker.evaluate({"extra": e}) for e in wanted.extras or {""}):
                pending.append(further)
    return found


def imports(name: str, *, lazy: bool = False, typing: bool = False) -> set[str]:
    """The modules that a module imports: at its top level, and inside functions or for type checkers only if asked."""
    tree = ast.parse(FILES[name].read_text("utf-8"))
    return {module for statement in _statements(tree, lazy, typing) for module in _named(statement)}


def _statements(tree: ast.AST, lazy: bool, typing: bool) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) and not lazy:
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" and not typing:
            continue
        yield node
        yield from _statements(node, lazy, typing)


def _named(statement: ast.AST) -> Iterator[str]:
    if isinstance(statement, ast.Import):
        yield from (alias.name for alias in statement.names)
    elif isinstance(statement, ast.ImportFrom) and statement.module:
        whole = [f"{statement.module}.{alias.name}" for alias in statement.names]
        yield from (one if one in FILES else statement.module for one in whole)


def canonical(name: str) -> str:
    """A distribution's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()
