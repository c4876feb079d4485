"""Everything that an import writes, made before its writing turn begins: citizens' answers wait for nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from skm.store import audit, counters, organisations
from skm.store.audit import Entry
from skm.store.database import Database
from skm.survey.organisation import FormerName, Token
from skm.usecases.city.counters import free_token
from skm.usecases.city.organisations import former_name
from skm.usecases.exchange.places_draft import CounterDraft, ServiceDraft
from skm.usecases.exchange.tree_draft import TreeDraft
from skm.usecases.noting import Deed, addition, at, difference


@dataclass
class Changes:
    """What becomes of the drafts in the store. `taken`: every token that was ever issued."""

    tree: TreeDraft
    services: ServiceDraft
    counters: CounterDraft
    by: Deed
    now: datetime
    taken: set[str]
    notes: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._names = [*self._former_names()]
        self._tokens = [self._token(counter.id) for counter, _ in self.counters.new]
        for note in (self._note_tree, self._note_services, self._note_counters):
            self.notes += note()

    def note(self, path: str, verb: str, name: str, after: dict[str, object]) -> None:
        """Adds a note of the whole below those of its parts."""
        self.notes += difference(self.by, self.now, path, verb, name, {}, after)

    def write(self, db: Database) -> None:
        """Writes it all, inside a transaction of the caller's."""
        tree = self.tree
        organisations.add(db, tree.new)
        organisations.change(db, [*(after for _, after in tree.changed), *tree.shifted])
        organisations.add_names(db, self._names)
        organisations.add_services(db, self.services.new)
        organisations.change_services(db, [after for _, after in self.services.changed])
        given = {counter.id: ids for counter, ids in self.counters.new}
        counters.add_all(db, [counter for counter, _ in self.counters.new], given, self._tokens)
        counters.change(db, [after for _, after, _, _ in self.counters.changed])
        counters.change_services(db, {after.id: ids for _, after, _, ids in self.counters.changed})
        audit.add_all(db, self.notes)

    def _former_names(self) -> Iterator[FormerName]:
        for known, after in self.tree.changed:
            if known.name != after.name:
                yield former_name(known, self.now)

    def _token(self, counter_id: str) -> Token:
        token = free_token(self.taken.__contains__)
        self.taken.add(token)
        return Token(token, counter_id, at(self.now), None)

    def _note_tree(self) -> Iterator[Entry]:
        by, now = self.by, self.now
        for each in self.tree.new:
            yield addition(by, now, each.path, "add_organisation", each.name, each)
        for known, after in self.tree.changed:
            name, verb = known.name, "edit_organisation"
            yield from difference(by, now, after.path, verb, name, vars(known), vars(after))

    def _note_services(self) -> Iterator[Entry]:
        by, now, path_of = self.by, self.now, self.tree.path_of
        for each in self.services.new:
            yield addition(by, now, path_of(each.unit_id), "add_service", each.name, each)
        for known, after in self.services.changed:
            path, name = path_of(known.unit_id), known.name
            yield from difference(by, now, path, "edit_service", name, vars(known), vars(after))

    def _note_counters(self) -> Iterator[Entry]:
        by, now, path_of, names = self.by, self.now, self.tree.path_of, self.counters.names
        for counter, given in self.counters.new:
            after = {"name": counter.name, "services": names(given)}
            yield from difference(by, now, path_of(counter.unit_id), "add_counter", counter.name, {}, after)
        for known, counter, before, given in self.counters.changed:
            was = {"name": known.name, "services": names(before)}
            after = {"name": counter.name, "services": names(given)}
            yield from difference(by, now, path_of(known.unit_id), "edit_counter", known.name, was, after)
