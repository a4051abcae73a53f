//! Names and dates of a graph → what RDF allows in their place: parts of IRIs, and XML Schema types.

use super::node::Datatype;
use jiff::civil::Date;
use std::fmt::Write;

/// An id as the last part of an IRI. Letters and digits of any script and `-._~/` stay; all else is
/// percent-encoded. Different ids stay different, and ids of this crate (`person/xi-jinping`) stay what they are.
///
/// A step that is only dots is encoded too: readers resolve `article/..` to another IRI.
pub fn part(id: &str) -> String {
    let steps = id.split('/').map(|step| {
        let dots = !step.is_empty() && step.bytes().all(|byte| byte == b'.');
        encoded(step, |c| c.is_alphanumeric() || "-_~".contains(c) || (c == '.' && !dots))
    });
    steps.collect::<Vec<_>>().join("/")
}

/// An IRI that a person wrote, with what no IRI may hold percent-encoded; none where it names no scheme
/// (RFC 3987).
pub fn cleaned(written: &str) -> Option<String> {
    let (scheme, _) = written.split_once(':')?;
    let letters = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    if !scheme.starts_with(|c: char| c.is_ascii_alphabetic()) || !scheme.chars().all(letters) {
        return None;
    }
    let mut iri = String::with_capacity(written.len());
    for (at, c) in written.char_indices() {
        let stays = match c {
            '%' => written[at + 1..].bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2,
            '#' => !iri.contains('#'),
            c => c.is_alphanumeric() || "-._~:/?@!$&'()*+,;=".contains(c),
        };
        if stays { iri.push(c) } else { iri.push_str(&encoded(c.encode_utf8(&mut [0; 4]), |_| false)) }
    }
    Some(iri)
}

/// A text as a part of a query or fragment: all but ASCII letters and digits percent-encoded.
pub(crate) fn query(text: &str) -> String {
    encoded(text, |c| c.is_ascii_alphanumeric())
}

fn encoded(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut iri = String::with_capacity(text.len());
    for c in text.chars() {
        if stays(c) {
            iri.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a String cannot fail.
                write!(iri, "%{byte:02X}").ok();
            }
        }
    }
    iri
}

/// Whether an IRI names a class, by the convention that all vocabularies used here keep: classes
/// begin with a capital (`schema:CommunicateAction`), properties do not (`schema:knows`). Wikidata's
/// properties are numbers after a `P` (`wdt:P463`).
pub fn is_class(iri: &str) -> bool {
    let name = iri.rsplit(['/', '#', ':']).next().unwrap_or_default();
    let number = name.strip_prefix('P').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    name.starts_with(char::is_uppercase) && !number
}

/// The XML Schema type that says how exact a date is; text for what is no date.
pub fn date_type(when: &str) -> Datatype {
    let form: String = when.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let (day, datatype) = match form.as_str() {
        "0000" => (format!("{when}-01-01"), Datatype::Year),
        "0000-00" => (format!("{when}-01"), Datatype::YearMonth),
        "0000-00-00" => (when.to_owned(), Datatype::Date),
        _ => return Datatype::Text,
    };
    if day.parse::<Date>().is_ok() { datatype } else { Datatype::Text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stay_readable_and_different() {
        assert_eq!(part("person/xi-jinping"), "person/xi-jinping");
        assert_eq!(part("person/習近平"), "person/習近平");
        assert_eq!(part("a b\"<c>#?%20\n"), "a%20b%22%3Cc%3E%23%3F%2520%0A");
        assert_eq!(part("\u{202e}🙂"), "%E2%80%AE%F0%9F%99%82");
        assert_eq!(part("../a/./b..c/..."), "%2E%2E/a/%2E/b..c/%2E%2E%2E");
    }

    #[test]
    fn a_written_iri_loses_only_what_breaks_it() {
        for (written, expected) in [
            ("https://x.org/a?b=c%20d#e", Some("https://x.org/a?b=c%20d#e")),
            ("https://x.org/a b>", Some("https://x.org/a%20b%3E")),
            ("https://x.org/#a#b%2", Some("https://x.org/#a%23b%252")),
            ("urn:a[b]", Some("urn:a%5Bb%5D")),
            ("memberOf", None),
            (":memberOf", None),
            ("my own:memberOf", None),
        ] {
            assert_eq!(cleaned(written).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn classes_begin_with_a_capital() {
        for class in
            ["schema:CommunicateAction", "https://schema.org/Person", "http://www.w3.org/ns/org#Post"]
        {
            assert!(is_class(class), "{class}");
        }
        for property in ["schema:knows", "http://www.w3.org/ns/org#memberOf", "wdt:P463", ""] {
            assert!(!is_class(property), "{property}");
        }
    }

    #[test]
    fn the_form_of_a_date_says_how_exact_it_is() {
        for (when, expected) in [
            ("2021", Datatype::Year),
            ("2021-08", Datatype::YearMonth),
            ("2021-08-25", Datatype::Date),
            ("2021-13", Datatype::Text),
            ("2021-02-30", Datatype::Text),
            ("2021-W05", Datatype::Text),
            ("20210825", Datatype::Text),
            ("٢٠٢١", Datatype::Text),
            ("", Datatype::Text),
        ] {
            assert_eq!(date_type(when), expected, "{when}");
        }
    }
}
