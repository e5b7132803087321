//! One document: its history as acts on one agreement.

use travaux::{
    StreamCommand,
    domain::{
        ActElsewhere, Actor, AgreementId, Handle, Profile, Provenance, Revision, StreamId,
        agreement::ending::EndingAct,
        agreement::{
            Agreement, AgreementCommand, Ended, Outcome, Proposal as AgreementProposal,
            RevisionDraft,
        },
    },
};
use travaux_text::{Digest, Format, Lang, Localized, Operation, Text, anomalies, infer};

use crate::{
    Change, ChangeKind, Content, DocumentHistory, FlaggedText, ImportReport, Proposal,
    RefusedRevision,
};

/// What one commit of the engine holds at most: so many acts, or acts of so many bytes.
const ACTS: usize = 96;
const BYTES: usize = 4 << 20;

/// Reads the text that a content names.
pub(crate) type Fetch<'a> = &'a dyn Fn(&Content) -> Result<Vec<u8>, String>;

/// Appends acts, all or none.
pub(crate) type Append<'a> = &'a mut dyn FnMut(Vec<StreamCommand>) -> Result<(), travaux::Error>;

/// The text of an adopted revision, and what it prints.
pub(crate) type Bases<'a> = &'a dyn Fn(Revision) -> Result<(Text, String), travaux::Error>;

/// A document on its way into an agreement.
pub(crate) struct Writer<'a> {
    id: AgreementId,
    /// What it is to be called when it begins.
    pub(crate) handle: Option<Handle>,
    fetch: Fetch<'a>,
    bases: Bases<'a>,
    append: Append<'a>,
    acts: Vec<StreamCommand>,
    bytes: usize,
    pub(crate) report: ImportReport,
    lang: Lang,
    format: Option<Format>,
    text: Text,
    /// The bytes that `text` prints.
    printed: String,
    last: Revision,
    revisions: u32,
    ended: bool,
    /// The line's revisions: place in the line, revision.
    line: Vec<(usize, Revision)>,
}

impl<'a> Writer<'a> {
    /// A writer that goes on where `agreement` stands.
    pub(crate) fn new(
        id: AgreementId,
        agreement: &Agreement,
        history: &DocumentHistory,
        fetch: Fetch<'a>,
        bases: Bases<'a>,
        append: Append<'a>,
    ) -> Self {
        let mut writer = Self {
            id,
            handle: None,
            fetch,
            bases,
            append,
            acts: Vec::new(),
            bytes: 0,
            report: ImportReport {
                documents: 1,
                ..ImportReport::default()
            },
            lang: language(&history.first_path),
            format: None,
            text: Text::default(),
            printed: String::new(),
            last: Revision(0),
            revisions: u32::try_from(agreement.revisions.len()).unwrap_or(u32::MAX),
            ended: agreement.machines.ending.last_end().is_some(),
            line: Vec::new(),
        };
        if let Some(identity) = &agreement.identity {
            writer.format = Some(identity.format);
            writer.lang = identity.languages.first().copied().unwrap_or(writer.lang);
            writer.last = agreement.current();
            writer.text = agreement.history.text_at(agreement.history.len());
            writer.printed = writer.text.print(writer.lang);
        }
        writer
    }

    /// Writes what `agreement` does not have yet.
    pub(crate) fn write(
        mut self,
        agreement: &Agreement,
        history: &DocumentHistory,
    ) -> Result<ImportReport, travaux::Error> {
        let known: std::collections::HashMap<&str, Revision> = agreement
            .revisions
            .iter()
            .filter_map(|r| Some((r.draft.provenance.as_ref()?.source.as_str(), r.revision)))
            .collect();
        let mut proposals: Vec<&Proposal> = history
            .proposals
            .iter()
            .filter(|p| !known.contains_key(p.commit.as_str()))
            .collect();
        self.report.known += (history.proposals.len() - proposals.len()) as u64;
        proposals.sort_by_key(|p| p.base);
        let revision = |change: &Change| {
            let text = change.kind == ChangeKind::Text;
            known.get(change.commit.as_str()).filter(|_| text)
        };
        let done = history.changes.iter().rposition(|c| revision(c).is_some());
        for (at, change) in history.changes.iter().enumerate() {
            if let Some(revision) = revision(change) {
                self.line.push((change.place, *revision));
                self.report.known += 1;
                // A document that changes twice in one commit is on record as it came to be last.
                let next = history.changes.get(at + 1);
                if next.is_none_or(|next| next.commit != change.commit) {
                    self.compare(agreement, change, *revision);
                }
            } else if let Some(last) =
                done.filter(|done| change.kind == ChangeKind::Text && at < *done)
            {
                self.too_late(change, &history.changes[last]);
            } else if done.is_none_or(|done| at > done)
                && !(change.kind == ChangeKind::End && self.ended)
            {
                if change.kind == ChangeKind::End {
                    // What was proposed while the document stood is recorded while it stands.
                    let before = proposals.partition_point(|p| p.base < change.place);
                    self.proposals(&proposals.drain(..before).collect::<Vec<_>>())?;
                }
                self.change(change)?;
            }
        }
        self.proposals(&proposals)?;
        self.flush()?;
        if let Some(change) = history.changes.last() {
            self.flag(&change.path, &change.commit);
        }
        Ok(self.report)
    }

