//! Reckoning with the article's date: days and spans of days → what outputs write.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// A time as outputs write it: a day, a month or a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reckoned {
    /// For what has happened.
    pub(super) past: Option<String>,
    /// For what is still to come.
    pub(super) ahead: Option<String>,
}

impl Reckoned {
    /// The same in both directions.
    pub(super) fn fixed(value: Option<String>) -> Self {
        Self { past: value.clone(), ahead: value }
    }
}

/// The spans that people count in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    /// From the shortest to the longest.
    pub(super) const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];
}

pub(super) fn day(date: Date) -> String {
    date.to_string()
}

pub(super) fn month(year: i16, month: i8) -> String {
    format!("{year:04}-{month:02}")
}

pub(super) fn year(year: i16) -> String {
    format!("{year:04}")
}

/// The unit in which today lies, moved by `by`: "last month". A week has a value where it lies within one month.
pub(super) fn moved(today: Date, by: i32, unit: Unit) -> Option<String> {
    match unit {
        Unit::Day => today.checked_add(by.days()).ok().map(day),
        Unit::Week => {
            let monday = today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days()).ok()?;
            let monday = monday.checked_add(by.weeks()).ok()?;
            within_month(monday, monday.checked_add(6.days()).ok()?)
        }
        Unit::Month => today.checked_add(by.months()).ok().map(|date| month(date.year(), date.month())),
        Unit::Year => today.checked_add(by.years()).ok().map(|date| year(date.year())),
    }
}

/// "two weeks ago": people count days exactly, and weeks by and large.
pub(super) fn ago(today: Date, count: i32, unit: Unit) -> Option<String> {
    match unit {
        Unit::Week => {
            let about = today.checked_sub(count.weeks()).ok()?;
            within_month(about.checked_sub(3.days()).ok()?, about.checked_add(3.days()).ok()?)
        }
        unit => moved(today, -count, unit),
    }
}

/// The month that holds both days.
fn within_month(first: Date, last: Date) -> Option<String> {
    let same = (first.year(), first.month()) == (last.year(), last.month());
    same.then(|| month(first.year(), first.month()))
}

/// A weekday, counted from Monday as 1: the last one up to today, and the next one from today on.
pub(super) fn weekday(today: Date, number: i8) -> Reckoned {
    let Ok(weekday) = Weekday::from_monday_one_offset(number) else { return Reckoned::default() };
    let nth = |nth| match today.weekday() == weekday {
        true => Some(today),
        false => today.nth_weekday(nth, weekday).ok(),
    };
    Reckoned { past: nth(-1).map(day), ahead: nth(1).map(day) }
}

/// "last Monday": the last one, unless it is of this week, when it is the one before it to some.
pub(super) fn last_weekday(today: Date, number: i8) -> Option<String> {
    let weekday = Weekday::from_monday_one_offset(number).ok()?;
    let last = today.nth_weekday(-1, weekday).ok()?;
    (weekday.to_monday_zero_offset() >= today.weekday().to_monday_zero_offset()).then(|| day(last))
}

/// "last July", "this July", "next July".
pub(super) fn moved_month(today: Date, number: i8, by: i32) -> Option<String> {
    let reckoned = month_of_year(today, number);
    match by {
        0 => Some(month(today.year(), number)),
        -1 => reckoned.past.filter(|_| number != today.month()),
        _ => reckoned.ahead.filter(|_| number != today.month()),
    }
}

/// A day of a month without a year: the nearest one that fits.
pub(super) fn day_of_month(today: Date, month: i8, day_number: i8) -> Reckoned {
    let on = |year: i16| Date::new(year, month, day_number).ok();
    let Some(this_year) = on(today.year()) else { return Reckoned::default() };
    let before = if this_year <= today { Some(this_year) } else { on(today.year() - 1) };
    let after = if this_year >= today { Some(this_year) } else { on(today.year() + 1) };
    // A day shortly ahead is a plan ("by August 31"), not the one a year ago; one long past is none.
    let ahead = this_year > today && (this_year - today).get_days() < 180;
    let behind = this_year < today && (today - this_year).get_days() < 60;
    let past = if ahead { Some(this_year) } else { before };
    let next = if behind { Some(this_year) } else { after };
    Reckoned { past: past.map(day), ahead: next.map(day) }
}

/// "in March": the last March up to this month, or the next one.
pub(super) fn month_of_year(today: Date, number: i8) -> Reckoned {
    let this = today.month();
    let past = if number <= this { today.year() } else { today.year() - 1 };
    let ahead = if number >= this { today.year() } else { today.year() + 1 };
    Reckoned { past: Some(month(past, number)), ahead: Some(month(ahead, number)) }
}
