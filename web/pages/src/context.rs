//! What every page is made from: snapshot, reader, scope, period, position, and the addresses of other pages.

use mc_access::{Act, Actor, Denied, Object, decide};
use mc_base::{Day, Period, PlaceId, Seq};
use mc_figure::Definition;
use mc_port::{PlaceBasis, Sink, Snapshot};
use mc_register::{Schema, key};
use mc_ui::ListHandle;

use crate::address;
use crate::app::App;
use crate::authz::never;
use crate::error::PageError;
use crate::gate::SignedIn;
use crate::query::{Query, segment};
use crate::route::Asked;
use crate::words::place_said;

/// Place code of the scope.
pub const PLACE: &str = "dv";
/// Period.
pub const PERIOD: &str = "ky";
/// Ledger position.
pub const POSITION: &str = "tai";
/// The row from which a list goes on.
pub const AFTER: &str = "sau";
/// Whether places count as they are now or as they were: `now`, which is meant where it is absent, or `then`.
pub const PLACES: &str = "places";

/// Words that stand where the first part of a record key stands in `/so/{slug}/…`.
const RESERVED: [&str; 10] =
    ["bang-chung", "tu-dien", "them", "sua", "rut", "thay", "lich-su", "nhap", "tim-ca-nhan", "bang-nhap"];

/// One request, ready to be answered: everything in the address has been read and found good.
pub struct Page<'a> {
    app: &'a App,
    asked: &'a Asked,
    snapshot: Box<dyn Snapshot>,
    place: PlaceId,
    period: Option<Period>,
    at: Seq,
    pinned: bool,
    today: Day,
    places: PlaceBasis,
}

impl<'a> Page<'a> {
    /// Reads the address of a request.
    ///
    /// # Errors
    /// A place, period or position that cannot be read or is not there.
    pub fn open(app: &'a App, asked: &'a Asked, snapshot: Box<dyn Snapshot>) -> Result<Self, PageError> {
        let period = match asked.query.get(PERIOD) {
            Some(text) => Some(Period::parse(text).map_err(|error| PageError::bad(error.to_string()))?),
            None => None,
        };
        let place = match asked.query.get(PLACE) {
            Some(code) => address::place(snapshot.as_ref(), code, period)?,
            None => snapshot.instance().home,
        };
        let (at, pinned) = match asked.query.get(POSITION) {
            Some(text) => (address::position(snapshot.as_ref(), text)?, true),
            None => (snapshot.head().seq, false),
        };
        // An unfinished period ends today: under a pin it must go on ending on the same day.
        let recorded =
            if pinned { snapshot.commit(at)?.map(|commit| commit.recorded_at.day()) } else { None };
        let now = snapshot.today();
        let today = recorded.map_or(now, |day| day.min(now));
        let places = match asked.query.get(PLACES) {
            None | Some("now") => PlaceBasis::Now,
            Some("then") => PlaceBasis::Then,
            Some(_) => {
                return Err(PageError::bad(t!(
                    "Không đọc được “places”; cần now (địa giới hiện nay) hoặc then (địa giới lúc đó)."
                )));
            }
        };
        Ok(Self { app, asked, snapshot, place, period, at, pinned, today, places })
    }

