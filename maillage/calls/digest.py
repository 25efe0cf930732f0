"""What was submitted, as one text that two machines write alike, and its SHA-256.

It holds what the applicant said, the hashes of the documents and the version of the form; not where the file stands.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from maillage.calls import keys
from maillage.calls.enums import CoApplicantState
from maillage.calls.models import Application


def canonical(application: Application) -> str:
    """JSON with sorted keys; amounts as text with two decimals, dates and moments in ISO 8601 and UTC."""
    told = {
        "number": application.number,
        "call": application.call.slug,
        "form": application.form.number,
        "organisation": application.organisation_id,
        "said": {key: _plain(keys.value_of(application, key)) for key in keys.COLUMNS},
        "answers": application.answers,
        "budget": [
            [one.code, one.label, f"{one.amount:.2f}", one.funding]
            for one in application.forecast.order_by("code", "label")
        ],
        "aids": [
            [one.granted_on.isoformat(), one.funder, one.scheme, f"{one.amount:.2f}", one.regulation, one.entity]
            for one in application.declared_aids.order_by("granted_on", "pk")
        ],
        "files": sorted(application.files.values_list("sha256", flat=True)),
        "with": sorted(
            application.co_applicants.filter(state=CoApplicantState.AGREED).values_list("organisation", flat=True)
        ),
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(application: Application) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(application).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else f"{value:.2f}"
