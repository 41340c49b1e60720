"""Links of documents: whether their addresses and their lasting copies elsewhere can still be found.

Nothing is asked but by `manage.py check_links`. `guard` refuses every address that leads into a private network,
`asking` asks for one, `turns` keep the requests to one host apart, `checking` asks for those of documents and writes
what was seen.
"""
