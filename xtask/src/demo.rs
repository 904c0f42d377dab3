//! One command from a clone to a page: fonts, release build, illustrative data, server.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, bail};

use crate::assets;
use crate::process::{answers, cargo, succeeds, target};

const ADDRESS: &str = "127.0.0.1:5757";
/// How long the server may take to answer before something is wrong.
const READY_SECONDS_MAX: u64 = 60;
const POLL: Duration = Duration::from_millis(100);

/// Builds, makes data where there are none, serves until stopped.
pub fn run(root: &Path) -> anyhow::Result<bool> {
    if TcpListener::bind(ADDRESS).is_err() {
        bail!("cổng {ADDRESS} đang có chương trình khác dùng; hãy dừng chương trình đó rồi chạy lại");
    }
    say(1, "phông chữ và kiểu trình bày");
    if answers("npm", &["--version"]) {
        assets::run()?;
    } else {
        println!("      không có npm: dùng phông chữ của hệ thống");
    }
    say(2, "biên dịch (lần đầu khoảng 5 phút trên hai nhân)");
    if !succeeds(&mut cargo(root, &["build", "--release", "--locked", "--package", "minhchung"]))? {
        return Ok(false);
    }
    let binary = target(root).join("release/minhchung");
    if !generate(root, &binary)? {
        return Ok(false);
    }
    say(4, "khởi động");
    serve(root, &binary)
}

fn say(step: usize, what: &str) {
    println!("[{step}/4] {what}");
}

/// Makes `./data` in one piece: a run that was broken off leaves `data.part`, which the next run replaces.
fn generate(root: &Path, binary: &Path) -> anyhow::Result<bool> {
    let (data, part) = (root.join("data"), root.join("data.part"));
    if data.exists() {
        say(3, "dữ liệu minh họa: dùng lại thư mục ./data");
        return Ok(true);
    }
    say(3, "sinh dữ liệu minh họa vào ./data");
    if part.exists() {
        fs::remove_dir_all(&part).with_context(|| format!("{} cannot be removed", part.display()))?;
    }
    let mut command = Command::new(binary);
    command.current_dir(root).args(["generate", "--scale", "demo", "--data"]).arg(&part);
    if !succeeds(&mut command)? {
        return Ok(false);
    }
    fs::rename(&part, &data).with_context(|| format!("{} cannot be named data", part.display()))?;
    Ok(true)
}

fn serve(root: &Path, binary: &Path) -> anyhow::Result<bool> {
    let mut command = Command::new(binary);
    command.current_dir(root).args(["serve", "--listen", ADDRESS, "--data"]).arg(root.join("data"));
    let mut server = command.spawn().context("minhchung cannot be started")?;
    if !is_ready(&mut server)? {
        // The server itself has said why on the terminal.
        let _ = server.kill();
        return Ok(false);
    }
    println!("\n{}", welcome());
    Ok(server.wait()?.success())
}

/// Waits until the server answers, it ends, or the time is over.
fn is_ready(server: &mut Child) -> anyhow::Result<bool> {
    let address: SocketAddr = ADDRESS.parse()?;
    for _ in 0..READY_SECONDS_MAX * 10 {
        if TcpStream::connect_timeout(&address, POLL).is_ok() {
            return Ok(true);
        }
        if server.try_wait()?.is_some() {
            return Ok(false);
        }
        thread::sleep(POLL);
    }
    println!("máy chủ không trả lời sau {READY_SECONDS_MAX} giây");
    Ok(false)
}

fn welcome() -> String {
    format!(
        "Minh Chứng đang chạy tại http://{ADDRESS} (dữ liệu minh họa, ngày 17/11/2025).\n\
         Bấm trước tiên: số 4.607 trạm ở trang đầu, rồi “Vì sao thay đổi?”.\n\
         Dừng bằng Ctrl+C; xóa thư mục ./data để sinh lại từ đầu."
    )
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::PathBuf;

    use super::*;

    /// A stand-in for the product: `generate --scale demo --data DIR` makes DIR, then ends with `code`.
    fn product(folder: &Path, code: u8) -> PathBuf {
        let path = folder.join("minhchung");
        fs::write(&path, format!("#!/bin/sh\nmkdir \"$5\" && touch \"$5/made\"\nexit {code}\n"))
            .expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it may run");
        path
    }

    #[test]
    fn data_come_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        assert!(!generate(root, &product(root, 1)).expect("it ran"), "a failed run is told");
        assert!(!root.join("data").exists(), "and leaves no data that look finished");
        assert!(root.join("data.part").exists());
        assert!(generate(root, &product(root, 0)).expect("it ran"), "the next run begins anew");
        assert!(root.join("data/made").exists() && !root.join("data.part").exists());
    }

    #[test]
    fn data_that_are_there_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("data")).expect("a folder");
        let absent = folder.path().join("no-such-program");
        assert!(generate(folder.path(), &absent).expect("nothing had to run"));
    }
}
