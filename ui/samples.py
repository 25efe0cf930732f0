"""Made-up things for the gallery: no real person, no real organisation."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

import segno
from django import forms
from django.utils.safestring import SafeString, mark_safe

from ui import french
from ui.noted import Note, Prefill, PrefilledForm
from ui.tables import Column, cells


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nom de la structure", help_text="Celui que les gens connaissent.")
    email = forms.EmailField(label="Adresse électronique", help_text="Elle ne sera pas publiée.")
    commune = forms.ChoiceField(
        label="Commune", choices=[("", "Choisir…"), ("80620", "Péronne"), ("80410", "Ham")], required=False
    )
    activity = forms.CharField(label="Que faites-vous ?", widget=forms.Textarea(attrs={"rows": 4}))
    document = forms.FileField(
        label="Liste à importer", help_text="Un fichier CSV ou XLSX, 5 Mo au plus.", required=False
    )
    agree = forms.BooleanField(label="J’accepte que ce numéro soit publié")
    themes = forms.MultipleChoiceField(
        label="Thèmes",
        help_text="Plusieurs réponses possibles.",
        choices=[("food", "Alimentation"), ("mobility", "Mobilité solidaire"), ("ageing", "Bien vieillir")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    answer = forms.ChoiceField(
        label="Cette fiche est-elle à jour ?",
        choices=[("yes", "Oui, tout est juste"), ("no", "Non, je corrige")],
        widget=forms.RadioSelect,
    )


class SampleNotedForm(PrefilledForm):
    """What is public, what is kept, what was known already."""

    phone = forms.CharField(label="Téléphone de la structure", required=False)
    person = forms.CharField(label="Votre nom")


def _noted_form() -> SampleNotedForm:
    form = SampleNotedForm(
        prefills=[Prefill({"person": "Alice Exemple"}, "Repris de votre compte")],
        initial={"phone": "03 00 00 00 00"}, auto_id="id_noted_%s",
    )  # fmt: skip
    form.notes["phone"] = Note(
        "Vient de\u00a0: répertoire Sirene, 12 novembre 2026", mark="Gardé pour nous", icon="lock"
    )
    return form


def _ground(columns: int = 6, rows: int = 4) -> list[str]:
    """Paths of a patchwork of fields that share their borders, in a box of 600 × 360."""
    dice = random.Random(80)  # noqa: S311 - a drawing, the same at each visit
    width, height = 600 / columns, 360 / rows
    points = [
        [
            (
                round(x * width + (dice.uniform(-22, 22) if 0 < x < columns else 0), 1),
                round(y * height + (dice.uniform(-18, 18) if 0 < y < rows else 0), 1),
            )
            for x in range(columns + 1)
        ]
        for y in range(rows + 1)
    ]
    return [
        "M"
        + "L".join(f"{px} {py}" for px, py in (points[y][x], points[y][x + 1], points[y + 1][x + 1], points[y + 1][x]))
        + "Z"
        for y in range(rows)
        for x in range(columns)
    ]


def _code() -> SafeString:
    out = BytesIO()
    segno.make("https://territoire.example/annuaire/le-fil-vert", error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, scale=4, border=2, omitsize=True
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308 - drawn here, from a constant


def _groups() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    def option(value: str, label: str, count: int | None, *, checked: bool = False) -> dict[str, Any]:
        return {"value": value, "label": label, "count": count, "checked": checked}

    family = {
        "legend": "Famille",
        "name": "famille",
        "kind": "checkbox",
        "open": False,
        "active": 1,
        "options": [
            option("association", "Association", 1128, checked=True),
            option("cooperative", "Coopérative", 14),
            option("mutual", "Mutuelle", 3),
        ],
    }
    place = {
        "legend": "Communauté de communes",
        "name": "cc",
        "kind": "radio",
        "open": False,
        "active": 1,
        "options": [option("a", "Haute Somme", 60, checked=True), option("b", "Est de la Somme", 41)],
    }
    sector = {
        "legend": "Secteur",
        "name": "secteur",
        "kind": "checkbox",
        "open": False,
        "active": 0,
        "options": [option("food", "Alimentation", 12), option("culture", "Culture", 34)],
    }
    now = {
        "legend": "Horaires",
        "name": "ouvert",
        "kind": "checkbox",
        "open": True,
        "active": 0,
        "options": [option("1", "Ouvert maintenant", None)],
    }
    return [family, place, sector], [sector | {"name": "secteur-2"}, now]


def _rows() -> list[dict[str, Any]]:
    return [
        {
            "name": "Le Fil vert",
            "url": "/annuaire/le-fil-vert/",
            "family": "Association",
            "commune": "Péronne",
            "distance_km": 0.6,
            "summary": "Atelier de couture solidaire : réparation de vêtements, cours pour débuter, friperie.",
            "tags": ["Réemploi", "Insertion"],
            "open_label": "Ouvert jusqu’à 18 h",
            "is_example": True,
            "unconfirmed": "",
        },
        {
            "name": "Coopérative d’utilisation de matériel agricole de la vallée de l’Ingon et des environs",
            "url": "/annuaire/cuma/",
            "family": "Coopérative",
            "commune": "Nesle",
            "distance_km": 17.3,
            "summary": "",
            "tags": [],
            "open_label": "",
            "is_example": False,
            "unconfirmed": "",
        },
        {
            "name": "Roue libre",
            "url": "/annuaire/roue-libre/",
            "family": "",
            "commune": "",
            "distance_km": None,
            "summary": "Prêt de vélos et transport à la demande, par des bénévoles.",
            "tags": ["Mobilité solidaire"],
            "open_label": "",
            "is_example": False,
            "unconfirmed": "Non confirmée depuis le 3 septembre 2025",
        },
    ]


def _facts() -> list[dict[str, Any]]:
    return [
        {
            "label": "Adresse",
            "value": "2 rue du Moulin, 80200 Péronne",
            "url": "",
            "source": "Répertoire Sirene",
            "source_url": "",
            "date": "2026-11-01",
        },
        {
            "label": "Site",
            "value": "filvert.example",
            "url": "https://filvert.example",
            "source": "La structure elle-même",
            "source_url": "",
            "date": "2026-09",
        },
        {"label": "Statut", "value": "Association", "url": "", "source": "", "source_url": "", "date": ""},
    ]


def context() -> dict[str, Any]:
    """What the examples of the gallery are drawn from."""
    ground = _ground()
    columns = [Column("Année"), Column("Habitants", numeric=True), Column("Évolution", numeric=True)]
    groups, other_groups = _groups()
    drawing = "".join(f'<path class="tone-{1 + rank % 3}" d="{path}"/>' for rank, path in enumerate(ground))
    sample = {
        "breadcrumb": [{"label": "Annuaire", "url": "/annuaire/"}],
        "doors": [
            {
                "title": "Trouver une structure",
                "url": "/annuaire/",
                "text": "Près de chez vous, par besoin.",
                "icon": "map-pin",
            },
            {"title": "J’ai une idée", "url": "/contact/", "text": "On en parle, sans dossier.", "icon": "bulb"},
            {
                "title": "Agir près de chez moi",
                "url": "/communes/",
                "text": "Ce qui se fait dans ma commune.",
                "icon": "heart-handshake",
            },
        ],
        "groups": groups,
        "other_groups": other_groups,
        "hidden": [{"name": "q", "value": "vélo"}],
        "chips": [
            {"label": "Association", "remove_url": "/annuaire/?cc=a"},
            {"label": "Haute Somme", "remove_url": "/annuaire/?famille=association"},
        ],
        "rows": _rows(),
        "form": SampleForm(prefix="exemple"),
        "noted_form": _noted_form(),
        "wrong_form": SampleForm({"faux-name": "Le Fil vert", "faux-email": "fil.vert"}, prefix="faux"),
        "simple_fields": ["name", "email", "commune", "activity", "document", "agree"],
        "axes": ["Structurer", "Innover", "Faire connaître", "Coopérer"],
        "facts": _facts(),
        "amount": french.euros(1234.56),
        "columns": columns,
        "cells": cells(
            columns,
            [
                ["2021", french.number(7245), "–"],
                ["2022", french.number(7198), f"{french.number(-0.6, 1)}{french.NARROW}%"],
            ],
        ),
        "communes": [
            {
                "name": f"Commune {rank + 1}",
                "url": f"/communes/{80000 + rank}/",
                "path": path,
                "tone": 1 + (rank % 6) // 2,
            }
            for rank, path in enumerate(ground)
        ],
        "here": ground[8],
        "drawing": mark_safe(f'<svg class="map-sample" viewBox="0 0 600 360" aria-hidden="true">{drawing}</svg>'),  # noqa: S308
        "qr": _code(),
    }
    return {"sample": sample}
