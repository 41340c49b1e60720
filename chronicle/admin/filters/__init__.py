"""What the lists of the desk can be narrowed down by, besides the columns: each in the address, and all together."""

from chronicle.admin.filters.chosen import AtPlace, Citing, FilteredByChoice
from chronicle.admin.filters.hands import InHands
from chronicle.admin.filters.period import InPeriod
from chronicle.admin.filters.work import InWorklist

__all__ = ["AtPlace", "Citing", "FilteredByChoice", "InHands", "InPeriod", "InWorklist"]
