"""Writes docs/reference/pipelines.md from the contracts: `python -m pipelines.contracts.page`.

Words: the page is the text between the contracts and the reader; a test holds the file to what this writes.
Neighbours: `contracts.tables` reads the contracts, `sources.nomenclatures` the code lists.
"""

from pathlib import Path

from pipelines.contracts.tables import ContractColumn, contract
from pipelines.sources import nomenclatures

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "pipelines.md"

_MARTS = {
    "sirene_units": "Units of the ESS, to confirm, or of inclusion, in all of France. One row per SIREN.",
    "sirene_establishments": "Places of these units, open or closed. One row per SIRET.",
}

_INTRODUCTION = """# Pipelines

<!-- Made by `python -m pipelines.contracts.page`; edit the contracts, not this page. -->

National open data, read by DuckDB in one process. `pipelines/` knows nothing of Django: the rooms above call two
functions and load what they give through their own actions.

| layer | folder | holds |
|---|---|---|
| sources | `pipelines/sources/` | fetching, licence and vintage; the files as they are published; our code lists |
| staging | `pipelines/staging/` | the same rows with our names and types |
| marts | `pipelines/marts/` | joined, judged, checked against a contract, published by one rename |
| contracts | `pipelines/contracts/` | the ESS rule, numbers and codes, the columns promised |

## Sirene

Source: stock files `StockUniteLegale` and `StockEtablissement` of INSEE, monthly, Licence Ouverte 2.0. Each may be
Parquet, CSV, or the published zip of a CSV (inflated through a pipe, never to disk), here or at a web address (an
interrupted download goes on). Names of natural persons are not read; units under *diffusion partielle* are counted,
never shown.

```python
report = prepare_selection(units=…, establishments=…, cache_dir=…, lists={"esus": …}, force=False, progress=…)
territory = select_territory(cache_dir=…, commune_codes=[…], closed_since=None)
for organisation in territory:  # SireneOrganisation with its SireneEstablishment, by SIREN
    ...
```

The selection is made once per edition for all of France. The edition is named by the content of the two files, of
the lists, of our SQL and of our code lists: the same one again does nothing. A missing column, a damaged file, a
column suddenly empty, or a loss of more than a tenth of the rows since last time raises `PipelineError` (a French
sentence, where, what to do) and leaves the former selection in place.

### Row counts, from layer to layer

| count | rows |
|---|---|
| `units_read`, `establishments_read` | in the files (text forms: line ends, header left out) |
| `units_selected` | kept in `sirene_units` |
| `units_yes`, `units_to_confirm` | by verdict, withheld ones left out |
| `units_in_siae_list` | named by the list of inclusion organisations |
| `units_closed` | ceased, kept with their date |
| `units_withheld_personal`, `units_withheld_masked` | natural persons; *diffusion partielle* |
| `establishments_selected` | kept in `sirene_establishments` |
| `establishments_masked`, `establishments_closed` | address left out; closed |
"""


def page() -> str:
    """Compose the reference page in Markdown."""
    parts = [_INTRODUCTION]
    for mart, promise in _MARTS.items():
        parts.append(f"## `{mart}`\n\n{promise}\n\n{_table(contract(mart))}")
    parts.append("## Code lists\n\n" + _code_lists())
    return "\n".join(parts)


def _table(columns: tuple[ContractColumn, ...]) -> str:
    rows = ["| column | type | unit or list | empty at most | meaning |", "|---|---|---|--:|---|"]
    rows += [
        f"| `{column.name}` | {column.type} | {column.unit} | {_emptiness(column.max_empty)} | {column.meaning} |"
        for column in columns
    ]
    return "\n".join(rows) + "\n"


def _emptiness(share: float) -> str:
    return {0.0: "never", 1.0: "any"}.get(share, f"{share * 100:.0f} %")


def _code_lists() -> str:
    lists = {
        "legal_categories.csv": (len(nomenclatures.legal_categories()), "legal categories that matter for the ESS"),
        "naf_exclusions.csv": (len(nomenclatures.naf_exclusions()), "beginnings of NAF codes outside the ESS"),
        "naf_divisions.csv": (len(nomenclatures.naf_divisions()), "NAF divisions with their sector"),
        "sectors.csv": (len(nomenclatures.sectors()), "sectors of activity"),
        "headcount_bands.csv": (len(nomenclatures.headcount_bands()), "bands of employees"),
        "siae_types.csv": (len(nomenclatures.siae_types()), "kinds of inclusion organisations"),
        "street_types.csv": (len(nomenclatures.street_types()), "street types and their abbreviations"),
    }
    rows = [f"| `{name}` | {count} | {what} |" for name, (count, what) in lists.items()]
    return "\n".join(
        ["In `pipelines/sources/nomenclatures/`.", "", "| file | rows | holds |", "|---|--:|---|", *rows, ""]
    )


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
