//! Who may do what: one decision over actor, role, agency, place and act, with its reason.
//!
//! Absent and forbidden look the same to whoever asks: callers turn a denial of reading into "not found".

use mc_base::{AgencyId, PlaceId};

/// What somebody is to the programme (`domain.md` B2; the codes are those of the accounts).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
    /// Trưởng ban and Phó Trưởng ban.
    Leader,
    /// Thành viên Ban Chỉ đạo: reads all, writes what the member's own agency owns.
    Member,
    /// Cơ quan thường trực: assigns, urges, closes periods, for the whole province.
    StandingAgency,
    /// Đầu mối: enters and signs off the records of one agency.
    FocalOfficer,
    /// Công chức xã: enters the records of one commune.
    CommuneOfficer,
    /// Ủy ban Kiểm tra, Thanh tra, Kiểm toán: reads everything, writes nothing.
    Inspector,
    /// Quản trị: schemas, keys, backups; at the command line also carries out the imports, covers and erasures that
    /// others decided, each with its ground in the ledger.
    Administrator,
    /// Khách minh họa: a visitor of a generated instance, from the same machine.
    IllustrativeVisitor,
    /// Anyone.
    Public,
}

impl Role {
    /// Every role, in the order of the authorisation matrix.
    pub const ALL: [Self; 9] = [
        Self::Leader,
        Self::Member,
        Self::StandingAgency,
        Self::FocalOfficer,
        Self::CommuneOfficer,
        Self::Inspector,
        Self::Administrator,
        Self::IllustrativeVisitor,
        Self::Public,
    ];

    /// The role of an identifier.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.id() == id)
    }

    /// Stable identifier used in declarations, in the register of positions and in the authorisation matrix.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Leader => "leader",
            Self::Member => "member",
            Self::StandingAgency => "standing_agency",
            Self::FocalOfficer => "focal_officer",
            Self::CommuneOfficer => "commune_officer",
            Self::Inspector => "inspector",
            Self::Administrator => "administrator",
            Self::IllustrativeVisitor => "illustrative_visitor",
            Self::Public => "public",
        }
    }
}

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Act {
    /// See records without their personal fields, and figures.
    Read,
    /// See personal fields.
    ReadPersonal,
    /// Enter, correct, change, retire, import.
    Write,
    /// Confirm that lists take the place of a total.
    Cover,
    /// Take personal values away, on a legal ground.
    Erase,
    /// Read who was shown personal data.
    Audit,
    /// Apply a pack, seal, back up.
    Administer,
}

impl Act {
    /// Every act, in the order of the authorisation matrix.
    pub const ALL: [Self; 7] = [
        Self::Read,
        Self::ReadPersonal,
        Self::Write,
        Self::Cover,
        Self::Erase,
        Self::Audit,
        Self::Administer,
    ];

    /// Whether an account does it only after its second factor was confirmed: what shows personal data or takes them away,
    /// what approves, and what decides on others' accounts. Entering and reading are everyday work, and ask for none.
    #[must_use]
    pub const fn wants_factor(self) -> bool {
        match self {
            Self::ReadPersonal | Self::Cover | Self::Erase | Self::Administer => true,
            Self::Read | Self::Write | Self::Audit => false,
        }
    }

    /// Stable identifier.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::ReadPersonal => "read_personal",
            Self::Write => "write",
            Self::Cover => "cover",
            Self::Erase => "erase",
            Self::Audit => "audit",
            Self::Administer => "administer",
        }
    }
}

/// What stands behind the one who asks, beside the password.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Factor {
    /// Nobody signed in with an account (the public, a visitor of a generated instance, the machine itself): there is
    /// nothing to confirm with.
    NotAsked,
    /// The second factor was confirmed not long ago.
    Confirmed,
    /// It was not.
    Awaited,
}

/// Who asks: the name written into the ledger, and in which capacity.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actor {
    /// Identifier written into each entry; never a person's name.
    pub id: String,
    /// Capacity.
    pub role: Role,
    /// The agency acted for.
    pub agency: Option<AgencyId>,
    /// The place acted in; with its descendants it is the actor's own area.
    pub place: Option<PlaceId>,
    /// What stands behind it beside the password.
    pub factor: Factor,
}

impl Actor {
    /// Somebody who is not signed in.
    #[must_use]
    pub fn public() -> Self {
        Self {
            id: "public".to_owned(),
            role: Role::Public,
            agency: None,
            place: None,
            factor: Factor::NotAsked,
        }
    }

