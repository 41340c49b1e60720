"""Curators' accounts: how they come to be, how they are opened, and a record of both. Only where there is a desk."""
