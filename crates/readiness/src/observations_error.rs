//! Why the columns of a table do not make observations of a classifier.

/// Why a table cannot be read as observations of a classifier.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ObservationsError {
    /// No column plays a part that anything could be computed from.
    #[error(
        "nothing to judge yet: Greenlight needs a column with the true class and one with the \
         prediction or the score, or at least one with latencies. The columns are {columns}; \
         say which is which. If the rest is in another file, choose both files together"
    )]
    NoRoles {
        /// The names of the columns.
        columns: String,
    },
    /// A column that plays a part and stayed in the file.
    #[error("“{column}” has not been read yet: open the file again")]
    Deferred {
        /// The column.
        column: String,
    },
    /// A single column that nothing could be computed from.
    #[error(
        "there is only one column, “{column}”; put commas, semicolons or tabs between the columns. Greenlight needs one \
         with the true class and one with the prediction or the score"
    )]
    OneColumn {
        /// Its name.
        column: String,
    },
    /// A label with so many different numbers that it measures something.
    #[error(
        "“{column}” has more than {limit} different numbers: this looks like regression; \
         Greenlight judges classification. If another column holds the class, choose it as {role}"
    )]
    LooksLikeRegression {
        /// The column.
        column: String,
        /// The role it was given.
        role: &'static str,
        /// The most distinct numbers accepted.
        limit: usize,
    },
    /// A label with so many different words that it names the rows.
    #[error(
        "“{column}” has more than {limit} different values, too many to be classes. If another \
         column holds the class, choose it as {role}"
    )]
    TooManyClasses {
        /// The column.
        column: String,
        /// The role it was given.
        role: &'static str,
        /// The most distinct values accepted.
        limit: usize,
    },
    /// Label and prediction speak of different things.
    #[error(
        "label “{label}” ({label_values}) and prediction “{prediction}” ({prediction_values}) \
         have no class in common. Write the classes the same way in both columns, or choose \
         other columns"
    )]
    NoCommonClass {
        /// The label column.
        label: String,
        /// Its values.
        label_values: String,
        /// The prediction column.
        prediction: String,
        /// Its values.
        prediction_values: String,
    },
    /// Label and class scores speak of different things.
    #[error(
        "the class scores are of {scored}, and label “{label}” holds {label_values}: no class in \
         common. Name each column of scores after its class, or choose other columns"
    )]
    NoScoredClass {
        /// The classes with scores.
        scored: String,
        /// The label column.
        label: String,
        /// Its values.
        label_values: String,
    },
    /// Two columns hold the scores of one class.
    #[error("“{first}” and “{second}” both hold the scores of class “{class}”: leave one out")]
    TwoScoresOfClass {
        /// The class.
        class: String,
        /// The first such column.
        first: String,
        /// The second one.
        second: String,
    },
    /// A column that has to hold numbers holds words.
    #[error(
        "“{column}” cannot be the {role}: it holds words such as “{example}”. Choose a column of \
         numbers"
    )]
    NotNumeric {
        /// The column.
        column: String,
        /// The role it was given.
        role: &'static str,
        /// One of the words.
        example: String,
    },
}
