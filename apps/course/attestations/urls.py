"""Asking for one's attestation; verifying one; what badges lead to."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.course.attestations import machines, own, public

urlpatterns: list[URLPattern] = [
    path("se-former/attestation/", own.attest, name="attest"),
    path("attestations/", public.verify, name="attestation_verify"),
    path("attestations/emetteur.json", machines.issuer, name="badge_issuer"),
    path("attestations/parcours.json", machines.achievement, name="badge_achievement"),
    path("attestations/cles.json", machines.key_set, name="badge_keys"),
    path("attestations/cles/<str:thumbprint>.json", machines.key, name="badge_key"),
    path("attestations/statuts/<int:number>.jwt", machines.status, name="badge_status"),
    path("attestations/<str:code>/", public.attestation, name="attestation"),
    path("attestations/<str:code>/retirer/", own.revoke, name="attestation_revoke"),
    path("attestations/<str:code>/badge.<str:kind>", machines.badge, name="badge"),
]
