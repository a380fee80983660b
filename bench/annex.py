"""An annex of 5,000 names: laid out in parts by two processes, against WeasyPrint alone on the same paper.

Both in processes of their own, in one run: seconds, and the most memory of the process and of its children.
"""

import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.documents.blocks import Paper

NAMES = 5_000
MAX_RATIO = 0.33
MAX_MEMORY = 700.0  # MB, of any one process
# Both measure the layout alone, after Django, WeasyPrint and the fonts are there.
CODE = """
import django, gc, resource, sys, time
django.setup()
from bench.annex import annex_paper
from reports.documents.fonts import font_files, printable
from reports.documents.long_papers import long_paper_pdf
from reports.documents.pdf import layout, laid_out, paper_html, PaperFetcher
layout(), font_files()
paper = annex_paper()
began = time.perf_counter()
if sys.argv[1] == "parts":
    content = long_paper_pdf(paper)
else:
    assert gc.isenabled()
    content = laid_out(printable(paper_html(paper, None)), PaperFetcher())
seconds = time.perf_counter() - began
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(seconds, own, children, len(content) / 1024)
"""


@dataclass(frozen=True)
class Laid:
    """One run: seconds, and megabytes at most of the process and of the largest of its children."""

    seconds: float
    own: float
    children: float
    size: float

    @property
    def told(self) -> str:
        return f"{self.seconds:.1f} s, tối đa {self.own:.0f} MB (tiến trình con {self.children:.0f} MB)"


def annex_paper() -> "Paper":
    """A decision with an annex of ``NAMES`` names of three kinds, as the decision's own paper is made."""
    from council.enums import DecisionKind, DecisionState, IssuerKind
    from reports.documents.council import CouncilFacts
    from reports.documents.council_decided import DecisionFacts, LineFacts
    from reports.documents.council_decision import compose

    council = CouncilFacts(
        "Hội đồng Thi đua - Khen thưởng tỉnh Mẫu",
        "tỉnh Mẫu",
        "Tỉnh Mẫu",
        "HĐTĐKT",
        "",
        "province",
        "Sở Nội vụ",
        "Ủy ban nhân dân tỉnh Mẫu",
        "SNV",
        "Giám đốc",
    )
    award = "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"
    units = ("Sở Y tế", "Trường Trung học phổ thông chuyên Nguyễn Bỉnh Khiêm", "Ủy ban nhân dân xã Núi Thành")
    lines = tuple(
        LineFacts(
            kind=("collective", "individual", "household")[0 if number % 10 == 0 else 1 if number % 10 < 9 else 2],
            name=f"Nguyễn Thị Số {number:04d}",
            post="Phó Trưởng phòng",
            unit=units[number % 3],
            citation="",
            award=award,
            given=award,
            award_place=1,
            amount=None,
            formula="",
            revoked_on=None,
        )
        for number in range(1, NAMES + 1)
    )
    return compose(
        DecisionFacts(
            council=council,
            kind=DecisionKind.AWARD,
            state=DecisionState.DRAFT,
            issuer_kind=IssuerKind.CHAIR,
            authority="Chủ tịch Ủy ban nhân dân tỉnh Mẫu",
            body="Ủy ban nhân dân tỉnh Mẫu",
            superior="",
            place="Tỉnh Mẫu",
            title="Về việc tặng Bằng khen",
            category="cong-trang",
            year=2026,
            period=(None, None),
            grounds=("Căn cứ Luật Thi đua, khen thưởng;",),
            proposed_by="Giám đốc Sở Nội vụ",
            reason="",
            number="…/QĐ-UBND",
            issued_on=None,
            signer_name="",
            signer_lines=("CHỦ TỊCH",),
            code="",
            corrected=None,
            whole=False,
            lines=lines,
        )
    )


def measure(how: str) -> Laid:
    done = subprocess.run([sys.executable, "-c", CODE, how], capture_output=True, text=True, check=True)  # noqa: S603
    return Laid(*map(float, done.stdout.split()))


def run_annex() -> bool:
    """Print both runs and their ratio; False when it is above its limit or a process grew beyond its memory."""
    began = time.perf_counter()
    plain, parts = measure("plain"), measure("parts")
    ratio = parts.seconds / plain.seconds
    most = max(parts.own, parts.children)
    kept = ratio <= MAX_RATIO and most <= MAX_MEMORY
    verdict = "đạt" if kept else "KHÔNG ĐẠT"
    print(f"Phụ lục {NAMES} tên, WeasyPrint một tiến trình: {plain.told}, {plain.size:.0f} KB")
    print(f"Phụ lục {NAMES} tên, chia phần, hai tiến trình: {parts.told}, {parts.size:.0f} KB")
    print(
        f"  tỷ lệ {ratio:.2f} (giới hạn {MAX_RATIO}), bộ nhớ giới hạn {MAX_MEMORY:.0f} MB: {verdict}; "
        f"đo trong {time.perf_counter() - began:.0f} s"
    )
    return kept
