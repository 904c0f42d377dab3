//! The page of one import: how far it is, what was tried, what was written; for whoever asked for it.

use axum::http::StatusCode;
use mc_importing::ImportError;
use mc_importing::jobs::{Found, Stage};
use mc_ui::{Form, Html, Link, Message, Method, Tone};

use super::{Step, mapping, progress as view, result};
use crate::context::Page;
use crate::error::PageError;
use crate::reply::{Cache, Reply, XLSX};
use crate::said::Said as _;

fn open<'p>(page: &'p Page<'p>) -> Result<(Step<'p>, Found), PageError> {
    let step = Step::open(page)?;
    // Somebody else's, forgotten, never there: the same answer.
    let missing =
        || PageError::missing(t!("Không có việc nhập này: đã quá một ngày, hoặc do người khác gửi."));
    match step.found(page.segment(4)) {
        Ok(found) => Ok((step, found)),
        Err(ImportError::Gone) => Err(missing()),
        Err(error) => Err(error.into()),
    }
}

pub(super) fn show(page: &Page<'_>) -> Result<Reply, PageError> {
    let (step, found) = open(page)?;
    if let Some(seen) = found.seen {
        let body = view::page(&step, &found, &seen);
        return Ok(step.refreshing(t!("Đang nhập"), body));
    }
    Ok(match &found.ticket.stage {
        Stage::Tried(summary) => step.reply(t!("Kết quả thử"), result::tried(&step, &found, summary)),
        Stage::Written(summary) => step.reply(t!("Đã nhập"), result::written(&step, &found, summary)?),
        stage => step.reply(t!("Chưa nhập"), ended(&step, &found, stage)),
    })
}

/// What is said of an import that ended with nothing written.
fn ended(step: &Step<'_>, found: &Found, stage: &Stage) -> Html {
    let (tone, sentence) = match stage {
        Stage::Cancelled => (Tone::Info, ImportError::Cancelled.to_string()),
        Stage::Stopped { why, .. } => (Tone::Bad, why.clone()),
        Stage::Interrupted(Some(_)) => {
            (Tone::Warn, t!("Máy chủ đã khởi động lại trước khi bắt đầu ghi. Chưa ghi gì vào sổ.").to_owned())
        }
        _ => (Tone::Warn, t!("Máy chủ đã khởi động lại khi đang thử. Chưa ghi gì vào sổ.").to_owned()),
    };
    let mut message = Message::new(tone, sentence);
    let kept = step.staged(&found.ticket.upload).is_ok();
    let form = match stage {
        Stage::Interrupted(Some(summary)) if kept => Some(result::decide(step, found, summary)),
        Stage::Interrupted(None) | Stage::Stopped { in_file: false, .. } if kept => Some(again(step, found)),
        _ => None,
    };
    if kept {
        message.links.push(Link::new(t!("Sửa cách ghép cột"), step.mapping_address(&found.ticket)));
    }
    message.links.push(Link::new(t!("Chọn tệp khác"), step.address("")));
    let register = step.schema.title.said();
    message
        .links
        .push(Link::new(t!("Mở sổ {title}", title = register), step.page.register_link(&step.schema)));
    view::ended(register, &found.ticket.file, message, form)
}

/// The same file with the same columns once more, as a new import.
fn again(step: &Step<'_>, found: &Found) -> Form {
    let ticket = &found.ticket;
    let job = step.page.app().nonce();
    let fields = mapping::carried(&step.schema, &ticket.mapping, &ticket.upload, &job);
    Form::new(step.address("/thu"), Method::Post, fields, t!("Thử lại"))
}

/// How far it is, for the script of the page; nothing once there is a new page to see.
pub(super) fn progress(page: &Page<'_>) -> Result<Reply, PageError> {
    let (_, found) = open(page)?;
    Ok(match found.seen {
        Some(seen) => Reply::html(view::steps(&found, &seen)),
        None => Reply::text("").status(StatusCode::NO_CONTENT),
    }
    .cache(Cache::NoStore))
}

/// The sender's own rows with the reasons.
pub(super) fn why(page: &Page<'_>) -> Result<Reply, PageError> {
    let (step, found) = open(page)?;
    let workbook = step.desk.staging().why(&found.ticket.upload, &found.ticket.id);
    let gone =
        || PageError::missing(t!("Tệp kèm cột “Vì sao” chỉ giữ trong một giờ; hãy tải tệp lên và thử lại."));
    let name = format!("vi-sao-{}.xlsx", step.schema.slug);
    Ok(Reply::attachment(XLSX, name, workbook.ok_or_else(gone)?).cache(Cache::NoStore))
}

pub(super) fn write(page: &Page<'_>) -> Result<Reply, PageError> {
    let (step, found) = open(page)?;
    let good_rows = page.form().get(result::MODE) == Some(result::GOOD_ROWS);
    let id = &found.ticket.id;
    step.desk.jobs.write(page.viewer(), &step.schema.id, id, good_rows)?;
    Ok(Reply::see_other(step.job_address(id, "")))
}

pub(super) fn cancel(page: &Page<'_>) -> Result<Reply, PageError> {
    let (step, found) = open(page)?;
    let id = &found.ticket.id;
    // Too late is told by the page itself: it goes on, or it is written.
    step.desk.jobs.cancel(page.viewer(), &step.schema.id, id)?;
    Ok(Reply::see_other(step.job_address(id, "")))
}
