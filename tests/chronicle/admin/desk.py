"""A curator's browser without a browser: log in, take a form as it is shown, send it back with changes."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group, User
from django.test import Client
from django.urls import reverse

from sources.models.record import Record


def logged_in(user: AbstractBaseUser) -> Client:
    client = Client()
    client.force_login(user)
    return client


def curator(role: str, name: str = "") -> User:
    """An account in the group of a role."""
    user = get_user_model().objects.create_user(name or role, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def contributor() -> User:
    """A curator who may edit everything, and neither publish nor withhold."""
    return curator("contributor")


def url(record: Record, page: str = "change") -> str:
    options = record._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_{page}", args=[record.pk])


def list_url(model: type[Record], page: str = "changelist") -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


def shown(response: Any) -> dict[str, Any]:
    """What the browser would send if nothing were touched."""
    forms = [response.context["adminform"].form]
    token = {"seen": response.context.get("seen", "")}
    for inline in response.context["inline_admin_formsets"]:
        is_open = inline.has_change_permission or inline.has_add_permission
        forms += [inline.formset.management_form, *(inline.formset.forms if is_open else [])]
    values = {field.html_name: field.value() for form in forms for field in form}
    sent = {name: "" if value is None else str(value) for name, value in values.items() if value is not False}
    return sent | token


def saved(client: Client, address: str, **changes: Any) -> Any:
    """Take the form at this address, change it and send it; `None` leaves a field out."""
    data = shown(client.get(address)) | changes
    return client.post(address, {name: value for name, value in data.items() if value is not None})


def acted(client: Client, model: type[Record], name: str, *records: Record, **options: Any) -> Any:
    """Mark records in the list as it is shown, and choose the action."""
    page = client.get(list_url(model))
    marked = {"action": name, "_selected_action": [record.pk for record in records], "seen": page.context["seen"]}
    return client.post(list_url(model), {**marked, **options.pop("data", {})}, **options)


def confirmed(client: Client, model: type[Record], verb: str, answers: dict[str, Any], **options: Any) -> Any:
    """Open the page of a verb and confirm what it shows."""
    page = client.get(list_url(model, verb), {"id": answers["id"]})
    return client.post(list_url(model, verb), {**tokens(page), **answers}, **options)


def tokens(page: Any) -> dict[str, str]:
    """What the page of a verb says of what it shows."""
    return {"seen": page.context["preview"].seal, "shown": page.context["shown"]}


def deleted(client: Client, record: Record) -> Any:
    """Open the page that asks whether to delete, and say yes."""
    page = client.get(url(record, "delete"))
    return client.post(url(record, "delete"), {"post": "yes", "seen": page.context["seen"]})


def row(prefix: str, index: int, **values: Any) -> dict[str, Any]:
    """A row of an inline, as the browser names its fields."""
    return {f"{prefix}-{index}-{name}": value for name, value in values.items()}


def errors(response: Any) -> dict[str, list[str]]:
    """The errors of a page that came back, by the names of the fields."""
    assert response.status_code == 200
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += inline.formset.forms
    return {form.add_prefix(name): list(found) for form in forms for name, found in form.errors.items()}


def told(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]
