//! One entry of the route table.

use std::net::IpAddr;
use std::time::Duration;

use mc_access::{Act, Actor};

use crate::app::App;
use crate::context::Page;
use crate::error::PageError;
use crate::gate::SignedIn;
use crate::query::{PARAMETERS_MAX, Query};
use crate::reply::Reply;
use crate::upload::Upload;

/// How a request comes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Method {
    /// Reading; nothing of the ledger or derived from it is written.
    Get,
    /// Sending, from a form of ours or, as JSON, from a program.
    Post,
}

impl Method {
    /// The word in HTTP.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// A handler that reads a snapshot.
pub type PageFn = fn(&Page<'_>) -> Result<Reply, PageError>;
/// A handler that is open to everybody and needs no snapshot.
pub type OpenFn = fn(&App, &Asked) -> Result<Reply, PageError>;

/// Who may ask, and what answers.
#[derive(Clone, Copy, Debug)]
pub enum Run {
    /// Whoever may do the act. Acts on one record are decided again for that record.
    For(Act, PageFn),
    /// Anybody, also before the one-time code was entered.
    Open(OpenFn),
}

/// One entry of the route table.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path in the router's notation.
    pub path: &'static str,
    /// Who may ask, and what answers.
    pub run: Run,
    /// Bytes a form may have.
    pub body_max: usize,
    /// Fields a form may have.
    pub parameters_max: usize,
    /// How long an answer may take.
    pub wait: Duration,
    /// What is sent is JSON of a program, not a form.
    pub json: bool,
}

/// How long an ordinary answer may take.
const WAIT: Duration = Duration::from_secs(20);
/// How long an answer may take that goes through a whole file.
const FILE_WAIT: Duration = Duration::from_secs(180);
/// Bytes of an ordinary form.
const FORM_MAX: usize = 256 * 1024;
/// Bytes of a form with a file: the file, and some room for the rest.
const UPLOAD_MAX: usize = mc_importing::UPLOAD_BYTES_MAX + FORM_MAX;

impl Route {
    /// A page to read.
    #[must_use]
    pub const fn get(path: &'static str, page: PageFn) -> Self {
        Self {
            method: Method::Get,
            path,
            run: Run::For(Act::Read, page),
            body_max: 0,
            parameters_max: PARAMETERS_MAX,
            wait: WAIT,
            json: false,
        }
    }

    /// A page for whoever may do `act`.
    #[must_use]
    pub const fn get_for(path: &'static str, act: Act, page: PageFn) -> Self {
        Self {
            method: Method::Get,
            path,
            run: Run::For(act, page),
            body_max: 0,
            parameters_max: PARAMETERS_MAX,
            wait: WAIT,
            json: false,
        }
    }

    /// A form that does `act`.
    #[must_use]
    pub const fn post(path: &'static str, act: Act, page: PageFn) -> Self {
        Self {
            method: Method::Post,
            path,
            run: Run::For(act, page),
            body_max: FORM_MAX,
            parameters_max: PARAMETERS_MAX,
            wait: WAIT,
            json: false,
        }
    }

    /// A form with a file that does `act`.
    #[must_use]
    pub const fn upload(path: &'static str, act: Act, page: PageFn) -> Self {
        Self {
            method: Method::Post,
            path,
            run: Run::For(act, page),
            body_max: UPLOAD_MAX,
            parameters_max: PARAMETERS_MAX,
            wait: FILE_WAIT,
            json: false,
        }
    }

    /// JSON that a program sends. It asks and writes nothing: it comes without a page of ours.
    #[must_use]
    pub const fn json(path: &'static str, act: Act, page: PageFn) -> Self {
        Self { json: true, ..Self::post(path, act, page) }
    }

    /// The same, given the time to go through a whole file.
    #[must_use]
    pub const fn through_a_file(mut self) -> Self {
        self.wait = FILE_WAIT;
        self
    }

    /// The same, for a form with so many fields.
    #[must_use]
    pub const fn with_parameters(mut self, most: usize) -> Self {
        self.parameters_max = most;
        self
    }

    /// Something open to everybody.
    #[must_use]
    pub const fn open(method: Method, path: &'static str, page: OpenFn) -> Self {
        Self {
            method,
            path,
            run: Run::Open(page),
            body_max: FORM_MAX,
            parameters_max: PARAMETERS_MAX,
            wait: WAIT,
            json: false,
        }
    }
}

/// What was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// The path as sent.
    pub path: String,
    /// Sent to read, not to write.
    pub reads: bool,
    /// Its segments, decoded.
    pub segments: Vec<String>,
    /// Where it came from, where that is known.
    pub peer: Option<IpAddr>,
    /// Scheme and host under which the sender reached this server, where a form said so.
    pub origin: Option<String>,
    /// Parameters of the address, without the language.
    pub query: Query,
    /// The form sent; empty for a GET.
    pub form: Query,
    /// The JSON sent, where the route takes JSON.
    pub json: Option<serde_json::Value>,
    /// The file sent with the form.
    pub upload: Option<Upload>,
    /// Who asks.
    pub viewer: Actor,
    /// The session of an account, where one asks.
    pub signed_in: Option<SignedIn>,
    /// The cookies sent.
    pub cookies: Option<String>,
    /// What the browser calls itself.
    pub browser: Option<String>,
    /// `If-None-Match`.
    pub if_none_match: Option<String>,
}
