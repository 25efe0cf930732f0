"""Texts of our own that help somebody begin; they replace no advice."""

from __future__ import annotations

from typing import NamedTuple

from maillage.content.enums import Reader, ResourceType

_STARTER, _ASSO, _FIRM, _TOWN = Reader.STARTER, Reader.ASSOCIATION, Reader.COMPANY, Reader.COMMUNE
Body = tuple[tuple[str, object], ...]


class Example(NamedTuple):
    """body: (kind of block, value); aids: words of the example aids it goes with; days_ago: of its last reading."""

    title: str
    summary: str
    kind: ResourceType
    readers: tuple[Reader, ...]
    body: Body
    themes: tuple[str, ...] = ()
    link: str = ""
    file: str = ""
    aids: tuple[str, ...] = ()
    days_ago: int = 40
    is_verified: bool = True
    uses: int = 0


BUDGET = (
    "\ufeffDépenses;Montant en euros;Recettes;Montant en euros\r\n"
    "Achats et fournitures;;Ventes et participations des usagers;\r\n"
    "Loyer, énergie, assurance;;Cotisations et dons;\r\n"
    "Salaires et charges;;Subventions demandées (dire à qui);\r\n"
    "Communication et déplacements;;Subventions obtenues (dire de qui);\r\n"
    "Matériel et travaux;;Apport et prêts;\r\n"
    "Bénévolat, prêts de salle (en nature);;Bénévolat, prêts de salle (en nature);\r\n"
    "Total;;Total;\r\n"
).encode()


def _text(*paragraphs: str) -> tuple[str, object]:
    return ("text", "".join(f"<p>{one}</p>" for one in paragraphs))


def _list(*rows: str) -> tuple[str, object]:
    return ("text", "<ul>" + "".join(f"<li>{one}</li>" for one in rows) + "</ul>")


