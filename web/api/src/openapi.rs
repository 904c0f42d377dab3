//! `GET /api/v1/openapi.json`: this interface described in OpenAPI 3.1, out of its operations and of the
//! registers and indicators that the reader may see.

mod checked;
mod parts;

use mc_port::{PAGE_MAX, Snapshot};
use mc_register::Schema;
use serde_json::{Map, Value, json};

use crate::answer::{Answer, ApiError};

/// Characters of a text that is checked: a hundred printed pages and some.
pub const TEXT_CHARS_MAX: usize = 400_000;

/// One thing that can be asked.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// Path, with parameters in braces.
    pub path: &'static str,
    /// Permanent name.
    pub id: &'static str,
    /// What it answers, in one line.
    summary: &'static str,
    parameters: &'static [&'static str],
    answer: &'static str,
}

/// Every operation that is asked by GET; a test compares them with the routes.
pub const OPERATIONS: [Operation; 5] = [
    Operation {
        path: "/api/v1/figures/{indicator}",
        id: "figure",
        summary: "Một số liệu, tách theo địa bàn hoặc một nhát cắt khi được hỏi",
        parameters: &[
            "indicator",
            "place_at_home",
            "period",
            "by",
            "agency",
            "known_on",
            "places",
            "totals_after",
            "if_none_match",
        ],
        answer: "Figure",
    },
    Operation {
        path: "/api/v1/registers",
        id: "registers",
        summary: "Các sổ và trường của từng sổ",
        parameters: &["if_none_match"],
        answer: "Registers",
    },
    Operation {
        path: "/api/v1/registers/{register}/records",
        id: "records",
        summary: "Một trang bản ghi của sổ, theo khóa",
        parameters: &["register", "place", "after", "limit", "known_on", "if_none_match"],
        answer: "RecordPage",
    },
    Operation {
        path: "/api/v1/registers/{register}/records/{key}",
        id: "record",
        summary: "Một bản ghi ở lần ghi đang đọc",
        parameters: &["register", "key", "known_on", "if_none_match"],
        answer: "Record",
    },
    Operation {
        path: "/api/v1/openapi.json",
        id: "openapi",
        summary: "Bản mô tả này",
        parameters: &["if_none_match"],
        answer: "Description",
    },
];

/// Where a text is sent to be checked.
const CHECK: &str = "/api/v1/check";
/// Where one is asked for that somebody saved.
const SAVED: &str = "/api/v1/check/saved/{id}";

/// Files of the ledger that programs fetch beside the interface: path, name, what it is, media type.
const FILES: [(&str, &str, &str, &str); 4] = [
    ("/nhat-ky/checkpoint", "checkpoint", "Mốc niêm phong mới nhất (C2SP tlog-checkpoint)", "text/plain"),
    (
        "/nhat-ky/tile/{name}",
        "tile",
        "Ô băm hoặc gói mục ghi (C2SP tlog-tiles) mà mốc mới nhất bao gồm; nội dung không bao giờ đổi",
        "application/octet-stream",
    ),
    (
        "/kiem-chung/ghi/{seq}/tlog-proof",
        "commit_proof",
        "Bằng chứng một lần ghi nằm trong sổ cái (C2SP tlog-proof)",
        "text/plain",
    ),
    (
        "/kiem-chung/ghi/{seq}/muc-ghi",
        "commit_entry",
        "Các byte của mục ghi mà bằng chứng ấy chứng minh",
        "application/octet-stream",
    ),
];

/// What a reader of the description must know first.
const ABOUT: &str = "Mỗi số liệu đi kèm chỉ tiêu, phiên bản định nghĩa, địa bàn, kỳ và lần ghi. \
     Số và giá trị là chuỗi ở dạng chuẩn, không có dấu phân cách hàng nghìn. \
     Mọi thao tác chỉ đọc, kể cả soát một bài viết (không lưu gì): ghi đi qua biểu mẫu, tệp nhập và dòng lệnh, \
     nên chưa thao tác nào nhận If-Match; If-None-Match so theo nghĩa yếu.";

/// The description.
///
/// # Errors
/// None at present; the store is not asked beyond its declarations.
pub fn openapi(snapshot: &dyn Snapshot) -> Result<Answer, ApiError> {
    let schemas = snapshot.schemas();
    let mut registers: Vec<&Schema> = schemas.iter().map(AsRef::as_ref).collect();
    registers.sort_by(|a, b| a.id.cmp(&b.id));
    let mut indicators: Vec<String> =
        snapshot.indicators().iter().map(|definition| definition.id.clone()).collect();
    indicators.sort();
    let paths: Map<String, Value> = OPERATIONS
        .iter()
        .map(|operation| (operation.path.to_owned(), json!({ "get": described(operation) })))
        .chain([(CHECK.to_owned(), json!({ "post": checked() }))])
        .chain([(SAVED.to_owned(), json!({ "get": saved() }))])
        .chain(FILES.iter().map(|file| (file.0.to_owned(), json!({ "get": fetched(file) }))))
        .collect();
    let body = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Minh Chứng",
            "version": "1",
            "description": ABOUT,
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "parameters": parameters(&registers, &indicators),
            "headers": { "ETag": {
                "description": "Đổi khi câu trả lời có thể đã đổi; gửi lại bằng If-None-Match.",
                "schema": { "type": "string" },
            } },
            "responses": { "Problem": {
                "description": "Không trả lời được; “detail” là câu tiếng Việt nói vì sao (RFC 9457).",
                "content": { "application/problem+json": { "schema": reference("schemas", "Problem") } },
            } },
            "schemas": parts::schemas(&registers),
        },
    });
    Ok(Answer::new(snapshot, snapshot.head().seq, &body))
}

fn reference(kind: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{kind}/{name}") })
}

