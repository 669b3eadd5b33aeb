"""API v1: session or personal token, OpenAPI schema served from our own files."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.api.authentication.PersonalToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "apps.api.pagination.Pages",
    "PAGE_SIZE": 50,
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    # The last address of X-Forwarded-For is the proxy's word; the ones before are the visitor's.
    "NUM_PROXIES": 1,
    "EXCEPTION_HANDLER": "apps.api.errors.answer",
    "DEFAULT_THROTTLE_RATES": {"anon": "120/min", "user": "600/min"},
}
REST_KNOX = {"TOKEN_TTL": None, "AUTH_HEADER_PREFIX": "Bearer", "SECURE_HASH_ALGORITHM": "hashlib.sha512"}
SPECTACULAR_SETTINGS = {
    "TITLE": "Trajectoires, API v1",
    "DESCRIPTION": "Catalogue public des ODD et des fragilités, bibliothèque de cas en données ouvertes, parcours en sept étapes, publications trimestrielles protégées ; organisations, campagnes et résultats de la personne connectée.",
    "VERSION": "1.3.0",
    # « state » and « level » each name two things.
    "ENUM_NAME_OVERRIDES": {
        "StateEnum": "apps.diagnostic.enums.CampaignState",
        "MaturityEnum": "apps.webinars.enums.Maturity",
        "ModelLevelEnum": "apps.webinars.enums.ModelLevel",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "apps.api.schema.document_errors",
    ],
}
