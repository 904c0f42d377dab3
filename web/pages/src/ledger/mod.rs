//! The ledger: `/kiem-chung`, one commit, and the log as it is published.

mod check;
mod commit;
mod evidence;
mod journal;
mod published;
#[cfg(test)]
mod tests;

use askama::Template;
use mc_access::{Act, Object};
use mc_base::Seq;
use mc_ui::Word;
use mc_ui::write;
use mc_ui::{Cell, Column, DataTable, Form, Html, Kind, Link, Message, Pager, Pairs, Row, Section, Tone};

use crate::context::Page;
use crate::error::PageError;
use crate::record::{actor_words, reason_words};
use crate::reply::Reply;
use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/kiem-chung", page),
    Route { body_max: check::BODY_MAX, ..Route::upload("/kiem-chung", Act::Read, check::check) },
    Route::get("/kiem-chung/ghi/{seq}", commit::page),
    Route::get_for("/kiem-chung/ghi/{seq}/tep", Act::ReadPersonal, evidence::file),
    Route::get("/kiem-chung/ghi/{seq}/tlog-proof", published::proof),
    Route::get("/kiem-chung/ghi/{seq}/muc-ghi", published::bytes),
    Route::get("/kiem-chung/moc", published::checkpoint),
    Route::get("/nhat-ky/checkpoint", published::checkpoint),
    Route::get("/nhat-ky/tile/{*name}", published::tile),
    Route::get_for("/kiem-chung/truy-cap", Act::Audit, journal::page),
];

/// The parameter that lists commits from below a position.
const BEFORE: &str = "truoc";
const TITLE: Word = key!("Kiểm chứng");
/// Commits on a page.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "ledger/page.html")]
struct Body {
    form: Form,
    facts: Pairs,
    checkpoint: Option<String>,
    /// Why the newest checkpoint is not published yet.
    unpublished: Option<Message>,
    /// The access journal, for who may read it.
    journal: Option<Link>,
    commits: DataTable,
}

/// A position in an address.
fn seq(text: &str) -> Option<Seq> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok().map(Seq)).flatten()
}

fn page(page: &Page<'_>) -> Result<Reply, PageError> {
    let before = match page.query().get(BEFORE) {
        Some(text) => Some(
            seq(text)
                .ok_or_else(|| PageError::bad(t!("“truoc” cần là số của một lần ghi, ví dụ truoc=120.")))?,
        ),
        None => None,
    };
    whole(page, before, check::form(page, "", None))
}

/// The page, with the commits from below a position and the form for proof files.
fn whole(page: &Page<'_>, before: Option<Seq>, form: Form) -> Result<Reply, PageError> {
    let body = Body {
        form,
        facts: facts(page)?,
        checkpoint: page.snapshot().checkpoint()?,
        unpublished: page.snapshot().unpublished()?.then(unpublished),
        journal: page
            .may(Act::Audit, &Object::default())
            .then(|| Link::new(t!("Nhật ký truy cập"), page.link("/kiem-chung/truy-cap"))),
        commits: commits(page, before)?,
    };
    let wrong = body.form.summary().is_some();
    let body = Html::of(&body);
    Ok(if wrong {
        page.refused(Section::Verification, Vec::new(), TITLE.said(), body)
    } else {
        page.page(Section::Verification, Vec::new(), TITLE.said(), body)
    })
}

fn unpublished() -> Message {
    Message::new(
        Tone::Warn,
        t!(
            "Mốc này đã ký và lưu trong sổ cái nhưng chưa công bố được thành tệp; máy chủ công bố lại ở lần ghi sau hoặc \
             lần khởi động sau."
        ),
    )
}

fn facts(page: &Page<'_>) -> Result<Pairs, PageError> {
    let head = page.snapshot().head();
    let instance = page.snapshot().instance();
    let pair = |term: &str, text: &str| (term.to_owned(), Html::text(text));
    let mut facts = Pairs {
        pairs: vec![
            pair(t!("Số lần ghi trong sổ cái"), &write::whole(i128::from(head.seq.0))),
            pair(t!("Lần ghi mới nhất"), &write::date_time(head.recorded_at)),
            pair(t!("Nguồn niêm phong"), &instance.origin),
            pair(t!("Mã của sổ cái"), &instance.id),
        ],
    };
    let keys = page.snapshot().log_keys()?;
    // The one that signs now first: it is the one to copy.
    for key in keys.iter().rev() {
        let term = match key.until {
            None => t!("Khóa công khai của sổ cái").to_owned(),
            Some(_) => t!("Khóa {epoch}", epoch = check::epoch_words(key)),
        };
        facts.pairs.push(pair(&term, &key.vkey));
    }
    Ok(facts)
}

fn commits(page: &Page<'_>, before: Option<Seq>) -> Result<DataTable, PageError> {
    let columns = vec![
        Column::new(t!("Lần ghi"), Kind::Number),
        Column::new(t!("Ghi lúc"), Kind::Date),
        Column::new(t!("Người ghi"), Kind::Text),
        Column::new(t!("Lý do và nguồn"), Kind::Text),
        Column::new(t!("Số dòng"), Kind::Number),
    ];
    let mut table = DataTable::new("lan-ghi", t!("Các lần ghi, mới nhất trước"), columns);
    table.stacks = true;
    t!("Không có lần ghi nào trước mốc này.").clone_into(&mut table.empty.text);
    let found = page.snapshot().commits(before.or_else(|| page.read_at().map(|at| Seq(at.0 + 1))), ROWS)?;
    for commit in &found {
        let address = page.link(&format!("/kiem-chung/ghi/{}", commit.seq));
        table.rows.push(Row::new(vec![
            Cell::link(write::whole(i128::from(commit.seq.0)), address),
            Cell::text(write::date_time(commit.recorded_at)),
            Cell::text(actor_words(&commit.actor)),
            Cell::text(reason_words(commit)),
            Cell::text(write::whole(i128::from(commit.leaf_count))),
        ]));
    }
    let last = found.last().map(|commit| commit.seq).filter(|seq| seq.0 > 1 && found.len() == ROWS);
    let paged = page.query().get(BEFORE).is_some();
    if last.is_some() || paged {
        table.pager = Some(Pager {
            summary: t!("{count} lần ghi trên trang này", count = found.len()),
            first: paged.then(|| page.here_with(BEFORE, None)),
            previous: newer(page, before),
            sizes: Vec::new(),
            next: last.map(|seq| page.here_with(BEFORE, Some(&seq.to_string()))),
        });
    }
    Ok(table)
}

/// The page of the commits after those below `before`.
fn newer(page: &Page<'_>, before: Option<Seq>) -> Option<String> {
    let newest = page.at().0;
    let above = before?.0.saturating_add(ROWS as u64);
    if before?.0 > newest {
        return None;
    }
    // From the newest on it is the first page.
    Some(page.here_with(BEFORE, (above <= newest).then(|| above.to_string()).as_deref()))
}

/// A link to a commit.
fn commit_link(page: &Page<'_>, seq: Seq, words: &str) -> Link {
    Link::new(words, page.link(&format!("/kiem-chung/ghi/{seq}")))
}
