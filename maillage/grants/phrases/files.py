"""What documents of a grant are refused with."""

from __future__ import annotations

SAY_SIGNED_ON = "Dites quel jour cet exemplaire est signé."
NOT_SIGNED = "Les justificatifs viennent après la signature."
SIGNED_BY_ALL = "Cette convention est déjà signée de tous : elle ne change plus ici."
WHICH_PAYMENT = "Dites pour quel versement."
REPORT_ACCEPTED = "Ce bilan est accepté : il ne reçoit plus de pièces."
FULL = "Les pièces de cette aide font plus de {most} Mo en tout : retirez-en, ou allégez celle-ci."
GONE = "Ce document n’est plus là."
USED = "L’équipe s’est déjà appuyée sur ce document : demandez-lui de le retirer."
SENT_MEANWHILE = "Ce document vient d’être déposé."
FILE_OF = "votre aide pour « {project} »"
