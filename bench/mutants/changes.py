"""The small changes that can be made to a module: comparisons, numbers, logic, signs."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
_TURNED = {"any": "all", "all": "any", "min": "max", "max": "min"}
# A threshold is moved by a quarter, a count by one.
_SHARE = 1.25


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the ``index``-th that the module allows, its line, and the code before and after."""

    index: int
    line: int
    before: str
    after: str


def changes_of(source: str) -> list[Change]:
    """Every change that can be made to the module, in the order of its code."""
    found = []
    tree = ast.parse(source)
    for index, (node, changed) in enumerate(_sites(tree)):
        found.append(Change(index, node.lineno, ast.unparse(node), ast.unparse(changed)))
    return found


def changed_source(source: str, index: int) -> str:
    """The module with one change made to it."""
    tree = ast.parse(source)
    for number, (node, changed) in enumerate(_sites(tree)):
        if number == index:
            return ast.unparse(ast.fix_missing_locations(_Put(node, changed).visit(tree)))
    raise IndexError(index)


class _Put(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return ast.copy_location(self._new, node) if node is self._old else self.generic_visit(node)


def _sites(tree: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Each expression that can be changed, with what it becomes; annotations and texts are left alone."""
    for node in _walk(tree):
        if isinstance(node, ast.expr):
            for changed in _changed(node):
                yield node, changed


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params") or isinstance(node, ast.JoinedStr):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _decides_nothing(child):
                yield from _walk(child)


def _decides_nothing(node: ast.AST) -> bool:
    """Code that decides nothing: what only a type checker looks at, and ``strict`` of ``zip``, which only asserts."""
    if isinstance(node, ast.keyword):
        return node.arg == "strict"
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("cast", "TypeVar")


def _changed(node: ast.expr) -> Iterator[ast.expr]:
    new: ast.expr = copy.deepcopy(node)
    if isinstance(new, ast.Compare):
        for place, operator in enumerate(new.ops):
            if type(operator) in _COMPARED:
                each = copy.deepcopy(new)
                each.ops[place] = _COMPARED[type(operator)]()
                yield each
    elif isinstance(new, ast.BoolOp):
        new.op = ast.Or() if isinstance(new.op, ast.And) else ast.And()
        yield new
    elif isinstance(new, ast.UnaryOp) and isinstance(new.op, ast.Not):
        yield new.operand
    elif isinstance(new, ast.BinOp) and type(new.op) in _COUNTED and not _is_text(new):
        new.op = _COUNTED[type(new.op)]()
        yield new
    elif isinstance(new, ast.Call) and isinstance(new.func, ast.Name) and new.func.id in _TURNED:
        new.func.id = _TURNED[new.func.id]
        yield new
    elif isinstance(new, ast.Constant):
        yield from _other_constants(new.value)


def _other_constants(value: object) -> Iterator[ast.expr]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
        if value > 0:
            yield ast.Constant(value - 1)
    elif isinstance(value, float) and value:
        yield ast.Constant(round(value * _SHARE, 12))
        yield ast.Constant(round(value / _SHARE, 12))


def _is_text(node: ast.BinOp) -> bool:
    """Whether a sum joins texts or lists, which no difference can."""
    kinds = (ast.JoinedStr, ast.List, ast.Tuple)
    sides = (node.left, node.right)
    return any(isinstance(each, kinds) or (isinstance(each, ast.Constant) and isinstance(each.value, str)) for each in sides)
