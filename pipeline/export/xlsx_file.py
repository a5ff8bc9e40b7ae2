"""One workbook for people: a sheet a table, columns as people read them, cells coloured and explained, text never a formula."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from normalizers.codebook import in_chinese
from normalizers.finding_details import field_of
from normalizers.paths import inside_of, parts_of
from pipeline.dataset import written_whole
from pipeline.export.delivery import Delivery
from pipeline.export.grid_rows import by_grid
from pipeline.export.grid_sheets import add_grid_sheets
from pipeline.export.names import CHINESE, SHEETS, VALUES, chinese_field
from pipeline.export.rows import COLUMNS, NUMBERS
from pipeline.export.sheet_cells import Cells, height_of
from pipeline.export.sheet_columns import DECISIONS, TO_FILL_IN, columns_of_sheet, last_to_print, lines_of, width_of
from pipeline.export.sheet_links import Links
from pipeline.export.sheet_marks import Remark, Remarks, pointers_of, remarks_of
from pipeline.export.sheet_text import to_sheet_text
from pipeline.export.source import Source

# What a worksheet holds, its head included, is 1,048,576; the rest goes on in the next.
_MOST_ROWS = 1_048_000
_GRID_ID, _GRID_NAME = COLUMNS["grids"].index("grid_id"), tuple(COLUMNS["grids"].index(name) for name in ("title", "document"))
# Columns of an indicator's row that its form says once: asked about there, coloured here.
_OF_THE_FORM = ("fiscal_year", "unit_name", "project_name")
_A3, _LANDSCAPE = 8, "landscape"

_Row = dict[str, Any]


def write(delivery: Delivery) -> None:
    """``dataset.xlsx`` with the sheets 指标, 表, 修改, 待核, 失败 and 其他表, and each other table laid out.

    A list too long for one sheet goes on in 指标 2 and so on.

    Raises:
        JobError: the dataset cannot be written.
    """
    workbook = Workbook(write_only=True)
    with written_whole(delivery.folder / "dataset.xlsx") as (aside,), delivery.source() as source:
        links = Links(delivery)
        for name in SHEETS:
            _write_sheets(workbook, name, source, links)
        names = {row[_GRID_ID]: " ".join(row[index] for index in _GRID_NAME if row[index]) for row in source.rows_of("grids")}
        add_grid_sheets(workbook, names, by_grid(source.rows_of("grid_cells")))
        workbook.save(aside)


def _write_sheets(workbook: Workbook, table: str, source: Source, links: Links) -> None:
    sheet = _Sheet(workbook, table, SHEETS[table], links)
    for number, (row, remarks) in enumerate(_rows(table, source)):
        if number and number % _MOST_ROWS == 0:
            sheet.end()
            sheet = _Sheet(workbook, table, f"{SHEETS[table]} {number // _MOST_ROWS + 1}", links)
        sheet.add(row, remarks)
    sheet.end()


def _rows(table: str, source: Source) -> Iterator[tuple[_Row, dict[str, list[Remark]]]]:
    """The rows of a table by the names of their columns, with the remarks on their cells."""
    if table not in ("indicators", "tables"):
        for row in source.rows_of(table):
            yield dict(zip(COLUMNS[table], row, strict=True)), {}
        return
    for document in source.documents():
        remarks, filing_units = remarks_of(document), _filing_units(document)
        pointers = pointers_of(document) if table == "indicators" else (f"/tables/{index}" for index in range(len(document["tables"])))
        for pointer, row in zip(pointers, document[table], strict=True):
            named = dict(zip(COLUMNS[table], row, strict=True))
            yield filing_units.get(named["table_id"], {}) | named, _remarks_on(table, pointer, remarks)


def _filing_units(document: dict[str, list[list[Any]]]) -> dict[str, _Row]:
    """Who files each form: a project's form seldom says so itself."""
    rows = [dict(zip(COLUMNS["tables"], row, strict=True)) for row in document["tables"]]
    return {row["table_id"]: {"filing_unit": row["filing_unit"]} for row in rows}


