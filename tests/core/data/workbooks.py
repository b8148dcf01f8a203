"""Workbooks of users, written part by part."""

import zipfile
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
) -> Path:
    """A workbook of one sheet called “First”; `rows` is the XML of its rows."""
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{book}'
        '<sheets><sheet name="First" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": sheet,
    }
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