    fn refuse(&mut self, change: &Change, reason: String) {
        self.report.refused.push(RefusedRevision {
            path: change.path.clone(),
            revision: change.commit.clone(),
            offset: None,
            reason,
        });
    }

    /// What is on record stays as it is: a source that says something else of it now is told so. The
    /// name of an object of git says what is in it, so that there is nothing to compare.
    fn compare(&mut self, agreement: &Agreement, change: &Change, revision: Revision) {
        let (Content::Here(text), Some(record)) = (&change.content, agreement.revision(revision))
        else {
            return;
        };
        let digest = record.digests.get(&self.lang);
        let adoption = agreement.adoptions.iter().find(|a| a.revision == revision);
        let mut other = Vec::new();
        if digest.is_some_and(|digest| *digest != Digest::of(text.as_bytes())) {
            other.push("text");
        }
        if let Some(known) = &record.draft.provenance {
            other.extend((known.path != change.path).then_some("path"));
            other.extend((known.by != change.proposer).then_some("author"));
            other.extend((known.at != change.proposed_at).then_some("author date"));
        }
        if let Some(known) = adoption {
            other.extend((known.adopter != change.adopter).then_some("committer"));
            other.extend((known.adopted_at != change.adopted_at).then_some("commit date"));
        }
        if !other.is_empty() {
            let other = other.join(", ");
            let reason = format!(
                "it is on record with another {other}; what is on record stays: record what is new under a commit of its own"
            );
            self.refuse(change, reason);
        }
    }

    /// A text that stands before the last one that is on record. One that was refused is so again.
    fn too_late(&mut self, change: &Change, last: &Change) {
        let bytes = self.report.bytes;
        if self
            .text(&change.content, &change.path, &change.commit)
            .is_some()
        {
            let reason = format!(
                "it comes before {}, which is on record: what is new in a history comes behind it",
                last.commit
            );
            self.refuse(change, reason);
        }
        self.report.bytes = bytes;
    }

    fn flag(&mut self, path: &str, revision: &str) {
        let findings = anomalies(&self.printed);
        if !findings.is_empty() {
            self.report.flagged.push(FlaggedText {
                path: path.to_owned(),
                revision: revision.to_owned(),
                findings,
            });
        }
    }

