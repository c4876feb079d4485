"""Everything that an import writes, made before it takes the write lock: citizens' answers wait for nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from skm.store import counters, organisations
from skm.survey.organisation import Counter, FormerName, Token
from skm.usecases.city.counters import free_token
from skm.usecases.city.organisations import former_name
from skm.usecases.deed import Deed, Log, Notes, Values
from skm.usecases.exchange.services_draft import CounterDraft, ServiceDraft
from skm.usecases.exchange.tree_draft import TreeDraft


@dataclass
class Changes:
    """What becomes of the drafts in the store. `taken`: every token that was ever issued."""

    tree: TreeDraft
    services: ServiceDraft
    counters: CounterDraft
    deed: Deed
    taken: set[str]

    def __post_init__(self) -> None:
        self._names = [*self._former_names()]
        self._tokens = [self._token(counter.id) for counter, _ in self.counters.new]
        self.notes = Notes(self.deed)
        for note in (self._note_tree, self._note_services, self._note_counters):
            note()

    def write(self, log: Log) -> None:
        """Writes it all, within the caller's deed."""
        db, tree = log.db, self.tree
        organisations.add(db, tree.new)
        organisations.change(db, [after for _, after in tree.changed])
        for day, moved in tree.moves:
            organisations.move(db, moved, day)
        organisations.add_names(db, self._names)
        organisations.add_services(db, self.services.new)
        organisations.change_services(db, [after for _, after in self.services.changed])
        given = {counter.id: ids for counter, ids in self.counters.new}
        counters.add_all(db, [counter for counter, _ in self.counters.new], given, self._tokens)
        counters.change(db, [after for _, after, _, _ in self.counters.changed])
        counters.change_services(db, {after.id: ids for _, after, _, ids in self.counters.changed})
        log.take(self.notes)

    def _former_names(self) -> Iterator[FormerName]:
        for before, after in self.tree.changed:
            if before.name != after.name:
                yield former_name(before, self.deed.at)

    def _token(self, counter_id: str) -> Token:
        token = free_token(self.taken.__contains__)
        self.taken.add(token)
        return Token(token, counter_id, self.deed.moment, None)

    def _note_tree(self) -> None:
        for each in self.tree.new:
            path = self.tree.path_of(each.id)
            self.notes.added(path, "add_organisation", each.name, replace(each, path=path))
        for before, after in self.tree.changed:
            moved = {"since": self.tree.days[after.id]} if after.id in self.tree.days else {}
            self.notes.changed(
                after.path, "edit_organisation", before.name, vars(before), vars(after) | moved
            )

    def _note_services(self) -> None:
        for each in self.services.new:
            self.notes.added(self.tree.path_of(each.unit_id), "add_service", each.name, each)
        for before, after in self.services.changed:
            path = self.tree.path_of(before.unit_id)
            self.notes.changed(path, "edit_service", before.name, vars(before), vars(after))

    def _note_counters(self) -> None:
        for counter, given in self.counters.new:
            path, after = self.tree.path_of(counter.unit_id), self._values(counter, given)
            self.notes.changed(path, "add_counter", counter.name, {}, after)
        for standing, counter, before, given in self.counters.changed:
            path, was = self.tree.path_of(standing.unit_id), self._values(standing, before)
            self.notes.changed(path, "edit_counter", standing.name, was, self._values(counter, given))

    def _values(self, counter: Counter, service_ids: Sequence[str]) -> Values:
        return {"name": counter.name, "services": self.counters.names(service_ids)}
