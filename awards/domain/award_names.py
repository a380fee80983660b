"""Which award a text means: names, names of periods and other ways of writing, without case, accents, spacing."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from awards.models import AwardAlias, AwardForm, AwardPeriod
from khoithidua.web.text import search_key

# Words that sheets shorten, and words that say nothing.
LONG = {
    "bk": "bang khen",
    "bktt": "bang khen thu tuong",
    "bkttg": "bang khen thu tuong chinh phu",
    "cstd": "chien si thi dua",
    "cstdcs": "chien si thi dua co so",
    "cstdtq": "chien si thi dua toan quoc",
    "hc": "huan chuong",
    "hcld": "huan chuong lao dong",
    "ld": "lao dong",
    "ldtt": "lao dong tien tien",
    "sy": "si",
    "ki": "ky",
    "tt": "tap the",
    "ttld": "tap the lao dong",
    "ttldtt": "tap the lao dong tien tien",
    "ttldxs": "tap the lao dong xuat sac",
    "ldxs": "lao dong xuat sac",
    "ttcp": "thu tuong chinh phu",
    "ttg": "thu tuong chinh phu",
    "ubnd": "uy ban nhan dan",
    "ct": "chu tich",
}
SILENT = frozenset({"cua", "cap", "danh", "hieu", "hinh", "thuc", "do", "va"})
RANKS = {"1": "nhat", "i": "nhat", "2": "nhi", "ii": "nhi", "3": "ba", "iii": "ba"}
# A city under the centre awards as a province does; what follows the place's kind is its name.
CITY, PROVINCE = "uy ban nhan dan thanh pho", "uy ban nhan dan tinh"
PLACE = tuple(PROVINCE.split())
LONGEST_PLACE = 3


@dataclass(frozen=True)
class Matched:
    """The one award that a text names; or the candidates to be asked back, none where nothing fits."""

    award: AwardForm | None
    candidates: tuple[AwardForm, ...] = ()


def words_of_name(text: str) -> tuple[str, ...]:
    """A name as it is compared: bare letters, abbreviations written out, ranks in words."""
    words: list[str] = []
    for word in search_key(text).split():
        if words and words[-1] == "hang" and word in RANKS:
            words.append(RANKS[word])
        else:
            words += LONG.get(word, word).split()
    kept = " ".join(word for word in words if word not in SILENT)
    return tuple(kept.replace(CITY, PROVINCE).split())


def spaced(words: tuple[str, ...]) -> str:
    """Words between spaces, so that one phrase is found in another word by word."""
    return f" {' '.join(words)} "


def without_place(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """The same name without the name of the province at its end; None where there is none."""
    for at in range(len(words) - len(PLACE) + 1):
        end = at + len(PLACE)
        if words[at:end] == PLACE and 0 < len(words) - end <= LONGEST_PLACE:
            return words[:end]
    return None


@dataclass
class AwardNames:
    """Every way of writing every active award; read once, asked for many rows."""

    by_name: dict[str, set[int]] = field(default_factory=dict)
    phrases: dict[int, list[str]] = field(default_factory=dict)
    awards: dict[int, AwardForm] = field(default_factory=dict)

    def learn(self, award_id: int, name: str) -> None:
        words = words_of_name(name)
        if award_id in self.awards and words:
            self.by_name.setdefault("".join(words), set()).add(award_id)
            self.phrases.setdefault(award_id, []).append(spaced(words))

    def match(self, text: str) -> Matched:
        """The award that ``text`` names alone; else those that it may mean, as candidates."""
        words = words_of_name(text)
        if not words:
            return Matched(None)
        shorter = without_place(words)
        for tried in (words, *([shorter] if shorter else [])):
            found = self.by_name.get("".join(tried), set())
            if found:
                return self.answer(found)
        return Matched(None, self.in_order(self.near(spaced(words)) or self.begun_by(spaced(words))))

    def near(self, text: str) -> set[int]:
        """Awards of which a name holds the text, word by word in a row."""
        return {pk for pk, names in self.phrases.items() if any(text in each for each in names)}

    def begun_by(self, text: str) -> set[int]:
        """Awards with the longest name that the text begins with: an issuer may follow it."""
        fits = [(len(name), pk) for pk, names in self.phrases.items() for name in names if text.startswith(name)]
        longest = max((length for length, _ in fits), default=0)
        return {pk for length, pk in fits if length == longest}

    def answer(self, found: set[int]) -> Matched:
        if len(found) == 1:
            return Matched(self.awards[next(iter(found))])
        return Matched(None, self.in_order(found))

    def in_order(self, found: Iterable[int]) -> tuple[AwardForm, ...]:
        return tuple(sorted((self.awards[pk] for pk in found), key=lambda award: (award.position, award.pk)))


def names_of_catalogue() -> AwardNames:
    """Names of active awards, in three queries. An award's own name outranks another's old or other name."""
    names = AwardNames(awards={award.pk: award for award in AwardForm.objects.filter(active=True)})
    for award in names.awards.values():
        names.learn(award.pk, award.name)
    own = set(names.by_name)
    others = [*AwardAlias.objects.values_list("award", "name"), *AwardPeriod.objects.values_list("award", "name")]
    for award_id, name in others:
        if "".join(words_of_name(name)) not in own:
            names.learn(award_id, name)
    return names
