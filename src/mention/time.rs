//! A sentence and the article's date → the days, months and years that the sentence names.
//!
//! Only what has one meaning is resolved: "on Wednesday" of what has happened is the last Wednesday up to the
//! article's date, of what is planned the next one. Whatever would have to be guessed has no value, but it is kept: it
//! tells that something happened at another time.

use super::calendar::{self, Reckoned, Unit};
use crate::language::Sentence;
use crate::lookup::HashMap;
use crate::mention::{Time, word};
use crate::rule::lexicon::Lexicon;
use jiff::ToSpan;
use jiff::civil::Date;

/// The words of `time.toml`, in small letters, with their places in their lists.
#[derive(Debug, Clone)]
pub(super) struct TimeWords {
    lists: HashMap<&'static str, HashMap<String, usize>>,
}

const LISTS: [&str; 22] = [
    "weekday",
    "month",
    "number_word",
    "time_unit",
    "time_units",
    "this_time",
    "last_time",
    "next_time",
    "part_of_time",
    "time_of_day",
    "ago",
    "after_time",
    "before_time",
    "same_day",
    "day_before",
    "day_after",
    "vague_time",
    "time_preposition",
    "other_time",
    "one_time",
    "time_range",
    "of_time",
];

/// The longest expression of a list, in words.
const PHRASE: usize = 3;

/// An expression of time: how many words it takes, and what it means.
type Expression = (usize, Reckoned);

