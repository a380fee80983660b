"""Parts of one paper joined into one PDF, with their tags: screen readers go through it as through one."""

from io import BytesIO
from typing import Any, Self

import pikepdf


class Joined:
    """The pages of tagged PDFs one after the other, with language, title and outline of the first.

    Equal parts give equal bytes. To be used in ``with``.
    """

    def __init__(self, first: bytes) -> None:
        self.whole = pikepdf.open(BytesIO(first))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.whole.close()

    def add(self, part: bytes) -> None:
        with pikepdf.open(BytesIO(part)) as more:
            append(self.whole, more)

    def content(self) -> bytes:
        out = BytesIO()
        self.whole.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def append(whole: pikepdf.Pdf, more: pikepdf.Pdf) -> None:
    """Add the pages of ``more`` and hang its tags behind those of ``whole``.

    Tags point at their pages and the parent tree at the tags by number: the numbers of the added pages
    go on where those of the first document end (ISO 32000-1, 14.7.4.4).
    """
    root = whole.Root.StructTreeRoot
    numbers = root.ParentTree.Nums
    offset = max((int(numbers[place]) for place in range(0, len(numbers), 2)), default=-1) + 1
    first = len(whole.pages)
    whole.pages.extend(more.pages)
    for page in whole.pages[first:]:
        if "/StructParents" in page.obj:
            page.obj.StructParents = int(page.obj.StructParents) + offset
    added = whole.copy_foreign(more.Root.StructTreeRoot)
    hang(root, added)
    theirs = added.ParentTree.Nums
    for place in range(0, len(theirs), 2):
        numbers.append(int(theirs[place]) + offset)
        numbers.append(theirs[place + 1])


def hang(root: Any, added: Any) -> None:
    """Move the children of the tag tree ``added`` under ``root``: its sections into the one Document."""
    document = root.K[0]
    for theirs in added.K:
        for child in theirs.K:
            child.P = document
            document.K.append(child)
