//! One field: names, and exactly the settings that its type has.

use std::collections::BTreeSet;

use crate::check::{Findings, words};
use crate::error::Part;
use crate::limits::{ALIASES_MAX, CODES_MAX, LENGTH_MAX, NUMBER_MAX, SCALE_MAX, TITLE_CHARS_MAX};
use crate::schema::{Field, FieldType, Find, Schema};

pub(super) fn check(schema: &Schema, field: &Field, findings: &mut Findings) {
    let part = Part::Field(field.id.clone());
    words::id(findings, part.clone(), "mã trường", &field.id);
    words::title(findings, &part, "tên", &field.title);
    if let Some(help) = &field.help {
        words::help(findings, &part, "lời giúp", help);
    }
    aliases(field, &part, findings);
    numbers(field, &part, findings);
    length(field, &part, findings);
    none(schema, field, &part, findings);
    codes(field, &part, findings);
    target(field, &part, findings);
    lookup(schema, field, &part, findings);
    personal(field, &part, findings);
}

fn aliases(field: &Field, part: &Part, findings: &mut Findings) {
    if field.aliases.len() > ALIASES_MAX {
        let found = format!("{} tên cột khác", field.aliases.len());
        findings.add(part.clone(), found, format!("tối đa {ALIASES_MAX}"));
    }
    let bad = |text: &str| text.trim().is_empty() || text.chars().count() > TITLE_CHARS_MAX;
    let unit = field.unit.iter().map(|unit| ("đơn vị", unit));
    let names = field.aliases.iter().map(|alias| ("tên cột", alias));
    for (what, text) in unit.chain(names).filter(|(_, text)| bad(text)) {
        let found = format!("{what} “{}”", crate::quote::shorten(text));
        findings.add(part.clone(), found, format!("từ 1 đến {TITLE_CHARS_MAX} ký tự"));
    }
}

fn numbers(field: &Field, part: &Part, findings: &mut Findings) {
    match (field.kind, field.scale) {
        (FieldType::Scaled, Some(scale)) if scale <= SCALE_MAX => {}
        (FieldType::Scaled, scale) => {
            let found = scale.map_or("không có scale".to_owned(), |scale| format!("scale = {scale}"));
            findings.add(part.clone(), found, format!("scale từ 0 đến {SCALE_MAX}"));
        }
        (_, Some(_)) => misplaced(field, part, findings, "scale", "số thập phân"),
        (_, None) => {}
    }
    if !field.kind.is_numeric() {
        if field.min.is_some() || field.max.is_some() {
            misplaced(field, part, findings, "min, max", "số");
        }
        return;
    }
    let (Some(min), Some(max)) = (field.min, field.max) else {
        findings.add(part.clone(), "trường số thiếu min hoặc max", "cả min và max");
        return;
    };
    let in_range = |number: i64| (-NUMBER_MAX..=NUMBER_MAX).contains(&number);
    if min > max || !in_range(min) || !in_range(max) {
        let expected = format!("min ≤ max, cả hai trong khoảng ±{NUMBER_MAX} (2^53)");
        findings.add(part.clone(), format!("min = {min}, max = {max}"), expected);
    }
}

fn length(field: &Field, part: &Part, findings: &mut Findings) {
    let Some(length) = field.length_max else { return };
    if !matches!(field.kind, FieldType::Text | FieldType::Code) {
        misplaced(field, part, findings, "length_max", "văn bản hoặc mã");
    } else if length == 0 || length > LENGTH_MAX {
        findings.add(part.clone(), format!("length_max = {length}"), format!("từ 1 đến {LENGTH_MAX}"));
    }
}

fn none(schema: &Schema, field: &Field, part: &Part, findings: &mut Findings) {
    let Some(code) = &field.none else { return };
    let open = field.kind == FieldType::Code && field.codes.is_empty();
    if !open || !schema.key.contains(&field.id) {
        let expected = "trường mã không có danh mục, nằm trong khóa";
        findings.add(part.clone(), format!("none trên trường kiểu {}", field.kind.title()), expected);
    }
    if !words::is_code(code) {
        let found = format!("none = “{}”", crate::quote::shorten(code));
        findings.add(part.clone(), found, "chữ không dấu, chữ số, “_”, “-”, “.”");
    }
}