impl TimeWords {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let places = |list: &str| -> HashMap<String, usize> {
            lexicon.words(list).iter().enumerate().map(|(at, word)| (word.to_lowercase(), at)).collect()
        };
        Self { lists: LISTS.into_iter().map(|list| (list, places(list))).collect() }
    }

    /// The place of a word in a list.
    fn place(&self, list: &str, word: &str) -> Option<usize> {
        self.lists.get(list)?.get(word).copied()
    }

    fn has(&self, list: &str, word: &str) -> bool {
        self.place(list, word).is_some()
    }

    /// The number of a word in a list that repeats after `cycle` words, counted from 1.
    fn number(&self, list: &str, cycle: usize, word: &str) -> Option<i8> {
        i8::try_from(self.place(list, word)? % cycle + 1).ok()
    }

    /// All expressions of time in a sentence.
    pub(super) fn find(
        &self,
        number: usize,
        sentence: &Sentence,
        text: &str,
        today: Option<Date>,
    ) -> Vec<Time> {
        let forms: Vec<&str> = (0..sentence.tokens.len()).map(|at| word(sentence, at, text)).collect();
        let words: Vec<String> = forms.iter().map(|form| form.to_lowercase()).collect();
        let mut times = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let before = at.checked_sub(1).map(|before| words[before].as_str());
            let governed = before.is_some_and(|before| self.has("time_preposition", before));
            let Some((length, mut meant)) = self.at(&words[at..], &forms[at..], governed, today) else {
                at += 1;
                continue;
            };
            // "after Monday's vote" is not on Monday.
            if before.is_some_and(|before| self.has("other_time", before)) {
                meant = Reckoned::default();
            }
            let start = if governed { at - 1 } else { at };
            let (value, ahead) = (meant.past, meant.ahead);
            times.push(Time { sentence: number, tokens: start..at + length, value, ahead });
            at += length;
        }
        times
    }

    /// The expression at the start of `words`; `governed` tells whether a preposition stands before it.
    fn at(
        &self,
        words: &[String],
        forms: &[&str],
        governed: bool,
        today: Option<Date>,
    ) -> Option<Expression> {
        let part = words.first().is_some_and(|word| self.has("part_of_time", word));
        if part {
            let (length, meant) = self.plain(&words[1..], &forms[1..], true, today)?;
            return Some((length + 1, meant));
        }
        self.counted(words, forms, today).or_else(|| self.plain(words, forms, governed, today))
    }

    /// "two weeks ago", "a day after Monday".
    fn counted(&self, words: &[String], forms: &[&str], today: Option<Date>) -> Option<Expression> {
        let [count, unit, then, rest @ ..] = words else { return None };
        let number = match self.place("number_word", count) {
            Some(place) => i32::try_from(place).ok()? + 1,
            None if self.has("time_unit", unit) && self.has("one_time", count) => 1,
            None => count.parse().ok().filter(|number| (1..100).contains(number))?,
        };
        let unit = self.place("time_units", unit).or_else(|| self.place("time_unit", unit))?;
        let unit = *Unit::ALL.get(unit)?;
        if self.has("ago", then) {
            let value = today.and_then(|today| calendar::ago(today, number, unit));
            return Some((3, Reckoned::fixed(value)));
        }
        let back = self.has("before_time", then);
        if !back && !self.has("after_time", then) {
            return None;
        }
        // "a day after the vote" is a day that nobody knows, "a day after Monday's vote", too.
        let (length, base) = self.plain(rest, &forms[3..], true, today)?;
        let owner = rest.get(length).is_some_and(|word| matches!(word.as_str(), "'s" | "’s"));
        let moved = |value: String| {
            let day: Date = value.parse().ok().filter(|_| unit == Unit::Day && !owner)?;
            let by = if back { -number } else { number };
            day.checked_add(by.days()).ok().map(calendar::day)
        };
        let meant = Reckoned { past: base.past.and_then(moved), ahead: base.ahead.and_then(moved) };
        Some((3 + length, meant))
    }

    /// An expression that is counted from the article's date, or from none.
    fn plain(
        &self,
        words: &[String],
        forms: &[&str],
        governed: bool,
        today: Option<Date>,
    ) -> Option<Expression> {
        let listed = self.listed(words, today);
        let listed = listed.or_else(|| self.moved(words, today));
        let listed = listed.or_else(|| self.weekday(words, 0, today));
        let listed = listed.or_else(|| self.calendar(words, forms, governed, today));
        listed.or_else(|| self.year(words, governed))
    }

    /// "yesterday", "this morning", "the following day".
    fn listed(&self, words: &[String], today: Option<Date>) -> Option<Expression> {
        (1..=PHRASE.min(words.len())).rev().find_map(|length| {
            let phrase = words[..length].join(" ");
            let lists = [("same_day", 0), ("day_before", -1), ("day_after", 1)];
            if let Some((_, by)) = lists.into_iter().find(|(list, _)| self.has(list, &phrase)) {
                let value = today.and_then(|today| calendar::moved(today, by, Unit::Day));
                return Some((length, Reckoned::fixed(value)));
            }
            self.has("vague_time", &phrase).then(|| (length, Reckoned::default()))
        })
    }

    /// "last month", "next year", "this week", "last Monday".
    fn moved(&self, words: &[String], today: Option<Date>) -> Option<Expression> {
        let [which, what, ..] = words else { return None };
        let by = [("this_time", 0), ("last_time", -1), ("next_time", 1)];
        let (_, by) = by.into_iter().find(|(list, _)| self.has(list, which))?;
        if let Some(day) = self.number("weekday", 7, what) {
            let (length, meant) = self.weekday(words, 1, today)?;
            return Some(match by {
                0 => (length, meant),
                -1 => {
                    let value = today.and_then(|today| calendar::last_weekday(today, day));
                    (length, Reckoned::fixed(value))
                }
                // "next Monday" is the coming one to some, and the one after it to others.
                _ => (length, Reckoned::default()),
            });
        }
        if let Some(month) = self.number("month", 12, what) {
            let value = today.and_then(|today| calendar::moved_month(today, month, by));
            return Some((2, Reckoned::fixed(value)));
        }
        let unit = *Unit::ALL.get(self.place("time_unit", what)?)?;
        Some((2, Reckoned::fixed(today.and_then(|today| calendar::moved(today, by, unit)))))
    }

    /// "Monday", "Monday night", after `from` other words.
    fn weekday(&self, words: &[String], from: usize, today: Option<Date>) -> Option<Expression> {
        let day = self.number("weekday", 7, words.get(from)?)?;
        let part = words.get(from + 1).is_some_and(|word| self.has("time_of_day", word));
        let meant = today.map(|today| calendar::weekday(today, day)).unwrap_or_default();
        // "Monday, March 4": the date says it better.
        let comma = usize::from(words.get(from + 1).is_some_and(|word| word == ","));
        let date = words.get(from + 1 + comma..).filter(|_| !part);
        let exact = date.and_then(|date| self.day_and_month(date)).map(|(length, day, month)| {
            let (more, year) = self.year_after(&date.unwrap_or_default()[length..], true, today);
            (from + 1 + comma + length + more, exact(today, year, month, Some(day)))
        });
        Some(exact.unwrap_or((from + 1 + usize::from(part), meant)))
    }

    /// "August 31", "31 August": how many words, the day and the month.
    fn day_and_month(&self, words: &[String]) -> Option<(usize, i8, i8)> {
        let [first, second, ..] = words else { return None };
        let month = |word: &str| self.number("month", 12, word);
        match (day(first).zip(month(second)), month(first).zip(day(second))) {
            (Some((day, month)), _) | (None, Some((month, day))) => Some((2, day, month)),
            (None, None) => None,
        }
    }

    /// "August 31", "31 August 2021", "August 31, 2021", "August 2021", "in August", "August of last year".
    fn calendar(
        &self,
        words: &[String],
        forms: &[&str],
        governed: bool,
        today: Option<Date>,
    ) -> Option<Expression> {
        if let Some((length, day, month)) = self.day_and_month(words) {
            let (more, year) = self.year_after(&words[length..], true, today);
            return Some((length + more, exact(today, year, month, Some(day))));
        }
        let month = self.number("month", 12, words.first()?)?;
        let (more, year) = self.year_after(&words[1..], false, today);
        // "May" alone is a name or a verb as often as a month.
        let named = governed && forms.first()?.starts_with(char::is_uppercase);
        (more > 0 || named).then(|| (1 + more, exact(today, year, month, None)))
    }

    /// The year behind a day or month: how many words it takes, and the year.
    fn year_after(&self, words: &[String], comma: bool, today: Option<Date>) -> (usize, Option<i16>) {
        let of = words.first().is_some_and(|word| self.has("of_time", word) || (comma && word == ","));
        let rest = &words[usize::from(of)..];
        if let Some(year) = rest.first().and_then(|word| year(word)) {
            return (usize::from(of) + 1, Some(year));
        }
        let this = self
            .moved(rest, today)
            .filter(|_| rest.get(1).is_some_and(|unit| self.place("time_unit", unit) == Some(3)));
        let value = this.and_then(|(_, meant)| meant.past).and_then(|value| value.parse().ok());
        value.map_or((0, None), |value| (usize::from(of) + 2, Some(value)))
    }

    /// "in 2015"; "from 2001 to 2005" is no single year, "the 1990s" neither.
    fn year(&self, words: &[String], governed: bool) -> Option<Expression> {
        let first = words.first()?;
        let decade = first.strip_suffix('s').is_some_and(|digits| year(digits).is_some());
        if decade {
            return Some((1, Reckoned::default()));
        }
        let value = year(first).filter(|_| governed)?;
        let range = words.get(1).is_some_and(|word| self.has("time_range", word));
        let until = words.get(2).filter(|_| range).is_some_and(|word| word.parse::<u16>().is_ok());
        Some(match until {
            true => (3, Reckoned::default()),
            false => (1, Reckoned::fixed(Some(calendar::year(value)))),
        })
    }
}

