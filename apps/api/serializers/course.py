"""The course as anyone may read it. Rows are made by ``apps.course.opendata``; only what is listed here goes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from apps.api.serializers.webinars import PILLARS, texts
from apps.catalogue.enums import Audience
from apps.core.sources import SourceStatus

Row = Mapping[str, Any]
MARKDOWN = "Markdown (CommonMark) ; [mot](mot:code) est un terme du glossaire, [@code] une source de la page"
HTML = "Le même texte en HTML sûr ; « #source-2 » désigne la source de rang 2"
BLOCKS = [
    ("text", "texte"),
    ("checklist", "liste à cocher"),
    ("lines", "lignes à remplir"),
    ("table", "tableau"),
]
PROMPTS = [
    ("text", "réponse courte"),
    ("long", "réponse longue"),
    ("number", "nombre"),
    ("choice", "un choix"),
    ("choices", "plusieurs choix"),
]
AXES = [(code, f"axe {code}") for code in "ABCDE"]


class WrittenSerializer(serializers.Serializer[Row]):
    text = serializers.CharField(allow_blank=True, help_text=MARKDOWN)
    html = serializers.CharField(allow_blank=True, help_text=HTML)


class FigureOriginSerializer(serializers.Serializer[Row]):
    label = serializers.CharField()  # type: ignore[assignment]
    year = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)
    status = serializers.ChoiceField(SourceStatus.choices)
    status_label = serializers.CharField()


class CourseFigureSerializer(serializers.Serializer[Row]):
    code = serializers.SlugField()
    title = serializers.CharField()
    sentence = serializers.CharField(help_text="Ce qu’il faut y voir")
    header = texts("Les titres des colonnes du tableau")
    rows = serializers.ListField(child=texts("Une ligne du tableau"), help_text="Les lignes du tableau")
    sources = FigureOriginSerializer(many=True)


class CourseSectionSerializer(WrittenSerializer):
    code = serializers.SlugField()
    title = serializers.CharField()
    minutes = serializers.IntegerField()
    figure = CourseFigureSerializer(allow_null=True, help_text="La figure de la section, en tableau")


class CasePointSerializer(WrittenSerializer):
    title = serializers.CharField(allow_blank=True)


class CaseReadingSerializer(WrittenSerializer):
    slug = serializers.SlugField(help_text="Le cas dans la bibliothèque : /api/v1/webinars/{slug}/")
    url = serializers.URLField(help_text="La page du cas")
    case_title = serializers.CharField(allow_blank=True, help_text="Le titre du cas")
    title = serializers.CharField(help_text="Le titre de notre lecture")
    minutes = serializers.IntegerField()
    points = CasePointSerializer(many=True, help_text="Ce qu’il faut y regarder")
    ask = serializers.CharField(allow_blank=True, help_text="La question à se poser")


class QuizChoiceSerializer(serializers.Serializer[Row]):
    text = serializers.CharField()
    right = serializers.BooleanField(help_text="Vrai pour une bonne réponse")
    why = serializers.CharField(allow_blank=True, help_text="Pourquoi cette réponse est bonne ou non")


class QuizQuestionSerializer(serializers.Serializer[Row]):
    code = serializers.SlugField()
    prompt = serializers.CharField()
    many = serializers.BooleanField(  # type: ignore[assignment]
        help_text="Vrai quand plusieurs réponses sont attendues"
    )
    choices = QuizChoiceSerializer(many=True)
    explanation = serializers.CharField(allow_blank=True)


class SheetBlockSerializer(serializers.Serializer[Row]):
    kind = serializers.ChoiceField(BLOCKS)
    title = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    items = texts("Les points à cocher, ou les lignes nommées du tableau")
    columns = texts("Les titres des colonnes")
    lines = serializers.IntegerField(help_text="Combien de lignes laisser vides")


class PracticalSheetSerializer(serializers.Serializer[Row]):
    title = serializers.CharField()
    intro = serializers.CharField(allow_blank=True)
    duration = serializers.CharField(allow_blank=True)
    blocks = SheetBlockSerializer(many=True)


class ExercisePromptSerializer(serializers.Serializer[Row]):
    code = serializers.SlugField()
    label = serializers.CharField()  # type: ignore[assignment]
    help = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(PROMPTS)
    choices = texts("Les choix proposés")


class ExerciseSerializer(serializers.Serializer[Row]):
    title = serializers.CharField()
    intro = serializers.CharField(allow_blank=True)
    minutes = serializers.IntegerField()
    axis = serializers.ChoiceField(AXES, allow_blank=True, help_text="L’axe du diagnostic où il se retrouve")
    method_step = serializers.IntegerField(help_text="L’étape de la démarche qu’il prépare (1 à 8)")
    prompts = ExercisePromptSerializer(many=True)


class CourseSourceSerializer(serializers.Serializer[Row]):
    rank = serializers.IntegerField(help_text="Son numéro dans la page, à partir de 1")
    code = serializers.SlugField()
    what = serializers.CharField(allow_blank=True, help_text="Ce qu’elle établit")
    label = serializers.CharField()  # type: ignore[assignment]
    year = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)
    status = serializers.ChoiceField(SourceStatus.choices)
    status_label = serializers.CharField()


class TermSerializer(serializers.Serializer[Row]):
    code = serializers.SlugField()
    name = serializers.CharField()
    text = serializers.CharField(help_text="Sa définition")


class CoursePageSerializer(serializers.Serializer[Row]):
    slug = serializers.SlugField()
    url = serializers.URLField(help_text="La page à lire")
    title = serializers.CharField()
    summary = serializers.CharField()
    aim = serializers.CharField(allow_blank=True, help_text="À quoi elle sert, en une phrase")
    minutes = serializers.IntegerField(help_text="La durée annoncée")
    audience = serializers.ListField(
        child=serializers.ChoiceField(Audience.choices), help_text="À qui elle s’adresse"
    )
    pillars = serializers.ListField(child=serializers.ChoiceField(PILLARS), help_text="Les appuis en jeu")
    goals = serializers.ListField(child=serializers.IntegerField(), help_text="Les ODD en jeu")
    status = serializers.ChoiceField(SourceStatus.choices, help_text="D’où vient la page")
    status_label = serializers.CharField(
        help_text="Le statut, en français : « proposition pédagogique » est à afficher comme tel"
    )
    edition = serializers.IntegerField(help_text="Monte à chaque publication")
    published_at = serializers.DateTimeField(help_text="Dernière publication")
    sources = CourseSourceSerializer(many=True, help_text="Les sources citées, par leur numéro")
    terms = TermSerializer(many=True, help_text="Les termes du glossaire que la page emploie")


class CourseStepSerializer(CoursePageSerializer):
    number = serializers.IntegerField(help_text="Sa place dans le parcours")
    outcomes = texts("Ce que l’on sait faire après elle")
    words = serializers.IntegerField(help_text="La longueur de la leçon, en mots")
    sections = CourseSectionSerializer(many=True, help_text="La leçon")
    case = CaseReadingSerializer(help_text="Un cas de la bibliothèque, lu de près")
    quiz = QuizQuestionSerializer(many=True, help_text="Les questions, leurs réponses et leurs explications")
    sheet = PracticalSheetSerializer(help_text="La fiche pratique à imprimer")
    exercise = ExerciseSerializer(
        help_text="Ce que l’association écrit pour elle-même ; ses réponses ne sortent pas"
    )


class DebateQuestionSerializer(serializers.Serializer[Row]):
    code = serializers.SlugField()
    prompt = serializers.CharField()
    help = serializers.CharField(allow_blank=True)
    choices = texts("Les réponses proposées")


class SequenceSerializer(WrittenSerializer):
    code = serializers.SlugField()
    title = serializers.CharField()
    minutes = serializers.IntegerField()
    headline = serializers.CharField(help_text="La phrase à l’écran")
    lines = texts("Les mots à l’écran")
    figure = CourseFigureSerializer(allow_null=True)
    questions = DebateQuestionSerializer(many=True, help_text="Les questions à débattre")


class DecisionSerializer(serializers.Serializer[Row]):
    prompt = serializers.CharField()
    yes = serializers.CharField()
    no = serializers.CharField()
    later = serializers.CharField()
    mandate = serializers.CharField(help_text="Un modèle de mandat")


class CourseModuleSerializer(CoursePageSerializer):
    before = texts("Ce qu’il faut préparer")
    sequences = SequenceSerializer(
        many=True,
        help_text="Les séquences ; « text » et « html » sont les notes pour la personne qui présente",
    )
    decision = DecisionSerializer(help_text="Ce que les instances votent à la fin")
