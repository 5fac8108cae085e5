"""What must hold for the front as a whole: weight, policy, and a style page that leaves nothing out."""

import gzip
import re
from pathlib import Path

import pytest

from luisterloket.platform.templatetags.icons import ICONS

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def test_all_style_sheets_weigh_less_than_60_kb():
    sheets = b"".join(sheet.read_bytes() for sheet in sorted((ROOT / "static/css").glob("*.css")))
    assert len(gzip.compress(sheets)) < 60_000


def test_nothing_is_fetched_from_elsewhere():
    for path in [*(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js"), *TEMPLATES]:
        assert not re.search(r"(?:src|href|url\(|@import)\W{0,3}(?:https?:)?//", path.read_text()), path


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_hold_to_the_content_policy(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=", text), "inline style"
    assert not re.search(r"\son(?!e=)[a-z]+=", text), "inline handler"
    assert not re.search(r"<script(?![^>]*\ssrc=)", text), "inline script"
    assert "{{ attrs }}" not in text, "cotton does not escape {{ attrs }}; use {{ attrs|attributes }}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_icon_that_is_named_exists(path):
    text = path.read_text()
    named = re.findall(r'{% icon "([^"]+)"', text) + re.findall(r'<c-[^>]*\sicon(?:_end)?="([a-z-]+)"', text)
    assert set(named) <= set(ICONS)


def test_the_style_page_shows_every_component():
    page = (ROOT / "templates/stijl.html").read_text()
    components = {path.stem.replace("_", "-") for path in (ROOT / "templates/components").glob("*.html")} - {"script"}
    assert {name for name in components if f"<c-{name}" not in page} == set()


def test_component_styles_refer_to_tokens_and_never_to_a_colour():
    for name in ("base", "layout", "components", "forms", "work"):
        text = (ROOT / f"static/css/{name}.css").read_text()
        assert not re.search(r"#[0-9a-f]{3,8}\b(?=[;\s)])", text), name
