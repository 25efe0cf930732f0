"""Sirene stock files as INSEE publishes them: their columns, how to open them, where they come from.

Licence: Licence Ouverte 2.0, INSEE. Vintage: monthly, published on data.gouv.fr (data set
5b7ffc618b4c4169d30727e0). Contact: sirene@contact-insee.fr is not needed to reuse the files.
GDPR: units of natural persons (legal category 1000) and units under "diffusion partielle" are never kept
with a name or an address; first names and family names are not even read.
"""
