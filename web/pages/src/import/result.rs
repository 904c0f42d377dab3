//! What an import would do, and what it did.

use askama::Template;
use mc_importing::Refused;
use mc_importing::cover::after;
use mc_importing::jobs::{Found, Summary};
use mc_ui::write::whole;
use mc_ui::{Cell, Column, DataTable, Field, Form, Html, Kind, Link, Message, Method, Row, Tone};

use super::Step;
use super::progress::{Sentence, duration};
use crate::error::PageError;
use crate::said::Said as _;

/// Name of the field that says whether refused rows keep the whole file out.
pub(super) const MODE: &str = "che-do";
/// The value that says they do not.
pub(super) const GOOD_ROWS: &str = "tot";

#[derive(Template)]
#[template(path = "import/result.html")]
struct ResultView {
    heading: String,
    file: String,
    message: Message,
    counts: DataTable,
    covers: Vec<Message>,
    cover: Option<Form>,
    remarks: Vec<String>,
    refused: Option<DataTable>,
    form: Option<Form>,
}

/// What was tried, and the buttons to write it.
pub(super) fn tried(step: &Step<'_>, found: &Found, summary: &Summary) -> Html {
    let (good, refused) = (whole(summary.good()), whole(summary.rejected));
    let (tone, title) = match (summary.good(), summary.rejected) {
        (0, 0) => {
            (Tone::Info, t!("Mọi dòng của tệp đều đã có trong sổ như vậy; không có gì để ghi.").to_owned())
        }
        (0, _) if summary.unchanged > 0 => (
            Tone::Warn,
            t!(
                "Không có dòng nào mới: {same} dòng đã có trong sổ như vậy, {count} dòng bị từ chối.",
                same = whole(summary.unchanged),
                count = refused
            ),
        ),
        (0, _) => (
            Tone::Bad,
            t!("Không có dòng nào nhập được. Sửa tệp theo cột “Vì sao” rồi tải lên lại.").to_owned(),
        ),
        (_, 0) => (Tone::Good, t!("Cả tệp nhập được. Chưa ghi gì; bấm nút dưới để ghi {good} dòng.", good)),
        _ => (
            Tone::Warn,
            t!("Chưa ghi gì. {good} dòng nhập được, {count} dòng bị từ chối.", good, count = refused),
        ),
    };
    let mut message = Message::new(tone, title);
    message.links = links(step, found, summary);
    let mut remarks = summary.remarks.clone();
    if let Some(number) = &summary.unclear_number {
        let title = t!("Số “{number}” đọc được hai cách nên các dòng có số như vậy bị từ chối.", number);
        let choose =
            Link::new(t!("Chọn kiểu số cho cả tệp rồi thử lại"), step.mapping_address(&found.ticket));
        message.links.insert(0, choose);
        remarks.insert(0, title);
    }
    let form = (summary.good() > 0).then(|| decide(step, found, summary));
    Html::of(&ResultView {
        heading: t!("Thử nhập vào sổ {title}", title = step.schema.title.said()),
        file: found.ticket.file.clone(),
        message,
        counts: counts(summary),
        covers: crate::cover::proposals(step.page, &summary.covers, None).0,
        cover: None,
        remarks,
        refused: refused_rows(summary),
        form,
    })
}

/// The workbook with reasons, and back to the columns.
fn links(step: &Step<'_>, found: &Found, summary: &Summary) -> Vec<Link> {
    let mut links = Vec::new();
    if summary.rejected > 0 {
        links.push(Link::new(t!("Tải tệp kèm cột “Vì sao”"), step.job_address(&found.ticket.id, "/vi-sao")));
    }
    links.push(Link::new(t!("Sửa cách ghép cột"), step.mapping_address(&found.ticket)));
    links.push(Link::new(t!("Chọn tệp khác"), step.address("")));
    links
}

/// The button that writes.
pub(super) fn decide(step: &Step<'_>, found: &Found, summary: &Summary) -> Form {
    let good = whole(summary.good());
    let (mode, submit) = if summary.rejected == 0 {
        ("ca", t!("Nhập cả tệp ({good} dòng)", good))
    } else {
        (GOOD_ROWS, t!("Nhập {good} dòng tốt", good))
    };
    let mode = vec![Field::hidden(MODE, mode)];
    Form::new(step.job_address(&found.ticket.id, "/ghi"), Method::Post, mode, submit)
}