    /// The server.
    #[must_use]
    pub const fn app(&self) -> &'a App {
        self.app
    }

    /// The snapshot.
    #[must_use]
    pub fn snapshot(&self) -> &dyn Snapshot {
        self.snapshot.as_ref()
    }

    /// The request itself.
    #[must_use]
    pub(crate) const fn asked(&self) -> &'a Asked {
        self.asked
    }

    /// Who reads.
    #[must_use]
    pub const fn viewer(&self) -> &'a Actor {
        &self.asked.viewer
    }

    /// The session of an account, where one asks.
    #[must_use]
    pub const fn signed_in(&self) -> Option<&'a SignedIn> {
        self.asked.signed_in.as_ref()
    }

    /// Where commits go, for a reader who may write something; records are decided one by one.
    #[must_use]
    pub fn sink(&self) -> Option<&'a dyn Sink> {
        self.app.sink().filter(|_| !never(self.viewer(), Act::Write) && !self.snapshot.sealed())
    }

    /// Parameters of the address.
    #[must_use]
    pub const fn query(&self) -> &'a Query {
        &self.asked.query
    }

    /// The form sent.
    #[must_use]
    pub const fn form(&self) -> &'a Query {
        &self.asked.form
    }

    /// The file sent with the form.
    #[must_use]
    pub const fn upload(&self) -> Option<&'a crate::upload::Upload> {
        self.asked.upload.as_ref()
    }

    /// Where the request came from, where that is known.
    #[must_use]
    pub const fn peer(&self) -> Option<std::net::IpAddr> {
        self.asked.peer
    }

    /// Scheme and host under which the sender reached this server, where its form said so.
    #[must_use]
    pub fn origin(&self) -> Option<&'a str> {
        self.asked.origin.as_deref()
    }

    /// The JSON that was sent.
    #[must_use]
    pub const fn json(&self) -> Option<&'a serde_json::Value> {
        self.asked.json.as_ref()
    }

    /// `If-None-Match`, as sent.
    #[must_use]
    pub fn if_none_match(&self) -> Option<&'a str> {
        self.asked.if_none_match.as_deref()
    }

    /// Path of the page, as sent.
    #[must_use]
    pub fn path(&self) -> &'a str {
        &self.asked.path
    }

    /// Whether the page is asked for, not sent to.
    #[must_use]
    pub const fn reads(&self) -> bool {
        self.asked.reads
    }

    /// A segment of the path, decoded; the first is 0.
    #[must_use]
    pub fn segment(&self, index: usize) -> &'a str {
        self.asked.segments.get(index).map_or("", String::as_str)
    }

    /// The record key whose parts are the segments from `index` on.
    #[must_use]
    pub fn key_from(&self, index: usize) -> String {
        let parts: Vec<String> =
            self.asked.segments.iter().skip(index).map(|part| key::escape(part)).collect();
        parts.join("/")
    }

    /// Place of the scope: `dv`, or the home province.
    #[must_use]
    pub const fn place(&self) -> PlaceId {
        self.place
    }

    /// Name of a place.
    #[must_use]
    pub fn place_name(&self, id: PlaceId) -> String {
        self.snapshot
            .places()
            .get(id)
            .map_or_else(|| t!("địa bàn số {id}", id), |place| place_said(&place.name))
    }

    /// The period asked for.
    #[must_use]
    pub const fn period(&self) -> Option<Period> {
        self.period
    }

    /// The period asked for, or else the last whole month.
    #[must_use]
    pub fn period_or_last_month(&self) -> Period {
        let month = self.today().month();
        self.period.unwrap_or_else(|| Period::of_month(month.plus(-1).unwrap_or(month)))
    }

    /// Position read.
    #[must_use]
    pub const fn at(&self) -> Seq {
        self.at
    }

    /// Whether the address names the position.
    #[must_use]
    pub const fn pinned(&self) -> bool {
        self.pinned
    }

    /// Position to read at: `None` is the latest, which every store reads fastest.
    #[must_use]
    pub fn read_at(&self) -> Option<Seq> {
        (self.pinned && self.at < self.snapshot.head().seq).then_some(self.at)
    }

    /// Whether places count as they are now or as they were.
    #[must_use]
    pub const fn places(&self) -> PlaceBasis {
        self.places
    }

    /// The day figures are read on: of a pinned page the day its position was recorded, so that a period
    /// unfinished then keeps its numbers; else the day it is.
    #[must_use]
    pub const fn today(&self) -> Day {
        self.today
    }

    /// The day it is, also on a pinned page.
    #[must_use]
    pub fn real_today(&self) -> Day {
        self.snapshot.today()
    }

    /// The handle of a list's total.
    #[must_use]
    pub fn list_handle(&self, register: &str, filter: impl Into<String>) -> ListHandle {
        ListHandle { register: register.to_owned(), filter: filter.into(), position: self.at }
    }

    /// The parameters that links keep: scope, period, position and the way of counting places, as far as the
    /// address names them.
    #[must_use]
    pub fn kept(&self) -> Query {
        [PLACE, PERIOD, POSITION, PLACES]
            .into_iter()
            .fold(Query::default(), |kept, name| kept.with(name, self.asked.query.get(name)))
    }

    /// An address with the scope, period and position of this page.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        self.kept().address(path)
    }

    /// The address of a register's list.
    #[must_use]
    pub fn register_link(&self, schema: &Schema) -> String {
        self.link(&format!("/so/{}", schema.slug))
    }

    /// The address of a record.
    #[must_use]
    pub fn record_link(&self, schema: &Schema, key: &str) -> String {
        self.link(&record_path(&schema.slug, "", key))
    }

    /// The address of an indicator.
    #[must_use]
    pub fn indicator_link(&self, definition: &Definition) -> String {
        self.link(&format!("/chi-tieu/{}", definition.slug))
    }

    /// This page with one parameter changed. Paging begins anew.
    #[must_use]
    pub fn here_with(&self, name: &str, value: Option<&str>) -> String {
        self.asked.query.clone().with(AFTER, None).with(name, value).address(&self.asked.path)
    }

    /// The register of the slug in the path.
    ///
    /// # Errors
    /// When there is none.
    pub fn register(&self, slug: &str) -> Result<std::sync::Arc<Schema>, PageError> {
        self.snapshot
            .schemas()
            .into_iter()
            .find(|schema| schema.slug == slug)
            .ok_or_else(|| PageError::missing(t!("Không có sổ này, hoặc bạn không được xem.")))
    }

    /// Whether the reader may do `act` to `object`, now or once the second factor is confirmed: what is offered leads to
    /// the confirmation, which the router asks for before it runs such an act.
    #[must_use]
    pub fn may(&self, act: Act, object: &Object) -> bool {
        matches!(decide(self.viewer(), act, object), Ok(()) | Err(Denied::Unconfirmed))
    }

    /// Whether only the confirmation stands between the reader and `act`.
    #[must_use]
    pub fn awaits_factor(&self, act: Act, object: &Object) -> bool {
        decide(self.viewer(), act, object) == Err(Denied::Unconfirmed)
    }
}

