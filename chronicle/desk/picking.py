"""What pickers of documents, places and agents offer: each with what tells it from others of its name."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView


class Picking(AutocompleteJsonView):
    """Django's answer to a picker, with a few quiet words beside each record."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """Return the record, and what its admin says beside its name."""
        beside = getattr(self.model_admin, "beside_name", lambda _record: "")
        return {**super().serialize_result(obj, to_field_name), "beside": str(beside(obj))}
