"""Forms of one nomination: its snapshot, the branch it relies on, what its unit attests, its initiatives, its texts."""

from collections.abc import Sequence
from typing import Any

from django import forms

from awards.domain.grounds import Ground
from awards.domain.nominations import FIELDS
from awards.enums import Category
from awards.forms.based import BasedMixin
from awards.law.branches import article_of
from awards.law.names import TITLES
from awards.models import Initiative, Nomination
from khoithidua.web.forms import TidyForm, TidyModelForm

NO_BRANCH = "– Để hệ thống chọn căn cứ thỏa mãn –"


class InitiativeChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        scope = obj.get_scope_display() if obj.scope else "chưa rõ phạm vi"
        return f"{obj.name} (năm {obj.year}, {scope.lower()})"


class NominationForm(BasedMixin, TidyModelForm):
    """``ground``: the branches and attestations of the law; ``only``: the fields that are open."""

    class Meta:
        model = Nomination
        fields = ("name", "unit", "post", "group", "field", "branch", "achievement", "summary")
        widgets = {"summary": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "achievement": "Tên ngắn của thành tích, như sẽ ghi trong quyết định; một thành tích chỉ khen một lần.",
            "summary": "Hai đến năm câu, dùng cho danh sách kèm tờ trình và công khai.",
        }

    def __init__(self, data: Any = None, *, ground: Ground, only: frozenset[str] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.ground = ground
        held = self.instance.branch
        known = [(each.code, each.words) for each in ground.branches]
        other = [(held, f"{article_of(held)} (đã ghi)")] if held and held not in dict(known) else []
        self.fields["branch"] = forms.ChoiceField(
            label="Căn cứ (điều, khoản, điểm)",
            required=False,
            choices=[("", NO_BRANCH), *known, *other],
            help_text="Căn cứ mà hệ thống kiểm tra thấy thỏa mãn được ghi rõ; đơn vị chọn và chịu trách nhiệm.",
        )
        # Titles are of a year's work; the other forms, and whatever is no yearly merit, are for an achievement.
        if self.instance.award.code in TITLES and self.instance.dossier.category == Category.MERIT:
            del self.fields["achievement"]
        self.add_attestations()
        self.add_initiatives()
        for name in [*self.fields] if only is not None else []:
            if name not in (only or ()):
                del self.fields[name]

    def add_attestations(self) -> None:
        if not self.ground.attestations:
            return
        self.fields["attested"] = forms.MultipleChoiceField(
            label="Đơn vị xác nhận",
            required=False,
            choices=list(self.ground.attestations),
            initial=[code for code, value in self.instance.attested.items() if value],
            widget=forms.CheckboxSelectMultiple,
            help_text="Đánh dấu những điều đơn vị xác nhận và chịu trách nhiệm trước pháp luật.",
        )

    def add_initiatives(self) -> None:
        rows = Initiative.objects.filter(subject=self.instance.subject_id)
        if not rows:
            return
        self.fields["initiatives"] = InitiativeChoices(
            rows,
            label="Sáng kiến, đề tài làm căn cứ",
            required=False,
            initial=[each.initiative_id for each in self.instance.initiative_uses.all()],
            widget=forms.CheckboxSelectMultiple,
            help_text="Mỗi sáng kiến chỉ dùng một lần; lần dùng trước được nêu ở phần Kiểm tra điều kiện.",
        )

    def clean_attested(self) -> dict[str, bool]:
        """Ticked ones are attested; what this form does not show stays as it is."""
        shown = dict(self.ground.attestations)
        kept = {code: value for code, value in self.instance.attested.items() if code not in shown}
        return kept | dict.fromkeys(self.cleaned_data["attested"], True)

    def values(self) -> dict[str, Any]:
        """What the verb writes."""
        return {name: value for name, value in self.cleaned_data.items() if name in FIELDS}

    def initiatives(self) -> Sequence[Initiative] | None:
        """The chosen ones; None where the form does not ask."""
        return list(self.cleaned_data["initiatives"]) if "initiatives" in self.fields else None


class TextForm(TidyForm):
    """One section as the editor sends it. ``overwrite`` is the version the writer chose to replace."""

    text = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    version = forms.IntegerField(min_value=0)
    overwrite = forms.IntegerField(min_value=0, required=False)
    take = forms.BooleanField(required=False)

    @property
    def base_version(self) -> int:
        """The version that the writer saw last."""
        chosen: int | None = self.cleaned_data["overwrite"]
        return int(self.cleaned_data["version"]) if chosen is None else chosen
