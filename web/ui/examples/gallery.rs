//! Writes the gallery and its files into a folder, to be looked at in a browser: `-- FOLDER`.

use std::path::PathBuf;
use std::{env, fs, io};

use mc_ui::Assets;
use mc_ui::gallery::gallery_page;

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).map(PathBuf::from).ok_or_else(|| io::Error::other("name a folder"))?;
    for file in Assets::all() {
        let path = folder.join(file.url().trim_start_matches('/'));
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, file.bytes())?;
    }
    fs::write(folder.join("mau.html"), gallery_page().as_str())
}
