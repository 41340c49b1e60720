"""How readers see the name of a person at risk: hidden at once, in editions too; shown again from the next one on."""

from chronicle.database.published import AGENT, REDIRECT
from chronicle.database.publishing.functions import function

MASKED = " || ".join(
    f"jsonb_build_object('{column}', o.{column})" for column in ("slug", "name", "name_sorted", "name_shown")
)


def _cut(schema: str) -> str:
    return f"""
    UPDATE {schema}.chronicle_edition e SET
        slug = o.slug, shape = functions.shape(), note = '',
        snapshot = l.s || jsonb_build_object('sources_agent', (SELECT jsonb_agg(r || {MASKED})
            FROM jsonb_array_elements(l.s -> 'sources_agent') AS u(r)), 'sources_agentname', '[]'::jsonb)
    FROM outgoing.sources_agent o, {schema}.chronicle_edition x
    CROSS JOIN LATERAL (SELECT functions.lifted(x.snapshot, x.shape) AS s) l
    WHERE x.id = e.id AND o.id = e.agent_id AND e.agent_id = ANY(agents) AND NOT e.is_tombstone;"""


NAME_AGENTS = function(
    "name_agents",
    "p_agents bigint[], p_shown text",
    f"""DECLARE
    written bigint := functions.written();
    agents bigint[];
BEGIN
    PERFORM functions.begin_verb();
    agents := ARRAY(SELECT a.id FROM desk.sources_agent a
                    WHERE a.id = ANY(p_agents) OR a.merged_into_id = ANY(p_agents) ORDER BY a.id);
    UPDATE desk.sources_agent a SET name_shown = p_shown WHERE a.id = ANY(agents) AND a.name_shown <> p_shown;
    IF p_shown <> 'full' THEN
        {_cut("desk")}
        {_cut("published")}
        DELETE FROM published.sources_agentname n WHERE n.agent_id = ANY(agents);
        UPDATE published.sources_agent p SET slug = o.slug, name = o.name, name_sorted = o.name_sorted,
            name_shown = o.name_shown
        FROM outgoing.sources_agent o WHERE o.id = p.id AND p.id = ANY(agents);
        DELETE FROM published.{REDIRECT} t WHERE t.subject = '{AGENT.subject}' AND t.number = ANY(agents);
    END IF;
    PERFORM functions.end_verb(written);
    RETURN agents;
END""",
    returns="bigint[]",
    is_verb=True,
)
"""`name_agents(agents, shown)`: what was merged into them goes along, since it may bear the same name.

In full, nothing changes until the agent is published again: what was cut out of an edition stays out.
"""
