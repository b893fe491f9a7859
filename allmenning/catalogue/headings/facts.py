"""What the register knows, in the place of what records write."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from dataclasses import replace as with_changes

from allmenning.authorities import queries as register
from allmenning.authorities.queries import Brief
from allmenning.authorities.statement import NO_LANGUAGE
from allmenning.catalogue import sql
from allmenning.catalogue.description import Agent, Description, Subject


@dataclass(frozen=True, slots=True)
class LinkedHeading:
    """An entity that a work's records name, as agent or subject. ``forms``: all it is called, in every language."""

    role: str
    entity: Brief
    forms: tuple[str, ...]


Key = tuple[str, str, str, str]  # role, kind, text, dates


class Headings:
    """The linked headings of some records. ``of`` gives a record's own."""

    def __init__(self, record_ids: Collection[int]) -> None:
        rows = sql.rows(
            """SELECT used.record_id, heading.role, heading.kind, heading.text, heading.dates, heading.entity_id
               FROM catalogue_headinguse used JOIN catalogue_writtenheading heading ON heading.id = used.heading_id
               WHERE heading.entity_id IS NOT NULL AND used.record_id IN ({ids})""",
            record_ids,
        )
        self._of: dict[int, dict[Key, int]] = {}
        for record_id, role, kind, text, dates, entity_id in rows:
            # Subjects are told of without their dates.
            key = (role, kind, text, dates if role == "agent" else "")
            self._of.setdefault(record_id, {})[key] = entity_id
        ids = {row[5] for row in rows}
        self._entities = register.brief(ids) if ids else {}
        self._forms = register.all_forms(ids) if ids else {}

    def __bool__(self) -> bool:
        return bool(self._of)

    def applied(self, record_id: int, description: Description) -> Description:
        """The description with the register's headings. What is not linked stays as the record writes it."""
        links = self._of.get(record_id)
        if not links:
            return description
        return with_changes(
            description,
            agents=tuple(dict.fromkeys(self._agent(each, links) for each in description.agents)),
            subjects=tuple(dict.fromkeys(self._subject(each, links) for each in description.subjects)),
        )

    def linked(self, record_ids: Collection[int]) -> tuple[LinkedHeading, ...]:
        """Of all these records together, agents first, by name."""
        found = {
            (key[0], entity_id) for record_id in record_ids for key, entity_id in self._of.get(record_id, {}).items()
        }
        made = [
            LinkedHeading(role, self._entities[entity_id], self._forms.get(entity_id, ()))
            for role, entity_id in found
            if entity_id in self._entities
        ]
        return tuple(sorted(made, key=lambda each: (each.role, each.entity.name, each.entity.id)))

    def _agent(self, agent: Agent, links: Mapping[Key, int]) -> Agent:
        entity = self._entities.get(links.get(("agent", agent.kind, agent.name, agent.dates), 0))
        return agent._replace(name=entity.name, dates=entity.dates or agent.dates) if entity else agent

    def _subject(self, subject: Subject, links: Mapping[Key, int]) -> Subject:
        entity = self._entities.get(links.get(("subject", subject.kind, subject.label, ""), 0))
        if entity is None:
            return subject
        label = entity.label("nb")
        return subject._replace(label=label.text, language="" if label.language == NO_LANGUAGE else label.language)
