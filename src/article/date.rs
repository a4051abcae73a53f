//! A piece of text in, the day that is written in it out: metadata, datelines, file names.
//!
//! Reads what English-language newspapers write: `2019-01-04`, `January 4, 2019`, `4 Jan. 2019`,
//! `Friday, January 4, 2019 10:15 am EST`. `01/04/2019` is two days, depending on the reader's
//! country, and so is none. Month and day names come from `jiff`: no list to keep here.

use jiff::civil::{Date, date};

/// A date further on in a line is a part of its sentence; looking on would cost time and find those.
const REACH: usize = 200;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Token<'a> {
    Word(&'a str),
    Number(&'a str),
    Mark(char),
}

/// The tokens of the beginning of a text, each with the byte where it ends.
fn tokens(text: &str) -> Vec<(Token<'_>, usize)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next()
        && at < REACH
    {
        let rest = &text[at..];
        let run = |is: fn(char) -> bool| rest.find(|next: char| !is(next)).unwrap_or(rest.len());
        let (token, length) = if first.is_ascii_digit() {
            let length = run(|next| next.is_ascii_digit());
            (Some(Token::Number(&rest[..length])), length)
        } else if first.is_alphabetic() {
            let length = run(char::is_alphabetic);
            (Some(Token::Word(&rest[..length])), length)
        } else {
            ((!first.is_whitespace()).then_some(Token::Mark(first)), first.len_utf8())
        };
        at += length;
        tokens.extend(token.map(|token| (token, at)));
    }
    tokens
}

/// The date of a metadata field; `None` if it holds none.
pub(super) fn parse(field: &str) -> Option<Date> {
    find(field).or_else(|| match tokens(field).first() {
        Some((Token::Number(digits), _)) => compact(digits),
        _ => None,
    })
}

/// The first date in the beginning of `text`.
pub(super) fn find(text: &str) -> Option<Date> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|from| written(&tokens[from..])).map(|(date, _)| date)
}

/// The date that `text` begins with, a day of the week before it and the time after it included,
/// and the byte where all that ends.
pub(super) fn leading(text: &str) -> Option<(Date, usize)> {
    let all = tokens(text);
    let mut tokens = all.as_slice();
    if let [(Token::Word(word), _), rest @ ..] = tokens
        && is_weekday(word)
    {
        tokens = rest;
        while let [(Token::Mark(',' | '.'), _), rest @ ..] = tokens {
            tokens = rest;
        }
    }
    let (date, used) = written(tokens)?;
    let mut end = tokens.get(used.checked_sub(1)?)?.1;
    if let Some(time) = time(&tokens[used..]) {
        end = time;
    }
    Some((date, end))
}

/// The date of a file that is named after it: `2019-01-04` or `20190104` anywhere in the stem.
///
/// Digits that touch other letters or digits are more often a part of a checksum.
pub(super) fn of_stem(stem: &str) -> Option<Date> {
    let parts: Vec<&str> = stem.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let compact = parts.iter().find_map(|part| compact(part));
    let dashed = || parts.windows(3).find_map(|part| numeric(part[0], part[1], part[2].get(..2)?));
    compact.or_else(dashed)
}

