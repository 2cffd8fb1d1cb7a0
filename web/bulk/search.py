"""The filter of the list of files, as it stands in the address."""

from wtforms import SelectField

from rules.bulk.progress import FileConcern
from web.shared.forms import ListFilters, choices_of


class FileSearch(ListFilters):
    """How the files stand that are wanted."""

    names = ("standing",)
    standing = SelectField("状態", choices=choices_of(FileConcern))

    @property
    def concern(self) -> FileConcern | None:
        """Give what the form's sound value names; None for all files."""
        return FileConcern(self.standing.data) if self.standing.data else None
