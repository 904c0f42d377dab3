//! `doctor`: what an operator should know about machine and instance.

use std::process::ExitCode;

use mc_sqlite::{Layout, Reader};
use serde_json::json;

use crate::generated::Generation;
use crate::output::Output;

pub fn run(layout: &Layout, out: &Output) -> anyhow::Result<ExitCode> {
    let mut lines: Vec<(bool, String)> = Vec::new();
    let fonts = !mc_ui::Assets::fonts().is_empty();
    let what = if fonts {
        "có phông chữ nhúng"
    } else {
        "không có phông chữ nhúng: dùng phông của máy"
    };
    lines.push((fonts, what.to_owned()));
    if layout.exists() {
        let reader = super::reader(layout)?;
        let instance = reader.instance();
        let kind = if instance.illustrative { "minh họa" } else { "thật" };
        lines.push((true, format!("bản cài {kind} {}, {} lần ghi", instance.origin, reader.head().seq)));
        if instance.illustrative {
            let text = reader.generation()?;
            let said = text.as_deref().and_then(Generation::parse).map(|it| it.said());
            // Instances generated before this was kept have a story that stands still all the same.
            let is_whole = said.is_some() || reader.story()?.is_some();
            let what = match said {
                Some(said) => format!("sinh từ {said}"),
                None if is_whole => "không rõ sinh từ cỡ và hạt giống nào".to_owned(),
                None => "sinh chưa xong: hãy xóa thư mục rồi chạy `minhchung generate` lại".to_owned(),
            };
            lines.push((is_whole, what));
        }
        if reader.sealed() {
            let text = "bản phục hồi chưa mở niêm phong: chỉ đọc, chưa ký gì; hãy chạy `minhchung seal --newest MỐC`";
            lines.push((false, text.to_owned()));
        }
        let building = reader.building()?;
        if building > 0 {
            let what = "chỉ tiêu mới đang tính; `minhchung serve` tính tiếp khi chạy";
            lines.push((true, format!("{building} số đo của {what}")));
        }
        lines.extend(owed(&reader)?);
    } else {
        lines.push((false, format!("“{}” chưa có bản cài", layout.dir().display())));
    }
    let ok = lines.iter().all(|(ok, _)| *ok);
    let result = json!({
        "ok": ok,
        "checks": lines.iter().map(|(ok, text)| json!({ "ok": ok, "message": text })).collect::<Vec<_>>(),
    });
    out.result(&result, || {
        lines
            .iter()
            .map(|(ok, text)| format!("{} {text}", if *ok { "✓" } else { "✗" }))
            .collect::<Vec<_>>()
            .join("\n")
    });
    Ok(if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What a commit or an erasure left to be done later.
fn owed(reader: &Reader) -> anyhow::Result<Vec<(bool, String)>> {
    let sealed = reader.checkpoint()?.is_some();
    let mut lines =
        vec![(sealed, if sealed { "có mốc niêm phong" } else { "chưa có mốc niêm phong nào" }.to_owned())];
    if reader.unpublished()? {
        let text = "mốc niêm phong mới nhất chưa công bố được vào tệp checkpoint: xem quyền ghi và chỗ trống của thư \
                    mục dữ liệu; lần ghi sau, lần khởi động sau hoặc `minhchung seal` sẽ công bố lại";
        lines.push((false, text.to_owned()));
    }
    if reader.scrub_due()? {
        let text = "giá trị đã xóa còn trong nhật ký của cơ sở dữ liệu vì một phiên đọc đang mở: máy chủ dọn khi phiên \
                    ấy kết thúc, nếu không thì lần khởi động sau";
        lines.push((false, text.to_owned()));
    }
    let left = reader.unswept()?;
    if !left.is_empty() {
        lines.push((false, super::left_files(&left)));
    }
    Ok(lines)
}
