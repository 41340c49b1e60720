"""Documents and those who speak in them: a library without pages, roles or any knowledge of events."""
