//! A generated instance whose declarations went where the program cannot follow is made anew, and the old one kept.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

fn minhchung(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minhchung"));
    command.arg("--data").arg(data);
    command
}

fn succeeds(command: &mut Command) {
    let output = command.output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn serve_generates_again_what_it_cannot_bring_up_to_date() {
    let root = tempfile::tempdir().expect("a directory");
    let (data, pack) = (root.path().join("data"), root.path().join("pack"));
    succeeds(minhchung(&data).args(["generate", "--seed", "5"]));
    let sealed = std::fs::read_to_string(data.join("checkpoint")).expect("a checkpoint");
    // A pack adds a field of which the program knows nothing: to it, the field was removed.
    let known = mc_programmes::all().into_iter().flat_map(|programme| programme.registers());
    let register =
        known.into_iter().find(|file| file.path.ends_with("expert_group.toml")).expect("a register");
    let field = "[[field]]\nno = 60\nid = \"room\"\ntype = \"text\"\ntitle = { vi = \"Phòng họp\", en = \"Room\" }\n\
                 length_max = 80\n";
    std::fs::create_dir_all(pack.join("registers")).expect("a folder");
    std::fs::write(pack.join("registers/expert_group.toml"), format!("{}\n{field}", register.text))
        .expect("a pack");
    succeeds(minhchung(&data).args(["pack", "apply"]).arg(&pack));

    let mut server = minhchung(&data)
        .args(["serve", "--listen", "127.0.0.1:0"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the server starts");
    let lines = BufReader::new(server.stderr.take().expect("its words")).lines();
    let (mut said, mut refused_meanwhile) = (String::new(), 0);
    for line in lines.map_while(Result::ok) {
        if line.contains("khai báo, địa bàn, cơ quan") {
            refused_meanwhile += 1;
            // What is written now would be in neither the old instance nor the new one.
            let refused = minhchung(&data).arg("seal").output().expect("the program runs");
            let why = String::from_utf8_lossy(&refused.stderr).into_owned();
            assert!(!refused.status.success() && why.contains("đang ghi vào"), "{why}");
        }
        said.push_str(&line);
        said.push('\n');
        if line.contains("đang chạy tại") {
            break;
        }
    }
    server.kill().expect("it can be stopped");
    server.wait().expect("it ends");
    assert_eq!(refused_meanwhile, 1);
    assert!(said.contains("cỡ demo, hạt giống 5") && said.contains("Đã sinh lại"), "{said}");
    let again = std::fs::read_to_string(data.join("checkpoint")).expect("a checkpoint");
    assert_eq!(again, sealed, "the same story from the same seed");
    let old = std::fs::read_to_string(root.path().join("data.cu-1/checkpoint")).expect("the old one is kept");
    assert_ne!(old, sealed);
}
