"""Sign-up, sign-in, second factor (django-allauth)."""

from trajectoires.settings.env import env

AUTH_USER_MODEL = "accounts.User"
# knox reads its token here: ours carries the name its owner gave it.
KNOX_TOKEN_MODEL = "accounts.ApiToken"  # noqa: S105
AUTHENTICATION_BACKENDS = ["apps.accounts.backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "apps.accounts.passwords.GuessableValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:home"
ACCOUNT_ADAPTER = "apps.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# A code typed by the person, not a link: scanners of mails cannot spend it.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# Only someone really signing up would be offered to correct the address: the page would tell who has an account.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# Six digits: a phone shows its numeric keys. Three tries a code, few codes an hour (rate limits below).
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
# Long enough for a slow mail server and a village hall with bad coverage.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_TIMEOUT = 30 * 60
# Amount / duration / per what; kept in the cache, that is in the database. Wide by address: a village hall of sixty people
# is one. Narrow by account: that is what stops who guesses.
ACCOUNT_RATE_LIMITS = {
    "signup": "120/m/ip",
    "login": "180/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "request_login_code": "120/m/ip,3/m/key,10/h/key",
    "reset_password": "60/m/ip,5/m/key,10/h/key",
    "reset_password_from_key": "60/m/ip",
    "confirm_email": "1/10s/key,20/h/key",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
}
# One address a person; changing it is confirmed by a code sent to the new one.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
_ACCOUNT = "apps.accounts.forms.account."
ACCOUNT_FORMS = {
    "signup": _ACCOUNT + "SignupForm",
    "login": _ACCOUNT + "LoginForm",
    "request_login_code": _ACCOUNT + "RequestLoginCodeForm",
    "confirm_login_code": _ACCOUNT + "ConfirmLoginCodeForm",
    "confirm_email_verification_code": _ACCOUNT + "ConfirmEmailVerificationCodeForm",
    "add_email": _ACCOUNT + "AddEmailForm",
    "reset_password": _ACCOUNT + "ResetPasswordForm",
    "confirm_password_reset_code": _ACCOUNT + "ConfirmPasswordResetCodeForm",
    "reset_password_from_key": _ACCOUNT + "ResetPasswordKeyForm",
    "change_password": _ACCOUNT + "ChangePasswordForm",
    "set_password": _ACCOUNT + "SetPasswordForm",
    "reauthenticate": _ACCOUNT + "ReauthenticateForm",
}
MFA_ADAPTER = "apps.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Trajectoires"
# A telephone's clock may be half a minute late.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = env.bool("MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", default=False)
_SECOND_FACTOR = "apps.accounts.forms.second_factor."
MFA_FORMS = {
    "authenticate": _SECOND_FACTOR + "AuthenticateForm",
    "reauthenticate": _SECOND_FACTOR + "ReauthenticateForm",
    "activate_totp": _SECOND_FACTOR + "ActivateTOTPForm",
    "authenticate_webauthn": _SECOND_FACTOR + "AuthenticateWebAuthnForm",
    "login_webauthn": _SECOND_FACTOR + "LoginWebAuthnForm",
    "reauthenticate_webauthn": _SECOND_FACTOR + "ReauthenticateWebAuthnForm",
    "add_webauthn": _SECOND_FACTOR + "AddWebAuthnForm",
    "edit_webauthn": _SECOND_FACTOR + "EditWebAuthnForm",
}
SESSION_COOKIE_AGE = 30 * 24 * 3600
# Public directory of enterprises: fills the form when it answers, never blocks it.
ENTERPRISE_DIRECTORY_URL = env(
    "ENTERPRISE_DIRECTORY_URL", default="https://recherche-entreprises.api.gouv.fr/search"
)
ENTERPRISE_DIRECTORY_TIMEOUT = env.float("ENTERPRISE_DIRECTORY_TIMEOUT", default=2.0)
# Sections of « mon espace », given by the apps above: callables (request, organisation or None) returning
# a dict of `template` and `context`, or None.
SPACE_SECTIONS = [
    "apps.privacy.space.section",
    "apps.diagnostic.space.section",
    "apps.ledger.space.section",
    "apps.methodology.space.section",
    "apps.course.space.section",
    "apps.dashboards.space.section",
    "apps.operations.space.section",
]
# One-to-one rows of the active association that those sections read: they come with the person, for no query more.
PLACE_RELATED = ["closure"]
# What an association wrote elsewhere and finds again in its diagnostic: callables (user, organisation) returning
# `apps.accounts.notebook.Note`s, of members only.
NOTEBOOKS = ["apps.course.notebook.notes"]
# Years of accounts that the association has elsewhere, offered in its diagnostic: callables (user, organisation) returning
# figures by year, to members only.
FINANCE_SOURCES = ["apps.ledger.feeding.finances"]
# What each app keeps of people: modules with ``PROCESSINGS`` (apps.core.processings), lowest app first.
PRIVACY_REGISTERS = [
    f"apps.{app}.privacy"
    for app in (
        "audit",
        "accounts",
        "documents",
        "diagnostic",
        "webinars",
        "agenda",
        "course",
        "ledger",
        "methodology",
        "dashboards",
        "privacy",
        "support",
    )
]
