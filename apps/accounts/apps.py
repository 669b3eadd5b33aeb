from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.account.views import ConfirmEmailVerificationCodeView as View
        from django.views.generic.edit import FormView

        # allauth 65.21 calls this method and forgot to write it: a mistyped correction was an error 500.
        if not hasattr(View, "_change_form_invalid"):
            View._change_form_invalid = FormView.form_invalid
