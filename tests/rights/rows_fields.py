"""Each field of the API × who reads it. A new field without its place here fails (tests/rights/test_fields.py).

Names as in the OpenAPI schema. « Read » is with something in it: a field that is not for somebody comes null or empty,
or with the object that she does not get.
"""

from __future__ import annotations

TEAM = frozenset(("staff", "board", "lead"))  # the seats of the démarche, in which « admin » has none
FOLLOWERS = TEAM | {"network"}
MANAGERS = frozenset(("lead", "admin"))
MEMBERS = TEAM | {"admin"}
# Of her own association: a stranger reads hers, tests/rights/test_elsewhere.py says that it is not another.
OWN = MEMBERS | {"outsider", "network"}
# The name of an association, with its campaigns and its démarches.
AROUND = MEMBERS | FOLLOWERS
EVERYBODY = OWN | {"anonymous", "guest", "curator", "author", "funder", "operator"}

FIELD_ROWS: dict[frozenset[str], dict[str, str]] = {
    EVERYBODY: {
        "CasePoint": "text html title",
        "CaseReading": "text html slug url case_title title minutes points ask",
        "CaseSource": "status status_label label year url",
        "CitedOrganisation": "slug url name kind kind_label region region_name appearances",
        "CourseFigure": "code title sentence header rows sources",
        "CourseModule": (
            "slug url title summary aim minutes audience pillars goals status status_label edition "
            "published_at sources terms before sequences decision"
        ),
        "CourseSection": "text html code title minutes figure",
        "CourseSource": "rank code what label year url status status_label",
        "CourseStep": (
            "slug url title summary aim minutes audience pillars goals status status_label edition "
            "published_at sources terms number outcomes words sections case quiz sheet exercise"
        ),
        "DebateQuestion": "code prompt help choices",
        "Decision": "prompt yes no later mandate",
        "Exercise": "title intro minutes axis method_step prompts",
        "ExercisePrompt": "code label help kind choices",
        "Family": "code name",
        "Figure": "value number unit label whole year organisation organisation_slug",
        "FigureOrigin": "label year url status status_label",
        "Fragility": "code slug name summary family signs indicator indicator_producer goals sources",
        "FragilityLink": "code name weight",
        "Goal": "number code name summary for_associations fragilities sources",
        "GoalLink": "number name weight",
        "Lever": "title text",
        "Licence": "name url",
        "MethodCase": "slug why url",
        "MethodCourseStep": "slug url",
        "MethodDuration": "weeks workshop_minutes",
        "MethodGuide": "aim material moments traps after",
        "MethodMoment": "minutes title do produces",
        "MethodPerson": "who why",
        "MethodStep": (
            "number slug title status status_label summary url guide_url edition published_on pillars "
            "audience why delivers duration people prepare tools done_when guide course_step case"
        ),
        "MethodTool": "code title about",
        "MethodTrap": "when do",
        "Model": "title note rows",
        "ModelItem": "state text",
        "ModelRow": "level human financial alliances",
        "OrganisationAppearance": (
            "webinar short_title date first_name last_name person_slug is_withdrawn role"
        ),
        "Person": "slug url first_name last_name appearances",
        "PersonAppearance": "webinar short_title date role organisation organisation_slug",
        "PillarReading": "human financial alliances",
        "PointOfView": "theme organisation organisation_slug people question text",
        "PracticalSheet": "title intro duration blocks",
        "Project": "name organisation organisation_slug people text",
        "Question": "question organisation organisation_slug people",
        "QuizChoice": "text right why",
        "QuizQuestion": "code prompt many choices explanation",
        "Release": "id date version url title headline scope programme quarter is_demo tables",
        "Replay": "url reason",
        "Sequence": "text html code title minutes headline lines figure questions",
        "SheetBlock": "kind title text items columns lines",
        "Source": "part subject status status_label is_proposal title year url",
        "Speaker": "first_name last_name person_slug is_withdrawn role organisation organisation_slug",
        "Term": "code name text",
        "Webinar": (
            "slug url date title short_title cycle cycle_code goals related_goals fragilities pillars "
            "levels regions sizes teaser essential summary takeaway your_turn speakers opening project "
            "points_of_view questions figures levers_kind levers_intro levers model pillar_reading "
            "replay source readings_status licence published_at updated_at"
        ),
        "WebinarDump": "licence date source readings webinars",
    },
    OWN: {
        "Organisation": (
            "id name role siren siret rna legal_form department size_class fragilities is_demo created_at"
        ),
    },
    AROUND: {
        "OrganisationName": "id name",
    },
    MEMBERS: {
        "Alert": "code level",
        "Axis": "score coverage",
        "Campaign": "id organisation instrument state opened_at closed_at is_demo",
        "CampaignDetail": "id organisation instrument state opened_at closed_at is_demo",
        "Divergence": "question spread",
        "Outcome": "axes pillar_gap barycentre strengths weaknesses divergences indicators alerts profile",
        "Result": (
            "campaign instrument instrument_sha256 scoring_version respondent_count created_at outcome "
            "statements finances"
        ),
        "Statement": "code axis topic text applicable median spread low high roles",
    },
    # Of an open campaign, the one of the table; once it is closed, every member reads it with the result.
    MANAGERS: {
        "CampaignDetail": "campaign_context",
        "Context": (
            "legal_form department size_class fragilities levels years_since_board_renewal "
            "effort_18_months effort_7_years effort_28_years"
        ),
    },
    FOLLOWERS: {
        "Engagement": "id organisation title seat edition opened_at closed_at is_demo",
        "EngagementDetail": "id organisation title seat edition opened_at closed_at is_demo steps",
        "EngagementStep": "number title stage stage_label changed_at validations",
        "Validation": "verdict label decided_on",
    },
    TEAM: {
        "EngagementComment": "step author text at is_settled about",
        "EngagementDecision": "number step what why decided_by decided_on about replaces",
        "EngagementDetail": "team tools decisions comments notes workshops history",
        "EngagementNote": "number put_at put_by came_at lines meetings signatures",
        "EngagementRef": "id title",
        "EngagementStep": "why_skipped",
        "EngagementWorkshop": "step title question held_on stage shows_names present record piles loose",
        "Field": "code label type value text",
        "Item": "id title parent values",
        "Kind": "code label items",
        "NoteLine": "label text",
        "NoteMeeting": "title date step who delivers",
        "Signature": "name quality at",
        "Teammate": "name seat",
        "Tool": "code step title kinds",
        "Validation": "name recorded_by reason",
        "WorkshopCard": "text pillar author",
        "WorkshopPile": "title votes is_kept note cards",
    },
}
