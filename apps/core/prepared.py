"""Queries that Django builds once. Building one anew takes milliseconds at each request, PostgreSQL a fraction of one.

Relies on the compiler of Django 5.2 (``klass_info``, ``get_related_populators``): ``tests/core/test_prepared.py`` holds
each use beside the queryset that it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Plan:
    """``slots``: place in ``params`` → rank of the value that goes there; ``converters``: column → functions, expression."""

    sql: str
    params: tuple[Any, ...]
    slots: dict[int, int]
    converters: list[tuple[int, tuple[list[Callable[..., Any]], Any]]]
    model: type[Model]
    span: slice
    names: list[str]
    populators: list[Any]
    annotations: dict[str, int]

    def filled(self, values: Sequence[Any]) -> list[Any]:
        return [
            values[self.slots[place]] if place in self.slots else param
            for place, param in enumerate(self.params)
        ]

    def row(self, columns: Sequence[Any]) -> Model:
        """As ``ModelIterable`` makes it."""
        row = list(columns)
        for place, (functions, expression) in self.converters:
            for function in functions:
                row[place] = function(row[place], expression, connection)
        made = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.span])
        for populator in self.populators:
            populator.populate(row, made)
        for name, place in self.annotations.items():
            setattr(made, name, row[place])
        return made


class Prepared(Generic[M]):
    """``prepared(*values)`` gives the list that ``build(*values)`` would.

    ``stand_ins``: one for each value, of its type, like nothing else that the query holds.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], *stand_ins: Any) -> None:
        self.build, self.stand_ins = build, stand_ins

    def __call__(self, *values: Any) -> list[M]:
        with connection.cursor() as cursor:
            cursor.execute(self.plan.sql, self.plan.filled(values))
            return [self.plan.row(row) for row in cursor.fetchall()]  # type: ignore[misc]

    def first(self, *values: Any) -> M | None:
        return next(iter(self(*values)), None)

    @cached_property
    def plan(self) -> Plan:
        compiler: Any = self.build(*self.stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        slots = {
            place: rank
            for place, param in enumerate(params)
            for rank, stand_in in enumerate(self.stand_ins)
            if type(param) is type(stand_in) and param == stand_in
        }
        assert set(slots.values()) == set(range(len(self.stand_ins))), "a value that the query does not hold"
        found = compiler.klass_info["select_fields"]
        span = slice(found[0], found[-1] + 1)
        return Plan(
            sql=sql,
            params=tuple(params),
            slots=slots,
            converters=list(compiler.get_converters([one[0] for one in compiler.select]).items()),
            model=compiler.klass_info["model"],
            span=span,
            names=[one[0].target.attname for one in compiler.select[span]],
            populators=get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS),  # type: ignore[call-arg]
            annotations=compiler.annotation_col_map or {},
        )
