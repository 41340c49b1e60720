"""The verbs that publish, and the list of all verbs."""

from chronicle.database.published import REFERENCES, STANDING
from chronicle.database.publishing.functions import FEW, SLICE, function
from chronicle.database.publishing.statistics import FIRST_SLICE, TIMES

SIGNED = "p_editor integer, p_signed_as text, p_note_kind text, p_note text"


PUBLISH = function(
    "publish",
    f"p_events bigint[], {SIGNED}",
    f"""DECLARE
    written bigint := functions.written();
    ids bigint[];
    published bigint[] := '{{}}';
    left_behind text[];
    slice record;
    size integer := {SLICE};
    done integer := 0;
    looked integer := 0;
    is_large boolean;
BEGIN
    PERFORM functions.begin_verb();
    ids := ARRAY(SELECT DISTINCT u.id FROM unnest(p_events) AS u(id) ORDER BY 1);
    is_large := cardinality(ids) > {SLICE};
    IF is_large THEN
        size := {FIRST_SLICE};
        TRUNCATE staging.outgoing, staging.needed;
        PERFORM functions.look_at_desk(cardinality(ids));
    ELSIF cardinality(ids) <= {FEW} THEN
        PERFORM set_config('plan_cache_mode', 'force_generic_plan', TRUE);
    END IF;
    PERFORM functions.gather('event', ids);
    left_behind := functions.publish_needed(p_editor, p_signed_as, p_note_kind, '');
    IF is_large THEN PERFORM functions.look_at_references((SELECT count(*) FROM staging.needed)); END IF;
    WHILE done < cardinality(ids) LOOP
        SELECT * INTO slice FROM functions.publish_event_slice(
            ids[done + 1 : done + size], p_editor, p_signed_as, p_note_kind, p_note);
        published := published || coalesce(slice.made, '{{}}');
        left_behind := left_behind || coalesce(slice.left_behind, '{{}}');
        done := done + size;
        size := {SLICE};
        IF is_large AND done >= {TIMES} * looked THEN
            PERFORM functions.look_at_events(done);
            looked := done;
        END IF;
    END LOOP;
    PERFORM functions.sweep(left_behind);
    PERFORM functions.end_verb(written);
    RETURN published;
END""",
    returns="bigint[]",
    is_verb=True,
)


PUBLIC_ONES = " ".join(
    f"WHEN '{record.subject}' THEN ARRAY(SELECT p.id FROM published.{record.root.name} p WHERE p.id = ANY(p_ids))"
    for record in REFERENCES
) + "".join(f" WHEN '{record.subject}' THEN p_ids" for record in STANDING)
"""Which of the asked records may go out by themselves: references that are public already, and all that stand alone."""


PUBLISH_REFERENCES = function(
    "publish_references",
    f"p_subject text, p_ids bigint[], {SIGNED}",
    f"""DECLARE
    written bigint := functions.written();
    first_edition bigint;
BEGIN
    PERFORM functions.begin_verb();
    first_edition := (SELECT coalesce(max(e.id), 0) FROM desk.chronicle_edition e);
    PERFORM functions.gather(p_subject, CASE p_subject {PUBLIC_ONES} END);
    PERFORM functions.sweep(functions.publish_needed(p_editor, p_signed_as, p_note_kind, p_note));
    PERFORM functions.end_verb(written);
    RETURN ARRAY(SELECT e.id FROM desk.chronicle_edition e WHERE e.id > first_edition ORDER BY e.id);
END""",
    returns="bigint[]",
    is_verb=True,
)


VERBS = {
    "publish": f"bigint[], {SIGNED}",
    "publish_references": f"text, bigint[], {SIGNED}",
    "withdraw": "bigint[], integer, text, text",
    "withdraw_standing": "text, bigint[], integer, text, text",
    "withhold": "bigint[], text, integer",
    "release": "bigint[], text",
    "name_agents": "bigint[], text",
    "hide_texts": "bigint[], bigint[]",
    "purge_file": "bigint, integer, text",
    "purge_text": "text, bigint, text, integer, text, timestamptz",
    "purge_record": "text, bigint, integer, text, timestamptz",
    "redirect_merged": "text, bigint",
    "record_release": "date, text, bigint, integer, text, integer",
    "record_deposit": "integer, text",
}
"""What the desk login may execute, by name; the owner's privileges stand behind each."""
