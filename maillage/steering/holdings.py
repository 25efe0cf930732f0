"""What the room keeps of people: who prepared a file."""

from __future__ import annotations

from maillage.kernel.personal import WITH_ACCOUNT, Basis, Erasing, Harmless, Holding, by_user

PERSONAL = (
    Holding(
        title="Les dossiers du comité que vous avez préparés",
        model="steering.CommitteeFile",
        fields=("made_by",),
        purpose="savoir qui a préparé un dossier",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("made_by"),
        erasing=Erasing.BLANK,
        why="le dossier reste, sans votre nom",
        blank={"made_by": None},
    ),
)
HARMLESS = (
    Harmless("steering.CommitteeFile", "état du plan, sans nom de personne", ("document", "discard_reason")),
    Harmless("steering.CommitteePaper", "le même, mis en page", ("form", "content", "sha256")),
)
