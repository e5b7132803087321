//! The instruments of several languages, read as one.

use crate::{Localized, Operation};

use super::Disagreement;

/// Operations read from the instruments of several languages, as one list: what is of the text and not of one language is one operation
/// with the words of all.
///
/// # Errors
/// [`Disagreement`] with the first operation that the languages do not share.
pub fn together(read: &Localized<Vec<Operation>>) -> Result<Vec<Operation>, Disagreement> {
    let mut out: Vec<Operation> = Vec::new();
    let structural = |ops: &[Operation]| -> Vec<Operation> {
        ops.iter()
            .filter(|op| !matches!(op, Operation::SubstituteWords { .. }))
            .cloned()
            .collect()
    };
    let mut languages = read.iter();
    let Some((first, operations)) = languages.next() else {
        return Ok(out);
    };
    let mut shared = structural(operations);
    for (lang, operations) in languages {
        let theirs = structural(operations);
        if theirs.len() != shared.len() {
            return Err(Disagreement::Count {
                first: *first,
                ours: shared.len(),
                other: *lang,
                theirs: theirs.len(),
            });
        }
        for (at, (ours, theirs)) in shared.iter_mut().zip(theirs).enumerate() {
            let name = ours.name();
            if !merge(ours, theirs) {
                return Err(Disagreement::Change {
                    number: at + 1,
                    name,
                    other: *lang,
                });
            }
        }
    }
    // In the order of the first language; words of the others behind its own of the same place.
    let mut shared = shared.into_iter();
    for op in operations {
        match op {
            Operation::SubstituteWords { .. } => out.push(op.clone()),
            _ => out.extend(shared.next()),
        }
    }
    for (_, operations) in read.iter().skip(1) {
        out.extend(
            operations
                .iter()
                .filter(|op| matches!(op, Operation::SubstituteWords { .. }))
                .cloned(),
        );
    }
    Ok(out)
}

/// Takes another language's words into an operation; `false` if it is another operation.
fn merge(ours: &mut Operation, theirs: Operation) -> bool {
    match (ours, theirs) {
        (
            Operation::Repeal {
                provisions: a,
                notice,
            },
            Operation::Repeal {
                provisions: b,
                notice: more,
            },
        ) if *a == b => {
            notice.extend(more);
        }
        (
            Operation::Renumber {
                provision: a,
                labels,
            },
            Operation::Renumber {
                provision: b,
                labels: more,
            },
        ) if *a == b => {
            labels.extend(more);
        }
        (
            Operation::SetHeading {
                provision: a,
                headings,
            },
            Operation::SetHeading {
                provision: b,
                headings: more,
            },
        ) if *a == b => {
            headings.extend(more);
        }
        (
            Operation::Replace {
                provision: a,
                bodies,
                ..
            },
            Operation::Replace {
                provision: b,
                bodies: more,
                ..
            },
        ) if *a == b => {
            bodies.extend(more);
        }
        (
            Operation::Move { provision: a, at },
            Operation::Move {
                provision: b,
                at: there,
            },
        ) => return *a == b && *at == there,
        (
            Operation::Insert { at, provisions },
            Operation::Insert {
                at: there,
                provisions: more,
            },
        ) => {
            let same = provisions
                .iter()
                .map(|p| (p.kind, p.rank))
                .eq(more.iter().map(|p| (p.kind, p.rank)));
            if *at != there || !same {
                return false;
            }
            for (p, theirs) in provisions.iter_mut().zip(more) {
                p.bodies.extend(theirs.bodies);
            }
        }
        _ => return false,
    }
    true
}
