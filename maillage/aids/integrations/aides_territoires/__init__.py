"""The API of Aides-territoires: a key gives a token, a token gives every aid, page by page."""

from maillage.aids.integrations.aides_territoires.client import Client, ServiceUnavailable

__all__ = ["Client", "ServiceUnavailable"]
