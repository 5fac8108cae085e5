"""What the convenant adds to the menu and the start page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luisterloket.people.roles import Permission
from luisterloket.platform.registries import NavigationItem, landing, navigation


@navigation.register(order=80)
def menu(user: Any) -> list[NavigationItem]:
    items = []
    if user.has(Permission.READ_LOG):
        items.append(NavigationItem(_("Access log"), reverse("access-log"), "eye"))
    if user.has(Permission.SEE_CONVENANT):
        items.append(NavigationItem(_("Convenant"), reverse("convenant"), "shield"))
    return items


@landing.register(order=80)
def start(user: Any) -> str | None:
    if user.has(Permission.READ_LOG):
        return reverse("access-log")
    return reverse("convenant") if user.has(Permission.SEE_CONVENANT) else None
