//! Files of every kind that leads to a report.

/// Every kind by name.
pub fn all() -> Vec<(&'static str, String)> {
    vec![
        ("score, prediction, latency and split", with_everything(400)),
        ("few rows", with_everything(8)),
        (
            "prediction only",
            "label,prediction\n1,1\n0,0\n1,0\n0,1\n0,0\n".to_owned(),
        ),
        (
            "two models over time, whose labels come late",
            lines("id,timestamp,model,split,label,score", 300, |row| {
                let (id, day) = (row / 2 % 60, 1 + row / 20);
                let (split, model) = (if row < 90 { "train" } else { "production" }, row % 2);
                let is_positive = unit(id) < 0.5;
                let label = match row % 9 {
                    0 if row > 90 => "",
                    _ if is_positive => "1",
                    _ => "0",
                };
                let score = 0.3 * f64::from(u8::from(is_positive)) + 0.7 * unit(row);
                format!("q{id},2025-03-{day:02}T0{}:00:00Z,v{model},{split},{label},{score}", row % 10)
            }),
        ),
        (
            "graded answers, some by people",
            lines("id,human,judge,cost,latency_ms", 60, |row| {
                let human = ["pass", "", "fail"][row as usize % 3];
                let judge = if row % 7 == 0 { "fail" } else { "pass" };
                format!("{},{human},{judge},0.{row},{row}", row / 2)
            }),
        ),
        (
            "grades on a scale",
            lines("id,human_grade,judge_grade", 40, |row| {
                format!("{row},{},{}", 1 + row % 5, 1 + row % 3)
            }),
        ),
        ("a judge alone", "id,judge\n1,pass\n1,fail\n2,pass\n".to_owned()),
        ("people alone", "human_grade\n4\n5\n2\n".to_owned()),
        (
            "grades that say nothing",
            "id,human,judge\n1,A,B\n2,B,B\n1,C,\n".to_owned(),
        ),
        (
            "grades of which none is given twice",
            "human,judge\npass,\n,fail\n".to_owned(),
        ),
        (
            "score only",
            lines("label,score", 40, |row| {
                format!("{},{}", row % 2, unit(row))
            }),
        ),
        (
            "score outside 0 to 1",
            lines("label,score", 40, |row| {
                format!("{},{}", row % 3 / 2, 7.0 * unit(row) - 3.0)
            }),
        ),
        (
            "scores that separate the classes",
            "label,score\n0,0.1\n0,0.2\n1,0.8\n1,0.9\n".to_owned(),
        ),
        (
            "scores that rank the classes backwards",
            "label,score\n1,0.1\n0,0.8\n0,0.9\n".to_owned(),
        ),
        (
            "a score that is always the same",
            "label,score\n0,0.5\n1,0.5\n0,0.5\n".to_owned(),
        ),
        (
            "three classes",
            lines("label,prediction", 60, |row| {
                let class = |row: u64| ["ant", "bee", "cat"][row as usize % 3];
                format!("{},{}", class(row), class(row + u64::from(row % 7 == 0)))
            }),
        ),
        (
            "a class that is never predicted",
            "label,prediction\nant,ant\nbee,ant\ncat,cat\n".to_owned(),
        ),
        (
            "latency only",
            lines("latency_ms", 30, |row| (5 + row * row % 17).to_string()),
        ),
        ("one class", "label,prediction\n1,1\n1,1\n1,1\n".to_owned()),
        (
            "one class with scores",
            "label,score\n1,0.3\n1,0.8\n".to_owned(),
        ),
        (
            "positive unknown",
            "label,prediction\ncat,cat\ndog,cat\ndog,dog\n".to_owned(),
        ),
        (
            "positive unknown with scores",
            "label,score\ncat,0.2\ndog,0.9\ndog,0.4\n".to_owned(),
        ),
        (
            "nothing predicted positive",
            "label,prediction\n0,0\n1,0\n0,0\n".to_owned(),
        ),
        (
            "rejected rows",
            "label,prediction,score\n1,1,0.9\n,0,0.2\n0,0,oops\n1\n0,0,0.1\n1,0,\n1,1,0.7\n"
                .to_owned(),
        ),
        (
            "class scores",
            lines("label,proba_ant,proba_bee,proba_cat", 60, |row| {
                let label = ["ant", "bee", "cat"][row as usize % 3];
                format!("{label},{},{},0.1", unit(row), 0.9 - unit(row))
            }),
        ),
        (
            "class scores without one of the classes",
            "label,proba_ant,proba_bee\nant,0.9,0.1\nbee,0.3,0.7\ncat,0.5,0.5\n".to_owned(),
        ),
        (
            "class scores of a class without rows",
            "label,prediction,proba_ant,proba_bee,proba_cat\nant,bee,0.9,0.1,0\nbee,ant,0.3,0.7,0\n"
                .to_owned(),
        ),
        (
            "two class scores",
            "label,proba_0,proba_1\n0,0.9,0.1\n1,0.3,0.7\n1,0.5,0.5\n".to_owned(),
        ),
        (
            "two class scores, positive unknown",
            "label,proba_cat,proba_dog\ncat,0.9,0.1\ndog,0.3,0.7\n".to_owned(),
        ),
        (
            "counts, errors and costs",
            "label,prediction,count,error,cost\n1,1,3,ok,0.5\n0,0,2,ok,\n,,1,timeout,1\n0,1,0,ok,\n1,0,,ok,1\n"
                .to_owned(),
        ),
        (
            "costs without a right answer",
            "label,prediction,cost\n1,0,0.5\n0,1,0.25\n".to_owned(),
        ),
        (
            "costs and latencies without labels",
            "latency_ms,cost,error\n5,1,200\n7,2,500\n".to_owned(),
        ),
        (
            "no cost where there should be one",
            "label,prediction,error,cost,split\n1,1,0,,test\n0,0,0,,test\n1,1,0,2,train\n0,0,0,3,train\n"
                .to_owned(),
        ),
        (
            "segments, some of them without a value",
            lines("label,prediction,region,age,seen_at", 400, |row| {
                let region = ["north", "", "a/b", "south"][(unit(row) * 4.0) as usize];
                let age = 20 + row * 7 % 50;
                let label = u64::from(unit(row + 9_000) < 0.4);
                let weak = region == "south" && age > 45;
                let is_wrong = unit(row + 5_000) < if weak { 0.9 } else { 0.1 };
                let day = 1 + row % 28;
                format!("{label},{},{region},{age},2024-02-{day:02}", label ^ u64::from(is_wrong))
            }),
        ),
        (
            "segments of too many values",
            lines("label,score,city", 300, |row| {
                format!("{},{},city {}", row % 2, unit(row), row * row % 120)
            }),
        ),
        (
            "segments of three classes",
            lines("label,proba_ant,proba_bee,proba_cat,country", 60, |row| {
                let label = ["ant", "bee", "cat"][row as usize % 3];
                let country = ["de", "fr"][row as usize % 2];
                format!("{label},{},{},0.1,{country}", unit(row), 0.9 - unit(row))
            }),
        ),
        (
            "perturbed copies",
            lines("id,split,label,score,variant", 600, |row| {
                let (id, copy) = (row / 4, row % 4);
                let variant = ["clean", "a/b", "blur", ""][copy as usize];
                let noise = (unit(row) - 0.5) * [0.0, 0.1, 0.8, 0.0][copy as usize];
                let label = u8::from(unit(id + 7_000) < 0.4);
                let split = if id % 3 == 0 { "train" } else { "test" };
                let score = (f64::from(label) * 0.4 + unit(id + 9_000) * 0.6 + noise).clamp(0.0, 1.0);
                format!("{id},{split},{label},{score},{variant}")
            }),
        ),
        (
            "perturbed rows of nothing in particular",
            lines("label,prediction,perturbation", 90, |row| {
                let perturbation = ["blur", "noise", ""][row as usize % 3];
                format!("{},{},{perturbation}", row % 2, row / 3 % 2)
            }),
        ),
        (
            "perturbed copies without labels, and the clean ones of others",
            lines("id,prediction,latency_ms,variant", 60, |row| {
                let variant = ["x", "y", "z"][row as usize % 3];
                format!("{row},{},{},{variant}", row % 2, row)
            }),
        ),
        (
            "a column of variants with one variant",
            "label,prediction,variant\n1,1,clean\n0,0,clean\n1,0,clean\n".to_owned(),
        ),
        (
            "names that JSON and JSON Pointer escape",
            "label,prediction,split\na/b~c,\"d\"\"e\",te/st\n\"d\"\"e\",\"d\"\"e\",te/st\n"
                .to_owned(),
        ),
    ]
}

/// A header and so many rows.
pub fn lines(header: &str, rows: u64, line: impl Fn(u64) -> String) -> String {
    let mut csv = format!("{header}\n");
    for row in 0..rows {
        csv.push_str(&line(row));
        csv.push('\n');
    }
    csv
}

/// A header and each line as often as it says.
pub fn repeated(header: &str, groups: &[(&str, usize)]) -> String {
    let mut csv = format!("{header}\n");
    for (line, times) in groups {
        csv.push_str(&format!("{line}\n").repeat(*times));
    }
    csv
}

/// Numbers from 0 to 1 that look as if drawn, the same every time.
pub fn unit(row: u64) -> f64 {
    let mixed = (row + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (mixed >> 44) as f64 / (1_u64 << 20) as f64
}

fn with_everything(rows: u64) -> String {
    lines("id,split,label,prediction,score,latency_ms", rows, |row| {
        let score = unit(row);
        let positive = unit(row + 1_000_000) < score * score;
        let split = if row % 3 == 0 { "train" } else { "test" };
        let prediction = u8::from(score >= 0.5);
        let latency = 20.0 + 100.0 * unit(row + 2_000_000);
        format!(
            "{row},{split},{},{prediction},{score},{latency}",
            u8::from(positive)
        )
    })
}
