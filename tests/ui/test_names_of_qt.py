"""An attribute named as a method that Qt calls itself ends the process, not with an exception."""

import ast
import importlib
import inspect
import pkgutil
import textwrap

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

import visualiser.ui

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(visualiser.ui.__path__, "visualiser.ui.")
    if not module.ispkg
)


def qt_classes(module: str) -> list[type]:
    members = vars(importlib.import_module(module)).values()
    return [
        member
        for member in members
        if inspect.isclass(member) and issubclass(member, QObject) and member.__module__ == module
    ]


def shadowed(cls: type) -> list[str]:
    """Methods of Qt's own base class that instances of `cls` hide behind an attribute."""
    base = next(c for c in cls.__mro__ if c.__module__.startswith(("PySide6", "Shiboken")))
    tree = ast.parse(textwrap.dedent(inspect.getsource(cls)))
    assigned = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    }
    return sorted(name for name in assigned if callable(getattr(base, name, None)))


@pytest.mark.parametrize("module", MODULES)
def test_no_attribute_hides_a_method_that_qt_calls(module: str) -> None:
    assert {cls.__name__: shadowed(cls) for cls in qt_classes(module) if shadowed(cls)} == {}


def test_such_an_attribute_is_found() -> None:
    class Wrong(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.metric, self.harmless = 1, 2

    assert shadowed(Wrong) == ["metric"]
