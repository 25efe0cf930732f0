"""The back office of the directory, in the Wagtail admin at /gestion/annuaire/.

Screens: sheets (list, bulk acts, form), history, imports, duplicates, and today's list on the home.
Every write goes through maillage.directory.actions, in the name of the person who is signed in.
"""
