from apps.accounts.models import User


def rename(*, user: User, full_name: str) -> None:
    user.full_name = full_name.strip()
    user.save(update_fields=["full_name"])
