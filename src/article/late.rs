//! Dates that can hardly be right, held against the other articles' dates.
//!
//! No clock is read: what is written must not depend on the day on which somebody writes it, and an article
//! of next year is no mistake in next year's run. So an article is late where it is dated long after every
//! other one of the same build, as a slip in its year makes it.

use crate::article::Article;
use crate::diagnostic::Diagnostic;
use jiff::civil::Date;

/// Years after every other article from which on a date is told.
const YEARS: i16 = 5;
/// So many other dates are needed to say what is usual.
const OTHERS: usize = 3;

/// Tells of the one article that is dated more than five years after all others, where there are three or
/// more. Its date is kept: nobody but its owner knows a better one.
pub(super) fn late(articles: &[Article]) -> Option<Diagnostic> {
    let mut dated: Vec<(Date, &Article)> =
        articles.iter().filter_map(|article| Some((article.date?, article))).collect();
    dated.sort_by_key(|(date, article)| (*date, &article.id));
    let [.., (before, _), (date, article)] = dated.as_slice() else { return None };
    let far = dated.len() > OTHERS && date.year() - before.year() > YEARS;
    far.then(|| {
        let message = format!(
            "the article `{}` is dated {date}, years after every other one: the next is of {before}",
            article.id
        );
        Diagnostic::warning("late-date", message)
            .file(&article.source)
            .help("correct its date if it is a slip: \"on Monday\" in its text is counted from it")
    })
}
