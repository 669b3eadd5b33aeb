"""Formulas as trees (pure): written in the dialect of either format, and counted here, so that a file carries its figures.

Only what Excel and LibreOffice compute alike: operators, and the functions of ``counting.FUNCTIONS``. No text typed by people enters a formula.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apps.simulator.workbook.counting import FUNCTIONS, Result, compared, number

if TYPE_CHECKING:
    from apps.simulator.workbook.grid import Sheet

PRECEDENCE = {"=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "+": 2, "-": 2, "*": 3, "/": 3, "^": 4}


class Formula(ABC):
    """An expression. Python’s operators build a larger one."""

    def __add__(self, other: Operand) -> Formula:
        return Operation("+", self, made(other))

    def __radd__(self, other: Operand) -> Formula:
        return Operation("+", made(other), self)

    def __sub__(self, other: Operand) -> Formula:
        return Operation("-", self, made(other))

    def __rsub__(self, other: Operand) -> Formula:
        return Operation("-", made(other), self)

    def __mul__(self, other: Operand) -> Formula:
        return Operation("*", self, made(other))

    def __truediv__(self, other: Operand) -> Formula:
        return Operation("/", self, made(other))

    def __pow__(self, other: Operand) -> Formula:
        return Operation("^", self, made(other))

    def is_(self, sign: str, other: Operand) -> Formula:
        """A comparison; ``sign`` as a spreadsheet writes it."""
        return Operation(sign, self, made(other))

    @abstractmethod
    def written(self, dialect: Dialect, home: Sheet) -> str: ...

    @abstractmethod
    def result(self) -> Result: ...

    def values(self) -> list[Result]:
        return [self.result()]


Operand = Formula | float | int | str


def made(value: Operand) -> Formula:
    return value if isinstance(value, Formula) else Constant(value)


@dataclass(frozen=True, slots=True, eq=False)
class Constant(Formula):
    value: float | int | str

    def written(self, dialect: Dialect, home: Sheet) -> str:
        return f'"{self.value}"' if isinstance(self.value, str) else repr(self.value)

    def result(self) -> Result:
        return self.value


@dataclass(frozen=True, slots=True, eq=False)
class Ref(Formula):
    """A cell. Rows and columns from 1."""

    sheet: Sheet
    row: int
    column: int

    def written(self, dialect: Dialect, home: Sheet) -> str:
        return dialect.cell(self, home)

    def result(self) -> Result:
        return self.sheet.result(self.row, self.column)

    def to(self, end: Ref) -> Span:
        return Span(self, end)


@dataclass(frozen=True, slots=True, eq=False)
class Span(Formula):
    """A row or a column of cells, ends included."""

    start: Ref
    end: Ref

    def written(self, dialect: Dialect, home: Sheet) -> str:
        return dialect.span(self, home)

    def result(self) -> Result:
        raise TypeError("a span has no single value")

    def values(self) -> list[Result]:
        return [
            self.start.sheet.result(row, column)
            for row in range(self.start.row, self.end.row + 1)
            for column in range(self.start.column, self.end.column + 1)
        ]


@dataclass(frozen=True, slots=True, eq=False)
class Operation(Formula):
    sign: str
    left: Formula
    right: Formula

    def written(self, dialect: Dialect, home: Sheet) -> str:
        left, right = self.left.written(dialect, home), self.right.written(dialect, home)
        mine = PRECEDENCE[self.sign]
        # In a spreadsheet « ^ » goes from left to right and a minus sign binds tighter than it.
        if isinstance(self.left, Operation) and PRECEDENCE[self.left.sign] < mine:
            left = f"({left})"
        if isinstance(self.right, Operation) and PRECEDENCE[self.right.sign] <= mine:
            right = f"({right})"
        return f"{left}{self.sign}{right}"

    def result(self) -> Result:
        left, right = self.left.result(), self.right.result()
        if PRECEDENCE[self.sign] == 1:
            return compared(self.sign, left, right)
        a, b = number(left), number(right)
        match self.sign:
            case "+":
                return a + b
            case "-":
                return a - b
            case "*":
                return a * b
            case "/":
                return a / b
        return float(a**b)


@dataclass(frozen=True, slots=True, eq=False)
class Call(Formula):
    name: str
    arguments: tuple[Formula, ...]

    def written(self, dialect: Dialect, home: Sheet) -> str:
        return f"{self.name}({dialect.separator.join(one.written(dialect, home) for one in self.arguments)})"

    def result(self) -> Result:
        return FUNCTIONS[self.name](self.arguments)


def call(name: str, *arguments: Operand) -> Formula:
    return Call(name, tuple(made(one) for one in arguments))


def cents(amount: Operand) -> Formula:
    """R(x): to the cent, a half away from zero."""
    return call("ROUND", amount, 2)


def when(condition: Formula, then: Operand, otherwise: Operand = 0) -> Formula:
    return call("IF", condition, then, otherwise)


def added(*terms: Formula) -> Formula:
    """Their sum, written with plus signs: a click shows where each part comes from."""
    total: Formula | None = None
    for term in terms:
        total = term if total is None else total + term
    return made(0) if total is None else total


# --- writing -----------------------------------------------------------------------------------------------------
def letters(column: int) -> str:
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def place(ref: Ref) -> str:
    return f"{letters(ref.column)}{ref.row}"


class Dialect:
    """``=`` of Excel: « 'Réglages'!B5 », arguments between commas."""

    separator, start = ",", "="

    def cell(self, ref: Ref, home: Sheet) -> str:
        return f"{self._sheet(ref, home)}{place(ref)}"

    def span(self, span: Span, home: Sheet) -> str:
        return f"{self._sheet(span.start, home)}{place(span.start)}:{place(span.end)}"

    def _sheet(self, ref: Ref, home: Sheet) -> str:
        return "" if ref.sheet is home else f"'{ref.sheet.name}'!"


class OpenDocument(Dialect):
    """``of:=`` of OpenFormula: « [$'Réglages'.B5] », arguments between semicolons."""

    separator, start = ";", "of:="

    def cell(self, ref: Ref, home: Sheet) -> str:
        return f"[{self._sheet(ref, home)}.{place(ref)}]"

    def span(self, span: Span, home: Sheet) -> str:
        return f"[{self._sheet(span.start, home)}.{place(span.start)}:.{place(span.end)}]"

    def _sheet(self, ref: Ref, home: Sheet) -> str:
        return "" if ref.sheet is home else f"$'{ref.sheet.name}'"
