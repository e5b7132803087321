//! Events out of a store.

use std::ops::{ControlFlow, Range};

use travaux_domain::{AggregateState, Recorded, StreamId};
use travaux_projections::Projection;
use travaux_store::{EventReader, EventStore, Read, Record, parallel_reusing, read_all};

use crate::{Error, codec::Decoder, decode};

/// So many records are read and decoded at a time.
const PAGE: u64 = 512;

/// The event in a record.
pub(crate) fn recorded(store: &dyn EventStore, record: &Record) -> Result<Recorded, Error> {
    Ok(decode(record.encoded_event()?, |id| store.attachment(id))?)
}

/// All events that `read` asks for.
pub fn read_recorded(
    store: &dyn EventStore,
    read: Read,
) -> impl Iterator<Item = Result<Recorded, Error>> + '_ {
    read_all(store, read).map(|record| recorded(store, &record?))
}

/// The state of a stream as its first events give it, for as long as they are `wanted`; and its version
/// then, 0 before the first.
pub(crate) fn folded(
    store: &dyn EventStore,
    stream: StreamId,
    wanted: impl Fn(&Recorded) -> bool,
) -> Result<(AggregateState, u64), Error> {
    let (mut state, mut version) = (stream.initial(), 0);
    for recorded in read_recorded(store, Read::stream(stream.to_string(), 1)) {
        let recorded = recorded?;
        if !wanted(&recorded) {
            break;
        }
        state.evolve(&recorded.event, &recorded.context());
        version = recorded.version;
    }
    Ok((state, version))
}

/// A record that was read ahead. One with attachments is not decoded before its turn: they may be large.
enum Ahead {
    Event(Recorded),
    Record(Record),
}

/// Gives every event of these types (all types if there are none) from position `from` to the present end of the log to `each`, in
/// order. Records are read and decoded on as many threads as the machine has, a few pages ahead.
///
/// # Errors
/// The caller's own: that of `each`, or made of an [`Error`] where the store fails or a record cannot
/// be read. `each` has been given what stands before.
pub fn replay<E: From<Error>>(
    store: &dyn EventStore,
    from: u64,
    kinds: &[&str],
    mut each: impl FnMut(&Recorded) -> Result<(), E>,
) -> Result<(), E> {
    let (from, head) = (from.max(1), store.head());
    // What was read of a page, and why not all of it, if so.
    let read = |page: u64, left: Option<Vec<Ahead>>| -> (Vec<Ahead>, Result<(), Error>) {
        // What comes after the replay has begun is not read: the last page ends where the log did.
        let (first, end) = (from + page * PAGE, (from + (page + 1) * PAGE).min(head + 1));
        let mut taken = left.unwrap_or_else(|| Vec::with_capacity(PAGE as usize));
        taken.clear();
        let read = read_ahead(store, first..end, kinds, &mut taken);
        (taken, read)
    };
    let mut done = Ok(());
    parallel_reusing(
        0..(head + 1).saturating_sub(from).div_ceil(PAGE),
        read,
        |(taken, read)| {
            // By reference: whoever made the page uses its room again.
            let given = taken.iter().try_for_each(|ahead| match ahead {
                Ahead::Event(event) => each(event),
                Ahead::Record(record) => each(&recorded(store, record)?),
            });
            done = given.and(read.map_err(E::from));
            if done.is_ok() {
                ControlFlow::Continue(taken)
            } else {
                ControlFlow::Break(())
            }
        },
    );
    done
}

/// Reads and decodes the records at these positions whose types are among `kinds`.
fn read_ahead(
    store: &dyn EventStore,
    positions: Range<u64>,
    kinds: &[&str],
    taken: &mut Vec<Ahead>,
) -> Result<(), Error> {
    let mut next = Some(positions.start);
    while let Some(first) = next.filter(|next| *next < positions.end) {
        let limit = usize::try_from(positions.end - first).unwrap_or(usize::MAX);
        let page = store.read(&Read::log(first).limit(limit).kinds(kinds.iter().copied()))?;
        let (mut reader, mut decoder) = (EventReader::default(), Decoder::default());
        for record in &page.records {
            let encoded = reader.read(record)?;
            taken.push(if encoded.attachments.is_empty() {
                Ahead::Event(decoder.decode(encoded, |_| Ok(None))?)
            } else {
                Ahead::Record(record.clone())
            });
        }
        next = page.next;
    }
    Ok(())
}

/// The projection `P` of everything in `store`. Only the types of events that it takes in are read out of their records.
///
/// # Errors
/// [`Error`] where the store fails or a record cannot be read.
pub fn fold<P: Projection>(store: &dyn EventStore) -> Result<P, Error> {
    let mut projection = P::default();
    replay(store, 1, &P::TYPES.concat(), |recorded| {
        projection.apply(recorded);
        Ok::<_, Error>(())
    })?;
    Ok(projection)
}
