//! How many records stand behind a ratio: those of either operand, each counted once.

use crate::definition::Measure;

/// The count of records that are in `num` or in `den`, by the cuts of both. `None` where it cannot be a measure of
/// its own: over different registers no record is in both, and where the operands count at different times no
/// interval tells which of two days a record has.
#[must_use]
pub fn union_of(num: &Measure, den: &Measure) -> Option<Measure> {
    if num.register != den.register || num.time != den.time {
        return None;
    }
    let filter = num.filter.as_ref().zip(den.filter.as_ref()).map(|(num, den)| format!("({num}) OR ({den})"));
    Some(Measure {
        id: format!("{}.or.{}", num.id, den.id),
        register: num.register.clone(),
        filter,
        value: "count".to_owned(),
        bound: 1,
        time: num.time.clone(),
        cuts: num.cuts.iter().filter(|cut| den.cuts.contains(cut)).cloned().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::TimeRule;

    fn measure(id: &str, filter: Option<&str>, cuts: &[&str]) -> Measure {
        Measure {
            id: id.to_owned(),
            register: "parcel".to_owned(),
            filter: filter.map(str::to_owned),
            value: "sum(area)".to_owned(),
            bound: 10,
            time: TimeRule::Flow { on: "day".to_owned() },
            cuts: cuts.iter().map(|cut| vec![(*cut).to_owned()]).collect(),
        }
    }

    #[test]
    fn a_record_of_either_filter_counts_by_the_cuts_of_both() {
        let num = measure("good", Some("a OR b"), &["group", "use"]);
        let den = measure("checked", Some("c"), &["use", "ward"]);
        let union = union_of(&num, &den).expect("one register, one time");
        assert_eq!(union.filter.as_deref(), Some("(a OR b) OR (c)"));
        assert_eq!((union.value.as_str(), union.bound), ("count", 1));
        assert_eq!(union.cuts, [["use"]]);
        assert_eq!(union_of(&num, &measure("all", None, &[])).expect("one time").filter, None);
    }

    #[test]
    fn operands_of_other_registers_or_times_have_none() {
        let num = measure("good", None, &[]);
        let other = Measure { register: "plot".to_owned(), ..num.clone() };
        assert_eq!(union_of(&num, &other), None);
        let later = Measure { time: TimeRule::Flow { on: "day + 1".to_owned() }, ..num.clone() };
        assert_eq!(union_of(&num, &later), None);
    }
}
