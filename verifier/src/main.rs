//! `verifier FILE [--json] [--key VKEY]`: says whether a proof file holds. Exit code 0: everything that
//! could be checked holds; 1: something does not; 2: the file or the arguments could not be read.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use mc_ledger::NoteVerifier;
use verifier::{InputError, Verdict};

const HELP: &str = "\
Kiểm một tệp bằng chứng, không cần mạng và không cần phần mềm nào khác.

  verifier TỆP [--json] [--key KHÓA]
  verifier TỆP.tlog-proof --key KHÓA [--entry MỤC] [--json]

  --json      in kết quả cho máy đọc: {ok, recorded, arithmetic, completeness, illustrative, key}
  --key KHÓA  khóa công khai của sổ cái, dạng tên+số hiệu+base64, lấy từ nơi đáng tin
  --entry MỤC tệp mục ghi mà TỆP.tlog-proof chứng minh; bỏ trống là TỆP.tlog-proof.entry
  --help      in trang này

Mã thoát: 0 mọi điều kiểm được đều đúng; 1 có điều sai; 2 không đọc được tệp hoặc lệnh.
";

/// What was asked for.
#[derive(Default)]
struct Asked {
    file: Option<PathBuf>,
    key: Option<NoteVerifier>,
    entry: Option<PathBuf>,
    json: bool,
    help: bool,
}

fn main() -> ExitCode {
    let asked = match asked(std::env::args_os().skip(1)) {
        Ok(asked) => asked,
        Err(sentence) => return refuse(&sentence, false),
    };
    if asked.help {
        return say(HELP, ExitCode::SUCCESS);
    }
    let Some(file) = &asked.file else {
        return refuse("Thiếu tên tệp bằng chứng; gõ `verifier --help` để xem cách dùng.", asked.json);
    };
    let verdict = match judged(file, &asked) {
        Ok(verdict) => verdict,
        Err(sentence) => return refuse(&sentence, asked.json),
    };
    let code = if verdict.ok() { ExitCode::SUCCESS } else { ExitCode::from(1) };
    let text = if asked.json { format!("{}\n", verdict.to_json()) } else { verdict.to_string() };
    say(&text, code)
}

fn judged(file: &Path, asked: &Asked) -> Result<Verdict, String> {
    let said = |error: InputError| error.to_string();
    let text = verifier::read(file).map_err(said)?;
    if !verifier::is_entry_proof(&text) {
        return verifier::judge(&text, asked.key.as_ref()).map_err(said);
    }
    let key = asked.key.as_ref().ok_or(
        "Tệp .tlog-proof không mang khóa; hãy thêm --key với khóa công khai của sổ cái, lấy từ nơi đáng tin.",
    )?;
    let path = asked.entry.clone().unwrap_or_else(|| {
        let mut name = file.as_os_str().to_owned();
        name.push(".entry");
        name.into()
    });
    let entry =
        verifier::read_entry(&path).map_err(|error| format!("Mục ghi “{}”: {error}", path.display()))?;
    verifier::judge_entry(&text, &entry, key).map_err(said)
}

fn asked(arguments: impl Iterator<Item = std::ffi::OsString>) -> Result<Asked, String> {
    let mut asked = Asked::default();
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--json") => asked.json = true,
            Some("--help" | "-h") => asked.help = true,
            Some("--key") => {
                let text = arguments.next().ok_or("Sau --key cần một khóa công khai.")?;
                let text = text.to_string_lossy();
                let key = NoteVerifier::parse(text.trim()).map_err(|error| format!("--key: {error}."))?;
                asked.key = Some(key);
            }
            Some("--entry") => {
                let path = arguments.next().ok_or("Sau --entry cần tên tệp mục ghi.")?;
                asked.entry = Some(PathBuf::from(path));
            }
            Some(option) if option.starts_with("--") => {
                return Err(format!("Không có tùy chọn “{option}”; gõ `verifier --help` để xem cách dùng."));
            }
            _ if asked.file.is_some() => return Err("Mỗi lần chỉ kiểm một tệp.".to_owned()),
            _ => asked.file = Some(PathBuf::from(argument)),
        }
    }
    Ok(asked)
}

/// The file or the arguments could not be read.
fn refuse(sentence: &str, json: bool) -> ExitCode {
    if json {
        let verdict = serde_json::json!({
            "ok": false,
            "recorded": format!("failed: {sentence}"),
            "arithmetic": "unchecked",
            "completeness": "unprovable",
        });
        return say(&format!("{verdict}\n"), ExitCode::from(2));
    }
    // Nobody may be listening any more; the exit code says it all the same.
    let _ = writeln!(std::io::stderr().lock(), "{sentence}");
    ExitCode::from(2)
}

fn say(text: &str, code: ExitCode) -> ExitCode {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Ok(()) => code,
        // The reader went away (a closed pipe): what was not read was not said.
        Err(_) => ExitCode::from(2),
    }
}
