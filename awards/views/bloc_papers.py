"""Taking the papers of the bloc's conference into its dossier."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from awards.domain.bloc_papers import take_papers
from awards.views.fetching import actor_of, own_dossier

NOTHING = "Không có giấy tờ mới của hội nghị để lấy: bản đã ban hành đều có trong hồ sơ."


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = own_dossier(request, pk)
    found = take_papers(dossier, actor=actor_of(request))
    if found.titles:
        messages.success(request, f"Đã lấy {len(found.titles)} giấy tờ: {'; '.join(found.titles)}.")
    for obstacle in found.obstacles:
        messages.error(request, obstacle)
    if not found.titles and not found.obstacles:
        messages.info(request, NOTHING)
    return redirect(dossier)
