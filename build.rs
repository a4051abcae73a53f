//! The built-in rules are compiled in: a change of any file under `rules/` is a change of the crate.
fn main() {
    println!("cargo:rerun-if-changed=rules");
}