def _remarks_on(table: str, pointer: str, remarks: Remarks) -> dict[str, list[Remark]]:
    found = {column: remarks[pointer, column] for column in columns_of_sheet(table) if (pointer, column) in remarks}
    if table == "indicators":
        form = "/".join(pointer.split("/")[:3])
        found |= {column: remarks[form, column] for column in _OF_THE_FORM if (form, column) in remarks}
    return found


class _Sheet:
    """One worksheet while it is written; openpyxl sends each row to disk at once."""

    def __init__(self, workbook: Workbook, table: str, title: str, links: Links) -> None:
        self._table, self._links = table, links
        self._columns = columns_of_sheet(table)
        self._widths = [width_of(table, column) for column in self._columns]
        self._lines = [lines_of(table, column) for column in self._columns]
        self._sheet = workbook.create_sheet(title)
        self._cells = Cells(self._sheet)
        self._written = 0
        self._set_up()
        self._append([self._cells.head(_heading(table, column), column in TO_FILL_IN) for column in self._columns], 33.0)

    def add(self, row: _Row, remarks: dict[str, list[Remark]]) -> None:
        """One row, as high as its texts need."""
        spoken = _spoken(self._table, row)
        if "crop" in self._columns and self._links.crop(row):
            spoken["crop"] = "看图"
        values = [_to_value(column, spoken.get(column)) for column in self._columns]
        cells = [
            self._cells.cell(value, remarks.get(column, ()), self._link(column, row), self._look(column, row), lines)
            for column, value, lines in zip(self._columns, values, self._lines, strict=True)
        ]
        wrapped = [value if lines == "many" else None for value, lines in zip(values, self._lines, strict=True)]
        self._append(cells, height_of(zip(wrapped, self._widths, strict=True)))

    def end(self) -> None:
        """A write-only sheet goes to disk when it is closed; what stands behind its rows must be known by then."""
        sheet, last = self._sheet, self._written
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(self._columns))}{last}"
        sheet.print_title_rows = "1:1"
        sheet.print_area = f"A1:{get_column_letter(last_to_print(self._table))}{last}"
        if self._table == "findings" and last > 1:
            choices = DataValidation(type="list", formula1=f'"{",".join(DECISIONS)}"', allow_blank=True)
            letter = get_column_letter(self._columns.index("decision") + 1)
            choices.add(f"{letter}2:{letter}{last}")
            sheet.data_validations.append(choices)
        sheet.close()

    def _set_up(self) -> None:
        sheet = self._sheet
        sheet.freeze_panes = "A2"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = _LANDSCAPE, _A3
        sheet.page_setup.fitToHeight = 0
        sheet.print_options.gridLines = True
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        for index, width in enumerate(self._widths, 1):
            sheet.column_dimensions[get_column_letter(index)].width = width

    def _append(self, cells: list[Any], height: float) -> None:
        """The height of a row must be known when it is written, and need not be afterwards."""
        self._written += 1
        self._sheet.row_dimensions[self._written].height = height
        self._sheet.append(cells)
        del self._sheet.row_dimensions[self._written]

    def _look(self, column: str, row: _Row) -> str:
        if self._table == "findings" and row["severity"] == "review":
            return "fill-in" if column in TO_FILL_IN else "asked" if column in ("severity", "value") else ""
        return "asked" if column == "review" and row.get("review") is True else ""

    def _link(self, column: str, row: _Row) -> str | None:
        if column == "page_no":
            return self._links.page(row["document"], row["page_no"])
        return self._links.crop(row) if column == "crop" else None


def _heading(table: str, column: str) -> str:
    return "现值" if (table, column) == ("findings", "value") else CHINESE[column]


def _spoken(table: str, row: _Row) -> _Row:
    """The row in Chinese: words of closed sets, what a finding says, what a rule did, where a change stands."""
    spoken = {name: VALUES[name].get(value, value) if name in VALUES else value for name, value in row.items()}
    if "message" in row:
        spoken["message"] = in_chinese(row["code"])
    if table == "corrections":
        spoken["rule"] = f"{in_chinese(row['rule'])}（{row['rule']}）"
        number = parts_of(inside_of(row["path"])).row
        spoken |= {"field_name": chinese_field(field_of(row["path"])), "row": None if number is None else number + 1}
    return spoken


def _to_value(column: str, value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else ""
    return to_sheet_text(str(value)) if value is not None and column not in NUMBERS else value
