//! Fonts and test tools of others: `npm ci` into `target/npm`, fonts from there into `target/assets`.
//!
//! Nothing here may stop a build. Whatever fails, one line says so, `target/assets/status.txt` keeps it for
//! `minhchung doctor`, and pages use system fonts. `cargo build` itself never comes here.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;
use std::{env, thread};

use anyhow::{Context as _, bail};

const FONT_FOLDER: &str = "node_modules/@fontsource-variable/source-sans-3/files";
const FONTS: [&str; 2] =
    ["source-sans-3-latin-wght-normal.woff2", "source-sans-3-vietnamese-wght-normal.woff2"];
const MANIFEST: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];
/// What an installed tree must hold beside the fonts, or the browser tests cannot run.
const TOOLS: [&str; 2] = ["node_modules/axe-core/axe.min.js", "node_modules/playwright-core/package.json"];
/// The copy of the lock file the tree was installed by.
const INSTALLED: &str = "installed-lock.json";
const STEP: Duration = Duration::from_millis(100);
/// 120 s in steps.
const STEPS_MAX: u32 = 1_200;

/// Installs and copies; an error of ours becomes the one line, never an error of the build.
pub fn run() -> anyhow::Result<()> {
    let root = crate::root();
    let target =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |named| root.join(named));
    let fonts = target.join("assets");
    fs::create_dir_all(&fonts).with_context(|| format!("không tạo được {}", fonts.display()))?;
    let line = match fetch(&root, &target.join("npm"), &fonts, npm) {
        Ok(()) => "Phông chữ Source Sans 3: có.".to_owned(),
        Err(error) => {
            forget(&fonts);
            format!("Dùng phông chữ của hệ thống: {}.", one_line(&error))
        }
    };
    println!("{line}");
    write_changed(&fonts.join("status.txt"), line.as_bytes())
}

/// Brings `fonts` to what the lock file names. `install` fills the folder it is given.
fn fetch(
    root: &Path,
    tree: &Path,
    fonts: &Path,
    install: impl Fn(&Path) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    fs::create_dir_all(tree).context("không tạo được thư mục cho npm")?;
    let lock = fs::read(root.join("package-lock.json")).context("không đọc được package-lock.json")?;
    let whole = TOOLS.iter().all(|tool| tree.join(tool).is_file());
    if !whole || fs::read(tree.join(INSTALLED)).ok().as_ref() != Some(&lock) {
        for name in MANIFEST {
            fs::copy(root.join(name), tree.join(name)).with_context(|| format!("không chép được {name}"))?;
        }
        install(tree)?;
        fs::write(tree.join(INSTALLED), &lock).context("không ghi được bản sao của package-lock.json")?;
    }
    for name in FONTS {
        let from = tree.join(FONT_FOLDER).join(name);
        let bytes = fs::read(&from).with_context(|| format!("gói npm thiếu {name}"))?;
        write_changed(&fonts.join(name), &bytes)?;
    }
    Ok(())
}

/// `npm ci` in `tree`, at most 120 s, its words in `npm.log`.
fn npm(tree: &Path) -> anyhow::Result<()> {
    let log = File::create(tree.join("npm.log")).context("không tạo được npm.log")?;
    let errors = log.try_clone().context("không tạo được npm.log")?;
    let mut command = Command::new("npm");
    command.current_dir(tree).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
    let child =
        command.stdin(Stdio::null()).stdout(log).stderr(errors).spawn().context("máy không có npm")?;
    match wait(child, STEPS_MAX)? {
        Some(status) if status.success() => Ok(()),
        Some(status) => bail!("npm ci không xong ({status}), xem {}", tree.join("npm.log").display()),
        None => bail!("npm ci quá 120 giây"),
    }
}

/// Waits at most `steps` × 100 ms; `None` when the program had to be ended.
fn wait(mut child: Child, steps: u32) -> anyhow::Result<Option<ExitStatus>> {
    for _ in 0..steps {
        if let Some(status) = child.try_wait().context("không theo dõi được npm")? {
            return Ok(Some(status));
        }
        thread::sleep(STEP);
    }
    child.kill().context("không dừng được npm")?;
    child.wait().context("không dừng được npm")?;
    Ok(None)
}

/// Fonts of an earlier run do not outlive a failure: what the line says and what is embedded stay the same.
fn forget(fonts: &Path) {
    for name in FONTS {
        // Where the file was never there, there is nothing to do.
        let _ = fs::remove_file(fonts.join(name));
    }
}

/// Leaves an equal file alone, so that nothing that embeds it is built again.
fn write_changed(path: &PathBuf, bytes: &[u8]) -> anyhow::Result<()> {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    fs::write(path, bytes).with_context(|| format!("không ghi được {}", path.display()))
}

fn one_line(error: &anyhow::Error) -> String {
    format!("{error:#}").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn manifest(root: &Path) {
        for name in MANIFEST {
            fs::write(root.join(name), "{}").expect("a file");
        }
    }

    fn install(tree: &Path) -> anyhow::Result<()> {
        fs::create_dir_all(tree.join(FONT_FOLDER))?;
        for name in FONTS {
            fs::write(tree.join(FONT_FOLDER).join(name), name)?;
        }
        for tool in TOOLS {
            let path = tree.join(tool);
            fs::create_dir_all(path.parent().context("a folder")?)?;
            fs::write(path, "")?;
        }
        Ok(())
    }

    #[test]
    fn a_second_run_installs_nothing_until_the_lock_file_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let (tree, fonts) = (folder.path().join("npm"), folder.path().join("assets"));
        fs::create_dir_all(&fonts).expect("a folder");
        manifest(folder.path());
        let runs = Cell::new(0);
        let counted = |tree: &Path| {
            runs.set(runs.get() + 1);
            install(tree)
        };
        for lock in ["{}", "{}", "{ }"] {
            fs::write(folder.path().join("package-lock.json"), lock).expect("a file");
            fetch(folder.path(), &tree, &fonts, counted).expect("fetched");
        }
        assert_eq!(runs.get(), 2);
        assert!(FONTS.iter().all(|name| fonts.join(name).is_file()));
    }

    #[test]
    fn a_failure_is_one_line_and_leaves_no_font() {
        let folder = tempfile::tempdir().expect("a folder");
        let (tree, fonts) = (folder.path().join("npm"), folder.path().join("assets"));
        fs::create_dir_all(&fonts).expect("a folder");
        manifest(folder.path());
        fs::write(fonts.join(FONTS[0]), "old").expect("a file");
        let error = fetch(folder.path(), &tree, &fonts, |_| bail!("first\nsecond")).expect_err("fails");
        assert_eq!(one_line(&error), "first second");
        forget(&fonts);
        assert!(!fonts.join(FONTS[0]).exists());
    }

    #[test]
    fn a_program_that_hangs_is_ended() {
        let child = Command::new("sleep").arg("60").spawn().expect("sleep");
        assert!(wait(child, 2).expect("waited").is_none());
        let child = Command::new("true").spawn().expect("true");
        assert!(wait(child, 100).expect("waited").is_some_and(|status| status.success()));
    }
}
