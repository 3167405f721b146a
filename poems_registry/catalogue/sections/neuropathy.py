"""P: polyneuropathy, its scores and nerve conduction (clinical.md 2.1)."""

from poems_registry.catalogue import grading
from poems_registry.catalogue.formulas import total
from poems_registry.catalogue.item import (
    YES_NO,
    Derived,
    Item,
    Section,
    ShownWhen,
    TakenBy,
    change,
    hpo,
    snomed,
    status,
)
from poems_registry.catalogue.kinds import Choice, Choices, Day, Number, Text, options
from poems_registry.catalogue.sections.neuropathy_tasks import ARM_TASKS, BY_TASKS, LEG_TASKS, MUSCLES

REFLEXES = Choice(options(("normal", "Normal"), ("reduced", "Reduced"), ("absent", "Absent")))

NEUROPATHY = Section(
    "neuropathy",
    "Polyneuropathy",
    feature="P",
    short="P",
    plain="Nerve damage",
    plain_words="weakness, numbness and pain in arms and legs",
    items=(
        status("p", "Polyneuropathy", hpo("HP:0001271"), snomed("42345000")),
        change("p", "Polyneuropathy"),
        Item(
            "onls_arm",
            "ONLS arm, 0 to 5",
            Number(
                hard=(0, 5),
                whole=True,
                censored=False,
                better="lower",
                meanings=(
                    "normal",
                    "symptoms, no task affected",
                    "tasks affected, none prevented",
                    "at least one task prevented, not all",
                    "all tasks prevented, some movement remains",
                    "no purposeful movement",
                ),
            ),
            help="Overall Neuropathy Limitations Scale, arm grade (Graham and Hughes 2006).",
            plain="ONLS arms (score of arm use, 0 to 5)",
            taken_by=TakenBy("onls_method"),
        ),
        Item(
            "onls_leg",
            "ONLS leg, 0 to 7",
            Number(
                hard=(0, 7),
                whole=True,
                censored=False,
                better="lower",
                meanings=(
                    "walking, stairs and running not affected",
                    "affected, gait looks normal",
                    "walks alone, gait looks abnormal",
                    "one stick or arm for 10 m",
                    "two sticks or a frame for 10 m",
                    "wheelchair for 10 m, can walk 1 m with help",
                    "cannot walk 1 m, some leg movement",
                    "no purposeful leg movement",
                ),
            ),
            help="Overall Neuropathy Limitations Scale, leg grade. An ankle splint is noted, not scored.",
            plain="ONLS legs (score of leg use, 0 to 7)",
            taken_by=TakenBy("onls_method"),
        ),
        Item(
            "onls_method",
            "ONLS taken by",
            Choice(
                options(
                    ("questionnaire", "Questionnaire", "by questionnaire"),
                    ("observed", "Observation", "by observation"),
                )
            ),
            help="The two agree closely but are not interchangeable.",
            in_letter=False,
        ),
        Item(
            "grip_device",
            "Grip device",
            Choice(options(("jamar", "Jamar, kg"), ("martin_vigorimeter", "Martin vigorimeter, kPa"))),
            in_letter=False,
        ),
        Item(
            "grip_left_kg",
            "Grip left",
            Number("kg", (0, 90), (0, 65), 1, better="higher", mic=2, mic_share=0.2, ucum="kg"),
            help="Best of 3.",
            plain="left hand grip",
        ),
        Item(
            "grip_right_kg",
            "Grip right",
            Number("kg", (0, 90), (0, 65), 1, better="higher", mic=2, mic_share=0.2, ucum="kg"),
            help="Best of 3.",
            plain="right hand grip",
        ),
        Item(
            "grip_left_kpa",
            "Grip left, vigorimeter",
            Number("kPa", (0, 160), (0, 130), 1, better="higher", mic=8, ucum="kPa"),
            shown_when=ShownWhen("grip_device", ("martin_vigorimeter",)),
            plain="left hand grip (vigorimeter)",
        ),
        Item(
            "grip_right_kpa",
            "Grip right, vigorimeter",
            Number("kPa", (0, 160), (0, 130), 1, better="higher", mic=8, ucum="kPa"),
            shown_when=ShownWhen("grip_device", ("martin_vigorimeter",)),
            plain="right hand grip (vigorimeter)",
        ),
        Item(
            "walk_10m",
            "10 m walk",
            Number("s", (2, 300), (4, 60), 1, better="lower", mic_share=0.28, ucum="s"),
            taken_by=TakenBy("walk_10m_aid", "aid not recorded"),
            help="Seconds for 10 metres at a comfortable pace.",
            plain="time to walk 10 metres",
        ),
        Item(
            "walk_10m_aid",
            "10 m walk, with",
            Choice(
                options(
                    ("none", "No aid", "without an aid"),
                    ("one_stick", "One stick", "with one stick"),
                    ("two_sticks", "Two sticks", "with two sticks"),
                    ("frame", "Frame or rollator", "with a frame or rollator"),
                    ("person", "Another person", "with another person"),
                )
            ),
            plain="walk of 10 metres",
            told_with="walk_10m",
        ),
        Item("motor_weakness", "Muscle weakness", YES_NO, coding=(hpo("HP:0002460"), snomed("249942005")), sign=True),
        Item(
            "weakness_sites",
            "Weakness where",
            Choices(
                options(
                    ("distal_legs", "lower legs"),
                    ("proximal_legs", "thighs"),
                    ("distal_arms", "hands"),
                    ("proximal_arms", "upper arms"),
                    ("foot_drop_left", "left foot drop", "left foot (foot drop)"),
                    ("foot_drop_right", "right foot drop", "right foot (foot drop)"),
                )
            ),
            shown_when=ShownWhen("motor_weakness", ("present",)),
            plain="sites of muscle weakness",
            told_with="motor_weakness",
            detail=" in the {}",
        ),
        Item("sensory_loss", "Loss of feeling", YES_NO, sign=True),
        Item(
            "sensory_modalities",
            "Feeling lost",
            Choices(
                options(
                    ("pin", "pinprick"),
                    ("light_touch", "light touch"),
                    ("vibration", "vibration"),
                    ("joint_position", "joint position"),
                )
            ),
            shown_when=ShownWhen("sensory_loss", ("present",)),
            told_with="sensory_loss",
            detail=" for {}",
        ),
        Item(
            "sensory_level",
            "Feeling lost up to",
            Choices(
                options(
                    ("toes", "toes"),
                    ("ankle", "ankle"),
                    ("knee", "knee"),
                    ("thigh", "thigh"),
                    ("fingers", "fingers"),
                    ("wrist", "wrist"),
                    ("elbow", "elbow"),
                )
            ),
            shown_when=ShownWhen("sensory_loss", ("present",)),
            told_with="sensory_loss",
            detail=" up to the {}",
        ),
        Item("reflex_ankle", "Ankle reflexes", REFLEXES, coding=(hpo("HP:0001284"), snomed("37280007"))),
        Item("reflex_knee", "Knee reflexes", REFLEXES),
        Item("reflex_arm", "Arm reflexes", REFLEXES),
        Item("neuropathic_pain", "Nerve pain", YES_NO, coding=(hpo("HP:0012531"),)),
        Item(
            "pain_nrs",
            "Pain, 0 to 10",
            Number(hard=(0, 10), whole=True, censored=False, better="lower"),
            help="Worst this week; 0 none, 10 worst imaginable.",
            plain="worst pain this week, 0 to 10",
            told_with="neuropathic_pain",
            detail=", at worst {} out of 10 this week",
            detail_of_presence=True,
        ),
        Item(
            "autonomic",
            "Autonomic symptoms",
            YES_NO,
            plain="symptoms of the nerves that control blood pressure, sweating, bowel and bladder",
        ),
        Item(
            "autonomic_kinds",
            "Autonomic symptoms are",
            Choices(
                options(
                    ("erectile", "erectile difficulty"),
                    ("orthostatic", "faintness on standing"),
                    ("sweating", "sweating"),
                    ("bowel", "bowel"),
                    ("bladder", "bladder"),
                )
            ),
            shown_when=ShownWhen("autonomic", ("present",)),
            plain="symptoms of the automatic nerves",
            told_with="autonomic",
            detail=": {}",
        ),
        Item(
            "walking_aid",
            "Walking aid",
            Choices(
                options(
                    ("none", "none"),
                    ("one_stick", "one stick"),
                    ("two_sticks", "two sticks"),
                    ("frame", "frame or rollator"),
                    ("afo_left", "left ankle splint"),
                    ("afo_right", "right ankle splint"),
                    ("wheelchair_outdoors", "wheelchair outdoors"),
                    ("wheelchair_always", "wheelchair always", "wheelchair all the time"),
                    ("bed", "bed"),
                )
            ),
        ),
        Item(
            "mrc_variant",
            "MRC muscles tested",
            Choice(
                options(
                    ("12", "12 muscles, 0 to 60", "12 muscles (highest 60)"),
                    ("14", "14 muscles, 0 to 70", "14 muscles (highest 70)"),
                )
            ),
            help="14 adds the first dorsal interosseous; the variant must match the previous visit.",
            in_letter=False,
            told_with="mrc_sum",
            detail=", tested in {}",
        ),
        Item(
            "mrc_sum",
            "MRC sum score",
            Number(hard=(0, 70), whole=True, censored=False, better="higher", mic=2),
            taken_by=TakenBy("mrc_variant", "muscles tested not recorded", always=True),
            plain="muscle strength (MRC sum score)",
        ),
        Item(
            "falls",
            "Falls since last visit",
            Number(hard=(0, 200), warn=(0, 10), whole=True, censored=False, better="lower"),
        ),
        Item(
            "distribution",
            "Distribution",
            Choices(
                options(
                    ("length_dependent", "length dependent", "furthest from the body first (length dependent)"),
                    ("non_length_dependent", "polyradicular", "also near the spine (polyradicular)"),
                    ("upper_limbs_too", "upper limbs too", "arms as well as legs"),
                    ("asymmetric", "asymmetric", "one side more than the other"),
                    ("cranial", "cranial nerves", "nerves of the head"),
                )
            ),
            plain="pattern of nerve damage",
        ),
        Item("first_symptom", "First symptom", Day(partial=True), help="A year or a month is enough."),
        Item(
            "ncs_on",
            "Nerve conduction done",
            Day(partial=True),
            plain="nerve conduction tests done",
            told_with="ncs_pattern",
            detail=", done {}",
        ),
        Item(
            "ncs_pattern",
            "Nerve conduction shows",
            Choice(
                options(
                    ("demyelinating", "Demyelinating", "damage to the nerve covering (demyelinating)"),
                    ("mixed", "Mixed", "damage to the nerve and its covering (mixed)"),
                    ("axonal", "Axonal", "damage to the nerve itself (axonal)"),
                    ("normal", "Normal"),
                    ("unrecordable", "Unrecordable", "signals too weak to record"),
                )
            ),
            coding=(hpo("HP:0007108"), hpo("HP:0007327"), hpo("HP:0003477")),
            plain="nerve conduction tests",
        ),
        Item(
            "ncs_ulnar_cv",
            "Ulnar motor velocity",
            Number("m/s", (1, 80), (15, 80), 1, ucum="m/s"),
            plain="ulnar nerve in the arm, speed",
        ),
        Item(
            "ncs_ulnar_cmap",
            "Ulnar CMAP",
            Number("mV", (0, 25), (0.3, 25), 1, ucum="mV"),
            plain="ulnar nerve in the arm, strength of signal",
        ),
        Item(
            "ncs_ulnar_dml",
            "Ulnar distal latency",
            Number("ms", (1, 25), decimals=1, ucum="ms"),
            plain="ulnar nerve in the arm, delay",
        ),
        *ARM_TASKS,
        *LEG_TASKS,
        *MUSCLES,
        Item("p_note", "Note", Text(lines=2), in_letter=False),
    ),
    derived=(
        Derived(
            "onls_total",
            "ONLS total",
            Number(hard=(0, 12), whole=True, better="lower", mic=1),
            needs=("onls_arm", "onls_leg"),
            formula=total,
            plain="ONLS (score of arm and leg use, 0 to 12)",
            compared=grading.onls_compared,
            taken_by=TakenBy("onls_method"),
        ),
        *BY_TASKS,
    ),
)
