//! The built-in rules and the model are compiled in: a change of either is a change of the crate.
fn main() {
    println!("cargo:rerun-if-changed=rules");
    println!("cargo:rerun-if-changed=models");
    println!("cargo:rustc-check-cfg=cfg(embedded_model)");
    if std::path::Path::new("models/en.model").exists() {
        println!("cargo:rustc-cfg=embedded_model");
    }
}
