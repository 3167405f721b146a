"""The desktop registry of a national POEMS syndrome clinic."""

__version__ = "0.1.0"
