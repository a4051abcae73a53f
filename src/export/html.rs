//! [`Dataset`] → `graph.html`: a page that shows the graph, and for every edge its sentences.
//!
//! The page is one file, so that it can be sent by mail and opened from a disk, and it asks nobody for anything: its
//! security policy allows only its own script and style, by their SHA-256, and no connection at all. The sources of
//! the page lie in `page/`; there is no step that builds them and nothing in them is anyone else's.
//!
//! Names and sentences come from strangers. They are written where no browser takes them for code, and the script
//! puts them on the page as text only.

use super::compact::Page;
use crate::dataset::Dataset;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

const HTML: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/page.css");
/// The scripts, each after those that it needs while it is read.
const SCRIPTS: [&str; 15] = [
    include_str!("page/data.js"),
    include_str!("page/state.js"),
    include_str!("page/colour.js"),
    include_str!("page/camera.js"),
    include_str!("page/edges.js"),
    include_str!("page/draw.js"),
    include_str!("page/element.js"),
    include_str!("page/sentence.js"),
    include_str!("page/details.js"),
    include_str!("page/search.js"),
    include_str!("page/filters.js"),
    include_str!("page/timeline.js"),
    include_str!("page/table.js"),
    include_str!("page/input.js"),
    include_str!("page/main.js"),
];

/// Writes `graph.html`.
pub(super) fn write(dataset: &Dataset, mut out: &mut dyn Write) -> io::Result<()> {
    // One scope, which ends with the file: nothing of the page is a global that a name could meet.
    let script = format!("'use strict';\n(() => {{\n{}}})();\n", SCRIPTS.concat());
    let mut rest = HTML;
    while let Some((before, place, after)) = next_place(rest) {
        out.write_all(before.as_bytes())?;
        match place {
            "script-hash" => out.write_all(source(&script).as_bytes())?,
            "style-hash" => out.write_all(source(STYLE).as_bytes())?,
            "style" => out.write_all(STYLE.as_bytes())?,
            "script" => out.write_all(script.as_bytes())?,
            "data" => Page::new(dataset).serialize(&mut Serializer::with_formatter(&mut out, Harmless))?,
            _ => {}
        }
        rest = after;
    }
    out.write_all(rest.as_bytes())
}

/// What stands before the first `{place}`, the place, and what stands behind it.
fn next_place(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (place, after) = rest.split_once('}')?;
    Some((before, place, after))
}

/// How a security policy names an inline text: `sha256-` and the hash in base 64 (RFC 4648).
fn source(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let hash = Sha256::digest(text.as_bytes());
    let mut source = String::from("sha256-");
    for three in hash.chunks(3) {
        let bits =
            three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for digit in 0..4 {
            let letter = DIGITS[(bits >> (18 - 6 * digit) & 63) as usize];
            source.push(if digit <= three.len() { letter.into() } else { '=' });
        }
    }
    source
}

/// JSON that can stand inside `<script>`: with `<`, `>` and `&` escaped no name ends the element, opens a comment or
/// is read as an entity; U+2028 and U+2029 end a line in old scripts.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
            let (before, from) = rest.split_at(at);
            out.write_all(before.as_bytes())?;
            let mut letters = from.chars();
            if let Some(letter) = letters.next() {
                write!(out, "\\u{:04x}", u32::from(letter))?;
            }
            rest = letters.as_str();
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{ArticleRow, EndRow, EntityRow, EvidenceRow, MentionRow, TripleRow};
    use crate::triple::Fact;
    use std::collections::BTreeMap;

    const HOSTILE: &str = "</script><!--<script>alert(1)</script> & \u{2028}\u{202e}\0 ' \" \\ 🙂";

    fn dataset() -> Dataset {
        let end =
            |id: &str| EndRow { id: id.into(), name: HOSTILE.into(), kind: HOSTILE.into(), subtype: None };
        let entity = |id: &str| EntityRow {
            id: id.into(),
            name: HOSTILE.into(),
            kind: HOSTILE.into(),
            subtype: None,
            aliases: vec![HOSTILE.into()],
            mentions: 1,
            articles: vec![HOSTILE.into()],
        };
        let evidence = EvidenceRow {
            article: HOSTILE.into(),
            sentence: 0,
            start: 0,
            end: 9,
            quote: HOSTILE.into(),
            rule: HOSTILE.into(),
            subject: MentionRow { start: 0, end: 9, text: "</script>".into() },
            object: MentionRow { start: 900, end: 901, text: HOSTILE.into() },
            attributed_to: Some(end("b")),
            confidence: 0.8,
            qualifiers: BTreeMap::new(),
        };
        let triple = TripleRow {
            id: "0".into(),
            subject: end("a"),
            relation: HOSTILE.into(),
            object: end("b"),
            fact: Fact::Actual,
            when: Some(HOSTILE.into()),
            qualifiers: [(HOSTILE.into(), HOSTILE.into())].into(),
            confidence: 0.8,
            sources: 1,
            evidence: vec![evidence],
        };
        let url = Some("javascript:alert(1)".into());
        let article =
            ArticleRow { id: HOSTILE.into(), title: Some(HOSTILE.into()), url, ..Default::default() };
        Dataset {
            articles: vec![article],
            entities: vec![entity("a"), entity("b"), entity("c")],
            triples: vec![triple],
            ..Default::default()
        }
    }

    fn page(dataset: &Dataset) -> String {
        let mut out = Vec::new();
        write(dataset, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The data of a page, and the page without them.
    fn taken_apart(page: &str) -> (&str, String) {
        let open = "id=\"data\">";
        let start = page.find(open).unwrap() + open.len();
        let end = start + page[start..].find("</script>").unwrap();
        (&page[start..end], format!("{}{}", &page[..start], &page[end..]))
    }

    #[test]
    fn hostile_text_changes_nothing_but_the_data() {
        let (hostile, empty) = (page(&dataset()), page(&Dataset::default()));
        let (data, rest) = taken_apart(&hostile);
        assert_eq!(rest, taken_apart(&empty).1);
        assert!(!data.contains(['<', '>', '&', '\u{2028}', '\0']), "{data}");
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        assert_eq!(data["entities"][0][1], HOSTILE);
    }

    #[test]
    fn the_same_graph_gives_the_same_page() {
        assert_eq!(page(&dataset()), page(&dataset()));
    }

    #[test]
    fn every_place_of_the_page_is_filled_and_nothing_is_fetched() {
        let page = page(&Dataset::default());
        let (_, rest) = taken_apart(&page);
        let head = &rest[..rest.find("<style>").unwrap()];
        assert!(!head.contains('{'), "{head}");
        for word in ["src=", "@import", "url(", "fetch(", "XMLHttpRequest", "innerHTML", "eval("] {
            assert!(!rest.contains(word), "{word}");
        }
    }

    #[test]
    fn a_hash_is_written_as_policies_want_it() {
        // The example of the specification (W3C, Content Security Policy Level 2, section 4.2.5).
        assert_eq!(source("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }

    #[test]
    fn the_sources_of_the_page_are_as_short_as_those_of_the_program() {
        for text in SCRIPTS.iter().chain(&[HTML, STYLE]) {
            assert!(text.lines().count() < 400, "{}", &text[..40]);
        }
        for script in SCRIPTS {
            assert!(script.starts_with("// "), "says what it is for: {script}");
        }
    }
}