/// What was written.
pub(super) fn written(step: &Step<'_>, found: &Found, summary: &Summary) -> Result<Html, PageError> {
    let (page, schema) = (step.page, &step.schema);
    let mut message = match summary.seq {
        Some(seq) => {
            let sentence = t!(
                "Đã ghi {count} dòng vào sổ {title} ở lần ghi {seq}.",
                count = whole(summary.good()),
                title = schema.title.said(),
                seq
            );
            let mut message = Message::new(Tone::Good, sentence);
            message.links.push(Link::new(t!("Xem lần ghi này"), format!("/kiem-chung/ghi/{seq}")));
            message
        }
        None => Message::new(Tone::Info, t!("Không có gì khác với sổ nên không ghi lần nào.")),
    };
    message.body = took(found);
    message
        .links
        .push(Link::new(t!("Mở sổ {title}", title = schema.title.said()), page.register_link(schema)));
    if summary.rejected > 0 {
        let why = step.job_address(&found.ticket.id, "/vi-sao");
        message.links.push(Link::new(t!("Tải tệp kèm cột “Vì sao”"), why));
    }
    message.links.push(Link::new(t!("Nhập tệp khác"), step.address("")));
    // As the totals are now: this page can be opened again after somebody decided on them, and what it reads otherwise may
    // have been opened before the import had ended.
    let keys: Vec<String> = summary.covers.iter().map(|cover| cover.total.clone()).collect();
    let now = page.app().source().snapshot(page.viewer())?;
    let standing = after(now.as_ref(), &keys)?;
    let (covers, cover) = crate::cover::proposals(page, &standing, found.ticket.seq());
    Ok(Html::of(&ResultView {
        covers,
        cover,
        heading: t!("Nhập vào sổ {title}", title = schema.title.said()),
        file: found.ticket.file.clone(),
        message,
        counts: counts(summary),
        remarks: summary.remarks.clone(),
        refused: refused_rows(summary),
        form: None,
    }))
}

fn took(found: &Found) -> Html {
    if found.resumed {
        let sentence = t!("Việc ghi bị gián đoạn giữa chừng; máy chủ đã làm tiếp đến hết.");
        return Html::of(&Sentence { sentence: sentence.to_owned() });
    }
    Html::of(&Sentence { sentence: t!("Ghi xong sau {time}.", time = duration(found.took_ms)) })
}

fn counts(summary: &Summary) -> DataTable {
    let columns = vec![
        Column::new(t!("Thêm"), Kind::Number),
        Column::new(t!("Đổi"), Kind::Number),
        Column::new(t!("Giữ nguyên"), Kind::Number),
        Column::new(t!("Từ chối"), Kind::Number),
    ];
    let mut table = DataTable::new("ket-qua", t!("Số dòng của tệp theo kết quả"), columns);
    let rows = [summary.added, summary.changed, summary.unchanged, summary.rejected];
    table.rows.push(Row::new(rows.into_iter().map(|count| Cell::text(whole(count))).collect()));
    table
}

fn refused_rows(summary: &Summary) -> Option<DataTable> {
    if summary.refused.is_empty() {
        return None;
    }
    let columns = [t!("Trang"), t!("Dòng"), t!("Cột"), t!("Giá trị"), t!("Vì sao")];
    let kind = |title: &str| if title == t!("Dòng") { Kind::Number } else { Kind::Text };
    let columns = columns.map(|title| Column::new(title, kind(title))).to_vec();
    let mut table = DataTable::new("tu-choi", t!("Các dòng bị từ chối"), columns);
    table.stacks = true;
    let (shown, all) = (summary.refused.len() as u64, summary.rejected);
    if all > shown {
        table.note = Some(t!(
            "{shown} dòng đầu trên {all}; tệp kèm cột “Vì sao” có đủ.",
            shown = whole(shown),
            all = whole(all)
        ));
    }
    table.rows = summary.refused.iter().flat_map(faults).collect();
    Some(table)
}

/// A row of the table for each fault of a row of the file.
fn faults(row: &Refused) -> Vec<Row> {
    let said = |column: &str, value: &str, reason: &str| {
        let shown = |text: &str| if text.is_empty() { Cell::missing("–") } else { Cell::text(text) };
        let at = [Cell::text(&row.sheet), Cell::text(row.row.to_string())];
        Row::new(at.into_iter().chain([shown(column), shown(value), Cell::text(reason)]).collect())
    };
    if row.faults.is_empty() {
        return vec![said(&row.column, &row.value, &row.reason)];
    }
    row.faults.iter().map(|fault| said(&fault.column, &fault.value, &fault.reason)).collect()
}
