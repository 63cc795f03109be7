//! What was read, column by column.

use std::collections::BTreeMap;
use std::rc::Rc;

use greenlight_data::{ColumnKind, Description, Role, ValueRange};
use greenlight_format as format;
use yew::prelude::*;

use crate::components::table_download;
use crate::engine::protocol::{ColumnSummary, TableSummary};
use crate::words;

/// So many columns are one part of the table.
pub const AT_ONCE: usize = 50;

/// The properties of [`ColumnsTable`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The table.
    pub table: Rc<TableSummary>,
    /// How many parts of [`AT_ONCE`] columns may be shown yet.
    pub ready: usize,
}

/// Each column with what it holds and the part it plays.
#[component]
pub fn ColumnsTable(Props { table, ready }: &Props) -> Html {
    let parts = (0..table.columns.len()).step_by(AT_ONCE).take(*ready);
    html! {
        <>
        // A box that scrolls has to be reached by keyboard.
        <div class={classes!("scroll", "tall", table.has_many_columns().then_some("many"))} tabindex="0" role="region" aria-label="Columns">
            <table class="table columns" data-testid="table-columns">
                <thead>
                    <tr>
                        <th scope="col">{ "Column" }</th>
                        <th scope="col">{ "Plays" }</th>
                        <th scope="col">{ "Holds" }</th>
                        <th scope="col">{ "Values" }</th>
                        <th scope="col" class="number">{ "Missing" }</th>
                        <th scope="col">{ "The first ones" }</th>
                    </tr>
                </thead>
                { for parts.map(|from| html! { <Rows key={from} {table} {from} /> }) }
            </table>
        </div>
        { table_download("columns", "Columns") }
        </>
    }
}

#[derive(Properties)]
struct RowsProps {
    table: Rc<TableSummary>,
    from: usize,
}

impl PartialEq for RowsProps {
    /// Every part has the whole table: to compare them by value would cost more than to render them.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.table, &other.table) && self.from == other.from
    }
}

#[component]
fn Rows(RowsProps { table, from }: &RowsProps) -> Html {
    let parts = table.roles.by_column();
    let columns = table.columns.iter().skip(*from).take(AT_ONCE);
    html! { <tbody>{ for columns.map(|column| row(column, table.rows, &parts)) }</tbody> }
}

fn row(column: &ColumnSummary, rows: u64, parts: &BTreeMap<&str, Role>) -> Html {
    let description = &column.description;
    let part = parts.get(column.name.as_str());
    // Points in time are long, and their range says most.
    let examples = match description.kind {
        ColumnKind::Timestamp => 2,
        _ => description.examples.len(),
    };
    html! {
        <tr key={column.name.clone()}>
            <th scope="row"><code>{ &column.name }</code></th>
            <td>{ part.map_or("–", |&part| words::role_noun(part)) }</td>
            <td>{ words::column_kind(description.kind) }</td>
            <td>{ values(description) }</td>
            <td class="number">{ missing(description, description.told_from.unwrap_or(rows)) }</td>
            <td class="examples">
                { for description.examples.iter().take(examples).map(|example| html! { <code>{ example }</code> }) }
            </td>
        </tr>
    }
}

/// How many different values there are, and between which they lie.
fn values(description: &Description) -> String {
    let distinct = match description.distinct {
        Some(distinct) => format!("{} different", format::count(distinct)),
        None => format!(
            "more than {} different",
            format::count(greenlight_data::MOST_DISTINCT as u64)
        ),
    };
    let values = match &description.range {
        Some(ValueRange::Numbers(least, most)) => {
            format!("{} to {}, {distinct}", number(*least), number(*most))
        }
        Some(ValueRange::Times(first, last)) => format!("{first} to {last}, {distinct}"),
        None if description.kind == ColumnKind::Number => "none".to_owned(),
        None => distinct,
    };
    match description.told_from {
        None => values,
        Some(rows) => format!(
            "{values} in the first {} rows; the others are read when needed",
            format::count(rows)
        ),
    }
}

/// Whole numbers in full, others to three figures.
fn number(value: f64) -> String {
    format::significant(value, if value.fract() == 0.0 { 1 } else { 3 })
}

fn missing(description: &Description, rows: u64) -> String {
    let share = match (description.missing, rows) {
        (0, _) | (_, 0) => "none".to_owned(),
        (missing, rows) => format::percent(missing as f64 / rows as f64),
    };
    match description.strays {
        0 => share,
        strays => format!("{share}, {} unreadable", format::count(strays)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use greenlight_data::Column;

    fn plain(text: String) -> String {
        text.replace(format::SPACE, " ")
    }

    #[test]
    fn a_column_is_told_in_a_few_words() {
        let flags = Column::numbers("flag", vec![0.0, 1.0, f64::NAN, 1.0]).describe();
        assert_eq!(plain(values(&flags)), "0 to 1, 2 different");
        assert_eq!(plain(missing(&flags, 4)), "25.0 %");
        let many = Column::numbers("id", (0..2_000).map(f64::from).collect()).describe();
        assert_eq!(plain(values(&many)), "0 to 1 999, more than 50 different");
        assert_eq!(missing(&many, 2_000), "none");
        let words = Column::categories("region", [Some("north"), Some("south")]).describe();
        assert_eq!(values(&words), "2 different");
        let empty = Column::numbers("empty", vec![f64::NAN]).describe();
        assert_eq!(
            (values(&empty), plain(missing(&empty, 1))),
            ("none".into(), "100 %".into())
        );
    }
}
