//! The dictionary of a register: what a record is, its fields, its rules, and the indicators built on it.

use askama::Template;
use mc_figure::{Definition, Measure};
use mc_register::{Field, FieldType, Schema, Severity, input};
use mc_ui::{Cell, Column, DataTable, Html, Kind, Link, Pairs, Row, Section};

use crate::context::Page;
use crate::error::PageError;
use crate::reply::Reply;

#[derive(Template)]
#[template(path = "registers/dictionary.html")]
struct Body {
    title: String,
    description: String,
    facts: Pairs,
    fields: DataTable,
    rules: DataTable,
    indicators: DataTable,
}

pub(super) fn page(page: &Page<'_>) -> Result<Reply, PageError> {
    let schema = page.register(page.segment(1))?;
    let body = Body {
        title: schema.title.vi.clone(),
        description: schema.description.vi.trim().to_owned(),
        facts: facts(page, &schema),
        fields: fields(page, &schema),
        rules: rules(&schema),
        indicators: indicators(page, &schema),
    };
    let above =
        vec![Link::new("Các sổ", page.link("/so")), Link::new(&schema.title.vi, page.register_link(&schema))];
    Ok(page.page(Section::Evidence, above, &format!("Từ điển sổ {}", schema.title.vi), Html::of(&body)))
}

fn facts(page: &Page<'_>, schema: &Schema) -> Pairs {
    let titles = |ids: &[String]| {
        let known: Vec<&str> =
            ids.iter().filter_map(|id| Some(schema.field(id)?.title.vi.as_str())).collect();
        known.join(", ")
    };
    let one = |id: &Option<String>| {
        id.as_deref().and_then(|id| schema.field(id)).map(|field| field.title.vi.clone())
    };
    let mut pairs = vec![
        ("Mã sổ", schema.id.clone()),
        ("Chương trình", page.app().programme_title(&schema.programme)),
        ("Đơn vị đếm", schema.unit.vi.clone()),
        ("Khóa của bản ghi", titles(&schema.key)),
    ];
    if schema.has_spells() {
        pairs.push((
            "Theo giai đoạn",
            format!("{}: mỗi lần đổi mở một giai đoạn mới", titles(&schema.spells)),
        ));
    }
    pairs.extend(one(&schema.place).map(|title| ("Địa bàn lấy từ", title)));
    pairs.extend(one(&schema.owner).map(|title| ("Cơ quan chủ quản lấy từ", title)));
    Pairs { pairs: pairs.into_iter().map(|(term, text)| (term.to_owned(), Html::text(&text))).collect() }
}

fn fields(page: &Page<'_>, schema: &Schema) -> DataTable {
    let columns = ["Trường", "Mã", "Cần nhập", "Bắt buộc", "Tên cột khác khi nhập tệp", "Ghi chú"];
    let columns = columns.into_iter().map(|title| Column::new(title, Kind::Text)).collect();
    let mut table = DataTable::new("truong", format!("Các trường của sổ {}", schema.title.vi), columns);
    table.rows = schema.field.iter().map(|field| field_row(page, field)).collect();
    table
}

fn field_row(page: &Page<'_>, field: &Field) -> Row {
    let mut notes = Vec::new();
    if field.personal {
        notes.push("dữ liệu cá nhân: chỉ người có quyền xem được, xóa được theo luật".to_owned());
    }
    if let Some(lookup) = &field.lookup {
        notes.push(format!("tự chép lúc ghi, theo trường {}", lookup.by));
    }
    if field.deprecated {
        notes.push("thôi dùng cho bản ghi mới".to_owned());
    }
    notes.extend(field.help.as_ref().map(|help| help.vi.clone()));
    let unit = field.unit.as_ref().map_or_else(String::new, |unit| format!(", đơn vị {unit}"));
    let needs = Cell::text(format!("{}{unit}", input::expected(field)));
    let needs = match field.register.as_deref().and_then(|register| page.snapshot().schema(register)) {
        Some(other) if field.kind == FieldType::Ref => {
            Cell::link(format!("một bản ghi của sổ {}", other.title.vi), page.register_link(&other))
        }
        _ => needs,
    };
    Row::new(vec![
        Cell::text(&field.title.vi),
        Cell::text(&field.id),
        needs,
        Cell::text(if field.required { "có" } else { "không" }),
        Cell::text(field.aliases.join("; ")),
        Cell::text(notes.join("; ")),
    ])
}

fn rules(schema: &Schema) -> DataTable {
    let columns = ["Quy tắc", "Khi vi phạm", "Biểu thức"];
    let columns = columns.into_iter().map(|title| Column::new(title, Kind::Text)).collect();
    let mut table = DataTable::new("quy-tac", "Quy tắc kiểm tra khi ghi", columns);
    "Sổ này không khai báo quy tắc nào ngoài kiểu và khoảng giá trị của từng trường."
        .clone_into(&mut table.empty.text);
    table.rows = schema
        .rule
        .iter()
        .map(|rule| {
            let outcome = match rule.severity {
                Severity::Refuse => "không nhận bản ghi",
                Severity::Explain => "chỉ nhận khi có văn bản và lý do giải trình, rồi đánh dấu",
                Severity::Warn => "vẫn nhận, có đánh dấu",
            };
            Row::new(vec![Cell::text(&rule.message.vi), Cell::text(outcome), Cell::text(&rule.expr)])
        })
        .collect();
    table
}

fn indicators(page: &Page<'_>, schema: &Schema) -> DataTable {
    let columns = ["Chỉ tiêu", "Cách đếm", "Phiên bản định nghĩa"];
    let columns = columns.into_iter().map(|title| Column::new(title, Kind::Text)).collect();
    let mut table = DataTable::new("chi-tieu", "Chỉ tiêu đếm từ sổ này", columns);
    "Chưa có chỉ tiêu nào đếm từ sổ này.".clone_into(&mut table.empty.text);
    let counts = |measure: &Measure| measure.register == schema.id;
    let built =
        |definition: &Definition| counts(&definition.num) || definition.den.as_ref().is_some_and(counts);
    table.rows = page
        .snapshot()
        .indicators()
        .iter()
        .filter(|definition| built(definition))
        .map(|definition| {
            Row::new(vec![
                Cell::link(&definition.title.vi, page.indicator_link(definition)),
                Cell::text(definition.description.vi.trim()),
                Cell::text(definition.version.to_string()),
            ])
        })
        .collect();
    table
}
