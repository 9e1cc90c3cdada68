"""What the panel of prompts asks: prompts, models, pictures, a trait."""

from dataclasses import dataclass

from replearn.encoders.registry import has_capability
from replearn.studies.groups.audit_options import PARAPHRASES, AuditOptions
from replearn.studies.groups.pairs import PEOPLE, SKIN_TONE, TRAIT
from replearn.studies.groups.shipped_audit import PROMPTS

PEOPLE_DRAWN, OWN = "emoji of people", "the data set above"
WHOSE = [PEOPLE_DRAWN, OWN]
FIRST_TRAIT = SKIN_TONE


@dataclass(frozen=True)
class AuditAsked:
    """The inputs of the panel, in order."""

    model: str
    dataset: str
    prompts: str
    beside: list[str]
    whose: str
    trait: str
    column: str
    compared: str
    templates: str
    against: str

    @property
    def models(self) -> tuple[str, ...]:
        """The model above, if it reads text, and those beside it."""
        left = [self.model] if has_capability(self.model, "text") else []
        return tuple(dict.fromkeys([*left, *(self.beside or [])]))

    @property
    def pairs(self) -> str:
        """The name of the data set."""
        return PEOPLE if self.whose == PEOPLE_DRAWN else self.dataset

    @property
    def named_trait(self) -> str:
        """The column that tells the pictures of a pair apart."""
        return self.trait if self.whose == PEOPLE_DRAWN else (self.column or "").strip() or TRAIT

    @property
    def lines(self) -> tuple[str, ...]:
        """The prompts."""
        return _lines(self.prompts)

    @property
    def options(self) -> AuditOptions:
        """How they are audited."""
        two = tuple(part.strip() for part in (self.compared or "").split(" to "))
        return AuditOptions(
            trait=self.named_trait,
            compared=(two[0], two[1]) if len(two) == 2 and all(two) else None,
            templates=_lines(self.templates),
            against=_lines(self.against),
        )

    @property
    def ships(self) -> bool:
        """Whether this is what ships, but for the models."""
        return (
            self.whose == PEOPLE_DRAWN
            and not (self.compared or "").strip()
            and self.lines == PROMPTS
            and self.options.templates == PARAPHRASES
            and not self.options.against
        )


def audit_code(asked: AuditAsked) -> str:
    """Return the Python that gives the same."""
    options = asked.options
    said = f"trait={options.trait!r}, "
    said += f"compared={options.compared!r}, " if options.compared else ""
    said += f"templates={options.templates!r}, " if options.templates != PARAPHRASES else ""
    said += f"against={options.against!r}, " if options.against else ""
    return (
        "import replearn\n\n"
        f"prompts = {list(asked.lines)!r}\n"
        "found = replearn.audit(\n"
        f"    prompts,\n    {asked.pairs!r},\n    {list(asked.models)!r},\n"
        f"    replearn.AuditOptions({said.removesuffix(', ')}),\n"
        ")\nprint(found.to_frame())\n"
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
