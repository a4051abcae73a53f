//! The text of a `.txt` file in, its article out.

use super::Article;
use super::clean::Cleaner;

/// A text of lines; whatever is known of it stands in it.
pub(super) fn read(text: String, cleaner: &Cleaner) -> Article {
    let cleaned = cleaner.clean(&text);
    Article { text, blocks: cleaned.blocks, date: cleaned.date, ..Article::default() }
}
