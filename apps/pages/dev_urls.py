from django.urls import path

from apps.pages import dev

urlpatterns = [
    path("dev/courrier/", dev.mailbox, name="dev_mailbox"),
    path("dev/courrier/<int:pk>/", dev.mail, name="dev_mail"),
    path("ui/", dev.gallery, name="ui_gallery"),
]
