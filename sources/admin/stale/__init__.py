"""Stale saves: what a curator saw is compared with what stands there now, and nothing is overwritten in silence.

Every form carries a token: which revision of each row it shows (`positions`). When it comes back, the record is locked
and looked at again; what others saved meanwhile is compared with what was typed (`comparing`, `weighing`), and shown
side by side (`wording`) until the curator has decided.
"""
