# ruff: noqa: E501 -- a payload is one word
"""Some sixty texts that are made to harm where they are shown, by kinds; each has an own word that nothing else has."""

RUNS = "zqran()"
"""What a script that runs would call."""

_HTML = (
    "<script>{0}</script>", "</script><script>{0}</script>", "<ScRiPt >{0}</sCrIpT>", "<img src=x onerror={0}>",
    "<img src=x onerror='{0}'//", "<body onload={0}>", "<details open ontoggle={0}>", "<iframe srcdoc='<script>{0}</script>'>",
    "<iframe src=javascript:{0}>", "<object data=javascript:{0}>", "<embed src=javascript:{0}>", "<base href=//zq.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:{0}'>", "<link rel=stylesheet href=//zq.example/x.css>",
    "<style>@import '//zq.example/x.css'</style>", "<form action=javascript:{0}><button>zq</button></form>",
    "<input autofocus onfocus={0}>", "<marquee onstart={0}>zq</marquee>", "<video><source onerror={0}></video>",
    "<template><script>{0}</script></template>", "<noscript><p title='</noscript><img src=x onerror={0}>'></noscript>",
    "<!--><script>{0}</script-->", "<![CDATA[<script>{0}</script>]]>", "<a href=javascript:{0}>zq</a>",
)  # fmt: skip
_ATTRIBUTES = (
    '" onmouseover="{0}', "' onmouseover='{0}", '" autofocus onfocus="{0}" x="', "` onload={0} `", '"><script>{0}</script>',
    "'><img src=x onerror={0}>", '" style="background:url(javascript:{0})', "&quot; onclick=&quot;{0}",
)  # fmt: skip
_ADDRESSES = (
    "javascript:{0}", "JaVaScRiPt:{0}", "java\tscript:{0}", "data:text/html,<script>{0}</script>", "vbscript:{0}",
    "//zq.example/%0d%0aSet-Cookie:zq=1", "../../../../etc/passwd", "\\\\zq.example\\share",
)  # fmt: skip
_DRAWINGS = (
    "<svg onload={0}>", "<svg><script>{0}</script></svg>", "<svg><animate onbegin={0} attributeName=x>",
    "<svg><a xlink:href=javascript:{0}><text>zq</text></a></svg>", "</text><script>{0}</script>", "</title><script>{0}</script>",
    "<math><mtext><script>{0}</script></mtext></math>",
)  # fmt: skip
_FILES = (
    "=cmd|'/c calc'!A0 zq", "+1+1 zq", "-2+3 zq", "@SUM(1) zq", "=HYPERLINK(\"//zq.example\",\"zq\")", '"}};{0}//', "]]>zq<!--",
    "\\\"}}]}}<script>{0}</script>",
)  # fmt: skip
_OTHERS = (
    "{{{{ 7*7 }}}} {{% debug %}} zq", "${{7*7}} #{{7*7}} zq", "\u202ezq txet\u202c", "\u2066zq\u2069 \u200b\ufeff", "zq " + "x" * 150,
    "zq\u0301\u0301\u0301\u0301 ﷽ 𝕫𝕢 👩‍👩‍👧",
)  # fmt: skip
_NAUGHTY = (
    "zq\x01\x07\x0b\x0c\x1b\x1f", "zq\x7f\x85\u2028\u2029\ufffe\uffff", "zq'; DROP TABLE zq;--", "zq NULL undefined nil 1E+02 0x0",
    "zq %s %n %(zq)s {{0}} {{zq}} ${{{{zq}}}}", "zq\r\nBcc: zq\r\n\t\tzq  zq",
)  # fmt: skip
KINDS = {
    "HTML": _HTML, "attribute": _ATTRIBUTES, "address": _ADDRESSES, "drawing": _DRAWINGS, "file": _FILES, "other": _OTHERS,
    "naughty": _NAUGHTY,
}  # fmt: skip
PAYLOADS = tuple(template.format(RUNS) for kind in KINDS.values() for template in kind)
NEVER_STORED = ("\x00", "a\x00b")
"""What PostgreSQL cannot hold: forms refuse it with words."""
