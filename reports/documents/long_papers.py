"""Papers with an annex of thousands of names: the annex is laid out in parts, in two processes, and joined.

A page's rows are reckoned beforehand (``page_cuts``), so each part is a run of whole pages that knows the number
of its first page. Where a part comes out with other pages than reckoned, the paper is laid out in one piece:
slower, and right. Processes are forked: for the worker alone, never for a request.
"""

import gc
import logging
import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

from reports.documents.blocks import Annex, Paper, Table
from reports.documents.fonts import font_files
from reports.documents.joining import Joined
from reports.documents.markup import own_rules
from reports.documents.page_cuts import page_cuts
from reports.documents.part_layout import Part, part_pdf
from reports.documents.pdf import layout, paper_pdf

log = logging.getLogger(__name__)

LONG_ROWS = 400
PAGES_A_PART = 14
PROCESSES = 2


def long_paper_pdf(
    paper: Paper, *, code: str = "", data: bytes = b"", on_part: Callable[[int, int], None] | None = None
) -> bytes:
    """``paper`` as one tagged PDF, however long its annexes. Equal papers give equal bytes. Raises FontsMissing.

    With ``data`` it is PDF/A-3u: metadata, colour profile and attachment are those of its first part, and cover all.
    ``on_part`` is told (done, of) as parts are laid out. A paper without a long annex is laid out as it is.
    """
    if not any(is_long(annex) for annex in paper.annexes):
        return paper_pdf(paper, code=code, data=data)
    parts = [part for annex in paper.annexes for part in parts_of(paper, annex)]
    with part_processes() as pool:
        laid_out = pool.map(part_pdf, parts)
        with Joined(paper_pdf(replace(paper, annexes=()), code=code, data=data)) as whole:
            for done, (content, as_reckoned) in enumerate(laid_out, start=1):
                if not as_reckoned:
                    pool.shutdown(cancel_futures=True)
                    log.warning("The pages of a long annex were not as reckoned: laid out in one piece")
                    return paper_pdf(paper, code=code, data=data)
                whole.add(content)
                if on_part is not None:
                    on_part(done, len(parts))
            return whole.content()


def is_long(annex: Annex) -> bool:
    return len(annex.blocks) == 1 and isinstance(annex.blocks[0], Table) and len(annex.blocks[0].rows) > LONG_ROWS


def parts_of(paper: Paper, annex: Annex) -> Iterator[Part]:
    """The parts of one annex in order; a short annex, or one that is not a table alone, is one part."""
    if not is_long(annex):
        yield Part(paper.name, annex, first=1, pages=0)
        return
    table = annex.blocks[0]
    assert isinstance(table, Table)  # noqa: S101
    pages = page_cuts(annex, table)
    for start, end in runs_of(len(pages)):
        tables = tuple(replace(table, rows=rows) for rows in pages[start:end])
        yield Part(paper.name, replace(annex, blocks=tables), first=start + 1, pages=end - start)


def runs_of(pages: int) -> Iterator[tuple[int, int]]:
    """``pages`` cut into runs of about the same length, as many for each process."""
    rounds = -(-pages // (PAGES_A_PART * PROCESSES))
    count = min(pages, rounds * PROCESSES)
    for number in range(count):
        yield pages * number // count, pages * (number + 1) // count


def part_processes() -> ProcessPoolExecutor:
    """Processes for ``part_pdf``. Style sheets and fonts are read before they fork.

    They collect no garbage: they end with their paper.
    """
    layout()
    own_rules()
    font_files()
    return ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("fork"), initializer=gc.disable)
