//! Which column plays which part, as said on the command line.

use clap::Args;
use greenlight_data::Role;
use greenlight_readiness::Choices;

/// A flag for each role. Columns that none names are guessed.
#[derive(Args)]
#[command(next_help_heading = "Columns (guessed where not said)")]
pub struct RoleArguments {
    /// The true class.
    #[arg(long, value_name = "COLUMN")]
    label: Option<String>,
    /// The predicted class.
    #[arg(long, value_name = "COLUMN")]
    prediction: Option<String>,
    /// The score of the positive class.
    #[arg(long, value_name = "COLUMN")]
    score: Option<String>,
    /// The scores of the classes, a column each.
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    class_scores: Vec<String>,
    /// The time that the prediction took.
    #[arg(long, value_name = "COLUMN")]
    latency: Option<String>,
    /// When the prediction was made.
    #[arg(long, value_name = "COLUMN")]
    timestamp: Option<String>,
    /// Train, test, production …
    #[arg(long, value_name = "COLUMN")]
    split: Option<String>,
    /// A category to slice by; can be given again.
    #[arg(long, value_name = "COLUMN")]
    segment: Vec<String>,
    /// An input of the model; can be given again.
    #[arg(long, value_name = "COLUMN")]
    feature: Vec<String>,
    /// The example's identity.
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,
    /// Which model or run made the prediction.
    #[arg(long, value_name = "COLUMN")]
    model: Option<String>,
    /// Clean or perturbed copy of the same example.
    #[arg(long, value_name = "COLUMN")]
    variant: Option<String>,
    /// Money, tokens or energy of one prediction.
    #[arg(long, value_name = "COLUMN")]
    cost: Option<String>,
    /// Whether the call failed or timed out.
    #[arg(long, value_name = "COLUMN")]
    error: Option<String>,
    /// A user's word on the prediction.
    #[arg(long, value_name = "COLUMN")]
    feedback: Option<String>,
    /// How many observations the row stands for.
    #[arg(long, value_name = "COLUMN")]
    count: Option<String>,
    /// A role that no column plays, such as score; can be given again.
    #[arg(long, value_name = "ROLE", value_parser = parse_role)]
    no_role: Vec<Role>,
}

impl RoleArguments {
    /// Settles what was said.
    ///
    /// # Errors
    /// When a role was both given and taken away; a sentence for the person.
    pub fn settle(&self, choices: &mut Choices) -> Result<(), String> {
        let single = |column: &Option<String>| Vec::from_iter(column.clone());
        let columns_of = |role| match role {
            Role::Label => single(&self.label),
            Role::Prediction => single(&self.prediction),
            Role::Score => single(&self.score),
            Role::ClassScores => self.class_scores.clone(),
            Role::Latency => single(&self.latency),
            Role::Timestamp => single(&self.timestamp),
            Role::Split => single(&self.split),
            Role::Segment => self.segment.clone(),
            Role::Feature => self.feature.clone(),
            Role::Id => single(&self.id),
            Role::Model => single(&self.model),
            Role::Variant => single(&self.variant),
            Role::Cost => single(&self.cost),
            Role::Error => single(&self.error),
            Role::Feedback => single(&self.feedback),
            Role::Count => single(&self.count),
        };
        for role in Role::ALL {
            let columns = columns_of(role);
            let is_taken_away = self.no_role.contains(&role);
            match (columns.is_empty(), is_taken_away) {
                (true, false) => {}
                (false, true) => {
                    let name = role.name();
                    return Err(format!(
                        "“--no-role {name}” says that no column is the {name}, and another option names one; leave one out"
                    ));
                }
                _ => choices.set_role(role, columns),
            }
        }
        Ok(())
    }
}

fn parse_role(name: &str) -> Result<Role, String> {
    let role = Role::ALL.into_iter().find(|role| role.name() == name);
    role.ok_or_else(|| format!("the roles are {}", Role::ALL.map(Role::name).join(", ")))
}
