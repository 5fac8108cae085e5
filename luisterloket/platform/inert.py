"""A page to look at and not to use: its main part, with every link, button and field switched off."""

from html import escape
from html.parser import HTMLParser

from django.utils.safestring import SafeString, mark_safe

# Elements of which nothing is kept, and attributes that lead, send or run.
DROPPED = {"script", "style", "template", "noscript"}
LEADS = {
    "href",
    "action",
    "formaction",
    "method",
    "src",
    "name",
    "target",
    "download",
    "autofocus",
    "popovertarget",
    "tabindex",
    "accesskey",
}
REFERS = {
    "id",
    "for",
    "headers",
    "list",
    "form",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-errormessage",
}
FIELDS = {"button", "input", "select", "textarea", "fieldset"}
# What may not stand inside another page becomes something that may.
INSTEAD = {"main": "div", "form": "div"}
EMPTY = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class _Inert(HTMLParser):
    """Writes down what stands in `main`, and of hidden fields nothing."""

    def __init__(self, prefix: str):
        super().__init__(convert_charrefs=False)
        self.prefix = prefix
        self.written: list[str] = []
        self._inside = False
        self._dropped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = self._inside or tag == "main"
        if tag in DROPPED:
            self._dropped += 1
        values = dict(attrs)
        if not self._inside or self._dropped or (tag == "input" and values.get("type") == "hidden"):
            return
        kept = [self._attribute(name, value) for name, value in attrs if self._stays(tag, name)]
        if tag in FIELDS:
            kept.append(" disabled")
        if tag == "a" and "href" in values:
            kept.append(' role="link" aria-disabled="true"')
        self.written.append(f"<{INSTEAD.get(tag, tag)}{''.join(kept)}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in DROPPED:
            self._dropped -= 1
        elif self._inside and not self._dropped and tag not in EMPTY:
            self.written.append(f"</{INSTEAD.get(tag, tag)}>")
        if tag == "main":
            self._inside = False

    def handle_data(self, data: str) -> None:
        self._write(data)

    def handle_entityref(self, name: str) -> None:
        self._write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._write(f"&#{name};")

    def _write(self, text: str) -> None:
        if self._inside and not self._dropped:
            self.written.append(text)

    def _stays(self, tag: str, name: str) -> bool:
        if name.startswith(("on", "hx-", "data-")) or (name in LEADS and tag != "use") or name == "disabled":
            return False
        return name != "role" or tag not in {"form", "a"}

    def _attribute(self, name: str, value: str | None) -> str:
        if value is None:
            return f" {name}"
        if name in REFERS:
            value = " ".join(f"{self.prefix}{one}" for one in value.split())
        return f' {name}="{escape(value)}"'


def inert(html: str, *, prefix: str = "seen-") -> SafeString:
    """The main part of a page that we made ourselves, with nothing in it that leads anywhere or sends anything. Its ids get a
    `prefix`, so that they are not those of the page it is shown in.
    """
    parser = _Inert(prefix)
    parser.feed(html)
    parser.close()
    # Every name, value and text in it was escaped when the page was made, and is again here.
    return mark_safe("".join(parser.written))  # noqa: S308
