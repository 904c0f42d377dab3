//! A workbook or CSV file into a register: upload, mapping, trial, result.
//!
//! An upload waits on the server under a random name; the forms carry that name and the mapping, so that
//! every step can be repeated and none depends on what a browser remembers. Trying and writing go on beside the
//! requests; each has a page of its own that tells how far it is, then what came of it.

mod job;
mod mapping;
mod progress;
mod result;
mod views;

use std::sync::Arc;

use axum::http::StatusCode;
use mc_access::Act;
use mc_base::PlaceId;
use mc_importing::jobs::{Found, Ticket};
use mc_importing::{Desk, ImportError, Proposal, Staged, look};
use mc_register::{Schema, system};
use mc_ui::{Html, Layout, Link, Section};

use crate::app::App;
use crate::context::Page;
use crate::error::PageError;
use crate::reply::{Cache, Reply};
use crate::route::Route;
use crate::said::Said as _;

/// Name of the parameter that holds an upload's name.
const UPLOAD: &str = "tep";
/// Name of the parameter that holds an import's name: chosen when the form is shown, so that two presses begin one.
const JOB: &str = "viec";
/// How often a page of progress is loaded again without a script.
const REFRESH_SECONDS: u32 = 3;

pub(crate) const ROUTES: &[Route] = &[
    Route::get_for("/so/{slug}/nhap", Act::Write, start),
    Route::upload("/so/{slug}/nhap", Act::Write, receive),
    Route::post("/so/{slug}/nhap/thu", Act::Write, attempt).through_a_file(),
    Route::get_for("/so/{slug}/nhap/viec/{id}", Act::Write, job::show),
    Route::get_for("/so/{slug}/nhap/viec/{id}/tien-do", Act::Write, job::progress),
    Route::get_for("/so/{slug}/nhap/viec/{id}/vi-sao", Act::Write, job::why),
    Route::post("/so/{slug}/nhap/viec/{id}/ghi", Act::Write, job::write),
    Route::post("/so/{slug}/nhap/viec/{id}/huy", Act::Write, job::cancel),
];

/// One request of an import.
struct Step<'p> {
    page: &'p Page<'p>,
    desk: &'p Desk,
    schema: Arc<Schema>,
}

impl<'p> Step<'p> {
    fn open(page: &'p Page<'p>) -> Result<Self, PageError> {
        let desk = desk(page.app()).ok_or_else(PageError::no_page)?;
        let schema = page.register(page.segment(1))?;
        if system::is_system(&schema.id) {
            return Err(ImportError::System(schema.title.said().to_owned()).into());
        }
        Ok(Self { page, desk, schema })
    }

    fn address(&self, act: &str) -> String {
        self.page.link(&format!("/so/{}/nhap{act}", self.schema.slug))
    }

    fn above(&self) -> Vec<Link> {
        vec![
            Link::new(t!("Các sổ"), self.page.link("/so")),
            Link::new(self.schema.title.said(), self.page.register_link(&self.schema)),
        ]
    }

    fn reply(&self, title: &str, body: Html) -> Reply {
        Reply::html(self.framed(title, body).page()).cache(Cache::NoStore)
    }

    /// What is answered to a form is asked for in the other language by the page of the upload.
    fn framed(&self, title: &str, body: Html) -> Layout {
        let mut layout = self.page.framed(Section::Evidence, self.above(), title, body);
        let start = || self.page.other_language(&self.page.kept(), &format!("/so/{}/nhap", self.schema.slug));
        layout.switch.get_or_insert_with(start);
        layout
    }

    /// A page that loads itself again where no script does.
    fn refreshing(&self, title: &str, body: Html) -> Reply {
        let mut layout = self.framed(title, body);
        layout.refresh_seconds = Some(REFRESH_SECONDS);
        Reply::html(layout.page()).cache(Cache::NoStore)
    }

    /// The upload form, with what was wrong with the last file.
    fn upload(&self, error: Option<String>) -> Reply {
        let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        self.reply(t!("Nhập từ tệp"), views::upload(self, error)).status(status)
    }

    /// A fault of the file leads back to the upload form; any other is told as such.
    fn fault(&self, error: ImportError) -> Result<Reply, PageError> {
        if error.is_in_file() || matches!(error, ImportError::Gone) {
            return Ok(self.upload(Some(error.to_string())));
        }
        Err(error.into())
    }

    /// The place that a file is sent for, where it is not home.
    fn scope(&self) -> Option<PlaceId> {
        Some(self.page.place()).filter(|place| *place != self.page.snapshot().instance().home)
    }

    fn staged(&self, id: &str) -> Result<Staged, ImportError> {
        self.desk.staging().find(self.page.viewer(), id)
    }

    /// An import of this reader into this register.
    fn found(&self, id: &str) -> Result<Found, ImportError> {
        self.desk.jobs.find(self.page.viewer(), &self.schema.id, id)
    }

    fn look(&self, staged: &Staged) -> Result<Proposal, ImportError> {
        // Reading a file and everything after it takes longer than a snapshot may be held.
        self.page.snapshot().let_go()?;
        let maps = self.desk.maps();
        look(self.page.snapshot(), maps.as_ref(), &self.schema.id, &staged.file, self.scope())
    }

    /// The upload and its mapping as the form sent says.
    fn asked(&self) -> Result<(Staged, Proposal), ImportError> {
        let form = self.page.form();
        let staged = self.staged(form.get(UPLOAD).unwrap_or_default())?;
        let mut proposal = self.look(&staged)?;
        mapping::read(form, &self.schema, &mut proposal.mapping);
        Ok((staged, proposal))
    }

