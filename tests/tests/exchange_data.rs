//! Limits and markings of real instruments: all that is on record elsewhere is read here.

use std::{collections::BTreeMap, process::ExitCode};

use serde_json::Value;
use travaux::domain::{
    limit::{Period, Unit},
    marking::{Evaluation, Marking, Schemes, Tlp, rank},
};
use travaux_testkit::{
    needs::{self, Run, corpus},
    tests,
};

fn main() -> ExitCode {
    needs::main(tests![
        every_limit_of_the_real_instruments_is_read,
        the_codes_of_the_real_markings_are_known,
    ])
}

fn json(name: &str) -> Result<Value, needs::LeftOut> {
    let path = corpus(&format!("framework/{name}"))?;
    let text = std::fs::read_to_string(path).expect("it is read");
    Ok(serde_json::from_str(&text).expect("JSON"))
}

/// Nineteen, and two extended ones; one in working days, which ISO 8601 has no letter for.
fn every_limit_of_the_real_instruments_is_read() -> Run {
    let json = json("time-limits.json")?;
    let mut units = BTreeMap::<Unit, u32>::new();
    for limit in json["limits"].as_array().expect("a list") {
        let working = limit["unit"] == "working days";
        for field in ["limit", "extended"] {
            let Some(iso) = limit[field].as_str() else {
                continue;
            };
            let days = iso.trim_start_matches('P').trim_end_matches('D');
            let text = if working {
                format!("{days} working days")
            } else {
                iso.to_owned()
            };
            let period: Period = text.parse().expect("a period");
            assert_eq!(period.to_string().parse(), Ok(period), "{iso}");
            assert_eq!(period.count() < 0, iso.starts_with('-'), "{iso}");
            *units.entry(period.unit()).or_default() += 1;
        }
    }
    let expected = [
        (Unit::Hours, 2),
        (Unit::Days, 15),
        (Unit::WorkingDays, 1),
        (Unit::Months, 3),
    ];
    assert_eq!(Vec::from_iter(units), expected);
    Ok(())
}

/// The values of a taxonomy: those of its predicates, or the predicates themselves.
fn values(taxonomy: &str) -> Result<Vec<(String, String)>, needs::LeftOut> {
    let json = json(&format!("markings/{taxonomy}.machinetag.json"))?;
    let text = |value: &Value| value.as_str().expect("text").to_lowercase();
    let Some(values) = json["values"].as_array() else {
        let all = json["predicates"].as_array().expect("predicates");
        return Ok(all
            .iter()
            .map(|p| (String::new(), text(&p["value"])))
            .collect());
    };
    let each = values.iter().flat_map(|value| {
        let entries = value["entry"].as_array().expect("entries");
        let of = text(&value["predicate"]);
        entries
            .iter()
            .map(move |entry| (of.clone(), text(&entry["value"])))
    });
    Ok(each.collect())
}

fn the_codes_of_the_real_markings_are_known() -> Run {
    let own = Schemes::new();
    // France: SPECIAL FRANCE is a mention beside any level.
    let mut ranks = BTreeMap::new();
    for (of, code) in values("fr-classif")? {
        let code = code.replace('_', "-");
        if of != "special-france" {
            let rank = rank(&own, "fr", &code).unwrap_or_else(|| panic!("{code}"));
            ranks.insert(rank, code);
        }
    }
    let order: Vec<_> = ranks.values().map(String::as_str).collect();
    let all = [
        "non-protege",
        "diffusion-restreinte",
        "secret",
        "tres-secret",
    ];
    assert_eq!(order, all);
    // NATO: what stands behind a hyphen is a category, not a level.
    for (_, code) in values("nato")? {
        let level = code.split('-').next().expect("a level");
        assert!(rank(&own, "nato", level).is_some(), "{code}");
    }
    // The Traffic Light Protocol: `ex:chr` says who may be named, `unclear` that nothing was said.
    let mut colours = Vec::new();
    for (_, colour) in values("tlp")? {
        match Marking::parse(&format!("tlp:{colour}"), &own) {
            Ok(marking) => colours.push(marking.tlp),
            Err(_) => assert!(["ex:chr", "unclear"].contains(&colour.as_str()), "{colour}"),
        }
    }
    colours.sort_unstable();
    colours.dedup();
    let all = [
        Tlp::Clear,
        Tlp::Green,
        Tlp::Amber,
        Tlp::AmberStrict,
        Tlp::Red,
    ];
    assert_eq!(colours, all);
    // Admiralty: each source with each information.
    let codes = values("admiralty-scale")?;
    let of = |predicate: &str| -> Vec<String> {
        let those = codes.iter().filter(|(of, _)| of == predicate);
        those.map(|(_, code)| code.to_uppercase()).collect()
    };
    for source in of("source-reliability") {
        for information in of("information-credibility") {
            let evaluation = Evaluation {
                scheme: "admiralty".into(),
                source: source.as_str().into(),
                information: information.as_str().into(),
                dissemination: None,
            };
            assert_eq!(evaluation.fault(), None, "{evaluation}");
        }
    }
    Ok(())
}
