//! Why a preset asks for what it asks is known to every page, so those words stay at home. Numbers always travel: a later page may say
//! it in other words, but judges the same.

use greenlight_readiness::Policy;
use greenlight_readiness::policy::PRESETS;

/// Stands before the number of the preset that says it; before a text that itself begins so, it stands twice.
const MARK: char = '\u{1}';

/// The policy without what presets say.
pub fn taken_out(mut policy: Policy) -> Policy {
    for (text, of_preset) in places(&mut policy) {
        let says = |preset: &str| {
            let mut preset = Policy::preset(preset);
            let words = preset
                .as_mut()
                .and_then(|preset| of_preset.in_policy(preset));
            words.is_some_and(|words| *words == *text)
        };
        let number = PRESETS.iter().position(|preset| says(preset));
        match number {
            Some(number) => *text = format!("{MARK}{number}"),
            None if text.starts_with(MARK) => text.insert(0, MARK),
            None => {}
        }
    }
    policy
}

/// The policy with what presets say here and now.
pub fn put_back(mut policy: Policy) -> Policy {
    for (text, of_preset) in places(&mut policy) {
        let Some(marked) = text.strip_prefix(MARK) else {
            continue;
        };
        let preset = marked
            .parse()
            .ok()
            .and_then(|number: usize| PRESETS.get(number));
        let mut preset = preset.and_then(|preset| Policy::preset(preset));
        let words = preset
            .as_mut()
            .and_then(|preset| of_preset.in_policy(preset));
        *text = match words {
            Some(words) => words.clone(),
            None if marked.starts_with(MARK) => marked.to_owned(),
            None => String::new(),
        };
    }
    for criterion in &mut policy.criteria {
        criterion.why = criterion.why.take().filter(|why| !why.is_empty());
    }
    for rule in &mut policy.monitoring {
        rule.why = rule.why.take().filter(|why| !why.is_empty());
    }
    policy
}

/// Where a policy says something in words.
enum Said {
    Description,
    Criterion(String),
    Rule(String),
}

impl Said {
    fn in_policy<'p>(&self, policy: &'p mut Policy) -> Option<&'p mut String> {
        match self {
            Self::Description => Some(&mut policy.description),
            Self::Criterion(name) => {
                let mut criteria = policy.criteria.iter_mut();
                criteria.find(|one| one.name == *name)?.why.as_mut()
            }
            Self::Rule(name) => {
                let mut rules = policy.monitoring.iter_mut();
                rules.find(|one| one.name == *name)?.why.as_mut()
            }
        }
    }
}

/// All that a policy says, and where.
fn places(policy: &mut Policy) -> impl Iterator<Item = (&mut String, Said)> {
    let criteria = policy.criteria.iter_mut().filter_map(|criterion| {
        let said = Said::Criterion(criterion.name.clone());
        Some((criterion.why.as_mut()?, said))
    });
    let rules = policy.monitoring.iter_mut().filter_map(|rule| {
        let said = Said::Rule(rule.name.clone());
        Some((rule.why.as_mut()?, said))
    });
    let description = [(&mut policy.description, Said::Description)];
    description.into_iter().chain(criteria).chain(rules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_presets_stay_at_home_and_all_others_travel() {
        for name in PRESETS {
            let preset = Policy::preset(name).unwrap();
            let mut bare = taken_out(preset.clone());
            assert!(places(&mut bare).all(|(text, _)| text.chars().count() == 2));
            assert_eq!(put_back(bare), preset);
        }
        let mut own = Policy::fraud();
        own.name = "our_fraud".to_owned();
        own.description = "\u{1}3".to_owned();
        own.criteria[0].why = Some("We say so.".to_owned());
        own.criteria[1].limit = 0.123;
        let bare = taken_out(own.clone());
        assert_eq!(bare.criteria[0].why.as_deref(), Some("We say so."));
        assert_eq!(put_back(bare), own);
        let mut foreign = Policy::fraud();
        foreign.criteria[0].why = Some("\u{1}99".to_owned());
        assert_eq!(put_back(foreign).criteria[0].why, None);
    }
}