fn described(operation: &Operation) -> Value {
    let parameters: Vec<Value> =
        operation.parameters.iter().map(|name| reference("parameters", name)).collect();
    json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": operation.summary,
                "headers": { "ETag": reference("headers", "ETag") },
                "content": { "application/json": { "schema": reference("schemas", operation.answer) } },
            },
            "304": { "description": "Như lần trước: If-None-Match còn đúng." },
            "default": reference("responses", "Problem"),
        },
    })
}

/// What is sent is answered at once and not kept.
fn checked() -> Value {
    let says = "Các con số trong một bài viết, phép tính giữa chúng, và số của sổ như đã biết ở ngày viết";
    let sent = json!({
        "type": "object",
        "required": ["text"],
        "additionalProperties": false,
        "properties": {
            "text": { "type": "string", "maxLength": TEXT_CHARS_MAX },
            "date": { "type": ["string", "null"], "format": "date", "description": "Ngày viết; không có thì hôm nay." },
        },
    });
    let busy = "Đang có nhiều bài cần soát; Retry-After nói sau mấy giây thì gửi lại.";
    let problem = json!({ "application/problem+json": { "schema": reference("schemas", "Problem") } });
    json!({
        "operationId": "check",
        "summary": says,
        "parameters": [],
        "requestBody": { "required": true, "content": { "application/json": { "schema": sent } } },
        "responses": {
            "200": {
                "description": says,
                "content": { "application/json": { "schema": reference("schemas", "CheckedText") } },
            },
            "429": { "description": busy, "content": problem },
            "default": reference("responses", "Problem"),
        },
    })
}

/// For who may write; to others it is not there.
fn saved() -> Value {
    let says = "Một bài đã lưu, soát lại theo sổ ở lần ghi lúc lưu; chỉ cho người được ghi";
    json!({
        "operationId": "saved_check",
        "summary": says,
        "parameters": [reference("parameters", "id")],
        "responses": {
            "200": {
                "description": says,
                "content": { "application/json": { "schema": reference("schemas", "SavedCheck") } },
            },
            "default": reference("responses", "Problem"),
        },
    })
}

fn fetched((path, id, says, media): &(&str, &str, &str, &str)) -> Value {
    let named = ["name", "seq"].into_iter().filter(|name| path.contains(&format!("{{{name}}}")));
    let parameters: Vec<Value> = named.map(|name| reference("parameters", name)).collect();
    let refused = "Không có: chưa nằm dưới mốc niêm phong mới nhất, hoặc tên không đúng chuẩn.";
    json!({
        "operationId": id,
        "summary": says,
        "parameters": parameters,
        "responses": {
            "200": { "description": says, "content": { (*media): { "schema": {} } } },
            "default": { "description": refused, "content": { "text/html": { "schema": {} } } },
        },
    })
}

fn parameter(place: &str, name: &str, says: &str, schema: Value) -> Value {
    let required = place == "path";
    json!({ "name": name, "in": place, "required": required, "description": says, "schema": schema })
}

fn parameters(registers: &[&Schema], indicators: &[String]) -> Value {
    let ids: Vec<&str> = registers.iter().map(|schema| schema.id.as_str()).collect();
    let text = json!({ "type": "string" });
    let path = |name: &str, says: &str, schema: Value| parameter("path", name, says, schema);
    let query = |name: &str, says: &str, schema: Value| parameter("query", name, says, schema);
    let mut period = query("period", "Kỳ: 2025, 2025-10, 2025-Q3, 2025-9M hoặc 2025-10-31.", text.clone());
    period["required"] = true.into();
    json!({
        "indicator": path("indicator", "Mã chỉ tiêu.", json!({ "type": "string", "enum": indicators })),
        "register": path("register", "Mã sổ.", json!({ "type": "string", "enum": ids })),
        "key": path("key", "Khóa: các trường khóa nối bằng “/”; “/” trong một trường viết là %2F.", text.clone()),
        "id": path("id", "Tên của bài đã lưu, như trong địa chỉ trang của nó.", text.clone()),
        "name": path("name", "Tên ô, ví dụ 0/x001/234 hoặc entries/000.p/12; dấu “/” giữ nguyên.", text.clone()),
        "seq": path("seq", "Số của lần ghi.", json!({ "type": "integer", "minimum": 1 })),
        "place": query("place", "Mã địa bàn; không có thì cả sổ.", text.clone()),
        "place_at_home": query("place", "Mã địa bàn ở cuối kỳ; không có thì tỉnh của sổ cái.", text.clone()),
        "period": period,
        "by": query(
            "by",
            "Tách theo “place” (địa bàn cấp dưới), “agency” (cây cơ quan) hoặc tên một nhát cắt đã khai báo.",
            text.clone(),
        ),
        "agency": query("agency", "Cùng by=agency: chỉ cơ quan này và các cơ quan bên dưới.", text.clone()),
        "totals_after": query(
            "totals_after",
            "Đọc tiếp các số tổng sau khóa này (“totals_next” của lần trước).",
            text.clone(),
        ),
        "known_on": query("known_on", "Biết đến: số lần ghi, hoặc ngày yyyy-mm-dd.", text.clone()),
        "places": query(
            "places",
            "Địa bàn và cơ quan như hiện nay (now) hay như lúc đó (then).",
            json!({ "type": "string", "enum": ["now", "then"], "default": "now" }),
        ),
        "after": query("after", "Dấu trang “next” hoặc “previous” của một trang trước.", text.clone()),
        "limit": query(
            "limit",
            "Số bản ghi một trang.",
            json!({ "type": "integer", "minimum": 1, "maximum": PAGE_MAX, "default": crate::records::LIMIT }),
        ),
        "if_none_match": parameter("header", "If-None-Match", "ETag của câu trả lời đã có.", text),
    })
}
