//! What is kept beside the log, compared with what the log gives.

use travaux_domain::{AggregateState, StreamId};
use travaux_projections::AgreementRecord;
use travaux_store::{Read, Snapshot};

use super::{Audit, LeftOut, Problem, SnapshotOf};
use crate::{
    Error, Views, read_recorded,
    reader::folded,
    snapshot::{self, custody_name},
};

impl Audit<'_> {
    /// Compares the stored projections with what the replay built.
    pub(super) fn compare(&mut self) {
        let position = self.views.position();
        let states = self.views.states().unwrap_or_else(|error| {
            self.find(None, error);
            Vec::new()
        });
        let mut earlier: Option<Views> = None;
        for view in states {
            let of = SnapshotOf::Projection(view.name);
            let Some(stored) = self.stored(view.name, of, (view.version, position)) else {
                continue;
            };
            let expected = if stored.checkpoint == position {
                Ok(view.state)
            } else {
                // The views are saved together, and so are at one position as a rule.
                let built = match earlier.take() {
                    Some(views) if views.position() == stored.checkpoint => Ok(views),
                    Some(_) | None => self.views_at(stored.checkpoint),
                };
                built.and_then(|views| {
                    let views = earlier.insert(views);
                    let mut states = views.states()?.into_iter();
                    let same = states.find(|state| state.name == view.name);
                    Ok(same.map_or_else(Vec::new, |state| state.state))
                })
            };
            self.judge(of, &stored, expected);
        }
        for (stream, state) in std::mem::take(&mut self.states) {
            self.compare_state(stream, state);
        }
    }

    /// The views as the log gives them up to a position.
    fn views_at(&self, position: u64) -> Result<Views, Error> {
        let mut views = Views::new(Vec::new());
        for recorded in read_recorded(self.store, Read::log(1)) {
            let recorded = recorded?;
            if recorded.position > position {
                break;
            }
            views.apply(&recorded);
        }
        Ok(views)
    }

    /// Compares the stored state of a stream, and the custody of an agreement's words, with what the
    /// replay built.
    fn compare_state(&mut self, stream: StreamId, state: AggregateState) {
        let name = stream.to_string();
        let version = self.streams.get(&name).map_or(0, |end| end.version);
        let mut at = At {
            stream,
            version,
            state,
        };
        let mut kept = vec![(
            name.clone(),
            SnapshotOf::Record(stream),
            at.state.form_version(),
        )];
        if matches!(at.state, AggregateState::Agreement(_)) {
            kept.push((
                custody_name(stream),
                SnapshotOf::Custody(stream),
                AgreementRecord::CUSTODY_VERSION,
            ));
        }
        for (file, of, known) in kept {
            let Some(stored) = self.stored(&file, of, (known, version)) else {
                continue;
            };
            let state = self.state_at(&mut at, stored.checkpoint);
            let expected = state.and_then(|state| match state {
                AggregateState::Agreement(agreement) if file != name => {
                    let mut record = AgreementRecord::new(agreement.clone(), stored.checkpoint);
                    record.follow();
                    Ok(record.custody_state()?)
                }
                state => Ok(snapshot::write(state, stored.checkpoint)?),
            });
            self.judge(of, &stored, expected);
        }
    }

    /// The state of a stream at a version: the one at hand, or folded from the log again.
    fn state_at<'s>(&self, at: &'s mut At, version: u64) -> Result<&'s AggregateState, Error> {
        if at.version != version {
            (at.state, _) = folded(self.store, at.stream, |e| e.version <= version)?;
            at.version = version;
        }
        Ok(&at.state)
    }

    /// The snapshot of a name, if there is one to judge. One of another version of the program is left
    /// out, and named; one that says more than the log is found.
    fn stored(&mut self, name: &str, of: SnapshotOf, (known, end): (u32, u64)) -> Option<Snapshot> {
        let stored = match self.snapshots.load(name) {
            Ok(stored) => stored?,
            Err(error) => {
                self.find(None, error);
                return None;
            }
        };
        if stored.version != known {
            self.report.left_out.push(LeftOut {
                name: name.to_owned(),
                version: stored.version,
                known,
            });
            return None;
        }
        if stored.checkpoint > end {
            self.find(
                None,
                Problem::SnapshotAhead {
                    snapshot: of,
                    events: stored.checkpoint,
                    recorded: end,
                },
            );
            return None;
        }
        Some(stored)
    }

    /// Compares a snapshot with what the log gives up to where it was taken.
    fn judge(&mut self, of: SnapshotOf, stored: &Snapshot, expected: Result<Vec<u8>, Error>) {
        self.report.projections += 1;
        match expected {
            Ok(state) if state == stored.state => {}
            Ok(_) => self.find(None, Problem::SnapshotDiffers { snapshot: of }),
            Err(error) => self.find(None, error),
        }
    }
}

/// A stream's state at a version.
struct At {
    stream: StreamId,
    version: u64,
    state: AggregateState,
}
