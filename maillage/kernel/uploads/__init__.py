"""What people send, made harmless before it is kept: pictures drawn anew, documents taken apart.

Words: a file is *cleaned* (the bytes that are kept are ours) or *refused* with a French sentence; nothing is guessed
from its name. Neighbours: the rooms keep what comes out; nobody keeps what came in.
"""

from maillage.kernel.uploads.antivirus import CheckedDocument, check_document, scan
from maillage.kernel.uploads.documents import CleanDocument, clean_document
from maillage.kernel.uploads.pictures import CleanPicture, clean_picture
from maillage.kernel.uploads.refusal import UploadRefused

__all__ = [
    "CheckedDocument",
    "CleanDocument",
    "CleanPicture",
    "UploadRefused",
    "check_document",
    "clean_document",
    "clean_picture",
    "scan",
]
