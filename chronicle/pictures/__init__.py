"""Drawings as files that stand alone: SVG with its looks as attributes, and PNG with fonts of our own."""

from chronicle.pictures.looks import dressed, standing_alone
from chronicle.pictures.raster import png

__all__ = ["dressed", "png", "standing_alone"]