fn codes(field: &Field, part: &Part, findings: &mut Findings) {
    if !matches!(field.kind, FieldType::Code | FieldType::Codes) {
        if !field.codes.is_empty() {
            misplaced(field, part, findings, "codes", "mã hoặc tập mã");
        }
        return;
    }
    let count = field.codes.len();
    if count > CODES_MAX {
        findings.add(part.clone(), format!("{count} mã"), format!("tối đa {CODES_MAX} mã"));
    }
    if count == 0 && field.kind == FieldType::Codes {
        findings.add(part.clone(), "tập mã không có danh mục", "ít nhất một mã trong codes");
    }
    let mut seen = BTreeSet::new();
    for code in &field.codes {
        if !words::is_code(&code.id) {
            let found = format!("mã “{}”", crate::quote::shorten(&code.id));
            findings.add(part.clone(), found, "chữ không dấu, chữ số, “_”, “-”, “.”");
        }
        if !seen.insert(code.id.as_str()) {
            findings.add(part.clone(), format!("mã “{}” hai lần", code.id), "mỗi mã một lần");
        }
        words::title(findings, part, &format!("tên của mã “{}”", code.id), &code.title);
    }
}

fn target(field: &Field, part: &Part, findings: &mut Findings) {
    match (field.kind, &field.register) {
        (FieldType::Ref, Some(register)) => words::id(findings, part.clone(), "mã sổ đích", register),
        (FieldType::Ref, None) => {
            findings.add(part.clone(), "tham chiếu không có sổ đích", "register = \"…\"")
        }
        (_, Some(_)) => misplaced(field, part, findings, "register", "tham chiếu"),
        (_, None) => {}
    }
}

fn lookup(schema: &Schema, field: &Field, part: &Part, findings: &mut Findings) {
    let Some(lookup) = &field.lookup else { return };
    words::id(findings, part.clone(), "trường nguồn", &lookup.field);
    match schema.field(&lookup.by) {
        Some(by) if by.kind == FieldType::Ref && by.id != field.id => {}
        Some(by) => {
            let found = format!("lookup.by = “{}” kiểu {}", by.id, by.kind.title());
            findings.add(part.clone(), found, "một trường tham chiếu khác của sổ");
        }
        None => {
            let found = format!("lookup.by = “{}” chưa khai báo", lookup.by);
            findings.add(part.clone(), found, "một trường tham chiếu của sổ");
        }
    }
    // A key is known before other registers are asked.
    if schema.record_key().any(|id| id == field.id) {
        findings.add(part.clone(), "trường khóa được chép từ sổ khác", "trường khóa do người nhập ghi");
    }
}

fn personal(field: &Field, part: &Part, findings: &mut Findings) {
    if field.personal && (field.index || field.search) {
        findings.add(part.clone(), "dữ liệu cá nhân có index hoặc search", "index = false, search = false");
    }
    let named = field.kind == FieldType::Text;
    match field.find {
        None => {}
        Some(_) if !field.personal => misplaced(field, part, findings, "find", "dữ liệu cá nhân"),
        Some(Find::Name) if !named => {
            findings.add(
                part.clone(),
                format!("find = \"name\" trên kiểu {}", field.kind.title()),
                "kiểu văn bản",
            );
        }
        Some(_) => {}
    }
    let sortable = !matches!(field.kind, FieldType::Codes | FieldType::Point | FieldType::File);
    if field.index && !sortable {
        let found = format!("index trên kiểu {}", field.kind.title());
        findings.add(part.clone(), found, "kiểu sắp xếp được");
    }
}

fn misplaced(field: &Field, part: &Part, findings: &mut Findings, setting: &str, owner: &str) {
    let found = format!("{setting} trên trường kiểu {}", field.kind.title());
    findings.add(part.clone(), found, format!("{setting} chỉ với kiểu {owner}"));
}
