//! Whether a type in one artefact is the same as one in another.

use super::border::Border;
use rust_alloc::collections::BTreeMap;
use weldc_abi::linkage::{NO_TYPE, Part, kind};

/// Compares types of `own` with types of `their`. Types are trees of at most the depth that the validator allows,
/// but share what is inside: each pair is looked at once.
pub struct Types {
    own: Border,
    their: Border,
    /// What came out for pairs of numbers.
    known: BTreeMap<(u32, u32), bool>,
}

impl Types {
    pub fn new(own: Border, their: Border) -> Types {
        Types { own, their, known: BTreeMap::new() }
    }

    /// Whether the types of these numbers have the same structure, given which resources are the same: always
    /// the same ones.
    pub fn are_same(&mut self, own: u32, their: u32, resources: &dyn Fn(u32, u32) -> bool) -> bool {
        if let Some(&known) = self.known.get(&(own, their)) {
            return known;
        }
        let same = self.compare(own, their, resources);
        self.known.insert((own, their), same);
        same
    }

    fn compare(&mut self, own: u32, their: u32, resources: &dyn Fn(u32, u32) -> bool) -> bool {
        let (own_border, their_border) = (self.own, self.their);
        let pair = (own_border.types().get(own as usize), their_border.types().get(their as usize));
        let (Some(one), Some(other)) = pair else { return false };
        let values = match one.kind {
            kind::OWN | kind::BORROW => resources(one.value, other.value),
            _ => one.value == other.value,
        };
        if one.kind != other.kind || one.count != other.count || !values {
            return false;
        }
        let mut parts = own_border.parts(one).iter().zip(their_border.parts(other));
        parts.all(|(one, other)| self.are_same_parts(one, other, resources))
    }

    fn are_same_parts(
        &mut self,
        own: &Part,
        their: &Part,
        resources: &dyn Fn(u32, u32) -> bool,
    ) -> bool {
        let same_name = self.own.part_name(own) == self.their.part_name(their);
        same_name
            && match (own.ty, their.ty) {
                (NO_TYPE, NO_TYPE) => true,
                (NO_TYPE, _) | (_, NO_TYPE) => false,
                (own, their) => self.are_same(own, their, resources),
            }
    }
}
