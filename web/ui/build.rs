//! Collects what the binary serves as files: our own style and script, and fonts of others when they were
//! fetched; and the English catalogue, as one sorted table.
//!
//! Nothing here touches the network. `cargo xtask assets` puts the fonts under `target/assets`; where they
//! are absent, the rules that name them are left out of the stylesheet and the page falls back to system
//! fonts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest, Sha256};

/// Where the files are served. Kept in step with `Assets::PREFIX`, which a test compares.
const PREFIX: &str = "/tai-nguyen/";
const FONTS: [&str; 2] =
    ["source-sans-3-latin-wght-normal.woff2", "source-sans-3-vietnamese-wght-normal.woff2"];

/// One file to embed: its plain name, the name it is served under, and its bytes.
struct Item {
    name: String,
    served: String,
    bytes: Vec<u8>,
}

fn main() -> io::Result<()> {
    let here = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(variable("OUT_DIR")?);
    let assets = here.join("../assets");
    let fetched = env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| here.join("../../target"), PathBuf::from)
        .join("assets");
    println!("cargo::rerun-if-env-changed=CARGO_TARGET_DIR");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", assets.display());
    // A watched path that does not exist would rebuild this crate every time.
    fs::create_dir_all(&fetched)?;
    println!("cargo::rerun-if-changed={}", fetched.display());

    let fonts = fonts(&fetched)?;
    let mut items = vec![item("app.css", style(&assets.join("css"), &fonts)?.into_bytes())];
    items.push(item("app.js", fs::read(assets.join("js/app.js"))?));
    items.push(item("grid.js", fs::read(assets.join("js/grid.js"))?));
    items.push(item("icon.svg", fs::read(assets.join("icon.svg"))?));
    items.extend(fonts);
    fs::write(out.join("embedded.rs"), table(&out, &items)?)?;

    let catalogue = here.join("catalogue/en");
    println!("cargo::rerun-if-changed={}", catalogue.display());
    fs::write(out.join("english.rs"), english(&catalogue)?)
}

/// Rust source of the table from Vietnamese to English, sorted by the bytes of its keys.
fn english(folder: &Path) -> io::Result<String> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let wrong = |what: String| io::Error::other(format!("{}: {what}", path.display()));
        let part: BTreeMap<String, String> =
            toml::from_str(&fs::read_to_string(&path)?).map_err(|error| wrong(error.to_string()))?;
        for (key, english) in part {
            if all.insert(key.clone(), english).is_some() {
                return Err(wrong(format!("“{key}” stands in two files")));
            }
        }
    }
    let mut source = String::from("static ENGLISH: &[(&str, &str)] = &[\n");
    for (key, english) in all {
        source.push_str(&format!("({key:?}, {english:?}),\n"));
    }
    source.push_str("];\n");
    Ok(source)
}

fn variable(name: &str) -> io::Result<String> {
    env::var(name).map_err(|error| io::Error::other(format!("{name}: {error}")))
}

/// Both subsets or none: with one alone a Vietnamese word would be set in two typefaces.
fn fonts(fetched: &Path) -> io::Result<Vec<Item>> {
    if !FONTS.iter().all(|name| fetched.join(name).is_file()) {
        return Ok(Vec::new());
    }
    FONTS.iter().map(|name| Ok(item(name, fs::read(fetched.join(name))?))).collect()
}

/// The parts of the stylesheet in the order of their names, as one sheet. Font rules only where there are
/// fonts.
fn style(folder: &Path, fonts: &[Item]) -> io::Result<String> {
    let mut parts: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    parts.retain(|path| path.extension().is_some_and(|ext| ext == "css"));
    parts.sort();
    let mut sheet = String::new();
    for part in parts {
        if fonts.is_empty() && part.file_name().is_some_and(|name| name == "00-fonts.css") {
            continue;
        }
        sheet.push_str(&fs::read_to_string(&part)?);
    }
    for font in fonts {
        sheet =
            sheet.replace(&format!("url(\"{}\")", font.name), &format!("url(\"{PREFIX}{}\")", font.served));
    }
    Ok(sheet)
}

fn item(name: &str, bytes: Vec<u8>) -> Item {
    let hash: String = Sha256::digest(&bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let (stem, ext) = name.rsplit_once('.').unwrap_or((name, "bin"));
    Item { name: name.to_owned(), served: format!("{stem}-{hash}.{ext}"), bytes }
}

/// Rust source of the table of embedded files.
fn table(out: &Path, items: &[Item]) -> io::Result<String> {
    let mut source = String::from("static FILES: &[Asset] = &[\n");
    for item in items {
        let path = out.join(&item.name);
        fs::write(&path, &item.bytes)?;
        source.push_str(&format!(
            "Asset {{ name: {:?}, url: {:?}, bytes: include_bytes!({:?}) }},\n",
            item.name,
            format!("{PREFIX}{}", item.served),
            path.display().to_string(),
        ));
    }
    source.push_str("];\n");
    Ok(source)
}
