"""What people ask of the directory, and the form that shows it."""

from maillage.directory.forms.question import FILTERS, PAGE_SIZE, RADII_KM, SORTS, Question, ask, clean, read_question
from maillage.directory.forms.search import SearchForm

__all__ = ["FILTERS", "PAGE_SIZE", "RADII_KM", "SORTS", "Question", "SearchForm", "ask", "clean", "read_question"]
