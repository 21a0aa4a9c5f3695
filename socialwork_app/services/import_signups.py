"""Import: the sign-up forms that units send back for a training course."""

from collections.abc import Iterator, Mapping, Sequence

from socialwork_app.domain import courses
from socialwork_app.domain.courses import INVITED, SIGNED_UP, WITHDRAWN, Place
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.imports import Mode, Outcome
from socialwork_app.domain.problems import warning
from socialwork_app.domain.sentences import sentence_of_problem
from socialwork_app.services.courses import Course, Courses
from socialwork_app.services.import_compare import Planned
from socialwork_app.services.import_entries import Entry
from socialwork_app.services.import_items import Items
from socialwork_app.services.import_plan import Plan
from socialwork_app.services.import_tables import RowProblem
from socialwork_app.services.levels_held import highest_held

CHUNK = 500
STATE = "sign_up_state"


class SignUps(Items):
    """Somebody is signed up once for a course; a second row, in the register or the file, adds what was left out."""

    def begin(self, entries: Sequence[Entry]) -> None:
        del entries
        known = [
            *self.standing.by_id_number.values(),
            *(row for rows in self.standing.by_name.values() for row in rows),
        ]
        ids = sorted({row["id"] for row in known})
        self._courses = Courses(self.opened)
        self._held = highest_held(self.opened, ids, self.today)
        self._busy: dict[int, list[Course]] = {}
        for start in range(0, len(ids), CHUNK):
            self._busy |= self._courses.of_people(ids[start : start + CHUNK])
        self._found: dict[int, Course] = {}
        self._states: dict[int, dict[object, str]] = {}

    def plan_item(self, entry: Entry, owner: Plan, values: Mapping[str, Value]) -> Planned:
        course = self._course(values["course"])
        fits = [one for one in self.children(owner, self.main.key) if one.values["course"] == course.id]
        if fits:
            return self._again(entry, owner, course, fits[0])
        self._warn_of_same_day(entry, owner, course)
        self._sign_up(entry, owner, course, {"level": self._held.get(owner.id or 0), **values})
        return Outcome.CREATED, []

    def _sign_up(self, entry: Entry, owner: Plan, course: Course, values: Mapping[str, Value]) -> Plan:
        own = {**values, STATE: SIGNED_UP, "signed_up_on": self.today.isoformat()}
        made = Plan(self.main.key, None, self.filled(self.main.key, own), {})
        owner.children.append(made)
        self._queue(entry, course, id(made))
        return made

    def _again(self, entry: Entry, owner: Plan, course: Course, stands: Plan) -> Planned:
        """Who was invited has now signed up, as the last; who withdrew is not signed up anew by a form that may be older."""
        values = entry.values[self.main.key]
        if stands.values[STATE] == WITHDRAWN:
            entry.problems.append(warning("course.stays_withdrawn", "course"))
            return Outcome.UNCHANGED, []
        if stands.values[STATE] == INVITED and self.mode is not Mode.SKIP:
            self._warn_of_same_day(entry, owner, course)
            owner.children.remove(stands)
            stood = {key: value for key, value in stands.values.items() if key != "id"}
            self._sign_up(entry, owner, course, {**stood, **values}).replaces = stands.id
            return Outcome.UPDATED, [self.cell_change(self.main.field(STATE), INVITED, SIGNED_UP)]
        return self.settled(entry, stands, values, first=False)

    def remarks(self) -> Iterator[RowProblem]:
        """Lists come in late: that a course takes no more sign-ups is said and locks nothing."""
        for course in self._found.values():
            for problem in courses.sign_up_problems(course.values, self.today):
                message = f"{course.title}：{sentence_of_problem(problem)}"
                yield RowProblem("", 0, "", "course", problem.code, message, problem.severity)

    def _course(self, row_id: Value) -> Course:
        key = int(row_id or 0)
        if key not in self._found:
            self._found[key] = self._courses.course(key)
        return self._found[key]

    def _warn_of_same_day(self, entry: Entry, owner: Plan, course: Course) -> None:
        others = [*self._busy.get(owner.id or 0, ()),
                  *(self._course(one.values["course"]) for one in owner.children if one.new)]  # fmt: skip
        titles = [other.title for other in others if other.id != course.id and other.days & course.days]
        if titles:
            entry.problems.append(warning("course.same_day", "course", titles="、".join(titles)))

    def _queue(self, entry: Entry, course: Course, sign_up: object) -> None:
        """Whoever finds all places taken waits, and is told as how-manieth."""
        if course.id not in self._states:
            stand = self._courses.participants(course)
            self._states[course.id] = {one.id: str(one.values[STATE]) for one in stand if one.values[STATE] != INVITED}
        states = self._states[course.id]
        states[sign_up] = SIGNED_UP
        if course.places is None or len(states) <= course.places:
            return
        standing = courses.standings(states.values(), course.places)[list(states).index(sign_up)]
        if standing.place is Place.WAITING:
            entry.problems.append(warning("course.will_wait", "course", number=standing.waiting_as))