/// A day or month of the calendar, whose year may be missing.
fn exact(today: Option<Date>, year: Option<i16>, month: i8, day: Option<i8>) -> Reckoned {
    match (year, day) {
        (Some(year), Some(day)) => Reckoned::fixed(Date::new(year, month, day).ok().map(calendar::day)),
        (Some(year), None) => Reckoned::fixed(Some(calendar::month(year, month))),
        (None, Some(day)) => today.map(|today| calendar::day_of_month(today, month, day)).unwrap_or_default(),
        (None, None) => today.map(|today| calendar::month_of_year(today, month)).unwrap_or_default(),
    }
}

fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| (1800..2100).contains(year) && word.len() == 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::article::{Block, BlockKind};
    use crate::language::Language;
    use crate::rule::RuleSet;
    use crate::span::Span;

    fn times(text: &str, today: Option<Date>) -> Vec<(String, Time)> {
        let rules = RuleSet::built_in();
        let language = Language::new(&rules.lexicon);
        let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), hidden: Vec::new() };
        let article = Article { text: text.to_owned(), blocks: vec![block], ..Article::default() };
        let sentence = &language.sentences(&article)[0];
        let times = TimeWords::new(&rules.lexicon).find(0, sentence, text, today);
        times
            .into_iter()
            .map(|time| (sentence.span_of(time.tokens.clone()).of(text).to_owned(), time))
            .collect()
    }

    fn values(text: &str, today: Option<Date>) -> Vec<(String, Option<String>)> {
        times(text, today).into_iter().map(|(words, time)| (words, time.value)).collect()
    }

    fn ahead(text: &str, today: Option<Date>) -> Vec<Option<String>> {
        times(text, today).into_iter().map(|(_, time)| time.ahead).collect()
    }

    #[test]
    fn times_are_resolved_against_the_date_of_the_article() {
        // A Thursday.
        let today = Date::new(2021, 8, 26).ok();
        let cases = [
            ("They met on Wednesday.", "on Wednesday", Some("2021-08-25")),
            ("They met late on Wednesday night.", "on Wednesday night", Some("2021-08-25")),
            ("They met on Thursday.", "on Thursday", Some("2021-08-26")),
            ("They met last Friday.", "last Friday", Some("2021-08-20")),
            ("They met last Tuesday.", "last Tuesday", None),
            ("They met last July.", "last July", Some("2021-07")),
            ("They meet next Thursday.", "next Thursday", None),
            ("They met on Monday, August 9.", "on Monday, August 9", Some("2021-08-09")),
            ("They met yesterday.", "yesterday", Some("2021-08-25")),
            ("They meet tomorrow.", "tomorrow", Some("2021-08-27")),
            ("They met last month.", "last month", Some("2021-07")),
            ("They met earlier this month.", "earlier this month", Some("2021-08")),
            ("They met last year.", "last year", Some("2020")),
            ("They met last week.", "last week", Some("2021-08")),
            ("They meet next week.", "next week", None),
            ("They met the following day.", "the following day", None),
            ("They met on August 15.", "on August 15", Some("2021-08-15")),
            ("They met on 3 December 2019.", "on 3 December 2019", Some("2019-12-03")),
            ("They met on December 3rd, 2019.", "on December 3rd, 2019", Some("2019-12-03")),
            ("They met in March 2020.", "in March 2020", Some("2020-03")),
            ("They met in March.", "in March", Some("2021-03")),
            ("They met in late September.", "in late September", Some("2020-09")),
            ("They met in March last year.", "in March last year", Some("2020-03")),
            ("They met in March of this year.", "in March of this year", Some("2021-03")),
            ("They leave by August 31.", "by August 31", Some("2021-08-31")),
            ("They met in 2001.", "in 2001", Some("2001")),
            ("They ruled from 2001 to 2005.", "from 2001 to 2005", None),
            ("They met in the early 1990s.", "early 1990s", None),
            ("They met two days ago.", "two days ago", Some("2021-08-24")),
            ("They met two weeks ago.", "two weeks ago", Some("2021-08")),
            ("They met four weeks ago.", "four weeks ago", None),
            ("They met a month ago.", "a month ago", Some("2021-07")),
            ("They met 10 years ago.", "10 years ago", Some("2011")),
            ("They met a day after August 15.", "a day after August 15", Some("2021-08-16")),
            ("They met two days before Wednesday.", "two days before Wednesday", Some("2021-08-23")),
            ("They met after Monday.", "after Monday", None),
        ];
        for (text, words, value) in cases {
            assert_eq!(values(text, today), [(words.to_owned(), value.map(str::to_owned))], "{text}");
        }
    }

    #[test]
    fn nothing_is_guessed_without_a_date() {
        assert_eq!(values("They met on Wednesday.", None), [("on Wednesday".to_owned(), None)]);
        assert_eq!(values("They met in March.", None), [("in March".to_owned(), None)]);
        assert_eq!(values("They met in 2001.", None), [("in 2001".to_owned(), Some("2001".to_owned()))]);
        assert_eq!(values("They may meet.", Date::new(2021, 8, 26).ok()), []);
    }

    #[test]
    fn what_is_to_come_lies_ahead() {
        let today = Date::new(2021, 8, 26).ok();
        for (text, value) in [
            ("They will meet on Wednesday.", Some("2021-09-01")),
            ("They will meet on March 3.", Some("2022-03-03")),
            ("They will meet in March.", Some("2022-03")),
            ("They will meet in August.", Some("2021-08")),
            ("They will meet next month.", Some("2021-09")),
        ] {
            assert_eq!(ahead(text, today), [value.map(str::to_owned)], "{text}");
        }
    }
}
