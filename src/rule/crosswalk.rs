//! What others' vocabularies call a relation: event categories of PLOVER, links of FollowTheMoney.
//!
//! Their words are in `rules/vocabulary.toml`, so that a new edition of either needs no new program. A vocabulary
//! without them accepts whatever a rule says.

use crate::diagnostic::nearest;
use crate::rule::file::Written;
use crate::rule::table::{Located, Report, Table};
use std::collections::BTreeMap;

/// Vocabularies that formats write beside our own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Crosswalk {
    /// PLOVER's event categories, each with its modes.
    pub plover: BTreeMap<String, Vec<String>>,
    /// FollowTheMoney's links by the name of their schema, such as `Directorship`.
    pub ftm: BTreeMap<String, Link>,
}

/// A schema of FollowTheMoney that links two entities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The property that holds the subject: `director`.
    pub subject: String,
    /// The property that holds the object: `organization`.
    pub object: String,
    /// Schemata that the subject may be of.
    pub subjects: Vec<String>,
    /// Schemata that the object may be of.
    pub objects: Vec<String>,
}

impl Crosswalk {
    /// Takes `[plover]` and `[ftm.…]` out of the vocabulary.
    pub(crate) fn read(top: &mut Table, report: &mut Report) -> Self {
        let mut crosswalk = Self::default();
        if let Some(mut table) = top.table("plover", report) {
            for (category, modes) in table.named_texts(report) {
                let modes = modes.into_iter().map(|mode| mode.text).collect();
                crosswalk.plover.insert(category.text, modes);
            }
        }
        if let Some(mut table) = top.table("ftm", report) {
            for (name, mut link) in table.named_tables("link", report) {
                let subject = link.required("subject", name.span, report);
                let object = link.required("object", name.span, report);
                let mut schemata = |key| link.texts(key, report).into_iter().map(|text| text.text).collect();
                let (subjects, objects) = (schemata("subjects"), schemata("objects"));
                link.finish(report);
                if let (Some(subject), Some(object)) = (subject, object) {
                    let link = Link { subject: subject.text, object: object.text, subjects, objects };
                    crosswalk.ftm.insert(name.text, link);
                }
            }
        }
        crosswalk
    }

    /// Reports what a rule says in words that the vocabularies do not have.
    pub(crate) fn check(&self, written: &Written, report: &mut Report) {
        if let Some(category) = &written.plover {
            known(category, "an event category of PLOVER", self.plover.keys(), report);
        }
        if let Some(mode) = &written.mode {
            match written.plover.as_ref().map(|category| (category, self.plover.get(&category.text))) {
                Some((category, Some(modes))) => {
                    known(mode, &format!("a mode of PLOVER's {}", category.text), modes.iter(), report);
                }
                Some((_, None)) => {}
                None => {
                    let help = "add the category that it is a mode of: `plover = \"CONSULT\"`";
                    report.error("unknown-term", mode.span, "a `mode` without `plover`".to_owned(), help);
                }
            }
        }
        if let Some(link) = &written.ftm {
            known(link, "a link of FollowTheMoney", self.ftm.keys(), report);
        }
    }
}

fn known<'a>(
    term: &Located,
    what: &str,
    terms: impl Iterator<Item = &'a String> + Clone,
    report: &mut Report,
) {
    let all: Vec<&str> = terms.map(String::as_str).collect();
    if all.is_empty() && what.starts_with("a mode") {
        let help = "leave `mode` out, or add it to the category's modes in vocabulary.toml";
        report.error(
            "unknown-term",
            term.span,
            format!("`{}` is not {what}, which has none", term.text),
            help,
        );
    } else if !all.is_empty() && !all.contains(&term.text.as_str()) {
        let help = match nearest(&term.text, all.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are: {}; vocabulary.toml lists them", all.join(", ")),
        };
        report.error("unknown-term", term.span, format!("`{}` is not {what}", term.text), help);
    }
}
