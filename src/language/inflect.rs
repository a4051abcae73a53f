//! A verb's base form → its past forms, to write a phrase as a newspaper would.

use super::Language;
use crate::rule::lexicon::Lexicon;

impl Language {
    /// "spoke", "visited": the past of a verb.
    pub fn past(&self, verb: &str, lexicon: &Lexicon) -> String {
        irregular(verb, lexicon)
            .first()
            .map_or_else(|| self.regular_past(verb, lexicon), |form| (*form).clone())
    }

    /// "spoken", "visited": what stands after "was".
    pub fn participle(&self, verb: &str, lexicon: &Lexicon) -> String {
        irregular(verb, lexicon)
            .last()
            .map_or_else(|| self.regular_past(verb, lexicon), |form| (*form).clone())
    }

    fn regular_past(&self, verb: &str, lexicon: &Lexicon) -> String {
        if verb.ends_with('e') {
            return format!("{verb}d");
        }
        let vowel = |letter: char| "aeiou".contains(letter);
        let letters: Vec<char> = verb.chars().rev().take(3).collect();
        if let ['y', before, ..] = letters.as_slice()
            && !vowel(*before)
        {
            return format!("{}ied", &verb[..verb.len() - 1]);
        }
        // "stop", "plan", but not "visit" and "fix".
        let short = verb.chars().filter(|letter| vowel(*letter)).count() == 1;
        let closed = matches!(letters.as_slice(), [last, middle, first]
            if !vowel(*last) && !"wxy".contains(*last) && vowel(*middle) && !vowel(*first));
        let doubled = letters.first().map(|last| format!("{verb}{last}ed"));
        let doubles = (short && closed) || lexicon.words("double").iter().any(|known| known == verb);
        let plain = format!("{verb}ed");
        match doubled {
            Some(doubled)
                if doubles || (closed && self.lemma(&plain) != verb && self.lemma(&doubled) == verb) =>
            {
                doubled
            }
            _ => plain,
        }
    }
}

/// The past and the participle that the lexicon lists, where a verb has them.
fn irregular<'l>(verb: &str, lexicon: &'l Lexicon) -> Vec<&'l String> {
    let past = |form: &&String| !form.ends_with("ing") && (!form.ends_with('s') || *form == "was");
    lexicon.irregular.get(verb).into_iter().flatten().filter(past).collect()
}

#[cfg(test)]
mod tests {
    use crate::language::Language;
    use crate::rule::RuleSet;

    #[test]
    fn verbs_get_the_form_that_a_newspaper_writes() {
        let lexicon = RuleSet::built_in().lexicon;
        let language = Language::new(&lexicon);
        for (verb, past, participle) in [
            ("speak", "spoke", "spoken"),
            ("visit", "visited", "visited"),
            ("accuse", "accused", "accused"),
            ("plan", "planned", "planned"),
            ("stop", "stopped", "stopped"),
            ("refer", "referred", "referred"),
            ("deny", "denied", "denied"),
            ("employ", "employed", "employed"),
            ("fix", "fixed", "fixed"),
            ("meet", "met", "met"),
            ("agree", "agreed", "agreed"),
            ("defeat", "defeated", "defeated"),
        ] {
            assert_eq!(language.past(verb, &lexicon), past);
            assert_eq!(language.participle(verb, &lexicon), participle);
        }
    }
}
