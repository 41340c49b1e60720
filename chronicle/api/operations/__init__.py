"""What can be asked for: one module for each kind of record, with the same filters as the pages for readers."""
