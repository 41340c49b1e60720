"""The desk as a whole: Django's admin site with pages of our own. The pages of records are in `chronicle.admin`."""
