//! One process writes: a second one is told where the first serves.

use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minhchung"));
    command.args(arguments).arg("--data").arg(data);
    command
}

fn refused(data: &Path, arguments: &[&str]) -> String {
    let output: Output = command(data, arguments).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Ends with the test, however it ends.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[test]
fn a_second_server_and_a_command_without_the_socket_are_told_the_address() {
    const ANY: [&str; 3] = ["serve", "--listen", "127.0.0.1:0"];
    let root = tempfile::tempdir().expect("a directory");
    let data = root.path().join("data");
    let made = command(&data, &["init", "--province", "15"]).output().expect("the program runs");
    assert!(made.status.success(), "{made:?}");
    let mut first = Server(command(&data, &ANY).stderr(Stdio::piped()).spawn().expect("a server"));
    let said = BufReader::new(first.0.stderr.take().expect("stderr")).lines();
    let address = said
        .map_while(Result::ok)
        .find_map(|line| line.split_once("http://").map(|(_, address)| format!("http://{}", address.trim())))
        .expect("it says where it serves");
    assert!(refused(&data, &ANY).contains(&address));
    std::fs::remove_file(data.join("writer.sock")).expect("the socket");
    assert!(refused(&data, &["seal"]).contains(&address));
    let mode = std::fs::metadata(data.join("writer.lock")).expect("the lock").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // Whoever takes the lock after a server that died names no address of it.
    drop(first);
    let sealed = command(&data, &["seal"]).output().expect("the program runs");
    assert!(sealed.status.success(), "{sealed:?}");
    assert_eq!(std::fs::read_to_string(data.join("writer.lock")).expect("the lock"), "");
}
