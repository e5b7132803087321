//! The entries of the requests for information under a framework. They tell where a request stands
//! and when, never what it says; and nothing to a reader who has to do with none of it.

use travaux_domain::{
    StreamId,
    limit::Calendar,
    request::{Request, RequestId, RequestStatus},
};

use super::{Entries, Entry, EntryId, Exchanges, WAITS_FOR, standing};

impl Entries<'_> {
    pub(super) fn add_requests(&mut self, exchanges: &Exchanges<'_>) {
        let all = &self.sources.dossiers.requests;
        for (id, view) in standing(all, self.framework, self.at) {
            self.add_request(id, &view.state, exchanges);
        }
    }

    /// The entry of a request: to who may not know of it, that there is one, and no more (QY4).
    fn add_request(&mut self, id: RequestId, request: &Request, exchanges: &Exchanges<'_>) {
        let stream = StreamId::Request(id);
        let known = |party| request.is_known_to(party);
        let mut entry = Entry::new(stream, 1);
        if !self.at.reader.as_ref().is_some_and(known) {
            entry.say("withheld", true);
            self.put(EntryId::whole(stream), entry);
            return;
        }
        entry.by[0].version = request.version;
        entry.say_some("title", request.reference().map(|name| &**name));
        entry.say_some("area", request.area().map(|area| &**area));
        entry.say_some(
            "by",
            request.by.as_ref().map(ToString::to_string).as_deref(),
        );
        entry.list("to", request.addressees());
        entry.say_some("begun", request.begun.map(|at| at.on));
        let calendar = self.calendar(request, exchanges);
        let instant = self.at.instant();
        let status = request.status(instant, calendar);
        entry.word("status", &status);
        if let Some(receipt) = &request.receipt {
            entry.say("received", receipt.at.on);
        }
        let open = matches!(
            status,
            RequestStatus::Received | RequestStatus::Clarifying | RequestStatus::PartlyAnswered
        );
        entry.say_some("answered", request.closed().map(|at| at.on));
        if let Some(calendar) = calendar {
            if let Some(in_time) = request.in_time(instant, calendar) {
                entry.say("in_time", in_time);
            }
            if request.is_overdue(instant, calendar) {
                entry.say("overdue", true);
            }
        }
        match status {
            RequestStatus::Clarifying => {
                let asker = request.by.iter();
                entry.list(WAITS_FOR, asker);
            }
            _ if open => entry.list(WAITS_FOR, request.addressees()),
            _ => {}
        }
        self.put(EntryId::whole(stream), entry);
    }

    /// The calendar by which the limits of a request run: that of whom it is asked of.
    fn calendar<'a>(
        &self,
        request: &Request,
        exchanges: &'a Exchanges<'_>,
    ) -> Option<&'a Calendar> {
        let exchange = exchanges.get(&request.exchange()?)?;
        let asked = request.call.as_ref().map(|call| &call.to)?;
        // A calendar that is declared later moves no limit that runs.
        let from = request.receipt.as_ref().map_or(self.at.on, |r| r.at.on);
        exchange.state.calendar_on(asked, from)
    }
}
