"""PostgreSQL: the flat tables in a schema of their own, replaced at once, with comments and typed dates."""

from __future__ import annotations

from typing import Any

from pipeline.errors import JobError, UsageError
from pipeline.export.columns import TABLES, columns_of, with_corners
from pipeline.export.delivery import Delivery
from pipeline.export.views import VIEWS
from pipeline.messages import tell

SCHEMES = ("postgresql://", "postgres://", "postgresql+psycopg://")
_TYPES = {"text": "text", "whole": "bigint", "number": "double precision", "flag": "boolean", "date": "date"}
# A schema that carries it is ours, and may be replaced.
_OWN = "jixiao dataset"
_BATCH = 2000


def copy_to(delivery: Delivery, url: str, schema: str) -> dict[str, int]:
    """Put all flat tables and views into a schema of the database, in one transaction; rows by the name of the table.

    Raises:
        UsageError: psycopg is not installed, the URL is none, or the schema is somebody else's.
        JobError: the database cannot be reached or refuses.
    """
    if not url.startswith(SCHEMES):
        raise UsageError(*tell("export.no-url", url=url.partition("@")[2] or url))
    try:
        import psycopg
    except ImportError as error:
        raise UsageError(*tell("export.needs-psycopg")) from error
    try:
        with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://", 1)) as connection:
            return _fill(connection, delivery, schema)
    except psycopg.Error as error:
        raise JobError(*tell("export.database", error=" ".join(str(error).split()))) from error


def _fill(connection: Any, delivery: Delivery, schema: str) -> dict[str, int]:
    from psycopg import sql

    name = sql.Identifier(schema)
    found = connection.execute("SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s", [schema]).fetchone()
    if found is not None and not str(found[0] or "").startswith(_OWN):
        raise UsageError(*tell("export.foreign-schema", schema=schema))
    connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(name))
    connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))
    connection.execute(sql.SQL("COMMENT ON SCHEMA {} IS {}").format(name, sql.Literal(_OWN)))
    connection.execute(sql.SQL("SET LOCAL search_path TO {}").format(name))
    counts = dict.fromkeys(TABLES, 0)
    for table in TABLES:
        connection.execute(_create(table))
    for table, rows in delivery.batches(_BATCH):
        _copy(connection, table, rows)
        counts[table] += len(rows)
    for view, (_, query) in VIEWS.items():
        connection.execute(sql.SQL("CREATE VIEW {} AS ").format(sql.Identifier(view)) + sql.SQL(query))
    _comment(connection)
    return counts


def _create(table: str) -> Any:
    from psycopg import sql

    columns = [sql.SQL("{} {}").format(sql.Identifier(each.name), sql.SQL(_TYPES[each.type])) for each in columns_of(table, with_box=True)]
    return sql.SQL("CREATE TABLE {} ({})").format(sql.Identifier(table), sql.SQL(", ").join(columns))


def _copy(connection: Any, table: str, rows: list[list[Any]]) -> None:
    from psycopg import sql

    kinds = [each.type for each in columns_of(table, with_box=True)]
    with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
        for row in rows:
            copy.write_row([_value(value, kind) for value, kind in zip(with_corners(table, row), kinds, strict=True)])


def _value(value: Any, kind: str) -> Any:
    """What the server takes: it knows no text with a NUL."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    return int(value) if kind == "whole" and isinstance(value, float) else value


def _comment(connection: Any) -> None:
    from psycopg import sql

    for table, (title, description) in TABLES.items():
        name = sql.Identifier(table)
        connection.execute(sql.SQL("COMMENT ON TABLE {} IS {}").format(name, sql.Literal(f"{title}. {description}")))
        for each in columns_of(table, with_box=True):
            said = sql.Literal(f"{each.heading}. {each.description}")
            connection.execute(sql.SQL("COMMENT ON COLUMN {}.{} IS {}").format(name, sql.Identifier(each.name), said))
    for view, (description, _) in VIEWS.items():
        connection.execute(sql.SQL("COMMENT ON VIEW {} IS {}").format(sql.Identifier(view), sql.Literal(description)))
