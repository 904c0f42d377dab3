//! What the server is started with, and what all requests share.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use mc_access::Actor;
use mc_base::Instant;
use mc_checking::Sayings;
use mc_claims::Gazetteer;
use mc_importing::Desk;
use mc_mount::Programme;
use mc_port::{AccountTable, Instance, SavedChecks, Sink, Source, StoreFailure};
use mc_ui::of_data;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::check::Pace;
use crate::error::PageError;
use crate::gate::Gate;

/// Store calls at the same time: each holds a snapshot and a thread.
const STORE_CALLS_MAX: usize = 16;
/// How long a request waits for its turn.
const TURN_WAIT: Duration = Duration::from_secs(5);

/// How the server runs. Time and chance are parameters; pages read neither clock nor random source.
pub struct Settings {
    /// The server listens on a loopback address only.
    pub loopback: bool,
    /// The code that opens a real instance; it was printed in the terminal and works once.
    pub one_time_code: Option<String>,
    /// The programmes, in the order of the product.
    pub programmes: Vec<&'static dyn Programme>,
    /// The instant now.
    pub now: fn() -> Instant,
    /// Fills bytes with values nobody can guess.
    pub fill: fn(&mut [u8]),
}

/// What texts may speak of.
#[derive(Debug, Default)]
pub struct Texts {
    /// Names of places.
    pub places: Gazetteer,
    /// How texts say what indicators count.
    pub sayings: Sayings,
}

/// The server's shared state. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Shared>);

struct Shared {
    source: Arc<dyn Source>,
    sink: Option<Arc<dyn Sink>>,
    settings: Settings,
    instance: Instance,
    home_name: String,
    desk: OnceLock<Desk>,
    accounts: OnceLock<Arc<dyn AccountTable>>,
    texts: OnceLock<Texts>,
    saved: OnceLock<Arc<dyn SavedChecks>>,
    pace: Pace,
    gate: Gate,
    turns: Arc<Semaphore>,
}

impl App {
    /// Takes a store. Without a sink nobody writes.
    ///
    /// # Errors
    /// When the store cannot say which instance it holds.
    pub fn new(
        source: Arc<dyn Source>,
        sink: Option<Arc<dyn Sink>>,
        settings: Settings,
    ) -> Result<Self, StoreFailure> {
        let snapshot = source.snapshot(&Actor::public())?;
        let instance = snapshot.instance().clone();
        let home_name =
            snapshot.places().get(instance.home).map_or_else(String::new, |home| home.name.clone());
        drop(snapshot);
        let gate = Gate::new(settings.one_time_code.clone());
        let turns = Arc::new(Semaphore::new(STORE_CALLS_MAX));
        Ok(Self(Arc::new(Shared {
            source,
            sink,
            settings,
            instance,
            home_name,
            desk: OnceLock::new(),
            accounts: OnceLock::new(),
            texts: OnceLock::new(),
            saved: OnceLock::new(),
            pace: Pace::default(),
            gate,
            turns,
        })))
    }

    /// The same, taking imports in.
    #[must_use]
    pub fn with_imports(self, desk: Desk) -> Self {
        // A second desk changes nothing: the first one has its uploads.
        let _second = self.0.desk.set(desk);
        self
    }

    /// Where imports are taken in; `None` on a server that takes none.
    #[must_use]
    pub fn desk(&self) -> Option<&Desk> {
        self.0.desk.get()
    }

    /// The same, with a place where passwords and sessions are kept.
    #[must_use]
    pub fn with_accounts(self, accounts: Arc<dyn AccountTable>) -> Self {
        // The first counts, as with the desk.
        let _second = self.0.accounts.set(accounts);
        self
    }

    /// Where passwords and sessions are kept; `None` on a server that nobody signs in to.
    #[must_use]
    pub fn accounts(&self) -> Option<&dyn AccountTable> {
        self.0.accounts.get().map(Arc::as_ref)
    }

    /// The same, knowing what texts may speak of.
    #[must_use]
    pub fn with_texts(self, texts: Texts) -> Self {
        // The first counts, as with the desk.
        let _second = self.0.texts.set(texts);
        self
    }

    /// What texts may speak of; nothing on a server that was told nothing.
    #[must_use]
    pub fn texts(&self) -> &Texts {
        self.0.texts.get_or_init(Texts::default)
    }

    /// The same, keeping checks of texts where that is asked for.
    #[must_use]
    pub fn with_saved(self, saved: Arc<dyn SavedChecks>) -> Self {
        // The first counts, as with the desk.
        let _second = self.0.saved.set(saved);
        self
    }

    /// Where checks of texts are kept; `None` on a server that keeps none.
    #[must_use]
    pub fn saved(&self) -> Option<&dyn SavedChecks> {
        self.0.saved.get().map(AsRef::as_ref)
    }

    /// How many texts are read.
    pub(crate) fn pace(&self) -> &Pace {
        &self.0.pace
    }

    /// Where snapshots come from.
    #[must_use]
    pub fn source(&self) -> &dyn Source {
        self.0.source.as_ref()
    }

    /// Where commits go; `None` on a server that only shows.
    #[must_use]
    pub fn sink(&self) -> Option<&dyn Sink> {
        self.0.sink.as_deref().filter(|_| !self.instance().illustrative || self.0.settings.loopback)
    }

    /// How the server runs.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The instance served.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.0.instance
    }

    /// Name of the home province.
    #[must_use]
    pub fn home_name(&self) -> &str {
        &self.0.home_name
    }

    pub(crate) fn gate(&self) -> &Gate {
        &self.0.gate
    }

    /// Text of 32 random hexadecimal digits, for idempotency keys.
    #[must_use]
    pub fn nonce(&self) -> String {
        let mut bytes = [0; 16];
        (self.0.settings.fill)(&mut bytes);
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What the screen calls a programme.
    #[must_use]
    pub fn programme_title(&self, id: &str) -> String {
        let known = self.0.settings.programmes.iter().find(|programme| programme.id() == id);
        match known {
            Some(programme) => of_data(programme.title()).to_owned(),
            None if id == "system" => t!("Sổ hệ thống").to_owned(),
            None => t!("Sổ riêng của tỉnh ({id})", id),
        }
    }

    /// Position of a programme in lists; those of the province follow ours, the system comes last.
    #[must_use]
    pub fn programme_rank(&self, id: &str) -> usize {
        let place = self.0.settings.programmes.iter().position(|programme| programme.id() == id);
        place.unwrap_or(if id == "system" { usize::MAX } else { usize::MAX - 1 })
    }

    /// A turn to call the store. It is given back when the call ends, also when nobody waits for it any more.
    pub(crate) async fn turn(&self) -> Result<OwnedSemaphorePermit, PageError> {
        let turns = Arc::clone(&self.0.turns);
        match tokio::time::timeout(TURN_WAIT, turns.acquire_owned()).await {
            Ok(Ok(turn)) => Ok(turn),
            _ => Err(PageError::Busy),
        }
    }
}
