//! Positions: in which capacity an account acts, from when to when.

use mc_access::{Actor, Factor, Role};
use mc_base::{AgencyId, Day, PlaceId};

/// One line of the register of positions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Position {
    /// Its number within the account.
    pub number: u32,
    /// Sign-in name of the account.
    pub account: String,
    /// Capacity.
    pub role: Role,
    /// The agency acted for.
    pub agency: AgencyId,
    /// The place acted in, where the capacity has one.
    pub place: Option<PlaceId>,
    /// Head of the agency: may give its people new first passwords.
    pub head: bool,
    /// First day.
    pub from: Day,
    /// The day after the last; `None` while it lasts.
    pub until: Option<Day>,
}

impl Position {
    /// Whether it is held on `day`.
    #[must_use]
    pub fn is_held_on(&self, day: Day) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Who acts in it, `confirmed` by a second factor or not.
    #[must_use]
    pub fn actor(&self, confirmed: bool) -> Actor {
        Actor {
            id: self.account.clone(),
            role: self.role,
            agency: Some(self.agency.clone()),
            place: self.place,
            factor: if confirmed { Factor::Confirmed } else { Factor::Awaited },
        }
    }
}

/// The positions of `account` that are held on `day`, the newest first: whoever has none may not sign in.
#[must_use]
pub fn held_on<'p>(positions: &'p [Position], account: &str, day: Day) -> Vec<&'p Position> {
    let mut held: Vec<&Position> =
        positions.iter().filter(|position| position.account == account && position.is_held_on(day)).collect();
    held.sort_by_key(|position| (std::cmp::Reverse(position.from), position.number));
    held
}
