"""The SQL of publishing: the only writers of editions, of what readers see, and of a document's access.

`publish`, `publish_references`, `withdraw`, `withhold`, `release`, `hide_texts` and the others of `VERBS` are SECURITY
DEFINER functions of the owner; the desk login may execute them and nothing more. Each first takes the table of editions
in SHARE ROW EXCLUSIVE mode: publishing is serial, readers and curators are not hindered. (Locks on the events' rows
alone let two verbs that share a document cross each other.) The functions refuse any isolation but read committed,
whose statements see what was there when the lock was granted.

Everything passes through `staging.outgoing`: a row per record that is going out, with its snapshot, and the snapshot as
readers may see it (`disclosed`: without links to what is not public). It is truncated, not deleted from: the dead rows
of one long transaction cannot be vacuumed, and scanning them made a large call quadratic.
"""
