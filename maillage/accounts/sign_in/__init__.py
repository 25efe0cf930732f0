"""The way in: by a code in a letter, a password or a key, then the second factor; the library is allauth."""
