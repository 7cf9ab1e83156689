//! In what order bytes go to be next to each other once some are left out. What is left out follows as anything.

use super::Order;

/// For eight lanes of 16 bits, of which these bits say which are kept: their bytes.
pub static LANES: [Order; 256] = lanes();
/// For eight bytes.
pub static BYTES: [u64; 256] = bytes();
/// For eight lanes: their low bytes, and the high bytes of those whose bits are set.
pub static ONE_OR_TWO: [Order; 256] = one_or_two();
/// For four groups of four bytes: the first byte, the second if the group's bit of the low four is set, the third if
/// its bit of the high four is.
pub static ONE_TO_THREE: [Order; 256] = one_to_three();

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
