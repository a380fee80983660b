"""Addresses of reporting rounds."""

from django.urls import URLPattern, path

from reports.views import round_acts, round_figures, round_outlines, rounds

ROUND = "dot-bao-cao/<int:pk>/"
OUTLINE = f"{ROUND}de-cuong/"
PART = f"{OUTLINE}<slug:kind>/<int:part>/"

urlpatterns: list[URLPattern] = [
    path("dot-bao-cao/", rounds.index, name="rounds"),
    path("hoi-dong/<int:pk>/dot-bao-cao/them/", rounds.new_province, name="province-round-new"),
    path("khoi/<int:pk>/dot-bao-cao/", rounds.of_year, name="year-rounds"),
    path("khoi/<int:pk>/dot-bao-cao/them/", rounds.new, name="round-new"),
    path(ROUND, rounds.show, name="round"),
    path(f"{ROUND}sua/", rounds.edit, name="round-edit"),
    path(f"{ROUND}xoa/", rounds.remove, name="round-remove"),
    path(f"{ROUND}thao-tac/", rounds.act, name="round-act"),
    path(f"{ROUND}khoi/", round_acts.blocs, name="round-blocs"),
    path(f"{ROUND}viet-bao-cao/", round_acts.report_open, name="round-report-open"),
    path(f"{ROUND}nhac/", round_acts.remind, name="round-remind"),
    path(f"{ROUND}gia-han/", round_acts.extension, name="round-extend"),
    path(f"{ROUND}so-lieu/", round_figures.summary, name="round-summary"),
    path(OUTLINE, round_outlines.outline, name="round-outline"),
    path(f"{OUTLINE}thuong-dung/", round_outlines.start, name="round-outline-start"),
    path(f"{OUTLINE}chep/", round_outlines.copy, name="round-outline-copy"),
    path(f"{OUTLINE}them-muc/", round_outlines.section_new, name="round-section-new"),
    path(f"{OUTLINE}muc/<int:section>/them/<slug:kind>/", round_outlines.part_new, name="round-part-new"),
    path(PART, round_outlines.part, name="round-part"),
    path(f"{PART}xoa/", round_outlines.part_remove, name="round-part-remove"),
    path(f"{PART}chuyen/", round_outlines.part_move, name="round-part-move"),
    path("bao-cao-don-vi/<int:pk>/nguon/<slug:source>/", round_figures.figure_rows, name="figure-rows"),
]
