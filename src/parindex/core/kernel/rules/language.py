"""The small language of formula rules: numbers, named inputs, arithmetic, comparisons, and five functions.

Parsed by hand into a tree of tuples-like nodes and evaluated on fractions: nothing of Python is reachable.

    expression := disjunction
    or, and, not; one comparison; + - ; × ÷ ; unary minus; number | name | name(arguments) | (expression)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from parindex.core.kernel.numbers import half_up
from parindex.core.kernel.problems import Refused


MAX_LENGTH = 2_000
MAX_DEPTH = 50
MAX_CHAIN = 200  # operations inside one another, as in a + b + c + …
MAX_BITS = 6_600  # about two thousand digits
Result = Fraction | bool

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]{1,30}(?:\.[0-9]{1,30})?)|(?P<name>[^\W\d]\w*)"
    r"|(?P<op><=|>=|==|!=|[-+*/<>=(),×÷−≤≥≠]))"
)
_SIGNS = {"×": "*", "÷": "/", "−": "-", "≤": "<=", "≥": ">=", "≠": "!="}
_COMPARE: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}
FUNCTIONS = {"min": (1, 20), "max": (1, 20), "round": (1, 2), "if": (3, 3)}
WORDS = frozenset({"and", "or", "not"}) | set(FUNCTIONS)
_TRUTHS = frozenset({"and", "or", "not"}) | set(_COMPARE)


class FormulaRefused(Refused):
    """A formula that cannot be read or evaluated; `data["at"]` is the character, counted from 1."""


@dataclass(frozen=True, slots=True)
class Node:
    """One operation: its name, its operands (numbers, nodes; the name itself of an input), and its place."""

    op: str
    args: tuple[Node | Fraction | str, ...]
    at: int
    depth: int = 1


def _node(op: str, args: tuple[Node | Fraction | str, ...], at: int) -> Node:
    """An operation that is not nested too deeply. Raises FormulaRefused."""
    depth = 1 + max((a.depth for a in args if isinstance(a, Node)), default=0)
    if depth > MAX_CHAIN:
        raise FormulaRefused("formula_too_deep", at=at, limit=MAX_CHAIN)
    return Node(op, args, at, depth)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def _tokens(text: str) -> Iterator[_Token]:
    """Words of the formula, then an end mark."""
    if len(text) > MAX_LENGTH:
        raise FormulaRefused("formula_too_long", at=MAX_LENGTH, limit=MAX_LENGTH)
    position = 0
    while text[position:].strip():
        match = _TOKEN.match(text, position)
        if match is None:
            at = position + len(text[position:]) - len(text[position:].lstrip())
            raise FormulaRefused("formula_character", at=at + 1, text=text[at])
        kind = str(match.lastgroup)
        yield _Token(kind, _SIGNS.get(match[kind], match[kind]), match.start(kind) + 1)
        position = match.end()
    yield _Token("end", "", len(text) + 1)


class _Parser:
    """Recursive descent, one method a level of binding."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.k = 0
        self.depth = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.k]

    def take(self, *texts: str) -> _Token | None:
        """Step over the next token if it is one of these."""
        if self.token.kind != "number" and self.token.text in texts:
            self.k += 1
            return self.tokens[self.k - 1]
        return None

    def need(self, text: str) -> None:
        if not self.take(text):
            self.refuse_end()
            raise FormulaRefused("formula_expected", at=self.token.at, expected=text, text=self.token.text)

    def refuse_end(self) -> None:
        """Say so where the formula stops short."""
        if self.token.kind == "end":
            raise FormulaRefused("formula_ends", at=self.token.at)

    def expression(self) -> Node | Fraction | str:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FormulaRefused("formula_too_deep", at=self.token.at, limit=MAX_DEPTH)
        left = self.conjunction()
        while token := self.take("or"):
            left = _node("or", (left, self.conjunction()), token.at)
        self.depth -= 1
        return left

    def conjunction(self) -> Node | Fraction | str:
        left = self.negation()
        while token := self.take("and"):
            left = _node("and", (left, self.negation()), token.at)
        return left

    def negation(self) -> Node | Fraction | str:
        if token := self.take("not"):
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise FormulaRefused("formula_too_deep", at=token.at, limit=MAX_DEPTH)
            node = _node("not", (self.negation(),), token.at)
            self.depth -= 1
            return node
        return self.comparison()

    def comparison(self) -> Node | Fraction | str:
        left = self.sum()
        if token := self.take(*_COMPARE):
            return _node(token.text, (left, self.sum()), token.at)
        return left

    def sum(self) -> Node | Fraction | str:
        left = self.product()
        while token := self.take("+", "-"):
            left = _node(token.text, (left, self.product()), token.at)
        return left

    def product(self) -> Node | Fraction | str:
        left = self.signed()
        while token := self.take("*", "/"):
            left = _node(token.text, (left, self.signed()), token.at)
        return left

    def signed(self) -> Node | Fraction | str:
        minus = 0
        token = self.token
        while self.take("-"):
            minus += 1
        value = self.atom()
        return _node("neg", (value,), token.at) if minus % 2 else value

    def atom(self) -> Node | Fraction | str:
        token = self.token
        if token.kind == "number":
            self.k += 1
            return Fraction(token.text)
        if self.take("("):
            inner = self.expression()
            self.need(")")
            return inner
        if token.kind == "name" and token.text not in {"and", "or", "not"}:
            self.k += 1
            return self.call(token) if token.text in FUNCTIONS else self.named(token)
        self.refuse_end()
        raise FormulaRefused("formula_value_expected", at=token.at, text=token.text)

    def named(self, name: _Token) -> Node:
        """An input's name; followed by a bracket it was meant as a function."""
        if self.token.text == "(":
            known = tuple(FUNCTIONS)
            raise FormulaRefused("formula_function_unknown", at=name.at, name=name.text, known=known)
        return Node("name", (name.text,), name.at)

    def call(self, name: _Token) -> Node:
        self.need("(")
        args = [self.expression()]
        while self.take(","):
            args.append(self.expression())
        self.need(")")
        low, high = FUNCTIONS[name.text]
        if not low <= len(args) <= high:
            raise FormulaRefused("formula_arguments", at=name.at, name=name.text, given=len(args))
        return _node(name.text, tuple(args), name.at)


