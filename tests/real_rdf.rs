//! The programs that read and store RDF → do they read what relata writes?

#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says why")]

use std::path::Path;
use std::process::Command;

/// What `tests/real/rdf.sh` answers where the readers cannot be installed.
const NOT_INSTALLED: i32 = 77;

#[test]
fn oxigraph_rdflib_and_pyshacl_read_and_store_the_seeds() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/rdf.sh");
    let Ok(run) = Command::new("bash").arg(script).arg(env!("CARGO_BIN_EXE_relata")).output() else {
        eprintln!("skipped: there is no `bash` on PATH");
        return;
    };
    let told = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    if run.status.code() == Some(NOT_INSTALLED) {
        eprintln!("skipped: {}", told.trim());
        return;
    }
    assert!(run.status.success(), "{told}");
    eprintln!("{told}");
}
