from maillage.steering.models.committee_file import CommitteeFile, CommitteePaper, Form

__all__ = ["CommitteeFile", "CommitteePaper", "Form"]
