"""The task answers behind the scores of nerve function, each an item of its own (clinical.md 2.1).

A letter tells the grade, not its tasks. Tasks that two scores ask are asked once.
"""

from poems_registry.catalogue import grading
from poems_registry.catalogue.item import YES_NO, Derived, Item, ShownWhen
from poems_registry.catalogue.kinds import Choice, Number, options

TASK = Choice(
    options(("not_affected", "Not affected"), ("affected", "Affected, not prevented"), ("prevented", "Prevented"))
)
SUPPORT = Choice(
    options(
        ("none", "No support"),
        ("one", "One stick, crutch or arm"),
        ("two", "Two, or a frame"),
        ("wheelchair", "Wheelchair"),
    )
)
MUSCLE = Number(hard=(0, 5), whole=True, censored=False, better="higher")
FOURTEEN = ShownWhen("mrc_variant", ("14",))

ARM_TASKS = (
    Item("arm_symptoms", "Tingling, numbness or weakness in the hands", YES_NO, in_letter=False),
    Item("task_hair", "Wash and brush hair", TASK, in_letter=False),
    Item("task_key", "Turn a key in a lock", TASK, in_letter=False),
    Item("task_cutlery", "Use knife and fork together", TASK, in_letter=False, help="A spoon, if never both."),
    Item("task_buttons", "Do and undo buttons or zips", TASK, in_letter=False),
    Item("task_dress", "Dress the upper body, apart from buttons and zips", TASK, in_letter=False),
    Item(
        "arm_movement",
        "Any purposeful movement of the arms",
        YES_NO,
        in_letter=False,
        negative="No purposeful movement of the arms",
    ),
)
LEG_TASKS = (
    Item("leg_support", "Support for 10 m", SUPPORT, in_letter=False),
    Item(
        "leg_activities",
        "Walking, stairs or running affected",
        YES_NO,
        in_letter=False,
        negative="No effect on walking, stairs or running",
    ),
    Item("gait_abnormal", "Gait looks abnormal", YES_NO, in_letter=False, negative="No abnormal gait"),
    Item(
        "walks_1m",
        "Stands and walks 1 m with one helper",
        YES_NO,
        in_letter=False,
        negative="No walking of 1 m, even with one helper",
    ),
    Item(
        "leg_movement",
        "Any purposeful movement of the legs",
        YES_NO,
        in_letter=False,
        negative="No purposeful movement of the legs",
    ),
)
MUSCLES = (
    Item("mrc_shoulder_left", "Shoulder abduction, left", MUSCLE, in_letter=False),
    Item("mrc_shoulder_right", "Shoulder abduction, right", MUSCLE, in_letter=False),
    Item("mrc_elbow_left", "Elbow flexion, left", MUSCLE, in_letter=False),
    Item("mrc_elbow_right", "Elbow flexion, right", MUSCLE, in_letter=False),
    Item("mrc_wrist_left", "Wrist extension, left", MUSCLE, in_letter=False),
    Item("mrc_wrist_right", "Wrist extension, right", MUSCLE, in_letter=False),
    Item("mrc_hip_left", "Hip flexion, left", MUSCLE, in_letter=False),
    Item("mrc_hip_right", "Hip flexion, right", MUSCLE, in_letter=False),
    Item("mrc_knee_left", "Knee extension, left", MUSCLE, in_letter=False),
    Item("mrc_knee_right", "Knee extension, right", MUSCLE, in_letter=False),
    Item("mrc_ankle_left", "Ankle dorsiflexion, left", MUSCLE, in_letter=False),
    Item("mrc_ankle_right", "Ankle dorsiflexion, right", MUSCLE, in_letter=False),
    Item("mrc_fdi_left", "First dorsal interosseous, left", MUSCLE, in_letter=False, shown_when=FOURTEEN),
    Item("mrc_fdi_right", "First dorsal interosseous, right", MUSCLE, in_letter=False, shown_when=FOURTEEN),
)
TWELVE = tuple(muscle.code for muscle in MUSCLES[:12])

BY_TASKS = (
    Derived(
        "onls_arm_by_tasks",
        "ONLS arm, from tasks",
        Number(hard=(0, 5), whole=True, better="lower"),
        needs=("task_hair", "task_key", "task_cutlery", "task_buttons", "task_dress"),
        optional=("arm_symptoms", "arm_movement"),
        formula=grading.onls_arm,
        grade="onls_arm",
        asked=("arm_symptoms", "task_hair", "task_key", "task_cutlery", "task_buttons", "task_dress", "arm_movement"),
        in_letter=False,
    ),
    Derived(
        "onls_leg_by_tasks",
        "ONLS leg, from tasks",
        Number(hard=(0, 7), whole=True, better="lower"),
        needs=("leg_support",),
        optional=("leg_activities", "gait_abnormal", "walks_1m", "leg_movement"),
        formula=grading.onls_leg,
        grade="onls_leg",
        asked=("leg_activities", "gait_abnormal", "leg_support", "walks_1m", "leg_movement"),
        in_letter=False,
    ),
    Derived(
        "mrc_sum_by_muscles",
        "MRC sum score, from muscles",
        Number(hard=(0, 70), whole=True, better="higher"),
        needs=("mrc_variant", *TWELVE),
        optional=("mrc_fdi_left", "mrc_fdi_right"),
        formula=grading.muscle_sum,
        grade="mrc_sum",
        asked=(*TWELVE, "mrc_fdi_left", "mrc_fdi_right"),
        in_letter=False,
    ),
)
