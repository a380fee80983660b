"""The form of a page as a browser would send it when nobody touched it."""

from html.parser import HTMLParser


class Untouched(HTMLParser):
    """Collects the names and values of the form that holds the hidden input ``version``."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and self.forms and "name" in values:
            if values.get("type") not in ("checkbox", "radio") or "checked" in values:
                self.forms[-1][values["name"]] = values.get("value", "")
        elif tag in ("select", "textarea") and self.forms:
            self.select, self.area = (values["name"], "") if tag == "select" else ("", values["name"])
            self.forms[-1][values["name"]] = ""
        elif tag == "option" and self.select and "selected" in values:
            self.area, self.forms[-1][self.select] = self.select, values.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("option", "textarea"):
            self.area = ""
        elif tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.area and not self.forms[-1][self.area]:
            self.forms[-1][self.area] = data.strip()


def untouched(page: bytes) -> dict[str, str]:
    """What saving the sheet's page sends when nothing was changed on it."""
    reader = Untouched()
    reader.feed(page.decode())
    return next(form for form in reader.forms if "version" in form)
