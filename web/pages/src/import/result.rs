//! What an import would do, and what it did.

use askama::Template;
use mc_base::number::whole;
use mc_importing::{Outcome, Proposal, Staged, Trial};
use mc_ui::{Cell, Column, DataTable, Field, Form, Html, Kind, Link, Message, Method, Row, Tone};

use super::{Step, mapping};

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
        (0, 0) => (Tone::Info, "Mọi dòng của tệp đều đã có trong sổ như vậy; không có gì để ghi.".to_owned()),
        (0, _) => {
            (Tone::Bad, "Không có dòng nào nhập được. Sửa tệp theo cột “Vì sao” rồi tải lên lại.".to_owned())
        }
        (_, 0) => (Tone::Good, format!("Cả tệp nhập được. Chưa ghi gì; bấm nút dưới để ghi {good} dòng.")),
        _ => (
            Tone::Warn,
            format!("Chưa ghi gì. {good} dòng nhập được, {} dòng bị từ chối.", whole(refused as u64)),
        ),
    };
    Html::of(&ResultView {
        heading: format!("Thử nhập vào sổ {}", step.schema.title.vi),
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
    let why = ("viec".to_owned(), "vi-sao".to_owned(), "Tải tệp kèm cột “Vì sao”".to_owned());
    let edit = ("viec".to_owned(), "sua".to_owned(), "Sửa cách ghép cột".to_owned());
    let (mode, submit) = match (outcome.good(), outcome.rejected.is_empty()) {
        (0, _) => ("sua", edit.2.clone()),
        (_, true) => ("ca", format!("Nhập cả tệp ({good} dòng)")),
        (_, false) => ("tot", format!("Nhập {good} dòng tốt")),
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
            let sentence =
                format!("Đã ghi {} dòng vào sổ {} ở lần ghi {seq}.", whole(outcome.good()), schema.title.vi);
            let mut message = Message::new(Tone::Good, sentence);
            message.links.push(Link::new("Xem lần ghi này", format!("/kiem-chung/ghi/{seq}")));
            message
        }
        None => Message::new(Tone::Info, "Không có gì khác với sổ nên không ghi lần nào."),
    };
    message.links.push(Link::new(format!("Mở sổ {}", schema.title.vi), page.register_link(schema)));
    message.links.push(Link::new("Nhập tệp khác", step.address("")));
    let form = (!outcome.rejected.is_empty()).then(|| {
        let mut fields = mapping::carried(schema, &proposal.mapping, &staged.id);
        fields.push(Field::hidden("viec", "vi-sao"));
        Form::new(step.address("/ghi"), Method::Post, fields, "Tải tệp kèm cột “Vì sao”")
    });
    let (covers, cover) = crate::cover::proposals(page, &outcome.covers, outcome.seq);
    Html::of(&ResultView {
        covers,
        cover,
        heading: format!("Nhập vào sổ {}", schema.title.vi),
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
        Column::new("Thêm", Kind::Number),
        Column::new("Đổi", Kind::Number),
        Column::new("Giữ nguyên", Kind::Number),
        Column::new("Từ chối", Kind::Number),
    ];
    let mut table = DataTable::new("ket-qua", "Số dòng của tệp theo kết quả", columns);
    let rows = [outcome.added, outcome.changed, outcome.unchanged, outcome.rejected.len() as u64];
    table.rows.push(Row::new(rows.into_iter().map(|count| Cell::text(whole(count))).collect()));
    table
}

fn refused_rows(outcome: &Outcome) -> Option<DataTable> {
    if outcome.rejected.is_empty() {
        return None;
    }
    let columns = ["Trang", "Dòng", "Cột", "Giá trị", "Vì sao"];
    let kind = |title: &str| if title == "Dòng" { Kind::Number } else { Kind::Text };
    let columns = columns.map(|title| Column::new(title, kind(title))).to_vec();
    let mut table = DataTable::new("tu-choi", "Các dòng bị từ chối", columns);
    let all = outcome.rejected.len();
    if all > SHOWN_MAX {
        table.note =
            Some(format!("{SHOWN_MAX} dòng đầu trên {}; tệp kèm cột “Vì sao” có đủ.", whole(all as u64)));
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
