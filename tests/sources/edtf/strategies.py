"""Random strings for property tests: valid ones of every kind, with nothing known of their meaning, and garbage."""

from hypothesis import strategies as st

YEARS = st.one_of(
    st.from_regex(r"-?[1-9][0-9]{3}", fullmatch=True),
    st.from_regex(r"0[0-9]{3}", fullmatch=True),
    st.from_regex(r"-?[1-9][0-9X]XX|-?[1-9][0-9]{2}X|[0-9X]{4}", fullmatch=True),
)
LONG_YEARS = st.from_regex(r"Y-?[1-9][0-9]{4,8}(S[1-5])?|Y-?[1-9][0-9]?E[1-9]|[1-9][0-9]{3}S[1-4]", fullmatch=True)
MONTHS = st.from_regex(r"0[1-9]|1[0-2]|XX|0X|1X|X1", fullmatch=True)
SEASONS = st.integers(21, 41).map(str)
DAYS = st.from_regex(r"0[1-9]|1[0-9]|2[0-8]|XX|0X|1X|2X|X1", fullmatch=True)
QUALIFIERS = st.sampled_from(["", "", "", "?", "~", "%"])


@st.composite
def dates(draw):
    if draw(st.integers(0, 9)) == 0:
        return draw(LONG_YEARS) + draw(QUALIFIERS)
    text = draw(QUALIFIERS) + draw(YEARS) + draw(QUALIFIERS)
    shape = draw(st.sampled_from(["year", "month", "day", "season"]))
    if shape == "year":
        return text
    month = draw(SEASONS if shape == "season" else MONTHS)
    text += "-" + draw(QUALIFIERS) + month + draw(QUALIFIERS)
    return text + "-" + draw(QUALIFIERS) + draw(DAYS) + draw(QUALIFIERS) if shape == "day" else text


@st.composite
def plain_days(draw):
    day = draw(st.dates())
    return f"{day.year:04}-{day.month:02}-{day.day:02}"


MOMENTS = st.from_regex(r"20[0-9]{2}-0[1-9]-1[0-9]T1[0-9]:[0-5][0-9]:00(Z|[+]0[1-9](:30)?)?", fullmatch=True)
INTERVALS = st.one_of(
    st.lists(plain_days(), min_size=2, max_size=2).map(lambda ends: "/".join(sorted(ends))),
    dates().map(lambda date: f"{date}/.."),
    dates().map(lambda date: f"../{date}"),
    dates().map(lambda date: f"{date}/"),
    dates().map(lambda date: f"/{date}"),
)
MEMBERS = st.lists(dates(), min_size=1, max_size=5).map(",".join)
SETS = st.one_of(
    MEMBERS.map(lambda members: f"[{members}]"),
    MEMBERS.map(lambda members: f"{{{members}}}"),
    st.lists(plain_days(), min_size=2, max_size=2).map(lambda ends: f"[{'..'.join(sorted(ends))}]"),
    dates().map(lambda date: f"[..{date}]"),
    dates().map(lambda date: f"{{{date}..}}"),
)
EDTF_TEXTS = st.one_of(dates(), plain_days(), MOMENTS, INTERVALS, SETS)
NEARLY = st.text(alphabet="0123456789X-~?%/.,[]{}YESTZ:+ ", max_size=40)
GARBAGE = st.one_of(st.text(), NEARLY, st.characters().map(lambda character: f"2020-10-09{character}"))
