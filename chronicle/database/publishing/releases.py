"""Releases of the whole: what was made, with its checksum, and where it was deposited."""

from chronicle.database.published import RELEASE
from chronicle.database.publishing.functions import function

RECORD_RELEASE = function(
    "record_release",
    "p_day date, p_sha256 text, p_size bigint, p_events integer, p_note text, p_number integer",
    f"""DECLARE
    written bigint := functions.written();
    following integer;
BEGIN
    PERFORM functions.begin_verb();
    SELECT coalesce(max(number), 0) + 1 INTO following FROM published.{RELEASE};
    IF p_number <> following THEN
        RAISE EXCEPTION 'The next release is number %, not %', following, p_number
            USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO published.{RELEASE} (number, day, sha256, size, events, note, address)
    VALUES (p_number, p_day, p_sha256, p_size, p_events, p_note, '');
    PERFORM functions.end_verb(written);
END""",
    is_verb=True,
)
"""`record_release(day, sha256, size, events, note, number)`: numbers follow one another, and none is used twice."""

RECORD_DEPOSIT = function(
    "record_deposit",
    "p_number integer, p_address text",
    f"""DECLARE
    written bigint := functions.written();
BEGIN
    PERFORM functions.begin_verb();
    UPDATE published.{RELEASE} SET address = p_address WHERE number = p_number;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no release %', p_number USING ERRCODE = 'foreign_key_violation';
    END IF;
    PERFORM functions.end_verb(written);
END""",
    is_verb=True,
)
"""`record_deposit(number, address)`: where an archive keeps a release, such as its DOI."""
