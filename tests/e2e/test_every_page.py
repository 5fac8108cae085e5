"""Every page there is, opened by someone who may: axe in light and dark, nothing sideways on a phone, all of it by keyboard."""

import json
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser import axe_findings
from tests.security.matrix import ANY, MATRIX, PEOPLE, Row
from tests.security.world import World

pytestmark = [pytest.mark.browser, pytest.mark.proof]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
# Whose page is opened when several may, and in which relation.
FIRST = ("wijkwerker", "coordinator", "specialist", "wijkwethouder", "treasurer", "convenant_admin", "privacy_officer")
# A file, which no browser shows as a page.
FILES = {
    "casework:case-consent-pdf",
    "casework:case-access-pdf",
    "breaches-csv",
    "casework:case-document-file",
    "casework:case-letter-paper",
    "casework:case-meeting-calendar",
    "casework:case-plan-pdf",
    "casework:case-summary-paper",
    "casework:conference-calendar",
    "convenant-file",
    "casework:rights-copy-files",
    "casework:rights-copy-json",
    "casework:rights-copy-paper",
    "processing-register-csv",
    "processing-register-json",
    "wijkbegroting:budget-csv",
}
RELATIONS = ("mine", "routed", "other", ANY)
# What can be reached by Tab: of a group of radio buttons one.
REACHABLE = """
() => {
  const open = '[data-lock-sheet], [hidden]';
  const found = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')]
    .filter(one => !one.disabled && one.tabIndex >= 0 && !one.closest(open) && one.checkVisibility({visibilityProperty: true}));
  window.toReach = new Map();
  for (const one of found) {
    const group = one.type === 'radio' ? `radio ${one.form ? one.form.action : ''} ${one.name}` : one;
    if (!window.toReach.has(group)) window.toReach.set(group, one);
  }
  document.activeElement.blur();
  window.scrollTo(0, 0);
  // A date, a time or both take a press for each of their parts.
  return found.length + 6 * found.filter(one => ['date', 'time', 'datetime-local'].includes(one.type)).length;
}
"""
# Where the focus is now, and whether one can see that it is there.
HERE = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  window.toReach.delete(one.type === 'radio' ? `radio ${one.form ? one.form.action : ''} ${one.name}` : one);
  const shows = part => { const style = getComputedStyle(part);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'; };
  return shows(one) || (one.closest('label') && shows(one.closest('label'))) ? '' : one.outerHTML.slice(0, 120);
}
"""
LEFT = "() => [...window.toReach.values()].map(one => one.outerHTML.slice(0, 140))"


def pages() -> list[Row]:
    """One row for each address that a browser opens."""
    rows = {row.name: row for row in MATRIX if row.method == "GET" and not (row.json or row.public or row.name in FILES)}
    return [row for row in rows.values() if row.may]


def opened_by(row: Row) -> Iterator[tuple[str, str]]:
    for relation in (*RELATIONS, *row.may):
        for role in (*FIRST, *PEOPLE):
            if role in row.may.get(relation, ()):
                yield role, relation


def not_reached(page: Page) -> list[str]:
    """What Tab does not reach, or reaches without showing it."""
    unseen = []
    for _press in range(page.evaluate(REACHABLE) + 8):
        page.keyboard.press("Tab")
        if where := page.evaluate(HERE):
            unseen.append(f"the focus does not show on {where}")
    return unseen + [f"Tab does not reach {one}" for one in page.evaluate(LEFT)]


def looked_at(page: Page) -> list[str]:
    """What is wrong with a page as it stands."""
    wrong = [f"light: {finding}" for finding in axe_findings(page)] + not_reached(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROW)
    # Anew, so that nothing is caught between two colours.
    page.reload()
    wrong += [f"dark, 360: {finding}" for finding in axe_findings(page)]
    aside = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    return wrong + ([f"it scrolls {aside} px sideways at 360"] if aside > 0 else [])


def test_every_page_is_usable_by_keyboard_and_by_who_hears_it(person, site, city):
    world = World(city)
    signed_in, wrong = {}, {}
    for row in pages():
        role, relation = next(opened_by(row))
        if role not in signed_in:
            signed_in[role] = person(world.people[role].name)
        page = signed_in[role].page
        ids = world.ids(row.of, relation) if row.of else {}
        answer = page.goto(site + reverse(row.name, kwargs={**ids, **row.extra}) + row.query)
        assert answer is not None
        assert answer.status < 400, (row.label, role)
        if found := looked_at(page):
            wrong[f"{row.label} ({role})"] = found
    assert not wrong, json.dumps(wrong, indent=1, ensure_ascii=False)
