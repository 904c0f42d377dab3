//! The upload form and the mapping form.

use askama::Template;
use mc_base::Instant;
use mc_importing::jobs::{Found, Phase, Stage, Summary};
use mc_importing::{Proposal, Staged, UPLOAD_BYTES_MAX};
use mc_intake::column_letter;
use mc_ui::write::date_time;
use mc_ui::{Cell, Column, DataTable, Field, Form, Html, Input, Kind, Message, Method, Row, Tone};

use super::{Fault, Step, UPLOAD, mapping as form};
use crate::said::Said as _;

/// Rows of the file shown beside the mapping.
const SAMPLE_ROWS: usize = 5;
/// Characters of a cell shown there.
const SAMPLE_CHARS: usize = 60;

#[derive(Template)]
#[template(path = "import/upload.html")]
struct UploadView {
    register: String,
    form: Form,
    recent: Option<DataTable>,
    required: Vec<String>,
}

/// Imports that the upload page leads back to.
const RECENT_MAX: usize = 5;

/// The reader's own imports into this register, newest first.
fn recent(step: &Step<'_>) -> Option<DataTable> {
    // What cannot be listed keeps nobody from sending a file.
    let found = step.desk.jobs.of(step.page.viewer(), &step.schema.id, RECENT_MAX).unwrap_or_default();
    if found.is_empty() {
        return None;
    }
    let columns = [t!("Tệp"), t!("Gửi lúc"), t!("Nay")].map(|title| Column::new(title, Kind::Text)).to_vec();
    let mut table = DataTable::new("viec-gan-day", t!("Việc nhập của bạn trong một ngày qua"), columns);
    table.stacks = true;
    table.rows = found
        .iter()
        .map(|job| {
            let file = Cell::link(&job.ticket.file, step.job_address(&job.ticket.id, ""));
            let began = date_time(Instant(job.ticket.began_ms));
            Row::new(vec![file, Cell::text(began), Cell::text(now(job))])
        })
        .collect();
    Some(table)
}

fn now(job: &Found) -> String {
    match (&job.seen, &job.ticket.stage) {
        (Some(seen), _) if seen.phase == Phase::Waiting => t!("Đang chờ đến lượt").to_owned(),
        (Some(seen), _) if seen.phase >= Phase::WaitingToWrite => t!("Đang ghi").to_owned(),
        (Some(_), _) => t!("Đang thử").to_owned(),
        (None, Stage::Tried(_)) => t!("Đã thử, chờ bạn quyết định").to_owned(),
        (None, Stage::Written(Summary { seq: Some(seq), .. })) => t!("Đã ghi ở lần ghi {seq}", seq),
        (None, Stage::Written(_)) => t!("Không có gì khác với sổ").to_owned(),
        (None, Stage::Cancelled) => t!("Đã hủy, chưa ghi gì").to_owned(),
        (None, _) => t!("Dừng lại, chưa ghi gì").to_owned(),
    }
}

pub(super) fn upload(step: &Step<'_>, error: Option<String>) -> Html {
    let hint = t!("Tệp .xlsx, .xls hoặc .csv, nhiều nhất {most} MB.", most = UPLOAD_BYTES_MAX >> 20);
    let mut file =
        Field::new(UPLOAD, t!("Tệp cần nhập"), Input::File { accept: ".xlsx,.xls,.csv".to_owned() })
            .hint(hint);
    file.error = error;
    let mut form = Form::new(step.address(""), Method::Upload, vec![file], t!("Tải lên và xem cột"));
    form.cancel = Some(step.page.register_link(&step.schema));
    let required =
        step.schema.field.iter().filter(|field| field.is_asked()).map(|field| field.title.said().to_owned());
    let (register, required) = (step.schema.title.said().to_owned(), required.collect());
    Html::of(&UploadView { register, form, recent: recent(step), required })
}

#[derive(Template)]
#[template(path = "import/mapping.html")]
struct MappingView {
    register: String,
    file: String,
    sheet: String,
    header: String,
    messages: Vec<Message>,
    form: Form,
    sample: DataTable,
}

pub(super) fn mapping(step: &Step<'_>, staged: &Staged, proposal: &Proposal, fault: Option<Fault>) -> Html {
    let mut messages = Vec::new();
    let mut fields = form::show(&step.schema, proposal, &staged.id, &step.page.app().nonce());
    match fault {
        Some(Fault::Numbers(sentence)) => form::ask_numbers(&mut fields, sentence),
        Some(Fault::Whole(sentence)) => messages.push(Message::new(Tone::Bad, sentence)),
        None => {}
    }
    if proposal.remembered {
        messages
            .push(Message::new(Tone::Info, t!("Đã ghép cột như lần nhập trước của tệp có cùng tiêu đề.")));
    }
    if !proposal.assumed.is_empty() {
        let said: Vec<String> =
            proposal.assumed.iter().map(|(field, value)| format!("{field}: “{value}”")).collect();
        let title = t!(
            "Tệp không có cột cho vài trường bắt buộc. Đề nghị cho bản ghi mới: {fields}.",
            fields = said.join("; ")
        );
        messages.push(Message::new(Tone::Warn, title));
    }
    messages.extend(proposal.book.notices.iter().map(|notice| Message::new(Tone::Info, notice.to_string())));
    let mut form = Form::new(step.address("/thu"), Method::Post, fields, t!("Nhập thử"));
    form.cancel = Some(step.address(""));
    let (first, last) = proposal.mapping.header_rows;
    let sheet = proposal.book.sheets.get(usize::from(proposal.mapping.sheet));
    Html::of(&MappingView {
        register: step.schema.title.said().to_owned(),
        file: staged.file.name.clone(),
        sheet: sheet.map(|sheet| sheet.name.clone()).unwrap_or_default(),
        header: if first == last {
            t!("dòng {first}", first)
        } else {
            t!("dòng {first} đến {last}", first, last)
        },
        messages,
        form,
        sample: sample(proposal),
    })
}

/// The first rows below the header, as the file has them.
fn sample(proposal: &Proposal) -> DataTable {
    let mapping = &proposal.mapping;
    let mut columns = vec![Column::new(t!("Dòng"), Kind::Number)];
    columns.extend(mapping.columns.iter().map(|column| {
        Column::new(format!("{} {}", column_letter(column.column), column.header), Kind::Text)
    }));
    let mut table = DataTable::new("vai-dong-dau", t!("Vài dòng đầu của tệp"), columns);
    let below = proposal.sample.iter().filter(|row| row.number > mapping.header_rows.1);
    table.rows = below
        .take(SAMPLE_ROWS)
        .map(|row| {
            let shown =
                |column: u16| row.cell(column).to_string().chars().take(SAMPLE_CHARS).collect::<String>();
            let mut cells = vec![Cell::text(row.number.to_string())];
            cells.extend(mapping.columns.iter().map(|column| Cell::text(shown(column.column))));
            Row::new(cells)
        })
        .collect();
    table
}
