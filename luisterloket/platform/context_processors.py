"""What every page shows around its content: the menu, the place, the person."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .notifications import counted
from .registries import banners, navigation
from .templatetags.ui import initials

# A telephone's bar has room for five; of a longer menu the last place is for the rest.
IN_THE_BAR = 5


def shell(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    # On a locked screen nothing says what this person may see.
    if user is None or not user.is_authenticated or "locked" in getattr(request, "session", ()):
        return {"shell": {"navigation": [], "demo": settings.DEMO}}
    items = [item for offer in navigation for item in offer(user)]
    current = max((item.url for item in items if request.path.startswith(item.url)), key=len, default="")
    menu = [{"label": item.label, "url": item.url, "icon": item.icon, "current": item.url == current} for item in items]
    fits = len(menu) if len(menu) <= IN_THE_BAR else IN_THE_BAR - 1
    post = user.posts[0] if user.posts else None
    return {
        "shell": {
            "navigation": menu[:fits],
            "navigation_rest": menu[fits:],
            "rest_is_current": any(item["current"] for item in menu[fits:]),
            "messages": counted(user),
            "banners": [banner for offer in banners for banner in offer(user)],
            "place": post.unit_name if post else "",
            "initials": initials(user.name),
            "user_label": f"{user.name}, {post.role.name}" if post else user.name,
            "demo": settings.DEMO,
            "search_url": next((item.url for item in items if item.searches), None),
        }
    }
