"""Letters of the room: to who holds a project, to the team, to partners."""

from maillage.desk.notices import holders, team

LETTERS = (*holders.LETTERS, *team.LETTERS)

__all__ = ["LETTERS"]