def parse(text: str) -> Node | Fraction | str:
    """Read a formula. Raises FormulaRefused with the character."""
    parser = _Parser(text)
    tree = parser.expression()
    if parser.token.kind != "end":
        raise FormulaRefused("formula_rest", at=parser.token.at, text=parser.token.text)
    return tree


def names(tree: Node | Fraction | str) -> Iterator[tuple[str, int]]:
    """Every name used, with its character."""
    if isinstance(tree, Node):
        if tree.op == "name":
            yield str(tree.args[0]), tree.at
        else:
            for arg in tree.args:
                yield from names(arg)


def check_number(tree: Node | Fraction | str) -> None:
    """Whatever the inputs are, the formula gives a number.

    Raises:
        FormulaRefused: ``formula_type``, ``formula_division_by_zero`` and ``formula_decimals``, where these
            show in the text itself.
    """
    if _is_truth(tree):
        raise FormulaRefused("formula_type", at=tree.at if isinstance(tree, Node) else 1)


def _is_truth(tree: Node | Fraction | str) -> bool:
    """Whether a part gives a truth value and not a number; its own parts fit together."""
    if not isinstance(tree, Node) or tree.op == "name":
        return False
    kinds = [_is_truth(arg) for arg in tree.args]
    wanted = {"and": [True, True], "or": [True, True], "not": [True], "if": [True, *kinds[1:2] * 2]}
    if kinds != wanted.get(tree.op, [False] * len(kinds)):
        raise FormulaRefused("formula_type", at=tree.at)
    last = tree.args[-1]
    if tree.op == "/" and last == 0:
        raise FormulaRefused("formula_division_by_zero", at=tree.at)
    if tree.op == "round" and len(tree.args) > 1 and isinstance(last, Fraction):
        _decimals(last, tree.at)
    return kinds[1] if tree.op == "if" else tree.op in _TRUTHS


def _decimals(value: Fraction, at: int) -> int:
    """A number of decimals that makes sense."""
    if value.denominator != 1 or not 0 <= value <= 6:
        raise FormulaRefused("formula_decimals", at=at)
    return int(value)


def evaluate(tree: Node | Fraction | str, inputs: Mapping[str, Fraction]) -> Result:
    """The exact value.

    Raises:
        FormulaRefused: ``formula_division_by_zero``, ``formula_type`` (a truth value where a number belongs,
            or the other way), ``formula_number_too_long``.
    """
    if not isinstance(tree, Node):
        return Fraction(tree)
    if tree.op == "name":
        return inputs[str(tree.args[0])]
    if tree.op in {"and", "or", "not", "if"}:
        return _logic(tree, inputs)
    args: list[Fraction] = []
    for arg in tree.args:
        operand = evaluate(arg, inputs)
        if isinstance(operand, bool):
            raise FormulaRefused("formula_type", at=tree.at)
        args.append(operand)
    value = _arithmetic(tree, args)
    if isinstance(value, Fraction) and max(abs(value.numerator), value.denominator).bit_length() > MAX_BITS:
        raise FormulaRefused("formula_number_too_long", at=tree.at)
    return value


def _logic(tree: Node, inputs: Mapping[str, Fraction]) -> Result:
    """and, or, not, if: the branch not taken is not evaluated."""
    first = evaluate(tree.args[0], inputs)
    if not isinstance(first, bool):
        raise FormulaRefused("formula_type", at=tree.at)
    if tree.op == "not":
        return not first
    if tree.op == "if":
        return evaluate(tree.args[1 if first else 2], inputs)
    if first is (tree.op == "or"):
        return first
    second = evaluate(tree.args[1], inputs)
    if not isinstance(second, bool):
        raise FormulaRefused("formula_type", at=tree.at)
    return second


def _arithmetic(tree: Node, args: list[Fraction]) -> Result:
    """One operation on numbers."""
    if tree.op in _COMPARE:
        return _COMPARE[tree.op](args[0], args[1])
    if tree.op == "/":
        if args[1] == 0:
            raise FormulaRefused("formula_division_by_zero", at=tree.at)
        return args[0] / args[1]
    if tree.op == "round":
        return half_up(args[0], _decimals(args[1], tree.at) if len(args) > 1 else 0)
    simple: Mapping[str, Callable[[], Fraction]] = {
        "+": lambda: args[0] + args[1],
        "-": lambda: args[0] - args[1],
        "*": lambda: args[0] * args[1],
        "neg": lambda: -args[0],
        "min": lambda: min(args),
        "max": lambda: max(args),
    }
    return simple[tree.op]()
