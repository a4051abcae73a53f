//! Triples and their sentences as lines that a person reads.

use relata::dataset::{Dataset, EvidenceRow, TripleRow, shortened};
use relata::triple::Fact;
use std::io::{self, Write};

/// Where quotations are cut.
const WIDTH: usize = 200;

/// Names and quotations come from strangers: what would steer the terminal becomes a space.
pub(crate) fn clean(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// What a triple says besides its ends: `not metWith`, `may metWith`, with sources, date and particulars.
pub(crate) fn relation(triple: &TripleRow) -> String {
    let fact = match triple.fact {
        Fact::Actual => "",
        Fact::Negated => "not ",
        Fact::Possible => "may: ",
    };
    format!("{fact}{}", clean(&triple.relation))
}

/// Sources, date and particulars of a triple, each after two spaces.
pub(crate) fn particulars(triple: &TripleRow) -> String {
    let sources = if triple.sources > 1 { format!("  ×{}", triple.sources) } else { String::new() };
    let when = triple.when.iter().map(|when| format!("  {when}"));
    let qualifiers = triple.qualifiers.iter().map(|(name, value)| format!("  {name}: {value}"));
    clean(&std::iter::once(sources).chain(when).chain(qualifiers).collect::<String>())
}

/// Writes the surest sentences of a triple, each with the article and the rule.
pub(crate) fn sentences(
    out: &mut dyn Write,
    dataset: &Dataset,
    triple: &TripleRow,
    most: usize,
    indent: &str,
) -> io::Result<()> {
    let mut evidence: Vec<&EvidenceRow> = triple.evidence.iter().collect();
    evidence.sort_by(|one, other| other.confidence.total_cmp(&one.confidence));
    for row in evidence.iter().take(most) {
        let date = dataset.article(&row.article).and_then(|article| article.date.as_deref());
        let date = date.map(|date| format!(", {date}")).unwrap_or_default();
        let speaker = row.attributed_to.as_ref().map(|speaker| format!(", says {}", speaker.name));
        let from = format!("{}{date}{} ({})", row.article, speaker.unwrap_or_default(), row.rule);
        writeln!(out, "{indent}“{}”", clean(&shortened(&row.quote, WIDTH)))?;
        writeln!(out, "{indent}  {}", clean(&from))?;
    }
    match evidence.len().saturating_sub(most) {
        0 => Ok(()),
        1 => writeln!(out, "{indent}and 1 more sentence"),
        more => writeln!(out, "{indent}and {more} more sentences"),
    }
}
