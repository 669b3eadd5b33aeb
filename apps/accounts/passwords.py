"""One rule more than Django's: how many tries a guesser who knows this place would need."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

from apps.core.elision import without_accents
from apps.core.typography import nbsp

# Words that a guesser of this platform would try first (docs/securite.md).
WORDS = (
    "trajectoires",
    "trajectoire",
    "association",
    "associations",
    "socio",
    "economique",
    "economiques",
    "modele",
    "diagnostic",
    "benevole",
    "benevoles",
    "rameau",
    "fondation",
    "motdepasse",
    "administrateur",
    "azerty",
    "bonjour",
    "bienvenue",
)
# Powers of ten: a hundred million tries.
LEAST_TRIES = 8
# zxcvbn refuses more; its time grows with the length, and so long a password is not guessed.
READ = 72
REFUSED = nbsp(
    "Ce mot de passe se devine trop vite : il est fait de mots courants, ou répétés. "
    "Ajoutez-y un mot ou deux qui ne sont qu’à vous."
)


class GuessableValidator:
    """Refuses « Trajectoires2026! », « soleilsoleil », keys in a row; asks for no kind of sign."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError."""
        known = [getattr(user, "full_name", ""), *getattr(user, "email", "").split("@")]
        words = [*WORDS, *(without_accents(word).lower() for word in known if word)]
        found = zxcvbn(without_accents(password[:READ]).lower(), user_inputs=words)
        if float(found["guesses_log10"]) < LEAST_TRIES:
            raise ValidationError(REFUSED, code="password_guessable")

    def get_help_text(self) -> str:
        return nbsp("Pas seulement des mots courants, ou ceux du service.")
