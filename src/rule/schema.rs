//! What a rule file may hold → a JSON Schema, by which editors complete and check one while it is written.

use super::vocabulary::Vocabulary;
use serde_json::{Map, Value, json};

/// How a key's value is written.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Text,
    Texts,
    Flag,
    /// A number from 0 to 1.
    Share,
    /// Types of the vocabulary.
    Types,
    Examples,
}

/// A key, whether it must be there, and what it is for.
type Key = (&'static str, Kind, bool, &'static str);

const RELATION: [Key; 17] = [
    ("about", Kind::Text, true, "What the relation means, in a sentence."),
    (
        "subject",
        Kind::Types,
        true,
        "What X may be: a type of the vocabulary, or several: \"Person|Organisation\".",
    ),
    (
        "object",
        Kind::Types,
        true,
        "What Y may be: a type of the vocabulary, or several: \"Person|Organisation\".",
    ),
    (
        "patterns",
        Kind::Texts,
        false,
        "English phrases with X and Y: \"X visited Y\". They are matched by syntax: in the passive, in relative clauses, in lists.",
    ),
    (
        "surface",
        Kind::Texts,
        false,
        "Sequences of words with X and Y, matched word by word: for headlines, tables and brackets, \"X ('(' Y ')')\".",
    ),
    (
        "inside",
        Kind::Texts,
        false,
        "What a name says by itself. X is the whole name, Y a country or organisation named in it: \"Y (*) parliament\".",
    ),
    (
        "home",
        Kind::Texts,
        false,
        "What a post before a name says where its country goes without saying. X holds it, Y is the country: \"ROLE:$state_head X\".",
    ),
    (
        "not",
        Kind::Texts,
        false,
        "Phrases that look alike and do not say it: what they find is taken away again.",
    ),
    (
        "symmetric",
        Kind::Flag,
        false,
        "Whether the relation holds both ways (met). Each pair is then written once.",
    ),
    (
        "standing",
        Kind::Flag,
        false,
        "Whether it is a state (a post, a membership) rather than an event: what is planned or denied round it does not touch it, and it takes no date from the sentence.",
    ),
    ("confidence", Kind::Share, false, "How sure the rule is, from 0 to 1; 0.8 where it is left out."),
    (
        "iri",
        Kind::Text,
        false,
        "A term of a public vocabulary for RDF, with a prefix of vocabulary.toml (\"org:memberOf\") or in full.",
    ),
    ("plover", Kind::Text, false, "The PLOVER event category for RDF and event records: \"CONSULT\"."),
    ("mode", Kind::Text, false, "The mode of that category, where the relation has only one: \"visit\"."),
    (
        "ftm",
        Kind::Text,
        false,
        "The link of FollowTheMoney that it is: \"Directorship\"; without it an UnknownLink.",
    ),
    ("parent", Kind::Text, false, "The name of a wider relation."),
    (
        "example",
        Kind::Examples,
        false,
        "Sentences with what the rule should give for them; `relata check` runs them.",
    ),
];

const EXAMPLE: [Key; 3] = [
    ("text", Kind::Text, true, "A sentence, or a few."),
    (
        "gives",
        Kind::Texts,
        false,
        "All triples that this relation should give: \"Ada Byron | Mary Poe\", with \" | negated\" or \" | possible\" where it is no fact. Empty: none.",
    ),
    ("todo", Kind::Flag, false, "A known gap: the example is counted and does not fail."),
];

/// The schema of a rule file, as the text of `rule.schema.json`.
pub fn schema(vocabulary: &Vocabulary) -> String {
    let words = json!({
        "description": "Word lists of this file: a pattern names one as $name.",
        "type": "object",
        "additionalProperties": { "type": "array", "items": { "type": "string" } },
    });
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A relata rule file",
        "description": "Relations, each a table of its name, and word lists. See rules/README.md.",
        "type": "object",
        "properties": { "words": words },
        "additionalProperties": { "$ref": "#/definitions/relation" },
        "definitions": {
            "relation": table("A relation, and how sentences say it.", &RELATION, vocabulary),
            "example": table("A sentence and what the rule gives for it.", &EXAMPLE, vocabulary),
        },
    });
    format!("{schema:#}\n")
}

fn table(about: &str, keys: &[Key], vocabulary: &Vocabulary) -> Value {
    let properties: Map<String, Value> = keys
        .iter()
        .map(|(name, kind, _, about)| {
            let mut value = value(*kind, vocabulary);
            value["description"] = json!(about);
            ((*name).to_owned(), value)
        })
        .collect();
    let required: Vec<&str> = keys.iter().filter(|(_, _, required, _)| *required).map(|key| key.0).collect();
    json!({
        "description": about,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn value(kind: Kind, vocabulary: &Vocabulary) -> Value {
    match kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Flag => json!({ "type": "boolean", "default": false }),
        Kind::Share => json!({ "type": "number", "minimum": 0, "maximum": 1, "default": 0.8 }),
        // Several types in one string, and types that a person has added, are as right as those listed.
        Kind::Types => json!({
            "anyOf": [
                { "enum": vocabulary.type_names() },
                { "type": "string", "pattern": r"^\s*\w+(\s*\|\s*\w+)*\s*$" },
            ],
        }),
        Kind::Examples => json!({ "type": "array", "items": { "$ref": "#/definitions/example" } }),
    }
}