    /// A visitor of a generated instance ("khách minh họa").
    #[must_use]
    pub fn illustrative() -> Self {
        Self {
            id: "khach-minh-hoa".to_owned(),
            role: Role::IllustrativeVisitor,
            agency: None,
            place: None,
            factor: Factor::NotAsked,
        }
    }

    /// Whoever runs the command line on the machine itself.
    #[must_use]
    pub fn operator() -> Self {
        Self {
            id: "quan-tri".to_owned(),
            role: Role::Administrator,
            agency: None,
            place: None,
            factor: Factor::NotAsked,
        }
    }
}

/// What is asked about: the owner agency and the place of a record, where it has them, each with those above it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Object {
    /// The record's owner followed by the agencies above it, and those that took it over; empty where the record has
    /// no owner.
    pub agencies: Vec<AgencyId>,
    /// The record's place followed by all its ancestors; empty where the record has no place.
    pub places: Vec<PlaceId>,
}

/// Why something was denied.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Denied {
    /// The role never may.
    #[error("vai trò này không được làm việc đó")]
    Role,
    /// The record belongs to another agency.
    #[error("bản ghi thuộc cơ quan khác")]
    Agency,
    /// The record lies in another place.
    #[error("bản ghi thuộc địa bàn khác")]
    Place,
    /// It may, once the second factor is confirmed.
    #[error("việc này cần xác nhận bằng mã trên thiết bị của bạn")]
    Unconfirmed,
}

/// Decides whether `actor` may do `act` to `object`.
///
/// # Errors
/// The reason for which it may not.
pub fn decide(actor: &Actor, act: Act, object: &Object) -> Result<(), Denied> {
    by_role(actor, act, object)?;
    if act.wants_factor() && actor.factor == Factor::Awaited { Err(Denied::Unconfirmed) } else { Ok(()) }
}

/// Whether the role, agency and place of `actor` allow `act`.
fn by_role(actor: &Actor, act: Act, object: &Object) -> Result<(), Denied> {
    use Role::{
        Administrator, CommuneOfficer, FocalOfficer, IllustrativeVisitor, Inspector, Leader, Member, Public,
        StandingAgency,
    };
    match (act, actor.role) {
        (Act::Read, _)
        | (Act::ReadPersonal | Act::Write | Act::Cover | Act::Erase, IllustrativeVisitor | StandingAgency)
        | (Act::ReadPersonal, Inspector)
        | (Act::Audit, IllustrativeVisitor | StandingAgency | Inspector | Administrator)
        | (Act::Erase, Leader)
        | (Act::Write | Act::Cover | Act::Erase | Act::Administer, Administrator) => Ok(()),
        (Act::ReadPersonal | Act::Write, FocalOfficer | Member) => own_agency(actor, object),
        (Act::ReadPersonal | Act::Write, CommuneOfficer) => own_place(actor, object),
        // Whoever gave the total says what of it is listed by now, wherever the total counts.
        (Act::Cover, FocalOfficer | Member | CommuneOfficer) => own_agency(actor, object),
        (Act::Erase, FocalOfficer | Member | CommuneOfficer | Inspector | Public)
        | (Act::ReadPersonal, Leader | Administrator | Public)
        | (Act::Write | Act::Cover, Leader | Inspector | Public)
        | (Act::Audit, Leader | Member | FocalOfficer | CommuneOfficer | Public)
        | (
            Act::Administer,
            Leader | Member | StandingAgency | FocalOfficer | CommuneOfficer | Inspector
            | IllustrativeVisitor | Public,
        ) => Err(Denied::Role),
    }
}

fn own_agency(actor: &Actor, object: &Object) -> Result<(), Denied> {
    match &actor.agency {
        Some(own) if object.agencies.contains(own) => Ok(()),
        _ => Err(Denied::Agency),
    }
}

