"""Static files under names that carry their content, compressed once."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """WhiteNoise's storage; modules that a module imports are hashed too, so that they are never asked twice."""

    support_js_module_import_aggregation = True
