"""Views that every database of a dataset has, in SQL that SQLite, DuckDB and PostgreSQL read alike."""

from __future__ import annotations

# By name: what it shows, and its query. A form that names no filing unit is told by the name of its own unit.
VIEWS: dict[str, tuple[str, str]] = {
    "indicator_years": (
        "One row an indicator of a form, with who filed it, so that years and units stand side by side",
        """
        SELECT coalesce(t."filing_unit", t."unit_name") AS "unit", i."project_name", i."kind", i."fiscal_year", i."level1", i."level2",
               i."level3", i."indicator_id", i."indicator_name", i."operator", i."value", i."value_number", i."unit" AS "unit_of_value",
               i."value_base", i."unit_base", i."actual_value", i."points", i."score", t."funds_total", i."explanation",
               i."scoring_standard", i."review", i."document", i."table_id", i."row", i."page_no", i."bbox"
        FROM "indicators" i JOIN "tables" t ON t."table_id" = i."table_id"
        """,
    ),
    "open_findings": (
        "What waits for a person, with the form that it is about",
        """
        SELECT f."finding_id", f."code", f."priority", f."document", f."page_no", t."unit_name", t."project_name", t."fiscal_year",
               f."row", f."field_name", f."value", f."raw", f."message"
        FROM "findings" f LEFT JOIN "tables" t ON t."table_id" = f."table_id"
        WHERE f."severity" = 'review'
        """,
    ),
}  # fmt: skip
