from maillage.territories.models.commune import Commune, CommuneShape, FormerCommune, Neighbour, Population
from maillage.territories.models.territory import Epci, Territory

__all__ = ["Commune", "CommuneShape", "Epci", "FormerCommune", "Neighbour", "Population", "Territory"]
