"""Generated files: a local folder, or an S3-compatible bucket when S3_BUCKET is set."""

from typing import Any

from trajectoires.settings.env import BASE_DIR, env

MEDIA_ROOT = env.path("MEDIA_ROOT", default=BASE_DIR / ".local" / "media")
_documents: dict[str, Any] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": str(MEDIA_ROOT), "allow_overwrite": True, "file_permissions_mode": 0o600},
}
if env("S3_BUCKET", default=""):
    _documents = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env("S3_BUCKET"),
            "endpoint_url": env("S3_ENDPOINT_URL", default=None),
            "region_name": env("S3_REGION", default=None),
            "access_key": env("S3_ACCESS_KEY", default=None),
            "secret_key": env("S3_SECRET_KEY", default=None),
            "default_acl": None,
            "querystring_auth": True,
            "file_overwrite": True,
        },
    }
STORAGES: dict[str, dict[str, Any]] = {
    "default": _documents,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# One name a file: compressing each twice would double the time of a start.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
