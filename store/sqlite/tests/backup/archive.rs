//! A backup file as untrusted input: each kind of damage gets a sentence, and nothing is left behind.

use std::fs;

use mc_sqlite::BackupError;

use super::ground::Ground;

fn refused(ground: &Ground) -> String {
    let error = ground.take_out().expect_err("it is refused");
    ground.nothing_left();
    assert!(matches!(error, BackupError::Archive(_)), "{error:?}");
    error.to_string()
}

type File = (String, Vec<u8>);

fn read(ground: &Ground) -> Vec<File> {
    let bytes = fs::read(ground.path("backup.tar")).expect("the backup");
    let mut archive = tar::Archive::new(bytes.as_slice());
    let entries = archive.entries().expect("entries");
    entries
        .map(|entry| {
            let mut entry = entry.expect("an entry");
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut bytes).expect("its bytes");
            (entry.path().expect("a name").display().to_string(), bytes)
        })
        .collect()
}

fn write(ground: &Ground, files: &[File]) {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        // Written by hand: the library refuses to write names that lead outside.
        let field = &mut header.as_old_mut().name;
        field[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        archive.append(&header, bytes.as_slice()).expect("an entry");
    }
    fs::write(ground.path("backup.tar"), archive.into_inner().expect("an archive")).expect("written");
}

/// Puts `change` to the files of a backup and gives the sentence of its refusal.
fn changed(change: impl FnOnce(&mut Vec<File>)) -> String {
    let ground = Ground::new();
    ground.back_up();
    let mut files = read(&ground);
    change(&mut files);
    write(&ground, &files);
    refused(&ground)
}

fn manifest(files: &mut [File], from: &str, to: &str) {
    let (name, bytes) = files.last_mut().expect("the manifest");
    assert_eq!(name, "manifest.json");
    let text = String::from_utf8(bytes.clone()).expect("text");
    assert!(text.contains(from), "{text}");
    *bytes = text.replacen(from, to, 1).into_bytes();
}

#[test]
fn an_untouched_copy_of_the_files_is_taken() {
    let ground = Ground::new();
    ground.back_up();
    let files = read(&ground);
    write(&ground, &files);
    ground.restored();
    ground.verified();
}

#[test]
fn a_truncated_file_is_refused() {
    let ground = Ground::new();
    ground.back_up();
    let bytes = fs::read(ground.path("backup.tar")).expect("the backup");
    for keep in [0, 100, 512, bytes.len() / 2, bytes.len() - 2048] {
        fs::write(ground.path("backup.tar"), &bytes[..keep]).expect("written");
        let sentence = refused(&ground);
        assert!(sentence.contains("cắt ngắn") || sentence.contains("nguyên vẹn"), "{keep}: {sentence}");
    }
}

#[test]
fn a_flipped_byte_of_any_part_is_named() {
    for at in 0..3 {
        let mut name = String::new();
        let sentence = changed(|files| {
            let (part, bytes) = &mut files[at];
            name.clone_from(part);
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        });
        assert!(sentence.contains(&name) && sentence.contains("mã băm"), "{sentence}");
    }
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    for name in
        ["../outside", "/tmp/outside", "evidence/../../x", "keys/checkpoint.seed", "evidence/", "writer.sock"]
    {
        let sentence = changed(|files| files.insert(0, (name.to_owned(), b"x".to_vec())));
        assert!(sentence.contains("lạ"), "{name}: {sentence}");
    }
    let twice = changed(|files| files.insert(0, files[0].clone()));
    assert!(twice.contains("trùng tên"), "{twice}");
}

#[test]
fn links_are_refused() {
    let ground = Ground::new();
    ground.back_up();
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::Symlink);
    header.set_size(0);
    archive.append_link(&mut header, "checkpoint", "/etc/passwd").expect("a link");
    fs::write(ground.path("backup.tar"), archive.into_inner().expect("an archive")).expect("written");
    assert!(refused(&ground).contains("không phải tệp thường"));
}

#[test]
fn a_manifest_that_says_otherwise_is_refused() {
    let ground = Ground::new();
    let made = ground.back_up();
    drop(ground);
    let later = changed(|files| manifest(files, "minhchung-backup/1", "minhchung-backup/9"));
    assert!(later.contains("minhchung-backup/9"), "{later}");
    let size = format!("\"size\": {}", made.size);
    assert!(changed(|files| manifest(files, &size, "\"size\": 1")).contains("khác với bản kê"));
    let root = format!("\"root\": \"{}", &made.root[..1]);
    let other = if root.ends_with('0') { "\"root\": \"1" } else { "\"root\": \"0" };
    assert!(changed(|files| manifest(files, &root, other)).contains("khác với bản kê"));
    assert!(changed(|files| manifest(files, "\"checkpoint\"", "\"checkpoinT\"")).contains("khác với bản kê"));
    assert!(changed(|files| manifest(files, "{", "[")).contains("không đọc được"));
    assert!(
        changed(|files| {
            files.remove(1);
        })
        .contains("khác với bản kê")
    );
}

#[test]
fn the_key_of_another_instance_is_refused() {
    let ground = Ground::new();
    ground.back_up();
    let foreign = "ab".repeat(32);
    for key in [foreign.as_str(), "không phải khóa", ""] {
        let error = ground.take_out_with(Some(key)).expect_err("it is refused");
        assert!(matches!(error, BackupError::Key(_)), "{error}");
        ground.nothing_left();
    }
}
