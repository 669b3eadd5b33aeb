"""What a page of the course needs before readers see it (pure): each lack says where it is and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from apps.course import markdown
from apps.course.sheet import Head, Module, Page, Step
from apps.editorial.shape import Lack, is_web

LESSON_WORDS = (600, 1000)
QUESTIONS = (4, 6)
MINUTES = (15, 20)
SEQUENCES, DEBATE_QUESTIONS = 5, 3
# Addresses of the parts of a step that are no sections.
RESERVED = ("cas", "questions", "fiche", "exercice", "imprimer")


@dataclass(frozen=True, slots=True)
class References:
    """Codes that exist: a page cites no other."""

    terms: frozenset[str]
    figures: frozenset[str]
    cases: frozenset[str]
    goals: frozenset[int]


def lacks(page: Page, known: References) -> list[Lack]:
    """Empty when the page may be published."""
    own: tuple[Callable[..., Iterator[Lack]], ...] = STEP if isinstance(page, Step) else MODULE
    found = [lack for check in (head, *own) for lack in check(page)]
    return [*found, *cited(page, known)]


def texts(page: Page) -> Iterator[tuple[str, str]]:
    """(field, Markdown) of every text that is read as Markdown."""
    if isinstance(page, Module):
        yield from (("sequences", sequence.notes) for sequence in page.sequences)
        return
    yield from (("sections", section.body) for section in page.sections)
    yield "case", page.case.intro
    yield from (("case", point.text) for point in page.case.points)


def figures(page: Page) -> Iterator[tuple[str, str]]:
    """(field, code) of every figure."""
    field, parts = ("sequences", page.sequences) if isinstance(page, Module) else ("sections", page.sections)
    yield from ((field, part.figure) for part in parts if part.figure)


def head(page: Head) -> Iterator[Lack]:
    if not page.title:
        yield Lack("title", "Le titre manque.")
    if not page.summary:
        yield Lack("summary", "La phrase de présentation manque : c’est elle que montrent les listes.")
    if not page.audience:
        yield Lack("audience", "Dites à qui la page s’adresse.")
    codes = [source.code for source in page.sources]
    if len(set(codes)) != len(codes):
        yield Lack("sources", "Deux sources portent le même code : changez l’un des deux.")
    if any(not (source.label and source.what) for source in page.sources):
        yield Lack("sources", "Chaque source dit ce qu’elle établit et d’où elle vient.")
    for source in page.sources:
        if source.url and not is_web(source.url):
            yield Lack(
                "sources", f"« {source.url} » n’est pas une adresse du web : elle commence par https://."
            )


def lesson(step: Step) -> Iterator[Lack]:
    low, high = LESSON_WORDS
    if not low <= step.words <= high:
        yield Lack("sections", f"La leçon compte {step.words} mots : il en faut de {low} à {high}.")
    low, high = MINUTES
    if not low <= step.minutes <= high:
        yield Lack("minutes", f"Une étape dure de {low} à {high} minutes.")
    if not step.aim:
        yield Lack("aim", "L’objectif manque : une phrase.")
    if any(not (section.title and section.body) for section in step.sections):
        yield Lack("sections", "Chaque section demande un titre et un texte.")
    codes = [section.code for section in step.sections]
    if len(set(codes)) != len(codes):
        yield Lack("sections", "Deux sections portent le même code : changez l’un des deux.")
    if set(codes) & set(RESERVED):
        yield Lack("sections", f"Ces codes sont réservés : {', '.join(RESERVED)}.")
    if not any(section.figure for section in step.sections):
        yield Lack("sections", "Une leçon demande au moins une figure.")
    for section in step.sections:
        if section.figure and not (section.figure_title and section.figure_text):
            yield Lack(
                "sections", "Chaque figure demande un titre et une phrase qui dit ce qu’il faut y voir."
            )
            return


def quiz(step: Step) -> Iterator[Lack]:
    low, high = QUESTIONS
    if not low <= len(step.quiz) <= high:
        yield Lack("quiz", f"Le quiz demande de {low} à {high} questions.")
    codes = [question.code for question in step.quiz]
    if len(set(codes)) != len(codes):
        yield Lack("quiz", "Deux questions portent le même code : changez l’un des deux.")
    for rank, question in enumerate(step.quiz, 1):
        rights = sum(choice.right for choice in question.choices)
        if not question.prompt or len(question.choices) < 2:
            yield Lack("quiz", f"Question {rank} : un énoncé et au moins deux réponses.")
        elif not rights or (rights > 1 and not question.many):
            yield Lack("quiz", f"Question {rank} : marquez la bonne réponse, ou dites que plusieurs le sont.")
        if any(not (choice.text and choice.why) for choice in question.choices):
            yield Lack("quiz", f"Question {rank} : chaque réponse demande son explication.")


def beside(step: Step) -> Iterator[Lack]:
    if not (step.case.webinar and step.case.title and step.case.intro and step.case.points):
        yield Lack("case", "Choisissez un cas, présentez-le, et dites ce qu’il faut y regarder.")
    if not (step.sheet.title and step.sheet.blocks):
        yield Lack("sheet", "La fiche pratique demande un titre et au moins un bloc.")
    if any(block.kind == "table" and not block.columns for block in step.sheet.blocks):
        yield Lack("sheet", "Un tableau de la fiche demande le nom de ses colonnes.")
    if not (step.exercise.title and step.exercise.prompts):
        yield Lack("exercise", "L’exercice demande un titre et au moins une question.")
    for prompt in step.exercise.prompts:
        if not prompt.label or (prompt.kind in ("choice", "choices") and len(prompt.choices) < 2):
            yield Lack(
                "exercise", "Chaque question de l’exercice demande un libellé, et ses choix s’il y en a."
            )
            return


def sequences(module: Module) -> Iterator[Lack]:
    if len(module.sequences) != SEQUENCES:
        yield Lack("sequences", f"Le module compte {SEQUENCES} séquences.")
    if len(module.questions) != DEBATE_QUESTIONS:
        yield Lack("sequences", f"Le module pose {DEBATE_QUESTIONS} questions à débattre.")
    if any(not (part.title and part.headline and part.notes) for part in module.sequences):
        yield Lack("sequences", "Chaque séquence demande un titre, une phrase à l’écran et des notes.")
    codes = [question.code for question in module.questions]
    if len(set(codes)) != len(codes):
        yield Lack("sequences", "Deux questions à débattre portent le même code : changez l’un des deux.")
    if any(not question.prompt or len(question.choices) < 2 for question in module.questions):
        yield Lack("sequences", "Chaque question à débattre demande un énoncé et au moins deux réponses.")
    decision = module.decision
    if not all((decision.prompt, decision.yes, decision.no, decision.later, decision.mandate)):
        yield Lack("decision", "La décision demande sa question, ses trois réponses et un modèle de mandat.")


def cited(page: Page, known: References) -> Iterator[Lack]:
    """Codes that lead nowhere, sources that nobody cites, and pictures, which Markdown here does not show."""
    sources = {source.code for source in page.sources}
    used: set[str] = set()
    for field, text in texts(page):
        used |= set(markdown.sources_in(text))
        for lost in sorted(set(markdown.sources_in(text)) - sources):
            yield Lack(field, f"La source « {lost} » n’est pas dans la liste de la page.")
        for lost in sorted(set(markdown.terms_in(text)) - known.terms):
            yield Lack(field, f"Le terme « {lost} » n’est pas au glossaire.")
        if markdown.IMAGE.search(text):
            yield Lack(
                field, "Une image s’ajoute comme figure : elle y reçoit sa description et son tableau."
            )
    for code in sorted(sources - used):
        yield Lack("sources", f"La source « {code} » n’est citée nulle part : citez-la ou retirez-la.")
    for field, code in figures(page):
        if code not in known.figures:
            yield Lack(field, f"La figure « {code} » n’existe pas : choisissez dans la liste.")
    if lost_goals := set(page.goals) - known.goals:
        yield Lack("goals", f"L’ODD {min(lost_goals)} n’existe pas.")
    if isinstance(page, Step) and page.case.webinar and page.case.webinar not in known.cases:
        yield Lack("case", f"Le cas « {page.case.webinar} » n’est pas publié dans la bibliothèque.")


STEP = (lesson, quiz, beside)
MODULE = (sequences,)
