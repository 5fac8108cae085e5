"""Log in by e-mail address; the account comes with its appointments and what it has not read in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from luisterloket.platform.acting import Acting, acting

from .models import User


class EmailBackend(AuthenticationBackend):
    """allauth's log-in by e-mail, without Django's own permissions: those come from appointments."""

    def get_user(self, user_id: Any) -> User | None:
        with acting(Acting(user_id=user_id)):
            user = User.objects.with_posts().with_unread().filter(pk=user_id, is_active=True, is_machine=False).first()
        return user

    def user_can_authenticate(self, user: Any) -> bool:
        """The system of a partner has a token, and no page."""
        return super().user_can_authenticate(user) and not user.is_machine

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return False
