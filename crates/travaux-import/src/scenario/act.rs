//! Acts on streams of any kind: each is an event in its serde form, so that a new kind of stream
//! wants no new step.

use serde_json::Value;
use travaux::{
    CommitRequest, StreamCommand,
    domain::{Actor, AgreementId, FrameworkId, Handle, PackageId, StreamId},
};

use super::{
    ActOn, StepError,
    play::{Cast, Stage, free},
};

impl Stage<'_> {
    /// Begins a stream, and keeps it under its key, with acts on others in the same commit.
    pub(super) fn begin_any(
        &mut self,
        actor: &Actor,
        (key, kind): (&str, &str),
        handle: Option<&Handle>,
        event: &Value,
        with: &[ActOn],
    ) -> Result<(), StepError> {
        if !StreamId::PREFIXES.contains(&kind) {
            return Err(StepError::NoKind(kind.to_owned()));
        }
        self.cast.is_free(kind, key)?;
        let id = self.engine.new_agreement_id().0;
        let Ok(stream) = format!("{kind}-{id}").parse() else {
            return Err(StepError::NoKind(kind.to_owned()));
        };
        let act = self.command(stream, event)?;
        // Where its id follows from what it is, it begins under that one.
        let (stream, act) = match act.named() {
            Some(own) => (own, self.command(own, event)?),
            None => (stream, act),
        };
        self.cast.keep(key, stream);
        let mut acts = self.commands(with)?;
        acts.push(act);
        self.begin(actor, acts, handle, stream)
    }

    /// Records acts in one commit.
    pub(super) fn act_on_any(&self, actor: &Actor, acts: &[ActOn]) -> Result<(), StepError> {
        let request = CommitRequest::new(actor.clone(), self.commands(acts)?);
        self.engine.commit_request(&request)?;
        Ok(())
    }

    fn commands(&self, acts: &[ActOn]) -> Result<Vec<StreamCommand>, StepError> {
        let commands = acts.iter().map(|act| {
            let stream = self.cast.stream(&act.on)?;
            self.command(stream, &act.event)
        });
        commands.collect()
    }

    /// The command that gives an event: strictly, as nothing is dropped in silence.
    fn command(&self, stream: StreamId, event: &Value) -> Result<StreamCommand, StepError> {
        let mut asked = event.clone();
        self.cast.name(&mut asked)?;
        let read = stream.read_event(&asked)?;
        let written = serde_json::to_value(&read)?;
        if let Some(field) = unread(&asked, &written) {
            return Err(StepError::Field(field));
        }
        let command = StreamCommand::behind(stream, &read);
        command.ok_or_else(|| StepError::NoKind(stream.to_string()))
    }
}

/// The path of a field that is asked for and not in what was read, if there is one.
fn unread(asked: &Value, read: &Value) -> Option<String> {
    match (asked, read) {
        (Value::Object(asked), Value::Object(read)) => {
            let mut fields = asked.iter().filter(|(_, value)| !value.is_null());
            fields.find_map(|(name, value)| match read.get(name) {
                None => Some(name.clone()),
                Some(read) => unread(value, read).map(|rest| format!("{name}.{rest}")),
            })
        }
        (Value::Array(asked), Value::Array(read)) => {
            let mut pairs = (1..).zip(asked.iter().zip(read));
            pairs.find_map(|(number, (asked, read))| {
                unread(asked, read).map(|rest| format!("{number}.{rest}"))
            })
        }
        _ => None,
    }
}

impl Cast {
    fn is_free(&self, kind: &str, key: &str) -> Result<(), StepError> {
        match kind {
            "agreement" => free(&self.agreements, key),
            "framework" => free(&self.frameworks, key),
            "package" => free(&self.packages, key),
            _ => free(&self.others, key),
        }
    }

    fn keep(&mut self, key: &str, stream: StreamId) {
        let key = key.to_owned();
        match stream {
            StreamId::Agreement(id) => drop(self.agreements.insert(key, id)),
            StreamId::Framework(id) => drop(self.frameworks.insert(key, id)),
            StreamId::Package(id) => drop(self.packages.insert(key, id)),
            other => drop(self.others.insert(key, other)),
        }
    }

    /// What is called by a key, or by `kind:key`.
    ///
    /// # Errors
    /// [`StepError::Unknown`] where nothing is; [`StepError::Several`] where it is not clear what.
    pub fn stream(&self, name: &str) -> Result<StreamId, StepError> {
        let (kind, key) = match name.split_once(':') {
            Some((kind, key)) => (Some(kind), key),
            None => (None, name),
        };
        let agreement = self.agreements.get(key).copied();
        let framework = self.frameworks.get(key).copied();
        let package = self.packages.get(key).copied();
        let all = [
            agreement.map(|id: AgreementId| StreamId::Agreement(id)),
            framework.map(|id: FrameworkId| StreamId::Framework(id)),
            package.map(|id: PackageId| StreamId::Package(id)),
            self.others.get(key).copied(),
        ];
        let of_kind = |stream: &StreamId| {
            let stream = stream.to_string();
            kind.is_none_or(|kind| stream.split_once('-').is_some_and(|(of, _)| of == kind))
        };
        let mut found = all.into_iter().flatten().filter(of_kind);
        match (found.next(), found.next()) {
            (Some(stream), None) => Ok(stream),
            (Some(_), Some(_)) => Err(StepError::Several(key.to_owned())),
            (None, _) => Err(StepError::Unknown(name.to_owned())),
        }
    }

    /// Puts ids in the place of the names in an event: `@key`; `@@` stands for `@`.
    fn name(&self, value: &mut Value) -> Result<(), StepError> {
        match value {
            Value::String(text) => {
                let named = text.strip_prefix('@').map(str::to_owned);
                match named {
                    None => {}
                    Some(literal) if literal.starts_with('@') => *text = literal,
                    Some(name) => {
                        let stream = self.stream(&name)?.to_string();
                        let id = stream.split_once('-').map_or("", |(_, id)| id);
                        id.clone_into(text);
                    }
                }
                Ok(())
            }
            Value::Array(items) => items.iter_mut().try_for_each(|item| self.name(item)),
            Value::Object(fields) => fields.values_mut().try_for_each(|field| self.name(field)),
            Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
        }
    }
}
