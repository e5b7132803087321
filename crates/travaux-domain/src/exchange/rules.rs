//! The rules of exchange of information (rows I1 to I15 of the framework reference).

crate::law::rules! { Exchange:
    IX1 Mandatory 'A', "Directive (EU) 2023/977, 4 and 14",
        "a request goes from one single point of contact to the other, or with a copy to one's own, \
         and says on what it rests, for what purpose, why it is urgent if it is, and in which \
         languages";
    IX2 Mandatory 'A', "Directive (EU) 2023/977, 5(1)",
        "every limit runs from receipt, which the requested party records; without receipt nothing \
         is overdue";
    IX3 Residual 'A', "Directive (EU) 2023/977, 5(1); Framework Decision 2006/960/JHA, 4",
        "the limits are the agreement's: the first case that fits the request, as the terms stood \
         on the day of sending; a request may carry a shorter one that both agreed";
    IX4 Mandatory 'A', "Directive (EU) 2023/977 (deviation from limits)",
        "a limit is put off only for a ground of the agreement's list, with the day on which the \
         reply is expected; the first limit stays on record, and counts where lateness is counted";
    IX5 Residual 'A', "Directive (EU) 2023/977 (clarification)",
        "one clarification is asked for at a time; the clock stands still until it is given, and for \
         how long it stood is told";
    IX6 Mandatory 'A', "Directive (EU) 2023/977, 1; Framework Decision 2006/960/JHA, 1(4)",
        "what is provided closes the parts of the request that it names; its use as evidence, and \
         for others, wants the consent of its originator, then or later";
    IX7 Mandatory 'A', "Directive (EU) 2023/977 (grounds for refusal)",
        "a reply is refused only on a ground of the agreement's list, and for the parts that it \
         names; the others stay due";
    IX8 Residual 'A', "Directive (EU) 2023/977, 7",
        "information is offered without a request; it bears a marking like any other, and no clock \
         runs";
    IX9 Record 'A', "rules of the record: five axes, none of which stands for another",
        "every content bears a marking; without one it bears the most restrictive one of the \
         agreement; levels of two schemes are compared by dated tables of two parties, never by \
         their spelling";
    IX10 Record 'A', "MISP, attributes in events: the highest wins",
        "what is made of other contents bears all that they bear: the highest levels, the parties \
         common to all, every code; nothing that is joined or edited is lowered by it";
    IX11 Mandatory 'A', "Council Decision 2013/488/EU",
        "only the originator changes a marking; a holder goes by the new one from when it has \
         received it";
    IX12 Mandatory 'A', "EU manual on information exchange 6261/18, handling codes",
        "who holds a content sends it on with the prior consent of its originator, unless its \
         marking lets anybody do so";
    IX13 Record 'A', "rules of the record: one result, however many claim it",
        "a result has one key, with its sources, and the requests that led to it; who else claims \
         it adds to it, and a correction names what it was";
    IX14 Residual 'A', "SDMX, confidentiality: secondary suppression",
        "counts and delays are published by the two dimensions that were agreed; cells below the \
         minimum are suppressed, and as many more as it takes that none can be worked out";
    IX15 Residual 'A', "Regulation (EU) 2016/679, 17",
        "a content is erased by its originator, or by a holder for itself; that it was there, when \
         and how marked stays on record, and its digest with it";
}
