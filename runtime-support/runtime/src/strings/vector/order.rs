//! In what order bytes go to be next to each other once some are left out. What is left out follows as anything.

use super::{NONE, Order};

/// For eight lanes of 16 bits, of which these bits say which are kept: their bytes.
pub static LANES: [Order; 256] = lanes();
/// For eight bytes.
pub static BYTES: [u64; 256] = bytes();
/// For eight lanes: their low bytes, and the high bytes of those whose bits are set.
pub static ONE_OR_TWO: [Order; 256] = one_or_two();
/// For four groups of four bytes: the first byte, the second if the group's bit of the low four is set, the third if
/// its bit of the high four is.
pub static ONE_TO_THREE: [Order; 256] = one_to_three();

/// For eight characters of three bytes, of which the first sixteen bytes and the last sixteen are looked at: the first
/// two bytes of each as a lane, the second one in its low half.
pub static FIRST_OF_THREE: [Order; 2] = [of_three(1, 0, 0), of_three(1, 0, 8)];
/// The third byte of each in a lane.
pub static LAST_OF_THREE: [Order; 2] = [of_three(2, NONE, 0), of_three(2, NONE, 8)];

/// Of the sixteen bytes from `start` on, the bytes of whole characters with these numbers as low and high halves of
/// lanes. The first five characters are taken from the first sixteen bytes, the rest from the last.
const fn of_three(low: u8, high: u8, start: u8) -> Order {
    let mut order = [NONE; 16];
    let mut lane = 0;
    while lane < 8 {
        if (lane < 5) == (start == 0) {
            let first = 3 * lane as u8 - start;
            order[2 * lane] = first + low;
            order[2 * lane + 1] = if high == NONE { NONE } else { first + high };
        }
        lane += 1;
    }
    order
}

const fn lanes() -> [Order; 256] {
    let mut orders = [[0; 16]; 256];
    let mut bits = 0;
    while bits < 256 {
        let (mut lane, mut at) = (0, 0);
        while lane < 8 {
            if bits >> lane & 1 == 1 {
                orders[bits][at] = 2 * lane;
                orders[bits][at + 1] = 2 * lane + 1;
                at += 2;
            }
            lane += 1;
        }
        bits += 1;
    }
    orders
}

const fn bytes() -> [u64; 256] {
    let mut orders = [0; 256];
    let mut bits = 0;
    while bits < 256 {
        let (mut byte, mut at) = (0, 0);
        while byte < 8 {
            if bits >> byte & 1 == 1 {
                orders[bits] |= byte << at;
                at += 8;
            }
            byte += 1;
        }
        bits += 1;
    }
    orders
}

const fn one_or_two() -> [Order; 256] {
    let mut orders = [[0; 16]; 256];
    let mut bits = 0;
    while bits < 256 {
        let (mut lane, mut at) = (0, 0);
        while lane < 8 {
            orders[bits][at] = 2 * lane;
            at += 1;
            if bits >> lane & 1 == 1 {
                orders[bits][at] = 2 * lane + 1;
                at += 1;
            }
            lane += 1;
        }
        bits += 1;
    }
    orders
}

const fn one_to_three() -> [Order; 256] {
    let mut orders = [[0; 16]; 256];
    let mut bits = 0;
    while bits < 256 {
        let (mut group, mut at) = (0, 0);
        while group < 4 {
            orders[bits][at] = 4 * group;
            at += 1;
            if bits >> group & 1 == 1 {
                orders[bits][at] = 4 * group + 1;
                at += 1;
            }
            if bits >> (group + 4) & 1 == 1 {
                orders[bits][at] = 4 * group + 2;
                at += 1;
            }
            group += 1;
        }
        bits += 1;
    }
    orders
}
