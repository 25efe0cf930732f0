"""The map: points in columns, clusters of any question in a tile, borders drawn by us. See docs/explanation/map.md.

Words: an *edition* names one state of the answers, and stands in the address of every tile; a *cell* is one
square of a tile's grid; a *stack* is a cell whose organisations stand at one point. Neighbours: `search`
says which rows meet a question, `views.map` serves tiles.
"""

from maillage.directory.map.borders import Borders, borders, borders_hash
from maillage.directory.map.columns import build_columns, columns_are_fresh, columns_folder, refresh_columns
from maillage.directory.map.mercator import NoSuchTile, TileAddress, tile_box
from maillage.directory.map.points import Points, edition_of, points_of
from maillage.directory.map.tiles import tile_of

__all__ = [
    "Borders",
    "NoSuchTile",
    "Points",
    "TileAddress",
    "borders",
    "borders_hash",
    "build_columns",
    "columns_are_fresh",
    "columns_folder",
    "edition_of",
    "points_of",
    "refresh_columns",
    "tile_box",
    "tile_of",
]
