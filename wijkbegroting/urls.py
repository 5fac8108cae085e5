app_name = "wijkbegroting"
urlpatterns: list = []