/// The path of a record under `/so/{slug}`, or of an act on it (`act` with a slash behind).
#[must_use]
pub fn record_path(slug: &str, act: &str, key: &str) -> String {
    let mut parts: Vec<String> =
        key.split('/').map(|part| segment(&part.replace("%2F", "/").replace("%25", "%"))).collect();
    if let Some(first) =
        parts.first_mut().filter(|first| act.is_empty() && RESERVED.contains(&first.as_str()))
    {
        // Escaped, the word is no longer the one in the route table and reads back the same.
        *first = first.bytes().map(|byte| format!("%{byte:02X}")).collect();
    }
    format!("/so/{slug}/{act}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::segments;

    #[test]
    fn a_path_of_a_record_reads_back_as_its_key_and_meets_no_other_route() {
        for record in ["A-1/2025-08-01", "a%2Fb/c", "100%25", "sua/1", "tu-dien", "Đồi Hòa/x y", "?#&"] {
            let path = record_path("cot", "", record);
            let parts = segments(&path).expect("a path that decodes");
            let back: Vec<String> = parts.iter().skip(2).map(|part| key::escape(part)).collect();
            assert_eq!(back.join("/"), record, "{path}");
            let first = path.split('/').nth(3).unwrap_or_default();
            assert!(!RESERVED.contains(&first), "{path}");
        }
        assert_eq!(record_path("cot", "sua/", "sua/1"), "/so/cot/sua/sua/1");
    }
}
