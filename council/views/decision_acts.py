"""Issuing a draft, and the Party committee's opinion before it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from blocs.views.attempts import attempt
from council.domain.decisions.checking import obstacles
from council.domain.decisions.issuing import issue
from council.domain.decisions.opinions import answer_party, ask_party
from council.enums import DecisionState
from council.forms.decisions import AnswerForm, AskForm, IssueForm
from council.models import Decision
from council.views.decision_fetching import ISSUE, actor_of, own_decision
from khoithidua.web.guards import require


@require_http_methods(["GET", "POST"])
def issue_page(request: HttpRequest, pk: int) -> HttpResponse:
    decision = own_decision(request, pk)
    require(request.user, ISSUE, decision)
    form = IssueForm(request.POST or None, initial={"issued_on": timezone.localdate()})
    if request.method == "POST" and attempt(form, lambda: issued(request, decision, form)):
        messages.success(request, f"Đã ban hành {decision}. Sổ khen thưởng đã được ghi.")
        return redirect(decision)
    blocked = obstacles(decision) if decision.state == DecisionState.DRAFT else []
    context = {"form": form, "decision": decision, "obstacles": blocked, "cases": decision.lines.count()}
    return render(request, "council/decisions/issue.html", context | {"nav": "council"})


def issued(request: HttpRequest, decision: Decision, form: IssueForm) -> bool:
    issue(decision, actor=actor_of(request), **form.cleaned_data)
    return True


@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, or answer what was asked: one form at a time."""
    decision = own_decision(request, pk)
    waits = decision.party_opinions.filter(agreed__isnull=True).last()
    form = (AnswerForm if waits else AskForm)(request.POST or None)
    verb = answer_party if waits else ask_party
    made = None
    if request.method == "POST":
        made = attempt(form, lambda: verb(decision, actor=actor_of(request), **form.cleaned_data))
    if made is not None:
        messages.success(request, "Đã ghi ý kiến trả lời." if waits else "Đã ghi việc xin ý kiến.")
        return redirect(decision)
    lead = f"{waits}, xin ngày {waits.asked_on:%d/%m/%Y}." if waits else decision.title
    heading = "Ghi ý kiến trả lời của cấp ủy" if waits else "Xin ý kiến cấp ủy"
    context = {"form": form, "heading": heading, "lead": lead, "back": decision.get_absolute_url(), "nav": "council"}
    return render(request, "council/decisions/form.html", context)
