//! A form with a file, `multipart/form-data` (RFC 7578), read from memory: the caller has bounded its bytes.

/// One file of a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Upload {
    /// The name that the browser gave it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a form holds: its text fields, and the file, if one was chosen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Parts {
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) upload: Option<Upload>,
}

/// Parts of one form.
const PARTS_MAX: usize = 50;
/// Bytes of a text field: a text to be read may be long; the whole form is bounded before.
const FIELD_BYTES_MAX: usize = 2 << 20;
/// Bytes of the head of a part.
const HEAD_BYTES_MAX: usize = 4_096;

/// The boundary that a content type names; `None` for any other content.
pub(crate) fn boundary(content_type: &str) -> Option<&str> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let named = parameters.split(';').find_map(|one| one.trim().strip_prefix("boundary="))?;
    let boundary = named.trim_matches('"');
    (1..=70).contains(&boundary.len()).then_some(boundary)
}

/// Reads the parts; `None` where the form is cut off or not well formed.
pub(crate) fn parse(body: &[u8], boundary: &str) -> Option<Parts> {
    let opening = format!("--{boundary}");
    let between = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(opening.as_bytes())?;
    let mut parts = Parts::default();
    for _ in 0..PARTS_MAX {
        if rest.starts_with(b"--") {
            return Some(parts);
        }
        rest = rest.strip_prefix(b"\r\n")?;
        let head_end = find(rest, b"\r\n\r\n").filter(|end| *end <= HEAD_BYTES_MAX)?;
        let (head, after) = rest.split_at_checked(head_end)?;
        let after = after.get(4..)?;
        let end = find(after, between.as_bytes())?;
        let (content, next) = after.split_at_checked(end)?;
        take(&mut parts, std::str::from_utf8(head).ok()?, content)?;
        rest = next.get(between.len()..)?;
    }
    None
}

fn take(parts: &mut Parts, head: &str, content: &[u8]) -> Option<()> {
    let disposition = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("content-disposition").then_some(value)
    })?;
    let name = parameter(disposition, "name")?;
    match parameter(disposition, "filename") {
        Some(file) => {
            // A file field left alone is sent with an empty name and no bytes.
            if parts.upload.is_none() && !(file.is_empty() && content.is_empty()) {
                parts.upload = Some(Upload { name: file, bytes: content.to_vec() });
            }
        }
        None => {
            let text = (content.len() <= FIELD_BYTES_MAX).then(|| std::str::from_utf8(content).ok())??;
            parts.fields.push((name, text.to_owned()));
        }
    }
    Some(())
}

/// A quoted parameter of a header value; browsers write `"` inside as `%22`.
fn parameter(value: &str, name: &str) -> Option<String> {
    let opening = format!("{name}=\"");
    let mut from = 0;
    loop {
        let at = from + value.get(from..)?.find(&opening)?;
        let before = value.get(..at)?.chars().next_back();
        let start = at + opening.len();
        if before.is_none_or(|c| c == ';' || c == ' ') {
            let (inner, _) = value.get(start..)?.split_once('"')?;
            return Some(inner.replace("%22", "\"").replace("%0D", " ").replace("%0A", " "));
        }
        from = start;
    }
}

/// Where `needle` begins in `hay`.
fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut from = 0;
    while let Some(step) = hay.get(from..)?.iter().position(|byte| *byte == first) {
        let at = from + step;
        if hay.get(at..)?.starts_with(needle) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut body = Vec::new();
        for (head, content) in parts {
            body.extend_from_slice(format!("--XX\r\n{head}\r\n\r\n").as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--XX--\r\n");
        body
    }

    const FILE: &str = concat!(
        "Content-Disposition: form-data; name=\"tep\"; filename=\"Trạm %22A%22.csv\"\r\n",
        "Content-Type: text/csv"
    );

    #[test]
    fn fields_and_the_file_are_read_whatever_the_bytes() {
        let bytes = b"a\r\n--X\r\n\r\n--\x00\xff\r\n";
        let field = "content-disposition: form-data; name=\"so\"";
        let body = form(&[(field, "trạm".as_bytes()), (FILE, bytes)]);
        let parts = parse(&body, "XX").expect("a form");
        assert_eq!(parts.fields, [("so".to_owned(), "trạm".to_owned())]);
        let upload = parts.upload.expect("a file");
        assert_eq!((upload.name.as_str(), upload.bytes.as_slice()), ("Trạm \"A\".csv", bytes.as_slice()));
    }

    #[test]
    fn no_file_chosen_is_no_upload() {
        let body = form(&[("Content-Disposition: form-data; name=\"tep\"; filename=\"\"", b"")]);
        assert_eq!(parse(&body, "XX"), Some(Parts::default()));
    }

    #[test]
    fn every_cut_off_form_is_refused() {
        let body = form(&[(FILE, b"ma;ten\r\n1;2\r\n")]);
        // The line end after the closing boundary may be missing.
        let whole = body.len() - 2;
        for end in 0..whole {
            assert_eq!(parse(&body[..end], "XX"), None, "{end}");
        }
        assert!(parse(&body[..whole], "XX").is_some());
    }

    #[test]
    fn only_a_form_with_files_has_a_boundary() {
        assert_eq!(boundary("multipart/form-data; boundary=----Web1"), Some("----Web1"));
        assert_eq!(boundary("Multipart/Form-Data; charset=utf-8; boundary=\"a b\""), Some("a b"));
        for other in [
            "text/plain",
            "multipart/mixed; boundary=x",
            "multipart/form-data",
            "multipart/form-data; boundary=",
        ] {
            assert_eq!(boundary(other), None, "{other}");
        }
    }
}
