//! The product's own store, measured in process.

pub mod correct;
pub mod figures;
pub mod import;
pub mod known;
pub mod lists;

use std::path::Path;
use std::sync::Arc;

use mc_access::Actor;
use mc_base::{Day, Period, PlaceId, Seq};
use mc_port::{FigureRequest, PlaceBasis};
use mc_sqlite::{Layout, Queue, Store};

use crate::world;

/// An instance, open for writing and reading.
#[derive(Clone)]
pub struct Ours {
    /// Where it lies.
    pub layout: Layout,
    /// Its writer.
    pub queue: Arc<Queue>,
    /// Its readers.
    pub store: Store,
}

impl Ours {
    /// Founds one in `dir`.
    ///
    /// # Errors
    /// When that fails.
    pub fn found(dir: &Path) -> anyhow::Result<Self> {
        let (layout, writer) = world::found(dir)?;
        let store = Store::open(&layout)?;
        Ok(Self { layout, queue: Arc::new(Queue::new(writer)), store })
    }

    /// A reader as of now, for everybody.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn reader(&self) -> anyhow::Result<mc_sqlite::Reader> {
        Ok(self.store.reader(&Actor::public())?)
    }
}

/// The day on which the bench takes place, after everything that its rows tell.
///
/// # Errors
/// Never: it is a day.
pub fn today() -> anyhow::Result<Day> {
    Day::new(2025, 11, 17).ok_or_else(|| anyhow::anyhow!("not a day"))
}

/// A request for a figure.
///
/// # Errors
/// When `period` is none.
pub fn request(
    indicator: &str,
    place: PlaceId,
    period: &str,
    at: Option<Seq>,
) -> anyhow::Result<FigureRequest> {
    let period = Period::parse(period).map_err(|error| anyhow::anyhow!("{period}: {error:?}"))?;
    Ok(FigureRequest {
        indicator: indicator.to_owned(),
        version: None,
        place,
        period,
        today: today()?,
        at,
        places: PlaceBasis::Now,
    })
}
