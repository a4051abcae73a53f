//! A web page in, its article out.
use super::{Article, Cleaner, plain};
use crate::diagnostic::Diagnostic;
pub(super) fn read(text: &str, cleaner: &Cleaner, _wrong: &mut Vec<Diagnostic>) -> Option<Article> {
    Some(plain::read(text.to_owned(), cleaner))
}
