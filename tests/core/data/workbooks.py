"""Workbooks of users, written part by part."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="164" formatCode="d mmm yyyy"/>'
    '<numFmt numFmtId="165" formatCode="&quot;days&quot; 0"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>'
    '<xf numFmtId="22"/></cellXfs></styleSheet>'
)


def workbook(
    folder: Path,
    rows: str,
    *,
    name: str = "book.xlsx",
    shared: str = "",
    book: str = "",
    after: str = "",
    packed: bool = True,
    others: Mapping[str, str] | None = None,
) -> Path:
    """A workbook with a sheet called “First”; `rows` is the XML of its rows.

    `others` are the rows of sheets that follow, by name.
    """
    sheets = {"First": rows, **(others or {})}
    names = "".join(
        f'<sheet name="{sheet}" sheetId="{n}" r:id="rId{n}"/>' for n, sheet in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{book}'
        f"<sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
        "xl/styles.xml": _STYLES,
    }
    for n, inside in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{inside}</sheetData>{after}</worksheet>'
        )
    if shared:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{shared}</sst>'
    path = folder / name
    with zipfile.ZipFile(
        path, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    ) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return path


def text_row(*cells: str) -> str:
    """A row of texts that stand in the cells themselves."""
    inside = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f"<row>{inside}</row>"


def row(*cells: float) -> str:
    """A row of numbers."""
    return "<row>" + "".join(f"<c><v>{cell}</v></c>" for cell in cells) + "</row>"
