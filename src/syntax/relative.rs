//! Relative clauses that the parser hung in the wrong place: what they say more of stands before them.

use super::Tree;
use crate::language::{Relation, Upos, Xpos};

/// Mends the place of relative clauses.
pub(super) fn mend(tree: &mut Tree) {
    for word in &mut tree.words {
        // "It was Ada **who met Bob**" says of Ada what a relative clause would.
        if word.relation == Relation::AclCleft {
            word.relation = Relation::AclRelcl;
        }
    }
    relative_clause(tree);
    relative_before_noun(tree);
}

/// "Oslo was the last **city** Ada visited": of two subjects the first, with "was" before it, is what the clause
/// says more of.
pub(super) fn predicate_and_relative(tree: &mut Tree) {
    for verb in 0..tree.words.len() {
        let subjects: Vec<usize> = tree.with(verb, Relation::Nsubj).filter(|at| *at < verb).collect();
        let [noun, subject] = subjects.as_slice() else { continue };
        let (noun, subject) = (*noun, *subject);
        let own = tree.with(noun, Relation::Cop).next();
        let stray = tree.with(verb, Relation::Cop).find(|copula| *copula < noun);
        if !tree.is_finite(verb) || tree.words[noun].name || !tree.words[subject].name {
            continue;
        }
        let Some(copula) = own.or(stray) else { continue };
        let (head, relation) = (tree.words[verb].head, tree.words[verb].relation);
        (tree.words[noun].head, tree.words[noun].relation) = (head, relation);
        (tree.words[verb].head, tree.words[verb].relation) = (Some(noun), Relation::AclRelcl);
        tree.hang();
        tree.attach(copula, noun, Relation::Cop);
        let first = copula.checked_sub(1).and_then(|at| tree.words[at].stands);
        if let Some(first) = first.filter(|_| !tree.has_subject(noun)) {
            tree.attach(first, noun, Relation::Nsubj);
        }
    }
}

/// "Kenya, **to which** Norway sent doctors, …": a clause that begins with "which" or "whose" behind a comma
/// says more of what stands before the comma.
fn relative_clause(tree: &mut Tree) {
    for pronoun in 1..tree.words.len() {
        if !matches!(tree.words[pronoun].xpos, Some(Xpos::Wp | Xpos::Wdt | Xpos::WpS)) {
            continue;
        }
        let mut above = std::iter::successors(tree.words[pronoun].head, |at| tree.words[*at].head).take(4);
        let clause = above.find(|at| tree.is_verb(*at) || tree.with(*at, Relation::Cop).next().is_some());
        let Some(clause) = clause.filter(|clause| *clause > pronoun) else { continue };
        let head = tree.words[clause].head;
        // "It was Ada, not Bob, that met Cy"
        let cleft = head
            .filter(|head| tree.with(*head, Relation::Cop).any(|copula| copula < *head && *head < pronoun));
        if tree.is(clause, Relation::Advcl) && cleft.is_some() {
            tree.words[clause].relation = Relation::AclRelcl;
            continue;
        }
        let Some(noun) = before_comma(tree, pronoun) else { continue };
        let before = head.is_some_and(|head| clause < head);
        // "The Acme Party's Ada, **who** …": of a body and a person that says more of it, "who" is the person.
        let person = tree.words[pronoun].form == "who"
            && tree.is(clause, Relation::AclRelcl)
            && tree.words[noun].person
            && head.is_some_and(|head| tree.words[head].name && !tree.words[head].person);
        if person {
            tree.attach(clause, noun, Relation::AclRelcl);
            continue;
        }
        let loose = match tree.words[clause].relation.universal() {
            Relation::Advcl | Relation::Parataxis => true,
            // No clause says more of a noun behind it.
            Relation::Ccomp | Relation::Acl => before,
            _ => false,
        };
        if loose && !tree.below(noun, clause) {
            tree.attach(clause, noun, Relation::AclRelcl);
        }
    }
}