    /// The text of a content, or a refusal on the report.
    fn text(&mut self, content: &Content, path: &str, revision: &str) -> Option<String> {
        let mut refuse = |offset, reason| {
            let (path, revision) = (path.to_owned(), revision.to_owned());
            self.report.refused.push(RefusedRevision {
                path,
                revision,
                offset,
                reason,
            });
        };
        match (self.fetch)(content) {
            Err(reason) => refuse(None, reason),
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => {
                    self.report.bytes += text.len() as u64;
                    return Some(text);
                }
                Err(e) => {
                    let at = e.utf8_error().valid_up_to();
                    refuse(
                        Some(at as u64),
                        "it is not UTF-8 text from there on".to_owned(),
                    );
                }
            },
        }
        None
    }

    fn push(&mut self, command: AgreementCommand, bytes: usize) -> Result<(), travaux::Error> {
        self.acts.push(StreamCommand::Agreement(self.id, command));
        self.bytes += bytes;
        Ok(())
    }

    /// Commits are closed between revisions only, so that a stop never leaves one half done.
    fn maybe_flush(&mut self) -> Result<(), travaux::Error> {
        if self.acts.len() >= ACTS || self.bytes >= BYTES {
            self.flush()
        } else {
            Ok(())
        }
    }

    fn flush(&mut self) -> Result<(), travaux::Error> {
        self.bytes = 0;
        let acts = std::mem::take(&mut self.acts);
        if acts.is_empty() {
            Ok(())
        } else {
            (self.append)(acts)
        }
    }

    fn change(&mut self, change: &Change) -> Result<(), travaux::Error> {
        let elsewhere = ActElsewhere {
            source: change.commit.clone(),
            by: change.adopter.clone(),
            at: change.adopted_at,
        };
        if change.kind == ChangeKind::End {
            if self.format.is_some() {
                let (on, ground) = (change.effective_from, format!("deleted: {}", change.title));
                let ended = Ended {
                    on,
                    ground,
                    consenting: Vec::new(),
                    elsewhere: Some(elsewhere),
                };
                self.push(EndingAct::AgreementEnded(ended).into(), 0)?;
                self.ended = true;
            }
            return self.maybe_flush();
        }
        let Some(text) = self.text(&change.content, &change.path, &change.commit) else {
            return Ok(());
        };
        let provenance = Provenance {
            source: change.commit.clone(),
            path: change.path.clone(),
            mode: change.mode,
            by: change.proposer.clone(),
            at: change.proposed_at,
        };
        if self.format.is_none() {
            self.begin(&change.path, &text, provenance)?;
        } else {
            if self.ended {
                let resume = EndingAct::AgreementResumed {
                    on: change.effective_from,
                    elsewhere: Some(elsewhere.clone()),
                }
                .into();
                self.push(resume, 0)?;
                self.ended = false;
            }
            let base = self.last;
            self.revision(base, text, &change.title, provenance)?;
        }
        let adopt = AgreementCommand::AdoptText {
            revision: self.last,
            effective_from: Some(change.effective_from),
            package: None,
            elsewhere: Some(elsewhere),
        };
        self.push(adopt, 0)?;
        self.line.push((change.place, self.last));
        self.report.revisions += 1;
        self.maybe_flush()
    }

    fn begin(
        &mut self,
        path: &str,
        text: &str,
        provenance: Provenance,
    ) -> Result<(), travaux::Error> {
        let format = Format::detect(path, text);
        self.report.new_documents = 1;
        self.format = Some(format);
        self.text = Text::parse(format, self.lang, text, Revision::FIRST.0);
        self.printed = text.to_owned();
        (self.last, self.revisions) = (Revision::FIRST, 1);
        let proposal = AgreementProposal {
            title: title(path, text),
            kind: "document".to_owned(),
            profile: Profile::imported(),
            parties: Vec::new(),
            languages: vec![self.lang],
            translations: Vec::new(),
            format,
            texts: Localized::from([(self.lang, text.to_owned())]),
            final_clauses: Vec::new(),
            amends: None,
            framework: None,
            provenance: Some(provenance),
        };
        self.push(AgreementCommand::Propose(Box::new(proposal)), text.len())?;
        let named = self.handle.take();
        self.acts
            .extend(named.map(|handle| handle.give(StreamId::Agreement(self.id))));
        Ok(())
    }

    /// The operations from `old` to `text`, and the text that they give.
    fn operations(
        &self,
        old: &Text,
        printed: &str,
        text: &str,
        revision: Revision,
    ) -> (Vec<Operation>, Text) {
        let mut new = old.clone();
        if printed == text {
            return (Vec::new(), new);
        }
        let provisions = Text::provisions(self.format.unwrap_or(Format::Plain), self.lang, text);
        let ops = infer(old, self.lang, &provisions, revision.0);
        // The record rests on these operations giving the exact bytes, so that is seen to here, whatever inference does.
        if new.apply(&ops, revision.0).is_ok() && new.print(self.lang) == text {
            return (ops, new);
        }
        let text = Text::from_provisions(provisions.iter().cloned(), revision.0);
        (vec![Operation::Restate { provisions }], text)
    }

    fn revision(
        &mut self,
        base: Revision,
        text: String,
        title: &str,
        provenance: Provenance,
    ) -> Result<(), travaux::Error> {
        let revision = Revision(self.revisions).next();
        let (operations, new) = self.operations(&self.text, &self.printed, &text, revision);
        let size = text.len().abs_diff(self.printed.len()) + 1024;
        self.propose(base, operations, title, provenance, size)?;
        (self.text, self.printed, self.last) = (new, text, revision);
        Ok(())
    }

    fn propose(
        &mut self,
        base: Revision,
        operations: Vec<Operation>,
        title: &str,
        provenance: Provenance,
        size: usize,
    ) -> Result<(), travaux::Error> {
        self.revisions += 1;
        let proposal = RevisionDraft {
            title: (!title.is_empty()).then(|| title.to_owned()),
            inferred: true,
            provenance: Some(provenance),
            ..RevisionDraft::new(base, operations)
        };
        self.push(AgreementCommand::ProposeRevision(Box::new(proposal)), size)
    }

    /// Proposals rest on texts of the line, so the line is written first.
    fn proposals(&mut self, proposals: &[&Proposal]) -> Result<(), travaux::Error> {
        if proposals.is_empty() {
            return Ok(());
        }
        self.flush()?;
        proposals
            .iter()
            .try_for_each(|proposal| self.proposal(proposal))
    }

    fn proposal(&mut self, proposal: &Proposal) -> Result<(), travaux::Error> {
        if matches!(proposal.content, Content::None) {
            return Ok(());
        }
        let Some(text) = self.text(&proposal.content, &proposal.path, &proposal.commit) else {
            return Ok(());
        };
        let provenance = Provenance {
            source: proposal.commit.clone(),
            path: proposal.path.clone(),
            mode: proposal.mode,
            by: proposal.proposer.clone(),
            at: proposal.proposed_at,
        };
        self.report.proposals += 1;
        if self.format.is_none() {
            // Proposed, and never part of the line.
            return self.begin(&proposal.path, &text, provenance);
        }
        if self.ended {
            let (path, revision) = (proposal.path.clone(), proposal.commit.clone());
            let reason = "its document has ended".to_owned();
            self.report.refused.push(RefusedRevision {
                path,
                revision,
                offset: None,
                reason,
            });
            return Ok(());
        }
        let base = self
            .line
            .iter()
            .rev()
            .find(|(place, _)| *place <= proposal.base)
            .or(self.line.first());
        let base = base.map_or(Revision::FIRST, |(_, revision)| *revision);
        let revision = Revision(self.revisions).next();
        let (old, printed) = self.base_text(base)?;
        let (operations, _) = self.operations(&old, &printed, &text, revision);
        self.propose(base, operations, &proposal.title, provenance, 1024)?;
        let came = proposal.adopted.as_ref().and_then(|(how, at)| {
            // The line's revision at which it came in; where that commit left the document alone, the last before it.
            let (_, revision) = self.line.iter().rev().find(|(place, _)| place <= at)?;
            Some((how.clone(), *revision))
        });
        let outcome = match came {
            Some((how, revision)) => {
                self.report.proposals_adopted += 1;
                Outcome::AdoptedAs { revision, how }
            }
            None => Outcome::NotAdopted,
        };
        self.push(AgreementCommand::ConcludeRevision { revision, outcome }, 0)?;
        self.maybe_flush()
    }

    fn base_text(&self, base: Revision) -> Result<(Text, String), travaux::Error> {
        if base == self.last {
            Ok((self.text.clone(), self.printed.clone()))
        } else {
            (self.bases)(base)
        }
    }
}

