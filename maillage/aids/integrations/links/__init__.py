"""Does an address on the web still answer?"""

from maillage.aids.integrations.links.client import Link, probe

__all__ = ["Link", "probe"]
