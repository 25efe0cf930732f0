"""What a pipeline says when it cannot go on: one French sentence, where it happened, what to do."""


class PipelineError(Exception):
    """A source could not be read or its result was refused; nothing was written.

    message: French, shown as it stands to the person who started the import.
    where: file, line or column, French; empty when the message already says it.
    advice: what to do next, French, one sentence.
    """

    def __init__(self, message: str, *, where: str = "", advice: str = "") -> None:
        self.message = message
        self.where = where
        self.advice = advice
        super().__init__(" ".join(part for part in (message, f"({where})" if where else "", advice) if part))


class RowsLost(PipelineError):
    """A layer lost more than a tenth of its rows since the last run; a person may go on by force."""