/// The language of a document, where its path tells: `name.fr.txt`, `fr/name`, `fra/name`.
fn language(path: &str) -> Lang {
    const NAMES: &[(&str, &str)] = &[
        ("fr", "fr"),
        ("fra", "fr"),
        ("en", "en"),
        ("eng", "en"),
        ("ar", "ar"),
        ("ara", "ar"),
        ("es", "es"),
        ("nl", "nl"),
        ("de", "de"),
        ("it", "it"),
        ("pt", "pt"),
    ];
    let found = path
        .split(['/', '.'])
        .find_map(|part| NAMES.iter().find(|(name, _)| *name == part));
    found
        .and_then(|(_, tag)| Lang::parse(tag).ok())
        .unwrap_or(Lang::UNDETERMINED)
}

/// A document's title: what its front matter, its first heading or its first words say; else its file name.
fn title(path: &str, text: &str) -> String {
    let front = text
        .lines()
        .take(30)
        .find_map(|line| line.strip_prefix("title:"));
    let heading = || {
        text.lines()
            .take(200)
            .find_map(|line| line.strip_prefix("# "))
    };
    let title = front
        .or_else(heading)
        .map(|t| t.trim().trim_matches(['"', '\'']).to_owned())
        .filter(|t| !t.is_empty());
    let mut parts = path.rsplit('/').filter(|part| !part.trim().is_empty());
    title.unwrap_or_else(|| parts.next().unwrap_or("untitled").to_owned())
}

/// The importer, as the log names it.
pub(crate) fn importer() -> Actor {
    Actor::party("travaux-import")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_and_titles() {
        assert_eq!(language("A-1.fr.txt").as_str(), "fr");
        assert_eq!(language("eng/acts/A-1.xml").as_str(), "en");
        assert_eq!(language("Policies/terms.md"), Lang::UNDETERMINED);
        assert_eq!(
            title("a/b.md", "---\ntitle: \"Code civil\"\n---\n# X"),
            "Code civil"
        );
        assert_eq!(title("a/b.md", "# Terms of Service\n"), "Terms of Service");
        assert_eq!(title("a/b.txt", "words"), "b.txt");
        assert_eq!(title("a/ ", "# \n"), "a");
        assert_eq!(title(" ", ""), "untitled");
    }
}