RESOURCES: tuple[Example, ...] = (
    Example(
        "Préparer le budget d’un projet",
        "Trouver ce que coûte une première année, et ce qui peut la payer, sans rien oublier.",
        ResourceType.GUIDE, (_STARTER, _ASSO),
        (
            ("heading", "Commencer par les dépenses"),
            _text("Écrivez d’abord tout ce qu’il faudra payer, mois par mois. Un devis vaut mieux qu’une idée."),
            _list("Ce qui s’achète une fois : matériel, travaux, dépôt des statuts.",
                  "Ce qui revient : loyer, énergie, assurance, téléphone.",
                  "Le temps des gens : salaires, charges, et le bénévolat, compté à part."),
            ("heading", "Puis les recettes"),
            _text("Séparez ce qui est sûr de ce qui est demandé. Une subvention promise n’est pas versée."),
            ("note", "Les dépenses et les recettes sont égales. Si elles ne le sont pas, il manque une ligne."),
        ), aids=("coup d’envoi", "premiers pas"), uses=31,
    ),
    Example(
        "Modèle de budget prévisionnel",
        "Un tableau à remplir, dépenses d’un côté, recettes de l’autre, qui s’ouvre avec tous les tableurs.",
        ResourceType.TEMPLATE, (_STARTER, _ASSO, _FIRM),
        (_text("Gardez une ligne par dépense. Notez d’où vient chaque montant : devis, facture, estimation."),),
        file="modele-de-budget.csv", uses=24,
    ),
    Example(
        "Écrire les statuts d’une association",
        "Les questions à se poser ensemble avant d’écrire, et ce que des statuts doivent dire.",
        ResourceType.GUIDE, (_STARTER, _ASSO),
        (
            ("heading", "Avant d’écrire"),
            _list("À quoi sert l’association, en une phrase que chacun comprend ?", "Qui peut en être membre ?",
                  "Qui décide de quoi, et comment ?", "Que se passe-t-il si l’on s’arrête ?"),
            ("heading", "Ce que les statuts disent"),
            _text("Le nom, le but, le siège, les membres, les ressources, la façon de décider, la fin."),
            ("note", "Des statuts courts se relisent. Le détail va dans un règlement, plus facile à changer."),
        ), uses=17,
    ),
    Example(
        "Choisir entre association et coopérative",
        "Cinq questions pour savoir quelle forme convient à une activité portée à plusieurs.",
        ResourceType.SHEET, (_STARTER, _ASSO, _FIRM),
        (
            _list("L’activité vit-elle surtout de ventes ?", "Les salariés veulent-ils décider ensemble ?",
                  "Une commune veut-elle prendre part à la société ?", "Faut-il réunir un capital ?",
                  "Qui répond des dettes ?"),
            _text("Plusieurs oui penchent vers une coopérative. Le guichet vous aide à peser le reste."),
        ), days_ago=70, uses=12,
    ),
    Example(
        "Lancer un transport solidaire",
        "Conducteurs bénévoles, assurance, indemnités : dans quel ordre s’y prendre dans un village.",
        ResourceType.GUIDE, (_STARTER, _ASSO, _TOWN),
        (
            ("heading", "Qui a besoin d’aller où ?"),
            _text("Demandez à vingt personnes leurs trois derniers trajets manqués. Le service se dessine tout seul."),
            ("heading", "Avant le premier trajet"),
            _list("Vérifier l’assurance de chaque conducteur.", "Écrire qui prend les appels, et quand.",
                  "Fixer l’indemnité par kilomètre, la même pour tous."),
        ), themes=("mobilite-solidaire", "bien-vieillir"), aids=("rouler ensemble",), uses=9,
    ),
    Example(
        "Approvisionner une cantine en produits d’ici",
        "Par quel produit commencer, comment rencontrer des producteurs, comment tenir le prix du repas.",
        ResourceType.SHEET, (_TOWN, _ASSO),
        (
            _text("Commencez par un seul produit, toute l’année : les pommes de terre ou le pain."),
            _list("Compter les quantités d’un mois.", "Rencontrer trois producteurs.",
                  "Essayer deux mois, puis comparer."),
            ("note", "Moins de gaspillage paie souvent la différence de prix : pesez les restes avant et après."),
        ), themes=("alimentation",), aids=("cantine", "jardins"), uses=5,
    ),
    Example(
        "Accueillir un spectacle dans une salle des fêtes",
        "La liste des choses à prévoir, deux mois avant, la veille et le soir même.",
        ResourceType.SHEET, (_ASSO, _TOWN),
        (
            ("heading", "Deux mois avant"),
            _list("Réserver la salle et demander sa jauge.", "Déclarer le spectacle et les droits d’auteur.",
                  "Dire aux voisins."),
            ("heading", "Le soir même"),
            _list("Une personne à l’entrée, une près des issues.", "De l’eau pour les artistes."),
        ), themes=("culture",), aids=("scènes",), uses=3,
    ),
    Example(
        "Repérer une personne âgée isolée, sans la blesser",
        "Ce qui peut alerter, comment ouvrir la conversation, à qui en parler avec son accord.",
        ResourceType.SHEET, (),
        (
            _text("Un volet fermé, un courrier qui s’entasse, une visite qu’on refuse : rien ne prouve rien."),
            _text("Demandez un service plutôt que d’en proposer un. On n’écrit rien sans l’accord de la personne."),
        ), themes=("bien-vieillir",), is_verified=False,
    ),
    Example(
        "Trois minutes pour comprendre l’économie sociale et solidaire",
        "Une vidéo d’exemple, avec sous-titres, à montrer au début d’une réunion.",
        ResourceType.VIDEO, (),
        (_text("La vidéo est sur un autre site : rien ne s’en charge ici avant que vous ne l’ouvriez."),),
        link="https://example.org/video-ess", days_ago=420, uses=7,
    ),
)  # fmt: skip

HUBS: dict[str, tuple[str, tuple[str, ...]]] = {
    "culture": (
        "Jouer, lire, chanter, voir un spectacle sans faire trente kilomètres (texte d’exemple).",
        ("2.5",),
    ),
    "mobilite-solidaire": (
        "Aller au travail, chez le médecin ou voir des amis, même sans voiture (texte d’exemple).",
        ("1.4", "2.5"),
    ),
    "alimentation": (
        "Manger bon, local et à un prix juste, de la cantine à l’épicerie du village (texte d’exemple).",
        ("2.5",),
    ),
    "bien-vieillir": (
        "Rester chez soi, entouré, et rester utile (texte d’exemple).",
        ("2.5",),
    ),
}
