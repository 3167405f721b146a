"""The questions behind the general scores (clinical.md 2.1, 2.6); what the arm and leg scores ask is asked with P."""

from poems_registry.catalogue import grading
from poems_registry.catalogue.item import YES_NO, Derived, Item
from poems_registry.catalogue.kinds import Choice, Number, options
from poems_registry.catalogue.sections.neuropathy_tasks import SUPPORT, TASK

LEVEL = Choice(
    options(
        ("1", "No problems"),
        ("2", "Slight"),
        ("3", "Moderate"),
        ("4", "Severe"),
        ("5", "Unable or extreme"),
    )
)

SCORE_TASKS = (
    Item("task_coins", "Pick up small coins", TASK, in_letter=False),
    Item("outdoor_support", "Support outdoors", SUPPORT, in_letter=False),
    Item(
        "few_steps",
        "Stands and walks a few steps with help",
        YES_NO,
        in_letter=False,
        negative="No steps, even with help",
    ),
    Item("mrs_symptoms", "Any symptoms", YES_NO, in_letter=False, negative="No symptoms"),
    Item(
        "mrs_usual",
        "Does everything as before",
        YES_NO,
        in_letter=False,
        negative="No full return to what was done before",
    ),
    Item(
        "mrs_own_affairs",
        "Looks after own affairs without help",
        YES_NO,
        in_letter=False,
        negative="No looking after own affairs without help",
    ),
    Item(
        "mrs_walks",
        "Walks without another person's help",
        YES_NO,
        in_letter=False,
        negative="No walking without another person's help",
    ),
    Item(
        "mrs_bedbound",
        "Bedbound, needs constant care",
        YES_NO,
        in_letter=False,
        negative="No constant need of bed and care",
    ),
    Item(
        "ecog_strenuous",
        "Strenuous activity without restriction",
        YES_NO,
        in_letter=False,
        negative="No strenuous activity without restriction",
    ),
    Item("ecog_light_work", "Light work possible", YES_NO, in_letter=False, negative="No light work possible"),
    Item(
        "ecog_up_half",
        "Up more than half of the day",
        YES_NO,
        in_letter=False,
        negative="No more than half of the day up",
    ),
    Item("ecog_self_care", "Some self-care", YES_NO, in_letter=False, negative="No self-care"),
)
QUALITY_OF_LIFE = (
    Item("eq5d_mobility", "EQ-5D-5L, mobility", LEVEL, in_letter=False),
    Item("eq5d_self_care", "EQ-5D-5L, self-care", LEVEL, in_letter=False),
    Item("eq5d_activities", "EQ-5D-5L, usual activities", LEVEL, in_letter=False),
    Item("eq5d_pain", "EQ-5D-5L, pain or discomfort", LEVEL, in_letter=False),
    Item("eq5d_anxiety", "EQ-5D-5L, anxiety or depression", LEVEL, in_letter=False),
    Item(
        "eq5d_vas",
        "EQ-5D health today, 0 to 100",
        Number(hard=(0, 100), whole=True, censored=False, better="higher"),
        in_letter=False,
    ),
    Item(
        "bfi",
        "Brief Fatigue Inventory, 0 to 10",
        Number(hard=(0, 10), decimals=1, censored=False, better="lower"),
        in_letter=False,
        help="The mean of its nine answers.",
    ),
)

BY_TASKS = (
    Derived(
        "incat_arm_by_tasks",
        "INCAT arm, from tasks",
        Number(hard=(0, 5), whole=True, better="lower"),
        needs=("task_buttons", "task_hair", "task_cutlery", "task_coins"),
        optional=("arm_symptoms", "arm_movement"),
        formula=grading.incat_arm,
        grade="incat_arm",
        asked=("arm_symptoms", "task_buttons", "task_hair", "task_cutlery", "task_coins", "arm_movement"),
        in_letter=False,
    ),
    Derived(
        "incat_leg_by_tasks",
        "INCAT leg, from tasks",
        Number(hard=(0, 5), whole=True, better="lower"),
        needs=("outdoor_support",),
        optional=("leg_activities", "few_steps"),
        formula=grading.incat_leg,
        grade="incat_leg",
        asked=("leg_activities", "outdoor_support", "few_steps"),
        in_letter=False,
    ),
    Derived(
        "mrs_by_tasks",
        "Modified Rankin, from questions",
        Number(hard=(0, 6), whole=True, better="lower"),
        needs=("mrs_symptoms",),
        optional=("mrs_usual", "mrs_own_affairs", "mrs_walks", "mrs_bedbound"),
        formula=grading.modified_rankin,
        grade="mrs",
        asked=("mrs_symptoms", "mrs_usual", "mrs_own_affairs", "mrs_walks", "mrs_bedbound"),
        in_letter=False,
    ),
    Derived(
        "ecog_by_tasks",
        "ECOG, from questions",
        Number(hard=(0, 5), whole=True, better="lower"),
        needs=("ecog_strenuous",),
        optional=("ecog_light_work", "ecog_up_half", "ecog_self_care"),
        formula=grading.ecog,
        grade="ecog",
        asked=("ecog_strenuous", "ecog_light_work", "ecog_up_half", "ecog_self_care"),
        in_letter=False,
    ),
)
