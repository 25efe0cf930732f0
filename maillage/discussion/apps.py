from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "maillage.discussion"
    label = "discussion"
    verbose_name = "Discussions"

    def ready(self) -> None:
        from maillage.discussion.manifest import MANIFEST
        from maillage.kernel.registry import introduce

        introduce(MANIFEST)
