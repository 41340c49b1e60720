"""The read-only JSON interface: what is published, record by record and list by list, for programs.

It reads through the alias `published` alone, as readers' pages do; its filters are theirs, and its lists are in their
order. What it answers with is described as OpenAPI 3.1 at /api/openapi.json, for people at /api/.
"""
