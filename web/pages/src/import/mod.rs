//! A workbook or CSV file into a register: upload, mapping, trial, result.
//!
//! An upload waits on the server under a random name; the forms carry that name and the mapping, so that
//! every step can be repeated and none depends on what a browser remembers.

mod mapping;
mod result;
mod views;

use std::sync::Arc;

use axum::http::StatusCode;
use mc_access::Act;
use mc_importing::{Desk, ImportError, Job, Proposal, Staged, look, trial, why_workbook, write};
use mc_register::{Schema, system};
use mc_ui::{Html, Link, Section};

use crate::app::App;
use crate::context::Page;
use crate::error::PageError;
use crate::reply::{Cache, Reply};
use crate::route::Route;
use crate::said::Said as _;

/// Name of the parameter that holds an upload's name.
const UPLOAD: &str = "tep";
/// Media type of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(crate) const ROUTES: &[Route] = &[
    Route::get_for("/so/{slug}/nhap", Act::Write, start),
    Route::upload("/so/{slug}/nhap", Act::Write, receive),
    Route::post("/so/{slug}/nhap/thu", Act::Write, attempt).through_a_file(),
    Route::post("/so/{slug}/nhap/ghi", Act::Write, record).through_a_file(),
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

    fn reply(&self, title: &str, body: Html) -> Reply {
        let above = vec![
            Link::new(t!("Các sổ"), self.page.link("/so")),
            Link::new(self.schema.title.said(), self.page.register_link(&self.schema)),
        ];
        self.page.page(Section::Evidence, above, title, body).cache(Cache::NoStore)
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

    fn staged(&self, id: &str) -> Result<Staged, ImportError> {
        self.desk.staging.find(self.page.viewer(), id)
    }

    fn look(&self, staged: &Staged) -> Result<Proposal, ImportError> {
        // Reading a file and everything after it takes longer than a snapshot may be held.
        self.page.snapshot().let_go()?;
        look(self.page.snapshot(), self.desk.maps.as_ref(), &self.schema.id, &staged.file)
    }

    /// The upload and its mapping as the form sent says.
    fn asked(&self) -> Result<(Staged, Proposal), ImportError> {
        let form = self.page.form();
        let staged = self.staged(form.get(UPLOAD).unwrap_or_default())?;
        let mut proposal = self.look(&staged)?;
        mapping::read(form, &self.schema, &mut proposal.mapping);
        Ok((staged, proposal))
    }

    fn job<'j>(&'j self, staged: &'j Staged, proposal: &'j Proposal) -> Result<Job<'j>, ImportError> {
        self.page.snapshot().let_go()?;
        Ok(Job {
            source: self.page.app().source(),
            importer: self.desk.importer.as_ref(),
            maps: self.desk.maps.as_ref(),
            actor: self.page.viewer(),
            file: &staged.file,
            mapping: &proposal.mapping,
        })
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
        Ok((proposal, staged)) => {
            Ok(step.reply(t!("Ghép cột"), views::mapping(&step, &staged, &proposal, None)))
        }
        Err(error) => step.fault(error),
    }
}

fn receive(page: &Page<'_>) -> Result<Reply, PageError> {
    let step = Step::open(page)?;
    let Some(upload) = page.upload() else {
        return Ok(step.upload(Some(t!("Chưa chọn tệp nào; cần một tệp .xlsx hoặc .csv.").to_owned())));
    };
    let id = page.app().nonce();
    let kept = {
        let now = (page.app().settings().now)();
        step.desk.staging.keep(page.viewer(), &id, &upload.name, &upload.bytes, now)
    };
    let read = kept.and_then(|staged| step.look(&staged));
    match read {
        // Reading it again by GET: a page that can be reloaded.
        Ok(_) => Ok(Reply::see_other(page.kept().with(UPLOAD, Some(&id)).address(page.path()))),
        Err(error) => {
            step.desk.staging.remove(&id);
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
    match trial(&step.job(&staged, &proposal)?, &mut |_| {}) {
        Ok(tried) => Ok(step.reply(t!("Kết quả thử"), result::tried(&step, &staged, &proposal, &tried))),
        Err(error @ ImportError::Header(_)) => Ok(remap(&step, &staged, &proposal, &error)),
        Err(error) => step.fault(error),
    }
}

fn record(page: &Page<'_>) -> Result<Reply, PageError> {
    let step = Step::open(page)?;
    let (staged, proposal) = match step.asked() {
        Ok(asked) => asked,
        Err(error) => return step.fault(error),
    };
    let form = page.form();
    // The first button of the form has no name of its own: what it does is said by the mode.
    if [form.get("viec"), form.get("che-do").filter(|_| form.get("viec").is_none())].contains(&Some("sua")) {
        return Ok(step.reply(t!("Ghép cột"), views::mapping(&step, &staged, &proposal, None)));
    }
    let job = step.job(&staged, &proposal)?;
    let tried = match trial(&job, &mut |_| {}) {
        Ok(tried) => tried,
        Err(error @ ImportError::Header(_)) => return Ok(remap(&step, &staged, &proposal, &error)),
        Err(error) => return step.fault(error),
    };
    if form.get("viec") == Some("vi-sao") {
        let workbook = why_workbook(&staged.file, &proposal.mapping, &tried.verdicts, page.today())
            .map_err(PageError::from)?;
        let name = format!("vi-sao-{}.xlsx", step.schema.slug);
        return Ok(Reply::attachment(XLSX, name, workbook).cache(Cache::NoStore));
    }
    let good_rows = form.get("che-do") == Some("tot");
    if !good_rows && !tried.outcome.rejected.is_empty() {
        // The register has changed since the trial was shown: show it again.
        return Ok(step.reply(t!("Kết quả thử"), result::tried(&step, &staged, &proposal, &tried)));
    }
    match write(&job, tried, good_rows, &mut |_| {}) {
        Ok(outcome) => {
            if outcome.rejected.is_empty() {
                step.desk.staging.remove(&staged.id);
            }
            Ok(step.reply(t!("Đã nhập"), result::written(&step, &staged, &proposal, &outcome)))
        }
        Err(error) => step.fault(error),
    }
}

fn remap(step: &Step<'_>, staged: &Staged, proposal: &Proposal, error: &ImportError) -> Reply {
    let view = views::mapping(step, staged, proposal, Some(error.to_string()));
    step.reply(t!("Ghép cột"), view).status(StatusCode::UNPROCESSABLE_ENTITY)
}

impl From<ImportError> for PageError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::NoRegister(_) => Self::no_page(),
            ImportError::Commit(error) => error.into(),
            ImportError::Store(failure) => failure.into(),
            ImportError::Figure(error) => error.into(),
            ImportError::Disk { .. } | ImportError::Report(_) => Self::Store(error.to_string()),
            ImportError::Read(_) if !error.is_in_file() => Self::Store(error.to_string()),
            ImportError::Read(_)
            | ImportError::Header(_)
            | ImportError::System(_)
            | ImportError::TooLarge(_)
            | ImportError::Gone => Self::Unprocessable(error.to_string()),
        }
    }
}
