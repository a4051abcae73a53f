//! The text of a `.md` file in, its article out.
use super::{Article, Cleaner, plain};
use crate::diagnostic::Diagnostic;
pub(super) fn read(text: String, cleaner: &Cleaner, _wrong: &mut Vec<Diagnostic>) -> Article {
    plain::read(text, cleaner)
}
