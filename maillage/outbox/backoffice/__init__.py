"""The mail in the Wagtail admin, at /gestion/courrier/: letters, what letters cannot do, stopped addresses."""
