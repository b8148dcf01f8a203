"""The house's rules hold, and each of them is seen to catch what it forbids."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "visualiser"
LINT = "from importlinter.cli import lint_imports_command as lint; lint()"

# Rule, module of the house, and the line in it that breaks the rule.
BREACHES = [
    ("layers", "core/errors.py", "import visualiser.ui.palette"),
    ("layers", "core/errors.py", "import visualiser.worker"),
    ("layers", "core/errors.py", "import visualiser.app"),
    ("layers", "ui/palette.py", "import visualiser.worker"),
    ("layers", "ui/palette.py", "import visualiser.app"),
    ("layers", "worker/__init__.py", "import visualiser.ui.palette"),
    ("layers", "worker/__init__.py", "import visualiser.cli"),
    ("layers", "app/window.py", "import visualiser.cli"),
    ("layers", "paths.py", "import visualiser.core.errors"),
    ("layers", "helpers.py", "a module that no layer names"),
    ("core-without-qt", "core/errors.py", "from PySide6.QtCore import QObject"),
    ("core-without-qt", "core/errors.py", "import pyqtgraph"),
    ("core-without-qt", "core/errors.py", "import shiboken6"),
    ("ui-without-torch", "ui/palette.py", "import torch"),
    ("ui-without-torch", "ui/palette.py", "from torch.nn import Module"),
    ("ui-without-torch", "ui/palette.py", "import visualiser.core.training.trainer"),
]


def lint_imports(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copied_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy of the house")
    shutil.copytree(PACKAGE, folder / "visualiser", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_imports_follow_the_rules() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("rule", "module", "line"), BREACHES)
def test_a_breach_of_the_import_rules_is_caught(
    copied_house: Path, rule: str, module: str, line: str
) -> None:
    file = copied_house / "visualiser" / module
    before = file.read_text(encoding="utf-8") if file.exists() else None
    inside_function = line.startswith(("import", "from")) and f"def later():\n    {line}\n"
    file.write_text((before or "") + "\n\n" + (inside_function or f"# {line}\n"), encoding="utf-8")
    try:
        result = lint_imports(copied_house, "--contract", rule)
    finally:
        if before is None:
            file.unlink()
        else:
            file.write_text(before, encoding="utf-8")
    assert "1 broken" in result.stdout, f"{rule} let “{line}” pass in {module}"


def test_the_window_can_be_imported_without_what_is_slow_to_load() -> None:
    slow = {"torch", "pandas", "sklearn", "scipy"}
    code = f"import sys, visualiser.app.window; print(*sorted({slow!r} & set(sys.modules)))"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == []


def test_the_window_starts_without_the_views_that_nobody_looks_at_yet() -> None:
    code = """if True:
        import sys
        from visualiser.app.offscreen import driven_window
        from visualiser.ui.views.registry import VIEWS

        with driven_window() as driver:
            driver.rest(0.05)
            loaded = set(sys.modules)
            homes = {type(spec.create()).__module__ for spec in VIEWS}
        assert len(homes) == len(VIEWS), homes
        print(*sorted(loaded & homes))
        """
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout.split() == []


def modules() -> list[Path]:
    return sorted(file for file in PACKAGE.rglob("*.py") if "_data" not in file.parts)


def test_no_module_executes_what_a_file_could_hold() -> None:
    unsafe = [
        f"{file.relative_to(ROOT)}, {line}"
        for file in modules()
        for line in unsafe_lines(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert unsafe == []


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from pickle import loads",
        "import cloudpickle as data",
        "from joblib import load",
        "eval('1')",
        "exec('1')",
        "compile('1', '', 'exec')",
        "__import__('os')",
        "torch.load(path)",
        "torch.load(path, weights_only=False)",
        "np.load(path, allow_pickle=True)",
        "np.load(path, allow_pickle=allowed)",
        "pd.read_pickle(path)",
        "frame.eval('a + b')",
    ],
)
def test_unsafe_code_is_seen(code: str) -> None:
    assert len(list(unsafe_lines(ast.parse(code)))) == 1


@pytest.mark.parametrize(
    "code",
    [
        "model.eval()",
        "re.compile('a')",
        "dialog.exec()",
        "torch.load(path, weights_only=True)",
        "np.load(path, allow_pickle=False)",
    ],
)
def test_safe_code_passes(code: str) -> None:
    assert list(unsafe_lines(ast.parse(code))) == []


UNSAFE_MODULES = {"pickle", "cloudpickle", "dill", "joblib", "marshal", "shelve", "runpy"}
UNSAFE_NAMES = {"eval", "exec", "compile", "__import__"}


def unsafe_lines(tree: ast.AST) -> Iterator[str]:
    """What in a module could execute something that a file brought along."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        unsafe_import = any(name.split(".")[0] in UNSAFE_MODULES for name in names)
        if unsafe_import or (isinstance(node, ast.Call) and is_unsafe_call(node)):
            yield f"line {node.lineno}: {ast.unparse(node)}"


def is_unsafe_call(call: ast.Call) -> bool:
    constants = {
        keyword.arg: keyword.value.value if isinstance(keyword.value, ast.Constant) else "?"
        for keyword in call.keywords
    }
    if constants.get("allow_pickle", False) is not False:
        return True
    match call.func:
        case ast.Name(id=name):
            return name in UNSAFE_NAMES
        case ast.Attribute(value=ast.Name(id="torch"), attr="load"):
            return constants.get("weights_only") is not True
        case ast.Attribute(attr="read_pickle"):
            return True
        case ast.Attribute(attr="eval"):  # model.eval() is fine, frame.eval("…") is code
            return bool(call.args)
    return False


def test_package_files_are_empty_so_that_a_module_does_not_load_its_neighbours() -> None:
    full = [
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("__init__.py")
        if file.stat().st_size and file.parent != PACKAGE
    ]
    assert full == []
    statements = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8")).body
    assert not any(isinstance(line, (ast.Import, ast.ImportFrom)) for line in statements)


def test_only_one_module_knows_where_a_packaged_program_unpacks() -> None:
    knowing = [file.name for file in modules() if "_MEIPASS" in file.read_text(encoding="utf-8")]
    assert knowing == ["paths.py"]


def test_what_takes_long_to_load_is_imported_where_it_is_used() -> None:
    slow = {"cleanlab", "joblib", "scipy", "sklearn", "threadpoolctl"}
    guilty = set()
    for path in (ROOT / "visualiser").rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:  # not within functions
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if slow & {name.split(".")[0] for name in names}:
                guilty.add(path.relative_to(ROOT / "visualiser").as_posix())
    assert all(place.startswith("bench/quality/") for place in guilty), guilty
