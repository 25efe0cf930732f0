"""Say which organisation each aid *de minimis* was given to, where it can be known."""

from django.db import migrations


def name_organisations(apps, schema_editor):
    aids = apps.get_model("grants", "DeMinimisAid")
    members = apps.get_model("grants", "UndertakingMember")
    for aid in aids.objects.filter(organisation=None, decision__isnull=False).select_related("decision__application"):
        aids.objects.filter(pk=aid.pk).update(organisation=aid.decision.application.organisation_id)
    # What was declared by an undertaking of several stays with all of them: nobody wrote down which.
    for pk, undertaking in aids.objects.filter(organisation=None).values_list("pk", "undertaking"):
        alone = list(members.objects.filter(undertaking=undertaking).values_list("organisation", flat=True)[:2])
        if len(alone) == 1:
            aids.objects.filter(pk=pk).update(organisation=alone[0])


class Migration(migrations.Migration):
    dependencies = [("grants", "0002_cancellations_files_undertakings")]
    operations = [migrations.RunPython(name_organisations, migrations.RunPython.noop)]