/// "**Acme**, the firm Ada founded, is for sale": a relative clause follows what it says more of.
fn relative_before_noun(tree: &mut Tree) {
    for verb in 0..tree.words.len() {
        let wrong = tree.words[verb].relation == Relation::AclRelcl
            && tree.words[verb].head.is_some_and(|head| verb < head)
            && tree.is_verb(verb);
        if !wrong {
            continue;
        }
        let mut start = tree.start(verb);
        while start > 0 && tree.is_sign(start - 1) {
            start -= 1;
        }
        let Some(noun) = start.checked_sub(1).and_then(|at| tree.words[at].stands) else { continue };
        tree.attach(verb, noun, Relation::AclRelcl);
    }
}

/// "Acme, **the company Ada runs**, …": the noun before the name is what the clause says more of.
pub(super) fn reduced(tree: &mut Tree, verb: usize, name: usize) -> bool {
    let Some(noun) = tree.words[name].head else { return false };
    let beside = tree.start(name).checked_sub(1) == Some(noun);
    let common = tree.words[noun].upos == Some(Upos::Noun) && tree.words[noun].relation == Relation::Appos;
    if beside && common && tree.words[name].relation == Relation::Appos {
        tree.attach(verb, noun, Relation::AclRelcl);
        return tree.words[verb].head == Some(noun);
    }
    false
}

/// The noun before the comma before a relative pronoun, with or without a preposition between.
pub(super) fn before_comma(tree: &Tree, pronoun: usize) -> Option<usize> {
    let before = pronoun.checked_sub(1)?;
    let preposition = tree.words[before].upos == Some(Upos::Adp);
    let comma = if preposition { before.checked_sub(1)? } else { before };
    let noun = comma.checked_sub(1).filter(|_| tree.words[comma].form == ",")?;
    let noun = tree.words[noun].stands.unwrap_or(noun);
    tree.is_noun(noun).then_some(noun)
}

#[cfg(test)]
mod tests {
    use crate::syntax::sample::said;

    #[test]
    fn a_clause_with_which_says_more_of_what_stands_before_the_comma() {
        let said = said(
            "*Peru/NNP:8:nsubj ,/,:1:punct to/IN:4:case which/WDT:6:obl *Chile/NNP:6:nsubj sent/VBD:8:advcl \
             ,/,:6:punct voted/VBD:0:root",
        );
        assert!(said.contains("sent: subject chile, to peru"), "{said}");
    }

    #[test]
    fn no_clause_says_more_of_a_noun_behind_it() {
        let said = said(
            "*Acme/NNP:9:nsubj ,/,:1:punct the/DT:4:det firm/NN:5:nmod:desc *Ada/NNP:6:nsubj \
             founded/VBD:9:acl:relcl ,/,:6:punct is/VBZ:9:cop sale/NN:0:root",
        );
        assert!(said.contains("founded: subject ada, object acme"), "{said}");
    }

    #[test]
    fn of_two_subjects_the_first_is_what_the_clause_says_more_of() {
        let said = said(
            "*Oslo/NNP:4:nsubj was/VBD:4:cop the/DT:4:det city/NN:6:nsubj *Ada/NNP:6:nsubj visited/VBD:0:root",
        );
        assert!(said.contains("city: is oslo"), "{said}");
        assert!(said.contains("visited: subject ada, object city, object oslo"), "{said}");
    }

    #[test]
    fn a_name_before_a_verb_in_an_apposition_is_its_subject() {
        let said = said(
            "*Acme/NNP:8:nsubj ,/,:1:punct the/DT:4:det company/NN:1:appos *Ada/NNP:4:appos runs/VBZ:1:parataxis \
             ,/,:6:punct closed/VBD:0:root",
        );
        assert!(said.contains("runs: subject ada, object company, object acme"), "{said}");
    }

    #[test]
    fn who_is_the_person_and_not_the_party_before_her_name() {
        let said = said(
            "*Lotus/NNP:7:nsubj **Ada/NNP:1:appos ,/,:5:punct who/WP:5:nsubj joined/VBD:1:acl:relcl *Acme/NNP:5:obj \
             left/VBD:0:root",
        );
        assert!(said.contains("joined: subject ada, object acme"), "{said}");
    }

    #[test]
    fn a_cleft_says_it_of_the_name() {
        let said = said(
            "It/PRP:3:expl was/VBD:3:cop *Ada/NNP:0:root who/WP:5:nsubj met/VBD:3:acl:cleft *Bob/NNP:5:obj",
        );
        assert!(said.contains("met: subject ada, object bob"), "{said}");
    }
}
