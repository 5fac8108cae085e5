"""What everyone reaches without a story: the log-in page, the account, the style page, the accessibility statement."""

import pytest

from tests import browser as real

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/inloggen/", "/toegankelijkheid/", "/stijl/"])
@pytest.mark.parametrize(
    ("scheme", "width"),
    [("dark", 320), ("light", 1280), *(pytest.param(*one, marks=pytest.mark.proof) for one in [("light", 320), ("dark", 1280)])],
)
def test_open_pages_are_accessible(chromium, site, path, scheme, width):
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(site + path)
    assert real.axe_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    context.close()


def test_the_account_and_the_second_factor(person):
    petra = person("Petra Wiersinga")
    for path in ("/account/", "/convenant/"):
        petra.reach(path)
