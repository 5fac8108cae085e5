"""The register of processing activities: to read, and to take along for another system."""

import csv

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luisterloket.convenant import permissions
from luisterloket.convenant.register import COLUMNS, MEASURES, as_json, as_rows, register

# A cell that begins with one of these is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_GET
def processing_register(request: HttpRequest) -> HttpResponse:
    """Who uses which data for what, on what ground and for how long, as agreed today."""
    permissions.check_may_see_convenant(request.user)
    version, activities = register()
    context = {"version": version, "activities": activities, "measures": [text for _kind, text in MEASURES]}
    return render(request, "convenant/register.html", context)


@require_GET
def register_json(request: HttpRequest) -> HttpResponse:
    permissions.check_may_see_convenant(request.user)
    headers = {"Content-Disposition": 'attachment; filename="verwerkingsregister.json"'}
    return JsonResponse(as_json(*register()), headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 2})


@require_GET
def register_csv(request: HttpRequest) -> HttpResponse:
    permissions.check_may_see_convenant(request.user)
    headers = {"Content-Disposition": 'attachment; filename="verwerkingsregister.csv"'}
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8", headers=headers)
    rows = csv.DictWriter(answer, COLUMNS, extrasaction="ignore", delimiter=";")
    rows.writeheader()
    for row in as_rows(register()[1]):
        rows.writerow({name: f"'{value}" if str(value).startswith(FORMULA) else value for name, value in row.items()})
    return answer
