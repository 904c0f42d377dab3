//! How pages are read: never through a partial index, never by a scan of a register's table.

use mc_access::Actor;
use mc_port::{Filter, ListRequest, RecordPage};
use mc_stories::{Stage as _, small};
use mc_testkit::SmallInstance;
use mc_testkit::tamper::unguarded;

fn request(
    place: Option<mc_base::PlaceId>,
    group: Option<&str>,
    sort: Option<&str>,
    down: bool,
) -> ListRequest {
    ListRequest {
        register: "plot".to_owned(),
        place,
        filters: group
            .map(|group| Filter { field: "grade".to_owned(), equals: group.to_owned() })
            .into_iter()
            .collect(),
        sort: sort.map(str::to_owned),
        descending: down,
        after: None,
        limit: 2,
        at: None,
    }
}

fn all() -> Vec<ListRequest> {
    let mut all = Vec::new();
    for place in [None, Some(small::ROOT), Some(small::PROVINCE), Some(small::COMMUNES[0])] {
        for group in [None, Some("1"), Some("2"), Some("")] {
            for sort in [None, Some("grade"), Some("place")] {
                all.extend([false, true].map(|down| request(place, group, sort, down)));
            }
        }
    }
    all
}

fn stocked() -> SmallInstance {
    let mut stage = SmallInstance::new(7);
    let edits = (1..=30).map(|number| {
        let place = small::COMMUNES[usize::try_from(number % 3).expect("small")];
        let grade = if number % 4 == 0 { "2" } else { "1" };
        let plot = small::plot(number, place, "2025-07-01", "Nguyễn Văn A");
        let grade = mc_ledger::Value::Code(grade.to_owned());
        small::inserted("plot", small::with(plot, "plot", "grade", grade))
    });
    stage.must(edits.collect());
    stage
}

/// Steps that read the register's versions or sort them.
fn touching(plan: &[String]) -> impl Iterator<Item = &String> {
    plan.iter().filter(|step| step.contains("r_plot") || step.contains("TEMP B-TREE"))
}

#[test]
fn many_records_are_walked_in_the_order_of_an_index_until_the_page_is_full() {
    let stage = stocked();
    let reader = stage.reader(&Actor::public());
    for request in all() {
        let plan = reader.list_plan(&request, true).expect("a plan");
        assert!(touching(&plan).count() >= 2, "{request:?} counts and reads: {plan:?}");
        for step in touching(&plan) {
            let is_sought = step.starts_with("SEARCH r_plot USING");
            let is_walked = step.starts_with("SCAN r_plot USING INDEX r_plot_key");
            assert!(is_sought || is_walked, "{request:?}: {step} in {plan:?}");
        }
    }
}

#[test]
fn few_records_are_sought_through_an_index_and_then_sorted() {
    let stage = stocked();
    let reader = stage.reader(&Actor::public());
    for request in all().into_iter().filter(|request| request.place.is_some() || !request.filters.is_empty())
    {
        let plan = reader.list_plan(&request, false).expect("a plan");
        for step in touching(&plan).filter(|step| step.contains("r_plot")) {
            assert!(step.starts_with("SEARCH r_plot USING"), "{request:?}: {step} in {plan:?}");
        }
    }
}

#[test]
fn explained_records_are_found_by_their_flags() {
    let stage = stocked();
    let reader = stage.reader(&Actor::public());
    let explained = |place| ListRequest {
        register: "mast".to_owned(),
        filters: vec![Filter::explained()],
        ..request(place, None, None, false)
    };
    for place in [None, Some(small::PROVINCE)] {
        let plan = reader.list_plan(&explained(place), false).expect("a plan");
        let steps: Vec<_> = plan.iter().filter(|step| step.contains("r_mast")).collect();
        assert_eq!(steps.len(), 2, "a count and a page: {plan:?}");
        assert!(
            steps.iter().all(|step| step.starts_with("SEARCH r_mast USING INTEGER PRIMARY KEY")),
            "{plan:?}"
        );
    }
}

#[test]
fn an_earlier_position_adds_only_what_was_closed_since() {
    let mut stage = stocked();
    let before = stage.reader(&Actor::public()).head().seq;
    stage
        .must(vec![small::inserted("plot", small::plot(99, small::COMMUNES[0], "2025-07-01", "Trần Thị B"))]);
    let reader = stage.reader(&Actor::public());
    for mut request in all() {
        request.at = Some(before);
        for step in touching(&reader.list_plan(&request, true).expect("a plan")) {
            let is_bounded = step.starts_with("SEARCH r_plot USING") || step.contains("TEMP B-TREE");
            let is_walked = step.starts_with("SCAN r_plot USING INDEX r_plot_key");
            assert!(is_bounded || is_walked, "{request:?}: {step}");
        }
    }
}

#[test]
fn a_later_page_is_sought_not_walked_to() {
    let stage = stocked();
    let reader = stage.reader(&Actor::public());
    for sort in [None, Some("grade"), Some("place")] {
        let mut request = request(None, None, sort, false);
        request.after = reader.list(&request).expect("a page").next;
        assert!(request.after.is_some(), "there is a second page");
        let plan = reader.list_plan(&request, true).expect("a plan");
        let page = plan.iter().rfind(|step| step.contains("r_plot")).expect("a step");
        let bound = if sort.is_some() { ",key)>(?,?)" } else { "key>?" };
        assert!(page.starts_with("SEARCH r_plot USING") && page.contains(bound), "{sort:?}: {page}");
    }
}

#[test]
fn no_index_is_partial() {
    let stage = stocked();
    let db = unguarded(&stage.path());
    let partial: i64 = db
        .query_row(
            "SELECT COUNT(*) FROM sqlite_schema AS t JOIN pragma_index_list(t.name) AS i
             WHERE t.type = 'table' AND i.partial = 1",
            [],
            |row| row.get(0),
        )
        .expect("the indexes");
    assert_eq!(partial, 0, "a scan through a partial index was 8 times slower than one of the table");
}

#[test]
fn pages_hold_what_was_asked_for_in_its_order_and_go_on_where_they_ended() {
    let stage = stocked();
    let reader = stage.reader(&Actor::public());
    for mut request in all() {
        let whole = reader.list(&ListRequest { limit: 100, ..request.clone() }).expect("one page");
        let expected: Vec<String> = whole.rows.iter().map(|row| row.key.clone()).collect();
        assert_eq!(u64::try_from(expected.len()).expect("small"), whole.count, "{request:?}");
        let keys = |page: &RecordPage| page.rows.iter().map(|row| row.key.clone()).collect::<Vec<_>>();
        let mut forth = Vec::new();
        let last = loop {
            let page = reader.list(&request).expect("a page");
            forth.push(keys(&page));
            match page.next {
                Some(next) => request.after = Some(next),
                None => break page,
            }
        };
        assert_eq!(forth.concat(), expected, "{request:?}");
        let mut back = vec![keys(&last)];
        let mut previous = last.previous;
        while let Some(cursor) = previous {
            request.after = Some(cursor);
            let page = reader.list(&request).expect("the page before");
            assert!(page.next.is_some(), "{request:?}: there is the page it came from");
            back.insert(0, keys(&page));
            previous = page.previous;
        }
        assert_eq!(back, forth, "{request:?}");
    }
}
