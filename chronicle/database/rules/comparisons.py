"""Comparisons of two values: functions that look at nothing but their arguments.

Their bodies are of the standard's form (`RETURN`), bound when they are created: no search path can lead them astray.
"""

from typing import Final

FIGURE_COMPARED: Final = """
CREATE OR REPLACE FUNCTION functions.figure_compared(figure numrange, is_approximate boolean) RETURNS numrange
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN is_approximate THEN numrange(
    lower(figure) * 0.9, upper(figure) * 1.1,
    CASE WHEN lower_inc(figure) THEN '[' ELSE '(' END || CASE WHEN upper_inc(figure) THEN ']' ELSE ')' END)
ELSE figure END;
"""

MONTHS_OF_UNIT: Final = """
CREATE OR REPLACE FUNCTION functions.months_of_unit(date_edtf text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN date_edtf ~ '^-?[0-9]{4}-(0[1-9]|1[0-2])$' THEN 1
    WHEN date_edtf ~ '^-?[0-9]{4}-(2[1-9]|3[0-6])$' THEN 3
    WHEN date_edtf ~ '^-?[0-9]{4}-3[7-9]$' THEN 4
    WHEN date_edtf ~ '^-?[0-9]{4}-4[01]$' THEN 6
    WHEN date_edtf ~ '^-?[0-9]{4}$' THEN 12
    WHEN date_edtf ~ '^-?[0-9]{3}X$' THEN 120
    WHEN date_edtf ~ '^-?[0-9]{2}XX$' THEN 1200
END;
"""

# What the first date of an interval allows. Where its unit is not a plain one, every day of the interval: no dispute is
# made up. The unit that widens an approximate start downwards widens it upwards as well.
BEGINNING: Final = """
CREATE OR REPLACE FUNCTION functions.beginning(date_edtf text, dates daterange, widened daterange) RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN strpos(date_edtf, '/') = 0 OR lower_inf(dates) THEN widened
    WHEN translate(split_part(date_edtf, '/', 1), '?~%', '') ~ '^-?[0-9]{4}-[0-9]{2}-[0-9]{2}$'
        THEN daterange(lower(widened), lower(dates) + 1 + (lower(dates) - lower(widened)))
    ELSE widened * daterange(lower(widened), (
        lower(dates)
        + make_interval(months => functions.months_of_unit(translate(split_part(date_edtf, '/', 1), '?~%', '')))
    )::date + (lower(dates) - lower(widened)))
END;
"""

ENDING: Final = """
CREATE OR REPLACE FUNCTION functions.ending(date_edtf text, dates daterange, widened daterange) RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN strpos(date_edtf, '/') = 0 OR upper_inf(dates) THEN widened
    WHEN translate(split_part(date_edtf, '/', 2), '?~%', '') ~ '^-?[0-9]{4}-[0-9]{2}-[0-9]{2}$'
        THEN daterange(upper(dates) - 1 - (upper(widened) - upper(dates)), upper(widened))
    ELSE widened * daterange((
        upper(dates)
        - make_interval(months => functions.months_of_unit(translate(split_part(date_edtf, '/', 2), '?~%', '')))
    )::date - (upper(widened) - upper(dates)), upper(widened))
END;
"""

DATE_VERDICT: Final = """
CREATE OR REPLACE FUNCTION functions.date_verdict(
    a_moment text, a_dates daterange, a_beginning daterange, a_ending daterange,
    b_moment text, b_dates daterange, b_beginning daterange, b_ending daterange) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN (a_moment = 'broken') <> (b_moment = 'broken') THEN 'different_things'
    WHEN 'not_stated' IN (a_moment, b_moment)
        THEN CASE WHEN a_dates && b_dates THEN 'differ_in_precision' ELSE 'may_disagree' END
    WHEN CASE
        WHEN (a_moment, b_moment) = ('whole', 'began') THEN a_beginning && b_dates
        WHEN (a_moment, b_moment) = ('began', 'whole') THEN a_dates && b_beginning
        WHEN (a_moment, b_moment) = ('whole', 'ended') THEN a_ending && b_dates
        WHEN (a_moment, b_moment) = ('ended', 'whole') THEN a_dates && b_ending
        ELSE a_moment <> b_moment OR a_dates && b_dates
    END THEN CASE
        WHEN a_moment = b_moment OR (a_moment, b_moment) IN (
            ('whole', 'began'), ('began', 'whole'), ('whole', 'ended'), ('ended', 'whole')) THEN 'differ_in_precision'
        ELSE 'different_things'
    END
    ELSE 'disagree'
END;
"""

FIGURE_VERDICT: Final = """
CREATE OR REPLACE FUNCTION functions.figure_verdict(
    a_figure numrange, a_unit bigint, a_population bigint, a_side bigint, a_period daterange,
    b_figure numrange, b_unit bigint, b_population bigint, b_side bigint, b_period daterange) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN a_unit <> b_unit OR a_population <> b_population OR a_side <> b_side OR a_period <> b_period
        THEN 'different_things'
    WHEN a_figure && b_figure THEN 'differ_in_precision'
    WHEN a_population IS NOT DISTINCT FROM b_population AND a_side IS NOT DISTINCT FROM b_side
        AND a_period IS NOT DISTINCT FROM b_period THEN 'disagree'
    ELSE 'may_disagree'
END;
"""

# A citation has a speaker here only where it says when it was stated; so one speaker of all means that all say when.
REVISED_VERDICT: Final = """
CREATE OR REPLACE FUNCTION functions.revised_verdict(
    verdict text, a_speakers text[], a_stated daterange[], b_speakers text[], b_stated daterange[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN verdict NOT IN ('disagree', 'may_disagree', 'differ_in_precision')
        OR (a_speakers[1] = ALL (a_speakers || b_speakers)) IS NOT TRUE
        THEN verdict
    WHEN range_merge(datemultirange(VARIADIC a_stated)) << range_merge(datemultirange(VARIADIC b_stated))
        OR range_merge(datemultirange(VARIADIC a_stated)) >> range_merge(datemultirange(VARIADIC b_stated))
        THEN 'revised'
    ELSE verdict
END;
"""

# Names follow EDTF: 20XX, 202X, 2020, 2020-10, 2020-10-09. PostgreSQL counts 44 BC as -44, EDTF as -0043.
EDTF_YEAR: Final = """
CREATE OR REPLACE FUNCTION functions.edtf_year(day date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN extract(year FROM day) > 9999 OR extract(year FROM day) < -9999 THEN NULL
    WHEN extract(year FROM day) < -1 THEN '-' || lpad((-1 - extract(year FROM day))::integer::text, 4, '0')
    WHEN extract(year FROM day) = -1 THEN '0000'
    ELSE lpad(extract(year FROM day)::integer::text, 4, '0')
END;
"""

CREATIONS: Final = (
    FIGURE_COMPARED,
    MONTHS_OF_UNIT,
    BEGINNING,
    ENDING,
    DATE_VERDICT,
    FIGURE_VERDICT,
    REVISED_VERDICT,
    EDTF_YEAR,
)
FUNCTIONS: Final = "".join(CREATIONS)
"""Creates the functions, also over older ones of the same arguments."""

FUNCTION_NAMES: Final = tuple(creation.split("functions.", 1)[1].split("(", 1)[0] for creation in CREATIONS)
"""What a login that reads the views has to be allowed to execute."""
