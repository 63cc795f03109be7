use super::*;
use crate::reader::read_table;

/// The roles of a CSV as "role=column" in the order of [`Role::ALL`], features left out.
fn roles_of(csv: &str) -> String {
    let table = read_table(csv.replace(' ', "\n").as_bytes()).unwrap();
    let guesses = guess_roles(&table);
    let name = |id: &ColumnId| table.column(*id).unwrap().name.clone();
    let given = guesses.reasons.len() + guesses.roles.features.len();
    let doubly = usize::from(
        guesses
            .roles
            .class_scores
            .iter()
            .any(|(_, id)| Some(*id) == guesses.roles.score),
    );
    assert_eq!(
        given,
        table.columns().len() + doubly,
        "every column has one role"
    );
    let with_features = Role::ALL
        .iter()
        .filter(|role| **role != Role::Feature)
        .map(|&role| (role, guesses.roles.columns(role)));
    with_features
        .filter(|(_, ids)| !ids.is_empty())
        .map(|(role, ids)| {
            format!(
                "{}={}",
                role.name(),
                ids.iter().map(name).collect::<Vec<_>>().join("+")
            )
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn roles_by_name() {
    for (csv, expected) in [
        (
            "y_true,y_pred,y_score 1,1,0.9 0,1,0.6",
            "label=y_true prediction=y_pred score=y_score",
        ),
        (
            "yTrue,yPred,yProb 1,1,0.9 0,1,0.6",
            "label=yTrue prediction=yPred score=yProb",
        ),
        (
            "Ground-Truth,Predicted,Confidence a,a,0.9 b,a,0.6",
            "label=Ground-Truth prediction=Predicted score=Confidence",
        ),
        ("score,label 3.5,spam -1,ham", "label=label score=score"),
        ("target,prob_1 1,0.9 0,0.2", "label=target score=prob_1"),
        (
            "actual,predicted cat,dog dog,dog",
            "label=actual prediction=predicted",
        ),
        (
            "species,predicted_species a,a b,b",
            "label=species prediction=predicted_species",
        ),
        ("kind,kind_pred a,a b,b", "label=kind prediction=kind_pred"),
        (
            "defect_actual,defect_predicted a,a b,b",
            "label=defect_actual prediction=defect_predicted",
        ),
        (
            "is_fraud,amount,fraud_probability 0,12.5,0.1 1,900,0.8",
            "label=is_fraud score=fraud_probability",
        ),
        (
            "label,prediction 1,0.93 0,0.12",
            "label=label score=prediction",
        ),
        ("latency_ms 12 15", "latency=latency_ms"),
        ("y,p 1,0.5 0,0.25", "label=y score=p"),
        (
            "y,y_hat,split 1,1,train 0,0,prod",
            "label=y prediction=y_hat split=split",
        ),
        ("y,bucket 1,train 0,test", "label=y split=bucket"),
        ("label,dataset 1,mnist 0,cifar", "label=label"),
        (
            "id,model,region,y 7,a,north,1 8,b,south,0",
            "label=y segment=region id=id model=model",
        ),
        (",y,x 0,1,5 1,0,6 2,1,7", "label=y id=column 1"),
        (
            "y,time,Time 1,1700000000,5 0,1700000100,6",
            "label=y timestamp=time",
        ),
        (
            "y,date,cost,error,feedback,n 1,2024-01-02,0.5,0,up,3 0,2024-01-03,0.7,1,down,4",
            "label=y timestamp=date cost=cost error=error feedback=feedback count=n",
        ),
        (
            "y_true,y_pred 1,True 0,False",
            "label=y_true prediction=y_pred",
        ),
        (
            "label,prediction 1,no 0,yes",
            "label=label prediction=prediction",
        ),
        (
            "label,prediction,weight 0,0,900 1,1,12",
            "label=label prediction=prediction count=weight",
        ),
        ("label,weight,x 0,70,0.5 1,82,0.6", "label=label"),
        (
            "y,when,t 1,2024-05-01,5ms 0,2024-05-02,7ms",
            "label=y latency=t timestamp=when",
        ),
        // What names promise and values do not keep.
        ("target,x 1.5,1 2.5,2", ""),
        ("label,prediction 1,left 0,right", "label=label"),
        ("label,credit_score 1,650 0,701", "label=label"),
        ("label,split 1,left 0,right", "label=label"),
        ("label,prob_0 1,0.1 0,0.8", "label=label"),
        (
            "label,pred,confidence a,a,0.5 b,b,0.6 c,c,0.7",
            "label=label prediction=pred",
        ),
    ] {
        assert_eq!(roles_of(csv), expected, "{csv}");
    }
}

#[test]
fn roles_by_values() {
    for (csv, expected) in [
        (
            "first,second,x a,a,1 b,b,2 b,a,3",
            "label=first prediction=second",
        ),
        ("first,second 1,1 0,0 1,0", "label=first prediction=second"),
        (
            "label,model_a,x cat,cat,1 dog,dog,2",
            "label=label prediction=model_a",
        ),
        (
            "guess,pred,x cat,cat,1 dog,dog,2",
            "label=guess prediction=pred",
        ),
        ("label,m,c 1,0.53,a 0,0.25,b", "label=label score=m"),
        // Flags that happen to look alike.
        ("smoker,diabetic,age yes,no,50 no,yes,60", ""),
        ("label,smoker,age 1,0,50 0,1,60", "label=label"),
        ("a,b,c x,x,x y,y,y", ""),
        ("a,b 0.1,0.2 0.3,0.4", ""),
        ("label,m,k 1,0.53,0.1 0,0.25,0.2", "label=label"),
    ] {
        assert_eq!(roles_of(csv), expected, "{csv}");
    }
}

#[test]
fn class_scores() {
    for (csv, expected) in [
        (
            "label,proba_cat,proba_dog,proba_owl cat,0.5,0.3,0.2 dog,0.1,0.8,0.1 owl,0.1,0.1,0.8",
            "label=label class_scores=proba_cat+proba_dog+proba_owl",
        ),
        (
            "proba_cat,proba_dog 0.5,0.5 0.9,0.1",
            "class_scores=proba_cat+proba_dog",
        ),
        (
            "y,prob_0,prob_1 1,0.4,0.6 0,0.9,0.1",
            "label=y score=prob_1 class_scores=prob_0+prob_1",
        ),
        (
            "y,cat_score,dog_score cat,7,3 dog,2,9",
            "label=y class_scores=cat_score+dog_score",
        ),
        ("y,p_width,p_height 1,0.5,0.5 0,0.9,0.1", "label=y"),
    ] {
        assert_eq!(roles_of(csv), expected, "{csv}");
    }
}

#[test]
fn latencies_and_their_units() {
    for (name, unit) in [
        ("latency", Some("ms")),
        ("latency_ms", Some("ms")),
        ("latencyUs", Some("us")),
        ("model latency (s)", Some("s")),
        ("latency_ns", Some("ns")),
        ("elapsed_seconds", Some("s")),
        ("inference_time_sec", Some("s")),
        ("response-time", Some("ms")),
        ("duration_ms", Some("ms")),
        ("call_duration", None),
        ("relatency", None),
    ] {
        let guesses =
            guess_roles(&read_table(format!("label,{name}\n1,0.5\n0,7\n").as_bytes()).unwrap());
        assert_eq!(
            guesses
                .roles
                .latency
                .map(|_| guesses.latency_unit.short_name()),
            unit,
            "{name}"
        );
    }
}

#[test]
fn reasons_are_sentences_for_people() {
    let table =
        read_table(b"y,y_hat,score,ms_latency,split\n1,1,0.5,3,train\n0,1,0.6,4,test\n").unwrap();
    let reasons: Vec<String> = guess_roles(&table)
        .reasons
        .into_iter()
        .map(|reason| reason.reason)
        .collect();
    assert_eq!(
        reasons,
        [
            "named like a latency; no unit in the name, so milliseconds",
            "named like a label; 2 distinct values",
            "named like a prediction; shares values with \"y\"",
            "its values are parts of a data set: test, train",
            "named like a score; numbers between 0 and 1",
        ]
    );
}

#[test]
fn a_prediction_in_other_words_is_told_of() {
    let csv =
        b"is_fraud,decision,score\nyes,block,0.9\nno,allow,0.1\nno,allow,0.2\nyes,allow,0.4\n";
    let guesses = guess_roles(&read_table(csv).unwrap());
    assert_eq!(guesses.roles.prediction, None);
    let [note] = &guesses.notes[..] else {
        panic!("{:?}", guesses.notes);
    };
    assert!(
        note.starts_with("“decision” is named like a prediction"),
        "{note}"
    );
}

#[test]
fn grades_of_a_person_and_of_a_judge() {
    for (header, rows, label, prediction) in [
        (
            "id,human,judge",
            "a,pass,fail\nb,fail,fail",
            Some("human"),
            Some("judge"),
        ),
        (
            "id,human_grade,judge_grade",
            "a,5,4\nb,1,2",
            Some("human_grade"),
            Some("judge_grade"),
        ),
        (
            "id,annotator,llm_judge",
            "a,good,bad\nb,bad,bad",
            Some("annotator"),
            Some("llm_judge"),
        ),
        // Halves are grades as well, and need not have a value in common.
        (
            "human,judge_score",
            "4.5,3\n2,3.5",
            Some("human"),
            Some("judge_score"),
        ),
        ("label,judge", "yes,no\nno,no", Some("label"), Some("judge")),
        ("human,verdict", "1,0\n0,0", Some("human"), Some("verdict")),
        // A judge alone, beside texts that are called as labels are.
        (
            "id,response,judge_verdict",
            "a,Paris,accept\nb,Rome,reject",
            None,
            Some("judge_verdict"),
        ),
        (
            "id,human_label,cost",
            "a,1,0.2\nb,0,0.1",
            Some("human_label"),
            None,
        ),
        // Courts have judges, too, and some labels are human.
        (
            "label,prediction,judge",
            "1,0,3\n0,1,4",
            Some("label"),
            Some("prediction"),
        ),
        (
            "label,prediction,judge",
            "1,0,Ann\n0,1,Bob",
            Some("label"),
            Some("prediction"),
        ),
        (
            "human,prediction",
            "1,0\n0,1",
            Some("human"),
            Some("prediction"),
        ),
        ("label,judge", "1,Ann\n0,Bob", Some("label"), None),
    ] {
        let table = read_table(format!("{header}\n{rows}\n").as_bytes()).unwrap();
        let roles = guess_roles(&table).roles;
        let id = |name: Option<&str>| name.and_then(|name| table.column_named(name));
        assert_eq!(roles.label, id(label), "{header} {rows}");
        assert_eq!(roles.prediction, id(prediction), "{header} {rows}");
    }
}

#[test]
fn a_judge_that_says_how_likely_is_a_score() {
    let table = read_table(b"human,judge\n1,0.93\n0,0.21\n1,0.4\n").unwrap();
    let roles = guess_roles(&table).roles;
    assert_eq!(roles.label, table.column_named("human"));
    assert_eq!(roles.score, table.column_named("judge"));
}