/// A date at the very start of `tokens`, and how many of them it takes.
fn written(tokens: &[(Token<'_>, usize)]) -> Option<(Date, usize)> {
    use Token::{Mark, Number, Word};
    let token = |at: usize| tokens.get(at).map(|token| token.0);
    if let (
        Some(Number(year)),
        Some(Mark(first @ ('-' | '/' | '.'))),
        Some(Number(month)),
        Some(Mark(second)),
        Some(Number(day)),
    ) = (token(0), token(1), token(2), token(3), token(4))
        && first == second
    {
        return numeric(year, month, day).map(|date| (date, 5));
    }
    let mut at = 0;
    let mut day = None;
    let mut month = None;
    // Day and month in either order, with what may stand between: "4th of January", "Jan. 4th,".
    for _ in 0..2 {
        match token(at)? {
            Number(digits) if day.is_none() && digits.len() <= 2 => {
                day = digits.parse::<i8>().ok();
                at += 1;
                if let Some(Word(ordinal)) = token(at)
                    && matches!(ordinal, "st" | "nd" | "rd" | "th")
                {
                    at += 1;
                }
                if token(at) == Some(Word("of")) {
                    at += 1;
                }
            }
            Word(word) if month.is_none() => {
                month = Some(month_named(word)?);
                at += 1;
                if token(at) == Some(Mark('.')) {
                    at += 1;
                }
            }
            _ => return None,
        }
    }
    if token(at) == Some(Mark(',')) {
        at += 1;
    }
    let Some(Number(digits)) = token(at) else { return None };
    valid(digits, month?, day?).map(|date| (date, at + 1))
}

/// Where the time of day at the start of `tokens` ends: `, 10:15 am EST`, ` at 10.15`, `T10:15:00Z`.
fn time(tokens: &[(Token<'_>, usize)]) -> Option<usize> {
    let mut rest = tokens;
    while let [(Token::Mark(',' | '|' | '-' | '–' | '·') | Token::Word("at" | "T"), _), more @ ..] = rest {
        rest = more;
    }
    let [(Token::Number(hour), _), (Token::Mark(':' | '.'), _), (Token::Number(minute), end), more @ ..] =
        rest
    else {
        return None;
    };
    if hour.len() > 2 || minute.len() != 2 {
        return None;
    }
    let mut end = *end;
    rest = more;
    loop {
        match rest {
            [(Token::Mark(':' | '+'), _), (Token::Number(_), after), more @ ..] => {
                (end, rest) = (*after, more)
            }
            [(Token::Word(word), after), more @ ..] if is_zone(word) => (end, rest) = (*after, more),
            [(Token::Mark('.'), after), more @ ..] if end + 1 == *after && !more.is_empty() => {
                (end, rest) = (*after, more);
            }
            _ => return Some(end),
        }
    }
}

/// "am", "p" and "m" of "p.m.", "EST", "UTC"; an article or "I" that begins a sentence is none.
fn is_zone(word: &str) -> bool {
    matches!(word, "am" | "pm" | "a" | "p" | "m" | "Z")
        || ((2..=5).contains(&word.len()) && word.chars().all(|letter| letter.is_ascii_uppercase()))
}

fn month_named(word: &str) -> Option<i8> {
    (1..=12).find(|&month| begins(&date(2001, month, 1).strftime("%B").to_string(), word))
}

fn is_weekday(word: &str) -> bool {
    (1..=7).any(|day| begins(&date(2001, 1, day).strftime("%A").to_string(), word))
}

/// Whether `word` is `name` or a short form of at least three letters ("Sept" of "September").
fn begins(name: &str, word: &str) -> bool {
    word.len() >= 3 && name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn compact(digits: &str) -> Option<Date> {
    if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    numeric(&digits[..4], &digits[4..6], &digits[6..])
}

fn numeric(year: &str, month: &str, day: &str) -> Option<Date> {
    if month.len() > 2 || day.len() > 2 {
        return None;
    }
    valid(year, month.parse().ok()?, day.parse().ok()?)
}

/// Newspapers of other centuries are not what this program reads, but numbers are.
fn valid(year: &str, month: i8, day: i8) -> Option<Date> {
    let year: i16 = year.parse().ok().filter(|year| (1800..=2199).contains(year))?;
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_in_the_usual_forms() {
        for field in [
            "2019-01-04",
            "2019-01-04T23:30:00+02:00",
            "2019/1/4",
            "20190104",
            "Fri, 04 Jan 2019 10:15:00 GMT",
            "January 4, 2019",
            "4th of January 2019",
            "Published on Jan. 4th, 2019",
        ] {
            assert_eq!(parse(field), Some(date(2019, 1, 4)), "{field}");
        }
        assert_eq!(parse("Sept. 30, 2020"), Some(date(2020, 9, 30)));
        for none in ["yesterday", "2019-13-04", "2019-02-30", "01/04/2019", "May 2019", "", "é2"] {
            assert_eq!(parse(none), None, "{none}");
        }
    }

    #[test]
    fn a_leading_date_takes_its_weekday_and_time_along() {
        for (text, rest) in [
            ("Friday, January 4, 2019 and", " and"),
            ("Jan. 4, 2019 10:15 am EST The talks", " The talks"),
            ("Jan. 4, 2019, at 10:15 p.m. The talks", " The talks"),
            ("2019-01-04T10:15:00Z", ""),
            ("4 January 2019 A minister", " A minister"),
        ] {
            let (found, end) = leading(text).unwrap();
            assert_eq!((found, &text[end..]), (date(2019, 1, 4), rest), "{text}");
        }
        assert_eq!(leading("On January 4, 2019"), None);
    }

    #[test]
    fn a_stem_holds_a_date_or_a_checksum() {
        assert_eq!(of_stem("wire-2019-01-04-talks"), Some(date(2019, 1, 4)));
        assert_eq!(of_stem("wire_20190104"), Some(date(2019, 1, 4)));
        assert_eq!(of_stem("003_20190104d3857e77"), None);
        assert_eq!(of_stem("20199904"), None);
        assert_eq!(of_stem("wikinews-2019-1"), None);
    }
}
