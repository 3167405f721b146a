"""Grades that follow from task answers (clinical.md 2.1): each takes answers by code and gives the grade, or None.

None means that an answer which decides is missing: a grade is never guessed. Answers: a task is `not_affected`,
`affected` (not prevented) or `prevented`; a question is `present` or `absent`; `None` is not answered.
"""

Answer = str | float | None

AFFECTED, PREVENTED = "affected", "prevented"
YES, NO = "present", "absent"
NO_SUPPORT, ONE_SUPPORT, TWO_SUPPORTS, WHEELCHAIR = "none", "one", "two", "wheelchair"


def onls_arm(
    hair: Answer, key: Answer, cutlery: Answer, buttons: Answer, dress: Answer, symptoms: Answer, movement: Answer
) -> float | None:
    """ONLS arm grade 0 to 5 from the five tasks (Graham and Hughes 2006)."""
    tasks = (hair, key, cutlery, buttons, dress)
    prevented = tasks.count(PREVENTED)
    if prevented == len(tasks):
        return _if(movement, 4, 5)
    if prevented:
        return 3
    return 2 if AFFECTED in tasks else _if(symptoms, 1, 0)


def incat_arm(
    buttons: Answer, hair: Answer, cutlery: Answer, coins: Answer, symptoms: Answer, movement: Answer
) -> float | None:
    """INCAT arm grade 0 to 5 from its four tasks: three prevented are grade 4, for one movement remains for certain."""
    tasks = (buttons, hair, cutlery, coins)
    prevented = tasks.count(PREVENTED)
    if prevented == len(tasks):
        return _if(movement, 4, 5)
    if prevented == len(tasks) - 1:
        return 4
    if prevented:
        return 3
    return 2 if AFFECTED in tasks else _if(symptoms, 1, 0)


def onls_leg(support: Answer, activities: Answer, gait: Answer, walk_1m: Answer, movement: Answer) -> float | None:
    """ONLS leg grade 0 to 7: what is needed for 10 m first, then what is still possible, or how gait looks."""
    if support == WHEELCHAIR:
        return 5 if walk_1m == YES else None if walk_1m is None else _if(movement, 6, 7)
    if support in (ONE_SUPPORT, TWO_SUPPORTS):
        return 3 if support == ONE_SUPPORT else 4
    return 2 if gait == YES else None if gait is None else _if(activities, 1, 0)


def incat_leg(outdoors: Answer, activities: Answer, few_steps: Answer) -> float | None:
    """INCAT leg grade 0 to 5: what is needed outdoors, then a few steps with help, or whether walking is affected."""
    if outdoors == WHEELCHAIR:
        return _if(few_steps, 4, 5)
    if outdoors in (ONE_SUPPORT, TWO_SUPPORTS):
        return 2 if outdoors == ONE_SUPPORT else 3
    return _if(activities, 1, 0)


def modified_rankin(
    symptoms: Answer, usual: Answer, own_affairs: Answer, walks: Answer, bedbound: Answer
) -> float | None:
    """Modified Rankin 0 to 5, question by question; 6, died, is never derived."""
    if symptoms == NO:
        return 0
    for grade, able in ((1, usual), (2, own_affairs), (3, walks)):
        if able != NO:
            return grade if able == YES else None
    return _if(bedbound, 5, 4)


def ecog(strenuous: Answer, light_work: Answer, up_half: Answer, self_care: Answer) -> float | None:
    """ECOG 0 to 4, question by question; 5, died, is never derived."""
    for grade, able in ((0, strenuous), (1, light_work), (2, up_half)):
        if able != NO:
            return grade if able == YES else None
    return _if(self_care, 3, 4)


def muscle_sum(variant: Answer, *strengths: Answer) -> float | None:
    """The MRC sum of 12 muscles, or of 14 with both first dorsal interossei, which come last."""
    counted = {"12": strengths[:12], "14": strengths[:14]}.get(str(variant), ())
    numbers = [each for each in counted if isinstance(each, float)]
    return float(sum(numbers)) if counted and len(numbers) == len(counted) else None


def onls_compared(arm: float, leg: float) -> float:
    """The ONLS total for judging a change: arm grades 0 and 1 are one, for their difference does not matter."""
    return max(arm, 1.0) + leg


def _if(answer: Answer, yes: float, no: float) -> float | None:
    return {YES: float(yes), NO: float(no)}.get(str(answer))
