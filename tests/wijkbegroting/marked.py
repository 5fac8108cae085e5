"""Grants with words that only some may see, and where the pages about money are."""

from django.urls import reverse

from tests.wijkbegroting import scene

# Each of these may be seen by some and by no one else.
TEXT = "MERKTEKENdoel"
PAYEE = "Stichting MERKTEKENrekening"
IBAN = "NL91ABNA0417164300"
NAMES = ("Rachida", "Amrani")


def marked(city, at, *, amount=85_00):
    details = {**scene.BANK, "purpose": f"Voor {TEXT}", "payee_name": PAYEE}
    return at(city, amount, **details)


def text_of(answer):
    return answer.content.decode()


def url(name, *args):
    return reverse(f"wijkbegroting:{name}", args=args)


def grant_url(grant, act=None):
    return url("grant-act", grant.pk, act) if act else url("grant", grant.pk)


def every_page(grant):
    budget = grant.line.budget
    return [
        url("home"), url("budget", budget.pk), url("budget-csv", budget.pk), url("line", grant.line_id), url("grant", grant.pk),
        url("pay-list"), url("ledger"), reverse("today"),
    ]  # fmt: skip
