from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.conf import settings
from django.db import migrations, models


def keep_what_counts(apps: Any, schema_editor: Any) -> None:
    """Reviews by whoever stays away are set aside since the recusal; means are of the others."""
    reviews, applications = apps.get_model("calls", "Review"), apps.get_model("calls", "Application")
    for one in apps.get_model("calls", "Recusal").objects.exclude(user=None).order_by("pk"):
        given = reviews.objects.filter(application=one.application_id, reviewer__user=one.user_id)
        given.update(set_aside_at=one.declared_at)
    totals: dict[int, list[Decimal]] = defaultdict(list)
    counted = reviews.objects.filter(sent_at__isnull=False, set_aside_at=None).order_by("pk")
    for key, total in counted.values_list("application", "total").iterator():
        totals[key].append(total)
    for key, found in totals.items():
        mean = (sum(found, Decimal()) / len(found)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        applications.objects.filter(pk=key).update(mean=mean, reviews_counted=len(found))


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0001_initial"),
        ("directory", "0006_organisation_counts"),
        ("needs", "0003_projects_born"),
        ("territories", "0002_region_of_overseas_communities"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="mean",
            field=models.DecimalField(
                blank=True, decimal_places=2, editable=False, max_digits=5, null=True, verbose_name="note moyenne"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="reviews_counted",
            field=models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="avis comptés"),
        ),
        migrations.AddField(
            model_name="review",
            name="set_aside_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="écartée le"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["-submitted_at", "-id", "state", "call", "organisation", "number", "title"],
                name="application_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["-requested", "id", "state", "call"], name="application_dearest"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["call", "-mean", "reviews_counted", "state"], name="application_best"),
        ),
        migrations.RunPython(keep_what_counts, migrations.RunPython.noop),
    ]