fn own_place(actor: &Actor, object: &Object) -> Result<(), Denied> {
    match actor.place {
        Some(own) if object.places.contains(&own) => Ok(()),
        _ => Err(Denied::Place),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commune_officer() -> Actor {
        Actor {
            id: "cb-02647".to_owned(),
            role: Role::CommuneOfficer,
            agency: Some(AgencyId("ubnd-02647".to_owned())),
            place: Some(PlaceId(7)),
            factor: Factor::NotAsked,
        }
    }

    #[test]
    fn a_commune_officer_writes_in_the_own_commune_only() {
        let inside = Object { agencies: Vec::new(), places: vec![PlaceId(7), PlaceId(2), PlaceId(1)] };
        let sibling = Object { agencies: Vec::new(), places: vec![PlaceId(8), PlaceId(2), PlaceId(1)] };
        let parent = Object { agencies: Vec::new(), places: vec![PlaceId(2), PlaceId(1)] };
        assert_eq!(decide(&commune_officer(), Act::Write, &inside), Ok(()));
        assert_eq!(decide(&commune_officer(), Act::Write, &sibling), Err(Denied::Place));
        assert_eq!(decide(&commune_officer(), Act::Write, &parent), Err(Denied::Place));
        assert_eq!(decide(&commune_officer(), Act::Write, &Object::default()), Err(Denied::Place));
    }

    #[test]
    fn an_officer_writes_for_the_own_agency_and_its_units() {
        let agency = |slug: &str| AgencyId(slug.to_owned());
        let officer =
            Actor { role: Role::FocalOfficer, agency: Some(agency("so-noi-vu")), ..commune_officer() };
        let owned = |line: &[&str]| Object {
            agencies: line.iter().map(|slug| agency(slug)).collect(),
            places: Vec::new(),
        };
        let (own, unit) = (owned(&["so-noi-vu", "ubnd-tinh"]), owned(&["luu-tru", "so-noi-vu", "ubnd-tinh"]));
        let (parent, sibling) = (owned(&["ubnd-tinh"]), owned(&["so-y-te", "ubnd-tinh"]));
        for act in [Act::Write, Act::ReadPersonal, Act::Cover] {
            assert_eq!(decide(&officer, act, &own), Ok(()));
            assert_eq!(decide(&officer, act, &unit), Ok(()));
            assert_eq!(decide(&officer, act, &parent), Err(Denied::Agency));
            assert_eq!(decide(&officer, act, &sibling), Err(Denied::Agency));
            assert_eq!(decide(&officer, act, &Object::default()), Err(Denied::Agency));
        }
    }

    #[test]
    fn a_total_is_covered_by_its_agency_or_the_standing_agency() {
        let own = Object { agencies: vec![AgencyId("ubnd-02647".to_owned())], places: Vec::new() };
        let other = Object { agencies: vec![AgencyId("so-khcn".to_owned())], places: Vec::new() };
        let standing = Actor { role: Role::StandingAgency, agency: None, ..commune_officer() };
        assert_eq!(decide(&commune_officer(), Act::Cover, &own), Ok(()));
        assert_eq!(decide(&commune_officer(), Act::Cover, &other), Err(Denied::Agency));
        assert_eq!(decide(&standing, Act::Cover, &other), Ok(()));
        assert_eq!(decide(&Actor { role: Role::Leader, ..standing }, Act::Cover, &own), Err(Denied::Role));
    }

    #[test]
    fn who_answers_for_a_whole_register_erases() {
        let own =
            Object { agencies: commune_officer().agency.into_iter().collect(), places: vec![PlaceId(7)] };
        let may = |role| decide(&Actor { role, ..commune_officer() }, Act::Erase, &own).is_ok();
        let erase: Vec<&str> = Role::ALL.into_iter().filter(|role| may(*role)).map(Role::id).collect();
        assert_eq!(erase, ["leader", "standing_agency", "administrator", "illustrative_visitor"]);
    }

    #[test]
    fn nobody_but_an_administrator_administers() {
        for role in Role::ALL {
            let actor = Actor { role, ..commune_officer() };
            let allowed = decide(&actor, Act::Administer, &Object::default()).is_ok();
            assert_eq!(allowed, role == Role::Administrator, "{}", role.id());
        }
    }

    #[test]
    fn the_public_reads_and_nothing_else() {
        for act in Act::ALL {
            let allowed = decide(&Actor::public(), act, &Object::default()).is_ok();
            assert_eq!(allowed, act == Act::Read, "{}", act.id());
        }
    }

    #[test]
    fn an_account_confirms_before_it_shows_persons_approves_or_administers() {
        let awaited = |role| Actor { role, factor: Factor::Awaited, ..commune_officer() };
        let asked = |role, act| decide(&awaited(role), act, &Object::default());
        for act in [Act::ReadPersonal, Act::Cover, Act::Erase] {
            assert_eq!(asked(Role::StandingAgency, act), Err(Denied::Unconfirmed), "{}", act.id());
            let confirmed = Actor { factor: Factor::Confirmed, ..awaited(Role::StandingAgency) };
            assert_eq!(decide(&confirmed, act, &Object::default()), Ok(()), "{}", act.id());
        }
        assert_eq!(asked(Role::Administrator, Act::Administer), Err(Denied::Unconfirmed));
        assert_eq!(asked(Role::Leader, Act::Administer), Err(Denied::Role), "no code makes an administrator");
        for act in [Act::Read, Act::Write, Act::Audit] {
            assert_eq!(asked(Role::StandingAgency, act), Ok(()), "{}", act.id());
        }
    }
}
