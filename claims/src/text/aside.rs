//! What a page shows beside its text: other news, names of pictures, counters of a player, captions.

use super::Document;
use crate::text::lower;

/// Lines after which nothing belongs to the text.
const ENDS: [&str; 24] = [
    "có thể bạn quan tâm",
    "tin cùng chuyên mục",
    "tin liên quan",
    "tin, bài liên quan",
    "tin bài liên quan",
    "bài liên quan",
    "bài viết liên quan",
    "cùng chuyên mục",
    "tin khác",
    "các tin khác",
    "tin mới",
    "tin mới nhất",
    "tin nổi bật",
    "tin đọc nhiều",
    "đọc nhiều",
    "đọc nhiều nhất",
    "xem nhiều",
    "xem thêm",
    "đọc thêm",
    "bình luận",
    "ý kiến bạn đọc",
    "chủ đề",
    "từ khóa",
    "chuyên mục khác",
];
const PICTURES: [&str; 9] = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".mp4", ".heic", ".bmp", ".pdf"];
/// Words of a line that is no sentence.
const HEADING_WORDS_MAX: usize = 30;

pub(super) fn mark(document: &mut Document<'_>) {
    let text = document.text;
    let mut over = false;
    let mut picture_before = false;
    for paragraph in &mut document.paragraphs {
        let line = text.get(paragraph.bytes.clone()).unwrap_or_default().trim();
        let plain = lower(line.trim_end_matches([':', '.', '…']).trim());
        over = over || ENDS.contains(&plain.as_str());
        let picture = is_picture(&plain) || is_player(&plain);
        paragraph.aside = over || picture;
        paragraph.caption = !paragraph.aside && (picture_before || is_caption(line, &plain));
        let words = line.split_whitespace().count();
        let ends = line.ends_with(['.', '!', '?', '…', ';', ',', ':', '”', '"']);
        paragraph.heading = !paragraph.aside && !paragraph.caption && !ends && words <= HEADING_WORDS_MAX;
        picture_before = picture && is_picture(&plain);
    }
}

fn is_picture(line: &str) -> bool {
    PICTURES.iter().any(|end| line.ends_with(end)) && line.split_whitespace().count() <= 3
}

/// "0:00 / 0:00"
fn is_player(line: &str) -> bool {
    line.contains(':') && line.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '/' | ' '))
}

fn is_caption(line: &str, plain: &str) -> bool {
    plain.starts_with("ảnh:") || plain.starts_with("ảnh minh họa") || plain.starts_with("(ảnh") || {
        let last = line.rsplit(['.', '(']).next().unwrap_or_default();
        let last = lower(last.trim());
        last.starts_with("ảnh:") && last.split_whitespace().count() <= 8
    }
}
