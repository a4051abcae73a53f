//! A saved web page in, the article on it out.

use super::clean::Cleaner;
use super::{Article, date, json, plain};
use crate::diagnostic::Diagnostic;
use dom_smoothie::{Config, Readability, TextMode};

/// A page of more elements is no article, and weighing them would take long.
const ELEMENTS: usize = 200_000;
/// Readability takes time in the square of the depth: ten thousand nested elements are a quarter of a
/// minute, and no page that a person made has a tenth of that.
const DEPTH: usize = 1_000;

/// Finds the main text of a page, its title, date, publisher and address.
///
/// The text as read is the extracted text: positions in the page's source would point into the
/// middle of tags. `Formatted` keeps paragraphs apart; the other modes glue them together.
pub(super) fn read(page: &str, cleaner: &Cleaner, wrong: &mut Vec<Diagnostic>) -> Option<Article> {
    if depth(page) > DEPTH {
        return no_main_text("its elements are nested too deeply", wrong);
    }
    let config =
        Config { text_mode: TextMode::Formatted, max_elements_to_parse: ELEMENTS, ..Config::default() };
    let parsed = Readability::new(page, None, Some(config)).and_then(|mut page| page.parse());
    let main = match parsed {
        Ok(main) if !main.text_content.trim().is_empty() => main,
        Ok(_) => return no_main_text("there is none", wrong),
        Err(error) => return no_main_text(&error.to_string(), wrong),
    };
    let read = plain::read(main.text_content.to_string(), cleaner);
    let published = main.published_time.filter(|written| !written.trim().is_empty());
    let day = published.and_then(|written| {
        let day = date::parse(&written);
        if day.is_none() {
            wrong.push(json::bad_date(&written));
        }
        day
    });
    Some(Article {
        title: Some(main.title).filter(|title| !title.trim().is_empty()),
        date: day.or(read.date),
        publisher: main.site_name,
        url: main.url,
        ..read
    })
}

/// How deeply elements are nested at most, going by their tags alone. Those that HTML closes by itself
/// or that hold nothing are not counted: thousands of them side by side look like a nest.
fn depth(page: &str) -> usize {
    const FLAT: &[&str] = &[
        "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup", "br", "hr",
        "img", "input", "link", "meta", "source", "track", "wbr", "col", "area", "base", "embed",
    ];
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in page.split('<').skip(1) {
        let (is_end, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let length = tag.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let name = &tag[..length];
        if name.is_empty() || FLAT.iter().any(|flat| name.eq_ignore_ascii_case(flat)) {
            continue;
        }
        depth = if is_end { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

fn no_main_text(reason: &str, wrong: &mut Vec<Diagnostic>) -> Option<Article> {
    let message = format!("the main text of this page was not found: {reason}");
    wrong.push(
        Diagnostic::error("no-main-text", message)
            .help("a page that a program builds in the browser has to be saved as it is shown; or copy the text into a .txt file"),
    );
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BlockKind;
    use crate::article::clean::tests::built_in;
    use jiff::civil::date;

    fn page(head: &str) -> String {
        let sentence = "The ministers of both countries said that they would open the border for lorries, trains and walkers in the spring.";
        let paragraphs: String = (1..=6)
            .map(|number| format!("<p>Paragraph {number}: {sentence} <a href='/x'>{sentence}</a></p>"))
            .collect();
        format!(
            "<!doctype html><html><head>{head}</head><body><nav><a href='/'>Home</a><a href='/w'>World</a></nav><article><h1>Border to open</h1><p>Advertisement</p>{paragraphs}<p>OSLO — Ada Byron<br>met Mary Poe.</p></article><footer>All rights reserved</footer></body></html>"
        )
    }

    #[test]
    fn paragraphs_are_kept_apart_and_metadata_read() {
        let head = r#"<title>Border to open - The Daily Example</title><meta property="og:site_name" content="The Daily Example"><meta property="og:title" content="Border to open"><meta property="article:published_time" content="2019-01-04T10:00:00Z"><meta property="og:url" content="https://example.org/border">"#;
        let mut wrong = Vec::new();
        let article = read(&page(head), &built_in(), &mut wrong).unwrap();
        assert_eq!(wrong, []);
        assert_eq!(article.title.as_deref(), Some("Border to open"));
        assert_eq!(article.date, Some(date(2019, 1, 4)));
        assert_eq!(article.publisher.as_deref(), Some("The Daily Example"));
        let of = |kind: BlockKind| article.blocks.iter().filter(|block| block.kind == kind).count();
        assert_eq!((of(BlockKind::Paragraph), of(BlockKind::Noise)), (7, 1), "{}", article.text);
    }

    #[test]
    fn json_ld_gives_metadata_too() {
        let head = r#"<title>x</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Border to open","datePublished":"2019-01-04","url":"https://example.org/b","publisher":{"@type":"Organization","name":"The Daily Example"}}</script>"#;
        let article = read(&page(head), &built_in(), &mut Vec::new()).unwrap();
        assert_eq!(article.date, Some(date(2019, 1, 4)));
        assert_eq!(article.publisher.as_deref(), Some("The Daily Example"));
        assert_eq!(article.url.as_deref(), Some("https://example.org/b"));
    }

    #[test]
    fn a_page_without_an_article_is_told() {
        let mut wrong = Vec::new();
        assert!(read("<html><body></body></html>", &built_in(), &mut wrong).is_none());
        assert!(read(&"<div>".repeat(100_000), &built_in(), &mut wrong).is_none());
        assert_eq!(wrong.iter().map(|wrong| wrong.code).collect::<Vec<_>>(), ["no-main-text"; 2]);
    }
}
