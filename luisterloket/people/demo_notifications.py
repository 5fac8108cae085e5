"""What the people of the demo city were told of all that happened: the last few are new, the rest they have read."""

from luisterloket.platform.actions import read_up_to
from luisterloket.platform.delivery import tell
from luisterloket.platform.demo import City, part
from luisterloket.platform.models import Notification

from .models import User

NEW = 3


@part(990)
def notifications(city: City) -> None:
    while tell(at_most=500):
        pass
    for user in User.objects.with_posts().filter(is_active=True):
        earlier = Notification.objects.filter(recipient_id=user.pk).order_by("-at", "-pk")[NEW : NEW + 1]
        for one in earlier:
            read_up_to(actor=user, notification=one)
