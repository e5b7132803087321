//! The rules of roadmaps and their actions (rows R1 to R15 of the framework reference).

crate::law::rules! { Roadmap:
    RM1 Record 'A', "rules of the record",
        "an action names its area and one lead office of each party, or one lead and those who \
         support it, and the clauses that it carries out; it is revised on its words of now, and \
         withdrawn by who proposed it until it is adopted; then each party changes its own \
         offices, and all else takes all";
    RM2 Record 'A', "rules of the record",
        "a roadmap is of two parties or more of a framework, with the zone of its days; a version \
         is adopted by all, each action in the words of one revision";
    RM3 Record 'A', "iCalendar (RFC 5545), due and recurrence rule",
        "a due date is a day or follows from what happens; until that has come it is pending, and \
         not overdue; each day of a recurring action is kept once";
    RM4 Record 'A', "iCalendar relationships (RFC 9253)",
        "an action waits for others from start or finish to start or finish, with a lag, never in a \
         circle; one that is completed waits for nothing more";
    RM5 Record 'A', "EU Recovery and Resilience scoreboard",
        "a milestone is a qualitative step, a target a quantity of an indicator in the exact version \
         of its definition; none is both";
    RM6 Record 'A', "IATI, ActivityDateType 1 to 4",
        "planned and actual start and end are four dates; what is done is never in the future";
    RM7 Record 'A', "Open Government Partnership, self-reported progress",
        "progress is told by a party that leads the action, for a day; the last such day counts, and \
         it may be less than before";
    RM8 Residual 'A', "Open Government Partnership, completion",
        "progress is assessed by the body, or a party that does not lead the action alone; \
         assessments that differ all stand";
    RM9 Record 'A', "rules of the record: no due date is overwritten",
        "a due date is moved from where it stands, for a reason, by consent of all at the request of \
         one that leads the action, or by the body to which the roadmap gives the power";
    RM10 Residual 'A', "EU Recovery and Resilience scoreboard",
        "that a milestone was met and that it was accepted as met are two facts, of two; what was \
         not accepted is remedied within six months, later only if all agree";
    RM11 Record 'A', "rules of the record",
        "an action is completed once each milestone and target is met, or waived by all, and what \
         has to come before its end has";
    RM12 Record 'A', "rules of the record: a completion may not last",
        "an action that was completed may be reopened, for a reason; that it was stays on record";
    RM13 Record 'A', "IATI, ActivityStatus 5 and 6",
        "actions are suspended, resumed, cancelled, superseded, split and merged by all; what goes \
         on in their place is due when they were, and takes over what they are still measured by";
    RM14 Record 'A', "rules of the record: computed, never stored",
        "an action is late once the day on which it is due has passed in the zone of the roadmap, \
         and at risk when one that it waits for is not to be expected in time";
    RM15 Record 'A', "rules of the record",
        "a baseline is set by adopting a version alone, with each open action of the one before; \
         slip is told against the first and against the one in force";
}
