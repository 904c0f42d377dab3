//! What an import would do, and what it did.

use askama::Template;
use mc_importing::{Outcome, Proposal, Staged, Trial};
use mc_ui::write::whole;
use mc_ui::{Cell, Column, DataTable, Field, Form, Html, Kind, Link, Message, Method, Row, Tone};

use super::{Step, mapping};
use crate::said::Said as _;

/// Refused rows shown on the page; the workbook has all.
const SHOWN_MAX: usize = 200;

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
pub(super) fn tried(step: &Step<'_>, staged: &Staged, proposal: &Proposal, tried: &Trial) -> Html {
    let outcome = &tried.outcome;
    let good = whole(outcome.good());
    let refused = outcome.rejected.len();
    let (tone, title) = match (outcome.good(), refused) {
        (0, 0) => {
            (Tone::Info, t!("Mọi dòng của tệp đều đã có trong sổ như vậy; không có gì để ghi.").to_owned())
        }
        (0, _) => (
            Tone::Bad,
            t!("Không có dòng nào nhập được. Sửa tệp theo cột “Vì sao” rồi tải lên lại.").to_owned(),
        ),
        (_, 0) => (Tone::Good, t!("Cả tệp nhập được. Chưa ghi gì; bấm nút dưới để ghi {good} dòng.", good)),
        _ => (
            Tone::Warn,
            t!(
                "Chưa ghi gì. {good} dòng nhập được, {count} dòng bị từ chối.",
                good,
                count = whole(refused as u64)
            ),
        ),
    };
    Html::of(&ResultView {
        heading: t!("Thử nhập vào sổ {title}", title = step.schema.title.said()),
        file: staged.file.name.clone(),
        message: Message::new(tone, title),
        counts: counts(outcome),
        covers: crate::cover::proposals(step.page, &outcome.covers, None).0,
        cover: None,
        remarks: tried.remarks.clone(),
        refused: refused_rows(outcome),
        form: Some(decide(step, staged, proposal, outcome)),
    })
}

/// The buttons: write, the workbook with reasons, back to the columns.
fn decide(step: &Step<'_>, staged: &Staged, proposal: &Proposal, outcome: &Outcome) -> Form {
    let mut fields = mapping::carried(&step.schema, &proposal.mapping, &staged.id);
    let good = whole(outcome.good());
    let why = ("viec".to_owned(), "vi-sao".to_owned(), t!("Tải tệp kèm cột “Vì sao”").to_owned());
    let edit = ("viec".to_owned(), "sua".to_owned(), t!("Sửa cách ghép cột").to_owned());
    let (mode, submit) = match (outcome.good(), outcome.rejected.is_empty()) {
        (0, _) => ("sua", edit.2.clone()),
        (_, true) => ("ca", t!("Nhập cả tệp ({good} dòng)", good)),
        (_, false) => ("tot", t!("Nhập {good} dòng tốt", good)),
    };
    fields.push(Field::hidden("che-do", mode));
    let mut form = Form::new(step.address("/ghi"), Method::Post, fields, submit);
    if !outcome.rejected.is_empty() {
        form.others.push(why);
    }
    if outcome.good() > 0 {
        form.others.push(edit);
    }
    form.cancel = Some(step.address(""));
    form
}

/// What was written.
pub(super) fn written(step: &Step<'_>, staged: &Staged, proposal: &Proposal, outcome: &Outcome) -> Html {
    let (page, schema) = (step.page, &step.schema);
    let mut message = match outcome.seq {
        Some(seq) => {
            let sentence = t!(
                "Đã ghi {count} dòng vào sổ {title} ở lần ghi {seq}.",
                count = whole(outcome.good()),
                title = schema.title.said(),
                seq
            );
            let mut message = Message::new(Tone::Good, sentence);
            message.links.push(Link::new(t!("Xem lần ghi này"), format!("/kiem-chung/ghi/{seq}")));
            message
        }
        None => Message::new(Tone::Info, t!("Không có gì khác với sổ nên không ghi lần nào.")),
    };
    message
        .links
        .push(Link::new(t!("Mở sổ {title}", title = schema.title.said()), page.register_link(schema)));
    message.links.push(Link::new(t!("Nhập tệp khác"), step.address("")));
    let form = (!outcome.rejected.is_empty()).then(|| {
        let mut fields = mapping::carried(schema, &proposal.mapping, &staged.id);
        fields.push(Field::hidden("viec", "vi-sao"));
        Form::new(step.address("/ghi"), Method::Post, fields, t!("Tải tệp kèm cột “Vì sao”"))
    });
    let (covers, cover) = crate::cover::proposals(page, &outcome.covers, outcome.seq);
    Html::of(&ResultView {
        covers,
        cover,
        heading: t!("Nhập vào sổ {title}", title = schema.title.said()),
        file: staged.file.name.clone(),
        message,
        counts: counts(outcome),
        remarks: Vec::new(),
        refused: refused_rows(outcome),
        form,
    })
}

fn counts(outcome: &Outcome) -> DataTable {
    let columns = vec![
        Column::new(t!("Thêm"), Kind::Number),
        Column::new(t!("Đổi"), Kind::Number),
        Column::new(t!("Giữ nguyên"), Kind::Number),
        Column::new(t!("Từ chối"), Kind::Number),
    ];
    let mut table = DataTable::new("ket-qua", t!("Số dòng của tệp theo kết quả"), columns);
    let rows = [outcome.added, outcome.changed, outcome.unchanged, outcome.rejected.len() as u64];
    table.rows.push(Row::new(rows.into_iter().map(|count| Cell::text(whole(count))).collect()));
    table
}

fn refused_rows(outcome: &Outcome) -> Option<DataTable> {
    if outcome.rejected.is_empty() {
        return None;
    }
    let columns = [t!("Trang"), t!("Dòng"), t!("Cột"), t!("Giá trị"), t!("Vì sao")];
    let kind = |title: &str| if title == t!("Dòng") { Kind::Number } else { Kind::Text };
    let columns = columns.map(|title| Column::new(title, kind(title))).to_vec();
    let mut table = DataTable::new("tu-choi", t!("Các dòng bị từ chối"), columns);
    let all = outcome.rejected.len();
    if all > SHOWN_MAX {
        table.note = Some(t!(
            "{shown} dòng đầu trên {all}; tệp kèm cột “Vì sao” có đủ.",
            shown = SHOWN_MAX,
            all = whole(all as u64)
        ));
    }
    table.rows = outcome
        .rejected
        .iter()
        .take(SHOWN_MAX)
        .map(|one| {
            let shown = |text: &str| {
                if text.is_empty() { Cell::missing("–") } else { Cell::text(text) }
            };
            Row::new(vec![
                Cell::text(&one.sheet),
                Cell::text(one.row.to_string()),
                shown(&one.column),
                shown(&one.value),
                Cell::text(&one.reason),
            ])
        })
        .collect();
    Some(table)
}
