"""What locations lie within, at the time of an event: one step upwards."""


def lying_within(location: str, event: str) -> str:
    """Return the subquery for what a location lies within when an event happened, on any basis, as `within_id`.

    A link holds if it has no period, or if its period meets the date under which the event is filed; an event without
    a date may have any. OFFSET 0 keeps the planner from joining whole tables at every step of a walk upwards.
    """
    return f"""(
        SELECT w.within_id
        FROM chronicle_locationwithin w
        WHERE w.location_id = {location} AND (w.period_range IS NULL OR (
            SELECT e.date_range IS NULL OR e.date_range && w.period_range FROM chronicle_event e WHERE e.id = {event}))
        OFFSET 0)"""