    /// The mapping form of an import's file, as it was sent.
    fn mapping_address(&self, ticket: &Ticket) -> String {
        let query = self.page.kept().with(UPLOAD, Some(&ticket.upload)).with(JOB, Some(&ticket.id));
        query.address(&format!("/so/{}/nhap", self.schema.slug))
    }

    fn job_address(&self, id: &str, act: &str) -> String {
        self.address(&format!("/viec/{id}{act}"))
    }
}

/// The desk, on a server where this reader's commits would be taken.
fn desk(app: &App) -> Option<&Desk> {
    app.desk().filter(|_| app.sink().is_some())
}

/// Whether the list of a register offers to import.
pub(crate) fn offered(page: &Page<'_>, schema: &Schema) -> bool {
    page.sink().is_some() && desk(page.app()).is_some() && !system::is_system(&schema.id)
}

fn start(page: &Page<'_>) -> Result<Reply, PageError> {
    let step = Step::open(page)?;
    let Some(id) = page.query().get(UPLOAD) else { return Ok(step.upload(None)) };
    match step.staged(id).and_then(|staged| Ok((step.look(&staged)?, staged))) {
        Ok((mut proposal, staged)) => {
            // Back from a trial: the columns as they were chosen for it.
            let tried = page.query().get(JOB).map(|job| step.found(job)).transpose();
            if let Ok(Some(found)) = tried
                && found.ticket.upload == staged.id
            {
                proposal.mapping = found.ticket.mapping;
            }
            Ok(step.reply(t!("Ghép cột"), views::mapping(&step, &staged, &proposal, None)))
        }
        Err(error) => step.fault(error),
    }
}

fn receive(page: &Page<'_>) -> Result<Reply, PageError> {
    let step = Step::open(page)?;
    let Some(upload) = page.upload() else {
        return Ok(step.upload(Some(t!("Chưa chọn tệp nào; cần một tệp .xlsx, .xls hoặc .csv.").to_owned())));
    };
    let id = page.app().nonce();
    let kept = {
        let now = (page.app().settings().now)();
        let in_use = step.desk.jobs.uploads_in_use();
        step.desk.staging().keep(page.viewer(), &id, &upload.name, &upload.bytes, now, &in_use)
    };
    let read = kept.and_then(|staged| step.look(&staged));
    match read {
        // Reading it again by GET: a page that can be reloaded.
        Ok(_) => Ok(Reply::see_other(page.kept().with(UPLOAD, Some(&id)).address(page.path()))),
        Err(error) => {
            step.desk.staging().remove(&id);
            step.fault(error)
        }
    }
}

fn attempt(page: &Page<'_>) -> Result<Reply, PageError> {
    let step = Step::open(page)?;
    let (staged, proposal) = match step.asked() {
        Ok(asked) => asked,
        Err(error) => return step.fault(error),
    };
    if let Err(error) = proposal.mapping.check(&step.schema) {
        return Ok(remap(&step, &staged, &proposal, Fault::Whole(error.to_string())));
    }
    if let Some(number) = proposal.mapping.number_question(&step.schema, &proposal.sample) {
        let sentence = t!(
            "Chưa rõ số “{number}” là bao nhiêu: hãy chọn tệp viết số theo kiểu Việt Nam (1.234,5) hay kiểu Anh (1,234.5).",
            number
        );
        return Ok(remap(&step, &staged, &proposal, Fault::Numbers(sentence)));
    }
    let id = page.form().get(JOB).unwrap_or_default();
    match step.desk.jobs.start(page.viewer(), id, &staged, proposal.mapping.clone(), step.scope()) {
        Ok(()) => Ok(Reply::see_other(step.job_address(id, ""))),
        Err(error) => step.fault(error),
    }
}

/// What is wrong with the columns as they were sent.
enum Fault {
    /// How the file writes numbers is not said.
    Numbers(String),
    /// Any other.
    Whole(String),
}

fn remap(step: &Step<'_>, staged: &Staged, proposal: &Proposal, fault: Fault) -> Reply {
    let view = views::mapping(step, staged, proposal, Some(fault));
    let mut layout = step.framed(t!("Ghép cột"), view);
    layout.has_errors = true;
    // By its address the same file can be asked for again.
    let here = step.page.kept().with(UPLOAD, Some(&staged.id));
    layout.switch = Some(step.page.other_language(&here, &format!("/so/{}/nhap", step.schema.slug)));
    let reply = Reply::html(layout.page()).status(StatusCode::UNPROCESSABLE_ENTITY);
    reply.cache(Cache::NoStore)
}

impl From<ImportError> for PageError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::NoRegister(_) => Self::no_page(),
            ImportError::Commit(error) => error.into(),
            ImportError::Store(failure) => failure.into(),
            ImportError::Figure(error) => error.into(),
            ImportError::Busy(_) => Self::ReadOnly(error.to_string()),
            ImportError::Disk { .. } | ImportError::Report(_) => Self::Store(error.to_string()),
            ImportError::Read(_) if !error.is_in_file() => Self::Store(error.to_string()),
            ImportError::Read(_)
            | ImportError::Header(_)
            | ImportError::System(_)
            | ImportError::TooLarge(_)
            | ImportError::Gone
            | ImportError::Cancelled => Self::Unprocessable(error.to_string()),
        }
    }
}
