"""The editor of one section, shared by agencies' reports and blocs' reviews; with htmx and without."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.domain.workflow import Option
from blocs.enums import Duty
from blocs.tables.agencies import people_of
from reports.domain.compiling import MemberText
from reports.domain.differences import Line, both, differences
from reports.domain.passages import (
    LIMIT,
    Owner,
    PassageRefused,
    StalePassage,
    Written,
    save_passage,
    sections_of,
)
from reports.domain.places import Place, place_of
from reports.domain.returning import remarks_by_section
from reports.domain.workflow import AGENCY_REPORT, BLOC_REVIEW
from reports.enums import ReportState, ReviewState, Section
from reports.forms import PassageForm
from reports.models import AgencyReport, BlocReview, Passage

CONFLICT = 409
REFUSED = 422
ODD_FORM = "Trang đã cũ hoặc nội dung có ký tự không hợp lệ nên chưa lưu được. Hãy sao chép nội dung rồi tải lại trang."

MERGED = "Hai bản đã được ghép vào ô soạn thảo, chưa lưu. Hãy bỏ phần trùng, sửa lại rồi bấm «Lưu mục này»."


@dataclass(frozen=True)
class Editor:
    """One section on the page: what is stored, what was typed, what stood in the way."""

    written: Written
    typed: str
    version: int
    action: str
    error: str = ""
    conflict: StalePassage | None = None
    members: list[MemberText] = field(default_factory=list)
    notice: str = ""

    @property
    def limit(self) -> str:
        return f"{LIMIT:,}".replace(",", ".")

    @property
    def presence(self) -> str:
        """Where the page says that this person is at work."""
        return f"{self.action.rpartition('muc/')[0]}co-mat/"

    @property
    def compared(self) -> list[Line]:
        """The other person's text beside the typed one: "del" is only in theirs, "ins" only in mine."""
        return differences(self.conflict.text, self.typed) if self.conflict else []


def editors_of(
    owner: Owner, *, members: dict[str, list[MemberText]] | None = None, instead: Editor | None = None
) -> list[Editor]:
    """All sections; ``instead`` stands for its own one, with what its writer typed."""
    found = []
    for each in sections_of(owner):
        texts = (members or {}).get(each.section, [])
        if instead is not None and instead.written.section == each.section:
            found.append(replace(instead, written=each, members=texts))
        else:
            found.append(Editor(each, each.text, each.version, action_of(owner, each.section), members=texts))
    return found


def action_of(owner: Owner, section: str) -> str:
    return f"{owner.get_absolute_url()}muc/{section}/"


def section_or_404(section: str) -> Section:
    try:
        return Section(section)
    except ValueError as error:
        raise Http404 from error


def place_or_404(owner: Owner, section: str) -> Place:
    """The section of a report, of its round's outline where it has one."""
    try:
        return place_of(owner, section)
    except LookupError as error:
        raise Http404 from error


def editor_of(owner: Owner, section: str) -> Editor:
    return next(each for each in editors_of(owner) if each.written.section == section)


def save_posted(request: HttpRequest, owner: Owner, section: str, page: Any) -> HttpResponse:
    """Save what was typed, or answer with it kept on the page: ``page(editor)`` draws the whole page."""
    user: Any = request.user
    form = PassageForm(request.POST)
    if not form.is_valid():
        return refused(request, owner, section, form, ODD_FORM, page)
    if form.cleaned_data["take"]:
        return taken(request, owner, section)
    if form.cleaned_data["merge"]:
        return merged(request, owner, section, form.cleaned_data["text"], page)
    try:
        passage = save_passage(owner, section, form.cleaned_data["text"], actor=user, version=form.base_version)
    except StalePassage as conflict:
        return in_conflict(request, owner, section, form, conflict, page)
    except PassageRefused as refusal:
        return refused(request, owner, section, form, str(refusal), page)
    return saved(request, owner, passage)


