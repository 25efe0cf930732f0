"""What the rule of the ESS says of a sheet today, whatever a person decided: the way back starts from it."""

from __future__ import annotations

from maillage.directory.facts import Facts, facts_of
from maillage.directory.models import Organisation
from maillage.kernel.models import JournalEntry
from pipelines.contracts.ess import VerdictReason, ess_verdict

PERSON = "person"


def rule_says(organisation: Organisation) -> Facts:
    """{ess_verdict, ess_reason} from the legal form, the activity, an ESUS approval, and the mark that Sirene or the
    list of ESS France gave before a person decided; reads the sheet and its history.
    """
    facts = facts_of(organisation)
    mark = mark_before(organisation)
    held = {one["kind"] for one in facts.get("qualifications") or ()}
    verdict = ess_verdict(
        legal_category=facts.get("legal_form"),
        naf_code=facts.get("naf_code"),
        sirene_flag=mark == VerdictReason.SIRENE_FLAG,
        in_ess_list=mark == VerdictReason.ESS_LIST,
        is_esus=mark == VerdictReason.ESUS or "esus" in held,
    )
    return {"ess_verdict": verdict.status.value, "ess_reason": verdict.reason_code.value}


def mark_before(organisation: Organisation) -> str:
    """The last reason that was not a person's, "" when there never was one; one query."""
    acts = JournalEntry.objects.filter(object_type=Organisation._meta.label_lower, object_id=organisation.pk)
    for changes in acts.order_by("-pk").values_list("changes", flat=True):
        before, after = changes.get("ess_reason", (None, None))
        for reason in (after, before):
            if reason and reason != PERSON:
                return str(reason)
    return ""
