"""What the app does to teach: from a refusal to a lesson, over a copy of the shipped corpus where that is asked."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from dnqa.app.background import run_apart
from dnqa.app.lifetime import LastingApp
from dnqa.app.prompts import prompt_for_copy, prompt_for_document, prompt_for_reviewer
from dnqa.app.screens.refused import RefusedScreen
from dnqa.app.screens.review import ReviewScreen
from dnqa.app.screens.synonyms import SynonymsScreen
from dnqa.app.screens.teach import Lesson, TeachScreen
from dnqa.errors import DnqaError
from dnqa.records import Answer, Passage
from dnqa.teaching.review import Reviewer, guess_name
from dnqa.text.characters import clean_line


class TeachingApp(LastingApp):
    """An app that carries out the commands that change what a corpus knows."""

    _reviewer_name = ""
    """Who reviews, once that was said; kept in memory alone."""
    _opened_by = ""
    """The command that opens the copy that was made, until a lesson was added to it."""

    def _do_teach(self, _: str) -> None:
        if turn := self.desk.log_view.chosen_turn:
            self._go_on_in_own(partial(self._give_lesson, turn.answer))

    def _do_refused(self, _: str) -> None:
        def end(answer: Answer | None) -> None:
            if answer:
                self._go_on_in_own(partial(self._give_lesson, answer))

        self.push_screen(RefusedScreen(self.session.refused), end)

    def _do_add(self, typed: str) -> None:
        def add() -> None:
            self.push_screen(prompt_for_document(self.session, typed, self.take_up_soon))

        self._go_on_in_own(add)

    def _do_undo(self, _: str) -> None:
        self.run_worker(self._take_back())

    def _do_review(self, typed: str) -> None:
        def begin(name: str) -> None:
            reviewer = Reviewer(name)
            self._reviewer_name = reviewer.name
            self.run_worker(self._review(reviewer))

        def ask() -> None:
            if name := clean_line(typed) or self._reviewer_name:
                begin(name)
            else:
                self.push_screen(prompt_for_reviewer("" if self.is_web else guess_name(), begin))

        self._go_on_in_own(ask)

    def _do_synonyms(self, _: str) -> None:
        def end(is_changed: bool | None) -> None:
            if is_changed:
                self.run_worker(self.reload("Synonyms changed"))

        try:
            self.push_screen(SynonymsScreen(self.session.library), end)
        except DnqaError as error:
            self.complain(error)

    # --- a corpus of one's own ---

    def _go_on_in_own(self, go_on: Callable[[], None]) -> None:
        """Go on in a corpus of one's own: in this one, or in a copy of the shipped one once it has been made."""

        def move(folder: Path) -> None:
            self.run_worker(self._move(folder, go_on))

        if self.session.is_shipped:
            self.push_screen(prompt_for_copy(move))
        else:
            go_on()

    async def _move(self, folder: Path, go_on: Callable[[], None]) -> None:
        """Ask a copy from now on, and go on there unless the next patient has begun meanwhile."""
        visit = self.session.visit
        named = clean_line(str(folder))
        self.desk.say(f"… {named} is being read")
        try:
            await run_apart(self.session.move_to, folder)
        except (DnqaError, OSError) as error:
            self.desk.say("")
            self.complain(error)
            return
        self._opened_by = f'dnqa --corpus "{named}"' if " " in named else f"dnqa --corpus {named}"
        await self.take_up(f"Copied, and asked from now on; next time “{self._opened_by}” opens this copy")
        if visit == self.session.visit:
            go_on()

    # --- lessons ---

    def _give_lesson(self, answer: Answer) -> None:
        """Let a person say what answers a question."""

        def end(lesson: Lesson | None) -> None:
            if lesson:
                self.run_worker(self._teach(*lesson))

        passages = self.session.list_likely(answer)
        self.push_screen(TeachScreen(answer.question, passages, self.finder, self.session.find_affected), end)

    async def _teach(self, question: str, passages: tuple[Passage, ...]) -> None:
        async with self.desk.holding_questions("… the lesson is being added"):
            try:
                path = await run_apart(self.session.teach, question, passages)
            except (DnqaError, OSError) as error:
                self.complain(error)
                return
        next_time = f"; next time “{self._opened_by}” opens this copy" if self._opened_by else ""
        self._opened_by = ""
        await self.take_up(f"Added to {clean_line(path.name)}, not yet reviewed; /undo takes it back{next_time}")

    async def _take_back(self) -> None:
        async with self.desk.holding_questions("… the lesson is being taken back"):
            try:
                question = await run_apart(self.session.take_back)
            except (DnqaError, OSError) as error:
                self.complain(error)
                return
        await self.take_up(f"Taken back: “{question}”")

    async def _review(self, reviewer: Reviewer) -> None:
        try:
            items = await run_apart(self.session.list_unreviewed)
        except (DnqaError, OSError) as error:
            self.complain(error)
            return
        if not items:
            self.tell("Nothing is left to review: somebody has agreed to all that is known here.")
            return

        def end(n_decided: int | None) -> None:
            if n_decided:
                self.run_worker(self.reload(f"{n_decided:,} reviewed by {reviewer.name}"))

        self.push_screen(ReviewScreen(items, reviewer, self.session.list_likely_for, self.finder), end)
