from typing import Any

from django.db import migrations, models
from django.db.models import Q

OWN_WORDS = (
    Q(title__endswith=", par ses membres")
    | Q(title="La structure, par sa lettre")
    | Q(title__startswith="Proposition de la structure, par sa lettre")
    | Q(title__startswith="Proposition d’un membre de la structure")
)


def name_owners(apps: Any, schema_editor: Any) -> None:
    """What an organisation said of itself was kept as the words of any person."""
    apps.get_model("kernel", "Source").objects.filter(OWN_WORDS, kind="person").update(kind="owner")


def forget_owners(apps: Any, schema_editor: Any) -> None:
    apps.get_model("kernel", "Source").objects.filter(kind="owner").update(kind="person")


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0003_personal_data"),
    ]

    operations = [
        migrations.AlterField(
            model_name="source",
            name="kind",
            field=models.CharField(
                choices=[
                    ("document", "Document"),
                    ("import", "Fichier importé"),
                    ("person", "Personne"),
                    ("owner", "La structure elle-même"),
                    ("open_data", "Donnée ouverte"),
                    ("example", "Donnée d’exemple"),
                    ("computed", "Calcul"),
                ],
                max_length=12,
                verbose_name="nature",
            ),
        ),
        migrations.RunPython(name_owners, forget_owners),
    ]
