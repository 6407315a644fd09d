"""Tables of tasks: cells of prose that state targets, and the cell of their row that says by when."""

import re
from collections.abc import Iterator

from loaders.extract.table_columns import columns, header_of
from loaders.extract.target_gate import Frame
from loaders.text.model import Cell, Span, Table

_PROSE = re.compile("任务|措施|举措|内容|目标|要求|工作|行动|标准|成果|项目|指标|清单|要点|建设")
_NO_PROSE = re.compile("责任|牵头|配合|单位|部门|备注|说明|时限|时间|期限|进度|序号|编号|依据|情况|现状|基础")
_DEADLINE = re.compile("时限|时间|期限|进度|节点")
_SHORTEST = 6


def task_cells(table: Table, frame: Frame) -> Iterator[tuple[Span, Span | None]]:
    """The cells of tasks, each with the cell of its deadline, if it has one; none in reports and indicator tables."""
    if frame.is_report or any(column.role in ("target", "growth") for column in columns(table, frame)):
        return
    heads = [header_of(table, index) for index in range(len(table.rows[0]) if table.rows else 0)]
    tasks = [index for index, head in enumerate(heads) if _PROSE.search(head) and not _NO_PROSE.search(head)]
    deadline = next((index for index, head in enumerate(heads) if _DEADLINE.search(head)), None)
    seen: set[Span] = set()
    for row in table.rows[table.header_rows :]:
        for index in tasks:
            cell = row[index]
            if cell.span is not None and cell.span not in seen and _is_prose(cell):
                seen.add(cell.span)
                yield cell.span, None if deadline is None else row[deadline].span


def _is_prose(cell: Cell) -> bool:
    return len(cell.text) >= _SHORTEST and any(character.isdecimal() for character in cell.text)
