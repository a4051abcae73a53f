//! [`Dataset`] → `events.jsonl`: events as political scientists count them, in the categories of PLOVER.
//!
//! One line a triple whose relation has a category. The context tells what is no plain event of the day: `negation`
//! (what did not happen: leave these out of a count), `future`, `hypothetical`, `historical`. Where an event has no
//! date, `reported` is the day of the article, which event data sets take for it.

use super::days;
use crate::dataset::{Dataset, EndRow, RelationRow, TripleRow};
use crate::triple::Fact;
use serde::Serialize;
use std::io::{self, Write};

/// What ended more days before its report is told as history.
const HISTORICAL: i32 = 365;

/// One line; the keys are those of PLOVER where it has them.
#[derive(Serialize)]
struct Event<'a> {
    id: &'a str,
    date: Option<&'a str>,
    reported: Option<&'a str>,
    event: &'a str,
    mode: Option<&'a str>,
    context: Vec<&'static str>,
    source: &'a EndRow,
    target: &'a EndRow,
    /// Whether source and target could change places.
    symmetric: bool,
    relation: &'a str,
    place: Option<&'a str>,
    confidence: f64,
    sources: usize,
    text: Option<&'a str>,
    rule: Option<&'a str>,
    article: Option<&'a str>,
    publisher: Option<&'a str>,
    url: Option<&'a str>,
}

/// Writes `events.jsonl`.
pub(super) fn write(dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    for triple in &dataset.triples {
        let Some(relation) = dataset.terms.relation(&triple.relation) else { continue };
        let Some(category) = &relation.plover else { continue };
        serde_json::to_writer(&mut *out, &event(triple, relation, category, dataset))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn event<'a>(
    triple: &'a TripleRow,
    relation: &'a RelationRow,
    category: &'a str,
    dataset: &'a Dataset,
) -> Event<'a> {
    let evidence = triple.surest();
    let article = evidence.and_then(|evidence| dataset.article(&evidence.article));
    let reported = article.and_then(|article| article.date.as_deref());
    Event {
        id: &triple.id,
        date: triple.when.as_deref(),
        reported,
        event: category,
        mode: relation.mode.as_deref(),
        context: context(triple, reported),
        source: &triple.subject,
        target: &triple.object,
        symmetric: relation.symmetric,
        relation: &triple.relation,
        place: triple.qualifiers.get("place").map(String::as_str),
        confidence: triple.confidence,
        sources: triple.sources,
        text: evidence.map(|evidence| evidence.quote.as_str()),
        rule: evidence.map(|evidence| evidence.rule.as_str()),
        article: evidence.map(|evidence| evidence.article.as_str()),
        publisher: article.and_then(|article| article.publisher.as_deref()),
        url: article.and_then(|article| article.url.as_deref()),
    }
}

/// What is possible is future where its date is after the report, and else hypothetical: whether a plan or only a
/// thought, the triple does not tell.
fn context(triple: &TripleRow, reported: Option<&str>) -> Vec<&'static str> {
    let event = triple.when.as_deref().and_then(days::span);
    let report = reported.and_then(days::span);
    let dates = event.zip(report);
    let mut context = Vec::new();
    match triple.fact {
        Fact::Negated => context.push("negation"),
        Fact::Possible if dates.is_some_and(|((first, _), (_, report))| first > report) => {
            context.push("future")
        }
        Fact::Possible => context.push("hypothetical"),
        Fact::Actual => {}
    }
    let past = |((_, last), (report, _)): (days::Days, days::Days)| (report - last).get_days() > HISTORICAL;
    if dates.is_some_and(past) {
        context.push("historical");
    }
    context
}
