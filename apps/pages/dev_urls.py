from django.urls import path

from apps.pages import dev

urlpatterns = [
    path("dev/courrier/", dev.mailbox, name="dev_mailbox"),
    path("dev/courrier/<int:pk>/", dev.mail, name="dev_mail"),
    path("dev/courrier/<int:pk>/html/", dev.mail_html, name="dev_mail_html"),
    path("ui/", dev.ui_gallery, name="ui_gallery"),
]
