//! What the check of a text answers: its claims, the ties between them, and the registers.

use serde_json::{Value, json};

use super::parts::{object, text, text_or_null, whole, whole_or_null};
use super::reference;

const KINDS: [&str; 10] =
    ["count", "money", "percent", "points", "rate", "multiple", "rank", "score", "measure", "duration"];
const HEDGES: [&str; 6] = ["over", "under", "about", "atleast", "atmost", "none"];
const TIES: [&str; 10] = [
    "sum",
    "share",
    "complement",
    "difference",
    "growth",
    "multiple",
    "mean",
    "shares_to_100",
    "list_count",
    "rank",
];

/// The whole answer, that of `minhchung check --json`.
pub(super) fn text_checked() -> Value {
    let list = |items: Value| json!({ "type": "array", "items": items });
    let members = vec![
        ("date", text()),
        ("text", text()),
        ("claims", list(claim())),
        ("relations", list(relation())),
        ("registers", list(register())),
    ];
    object(members, &[], &[])
}

/// A check that somebody saved.
pub(super) fn saved_check() -> Value {
    let instant = || json!({ "type": "string", "format": "date-time" });
    let day = || json!({ "type": "string", "format": "date" });
    let described = |mut schema: Value, says: &str| {
        schema["description"] = says.into();
        schema
    };
    let members = vec![
        ("id", text()),
        ("date", described(day(), "Ngày viết.")),
        ("checked_on", described(day(), "Lúc ấy là ngày này; bản minh họa dừng ở ngày của nó.")),
        ("position", described(whole(), "Lần ghi mà sổ được đọc đến.")),
        ("rules", described(text(), "Phiên bản chương trình lúc lưu.")),
        ("digest", described(text(), "SHA-256 của câu trả lời lúc lưu, cho người đọc không có quyền gì.")),
        ("unchanged", described(flag(), "Câu trả lời nay vẫn có mã băm ấy.")),
        ("saved_at", instant()),
        ("saved_by", text()),
        ("kept_until", instant()),
        ("answer", reference("schemas", "CheckedText")),
    ];
    object(members, &[], &[])
}

fn one_of(codes: &[&str]) -> Value {
    json!({ "type": "string", "enum": codes })
}

fn flag() -> Value {
    json!({ "type": "boolean" })
}

fn nullable(mut object: Value) -> Value {
    object["type"] = json!(["object", "null"]);
    object
}

fn two(items: &Value, says: &str) -> Value {
    json!({ "type": ["array", "null"], "items": items, "minItems": 2, "maxItems": 2, "description": says })
}

fn claim() -> Value {
    let mut span = two(&whole(), "Vị trí trong “text”, tính theo điểm mã Unicode: từ, và hết trước.");
    span["type"] = "array".into();
    let time = object(vec![("from", text_or_null()), ("to", text_or_null())], &[], &[]);
    let scope = vec![
        ("place", text_or_null()),
        ("sector", text_or_null()),
        ("agency", text_or_null()),
        ("merged", flag()),
    ];
    let members = vec![
        ("id", whole()),
        ("sentence", text()),
        ("span", span),
        ("text", text()),
        ("value", text()),
        ("value_to", text_or_null()),
        ("unit", text()),
        ("hedge", one_of(&HEDGES)),
        ("modality", one_of(&["fact", "target", "forecast"])),
        ("time", nullable(time)),
        ("scope", object(scope, &[], &[])),
        ("measures", text()),
        ("indicator", text_or_null()),
        ("kind", one_of(&KINDS)),
        ("aside", flag()),
    ];
    object(members, &[], &[])
}

fn relation() -> Value {
    let claims = json!({ "type": "array", "items": whole(), "description": "Số được nêu đứng đầu." });
    let members = vec![
        ("kind", one_of(&TIES)),
        ("claims", claims),
        ("expression", text()),
        ("stated", text_or_null()),
        ("computed", two(&text(), "Khoảng mà các số còn lại cho ra, vì làm tròn.")),
        ("verdict", one_of(&["ok", "ok_truncated", "mismatch", "insufficient"])),
        ("reason", text()),
    ];
    object(members, &[], &[])
}

fn register() -> Value {
    let members = vec![
        ("claim", whole()),
        ("indicator", text_or_null()),
        ("ours", text_or_null()),
        ("verdict", one_of(&["equal", "rounded", "different", "none", "ambiguous"])),
        ("reason", text()),
        ("unit", text_or_null()),
        ("part", text_or_null()),
        ("num", text_or_null()),
        ("den", text_or_null()),
        ("version", whole_or_null()),
        ("place", text_or_null()),
        ("period", text_or_null()),
        ("position", whole_or_null()),
    ];
    object(members, &[], &[])
}
