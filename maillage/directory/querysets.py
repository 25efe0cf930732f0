from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from maillage.directory.enums import Status

if TYPE_CHECKING:
    from maillage.directory.models import Organisation  # noqa: F401


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations, by who may see them and by what a screen needs."""

    def published(self) -> OrganisationQuerySet:
        return self.filter(status=Status.PUBLISHED)

    def not_published(self) -> OrganisationQuerySet:
        return self.exclude(status=Status.PUBLISHED)

    def not_merged(self) -> OrganisationQuerySet:
        return self.filter(merged_into__isnull=True)

    def with_places(self) -> OrganisationQuerySet:
        """Establishments with commune and EPCI, in one more query whatever the rows."""
        establishments = self.model._meta.get_field("establishments").related_model
        places = establishments._default_manager.select_related("commune__epci").order_by("-is_main", "pk")
        return self.prefetch_related(models.Prefetch("establishments", queryset=places))

    def with_words(self) -> OrganisationQuerySet:
        """Terms and qualifications, in two more queries whatever the rows."""
        return self.prefetch_related("terms", "qualifications")

    def by_name(self) -> OrganisationQuerySet:
        return self.order_by("name_key", "pk")
