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

#[test]
fn every_offered_filter_and_sort_is_read_through_an_index() {
    let stage = stocked();
    let reader = stage.reader(&Actor::public());
    for request in all() {
        let plan = reader.list_plan(&request).expect("a plan");
        assert!(!plan.is_empty(), "{request:?} has no plan");
        let scans: Vec<_> =
            plan.iter().filter(|step| step.starts_with("SCAN r_plot") && !step.contains("INDEX")).collect();
        let unfiltered = request.place.is_none() && request.filters.is_empty();
        // Counting everything stops at 10,001 rows, whatever the table holds.
        let allowed = usize::from(unfiltered);
        assert!(scans.len() <= allowed, "{request:?}: {plan:?}");
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