def saved(request: HttpRequest, owner: Owner, passage: Passage) -> HttpResponse:
    if getattr(request, "htmx", False):
        context = {
            "passage": passage,
            "options": buttons_of(owner, request.user),
            "act_url": f"{owner.get_absolute_url()}thao-tac/",
        }
        return render(request, "reports/saved.html", context)
    title = place_of(owner, passage.section).title
    messages.success(request, f"Đã lưu mục «{title}» lúc {timezone.localtime(passage.edited_at):%H:%M:%S}.")
    return redirect(f"{owner.get_absolute_url()}#muc-{passage.section}")


def buttons_of(owner: Owner, user: Any) -> list[Option]:
    """What may be done with the report now; issuing a review and returning a report have pages of their own."""
    lifecycle = AGENCY_REPORT if isinstance(owner, AgencyReport) else BLOC_REVIEW
    return [option for option in lifecycle.options(owner, user) if option.transition.name not in ("issue", "return")]


def who_signs_off(report: AgencyReport, user: Any) -> str:
    """Said to a writer who may not send the report: the leader who does."""
    if report.state not in (ReportState.DRAFT, ReportState.RETURNED) or user.has_perm(
        "reports.sign_off_report", report
    ):
        return ""
    leaders = people_of([report.agency_id], Duty.LEADER, on=timezone.localdate())
    names = ", ".join(str(leader) for leader in leaders) or report.agency.label
    return f"Lãnh đạo đơn vị ({names}) duyệt và gửi báo cáo này."


def who_approves(review: BlocReview, user: Any) -> str:
    """Said to a writer who may not approve the review."""
    if review.state != ReviewState.DRAFT or user.has_perm("reports.approve_review", review):
        return ""
    return "Lãnh đạo trưởng khối duyệt báo cáo."


def taken(request: HttpRequest, owner: Owner, section: str) -> HttpResponse:
    """The writer gave way: the editor shows what the other one wrote."""
    if not getattr(request, "htmx", False):
        return redirect(f"{owner.get_absolute_url()}#muc-{section}")
    return whole_editor(request, owner, editor_of(owner, section))


def merged(request: HttpRequest, owner: Owner, section: str, mine: str, page: Any) -> HttpResponse:
    """Both texts in the editor, to be put together by hand; nothing is saved yet."""
    stored = editor_of(owner, section)
    editor = replace(stored, typed=both(stored.typed, mine), notice=MERGED)
    if getattr(request, "htmx", False):
        return whole_editor(request, owner, editor)
    response: HttpResponse = page(editor)
    return response


def whole_editor(request: HttpRequest, owner: Owner, editor: Editor) -> HttpResponse:
    """The section drawn anew in place of the one on the page, with its remarks."""
    context: dict[str, Any] = {"editor": editor, "can_edit": True}
    if isinstance(owner, AgencyReport):
        remarks = remarks_by_section(owner).get(editor.written.section, [])
        context |= {"report": owner, "remarks": remarks}
    response = render(request, "reports/editor.html", context)
    response["HX-Retarget"] = f"#muc-{editor.written.section}"
    response["HX-Reswap"] = "outerHTML"
    return response


def in_conflict(
    request: HttpRequest, owner: Owner, section: str, form: PassageForm, conflict: StalePassage, page: Any
) -> HttpResponse:
    stored = editor_of(owner, section)
    editor = Editor(
        stored.written, form.cleaned_data["text"], form.cleaned_data["version"], stored.action, conflict=conflict
    )
    return answer(request, editor, page, CONFLICT)


def refused(
    request: HttpRequest, owner: Owner, section: str, form: PassageForm, sentence: str, page: Any
) -> HttpResponse:
    """What was typed stays in the editor with the version it was opened with."""
    stored = editor_of(owner, section)
    version = form.cleaned_data.get("version", 0)
    editor = Editor(stored.written, form.data.get("text", ""), version, stored.action, error=sentence)
    return answer(request, editor, page, REFUSED)


def answer(request: HttpRequest, editor: Editor, page: Any, status: int) -> HttpResponse:
    """What stands in the way: beside the text for htmx, on the whole page otherwise."""
    if getattr(request, "htmx", False):
        return render(request, "reports/obstacle.html", {"editor": editor}, status=status)
    response: HttpResponse = page(editor)
    response.status_code = status
    return response
