// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A price list of one authority, in hundredths of the token (`Prices.UNIT` minor units), basis points,
/// seconds and minutes of the day. Same fields and order as `protocol/tariff.ts`. Beyond `sectionM` metres (0: never) a
/// kilometre costs `perKmBeyond`; `levyFlat` a trip comes on top of `levyBps`; tolls and charges of zones add up to
/// `tollMax` (0: what the hold allows); fares are rounded to whole `roundTo` (0: not). `document` is the sha256 of what
/// the authority has published besides: zones, tolls, concessions (zero: nothing). With `needsPermit` the vault
/// holds only for drivers who have a permit of the authority.
struct Tariff {
    address authority;
    uint24 base;
    uint24 perKm;
    uint24 perMin;
    uint24 minimum;
    uint16 levyBps;
    uint24 waitPerMin;
    uint16 freeWaitS;
    uint16 minBp;
    uint16 maxBp;
    uint16 nightFromMin;
    uint16 nightToMin;
    uint16 nightBp;
    int16 utcOffsetMin;
    uint16 cancelGraceS;
    uint24 cancelMin;
    uint24 cancelMax;
    uint24 cancelPerKm;
    uint24 cancelPerMin;
    uint16 cancelBp;
    uint16 noShowWaitS;
    uint24 noShowFee;
    uint16 lateS;
    uint32 sectionM;
    uint24 perKmBeyond;
    uint24 levyFlat;
    uint24 tollMax;
    uint16 roundTo;
    bytes32 document;
    bool needsPermit;
}

/// @notice What `settle` needs of a tariff, in the low 184 bits of one word; zero is no tariff. From the lowest
/// bit: base, perKm, perMin, minimum, waitPerMin (24 bits each), levyBps (15), whether there are extras (1),
/// freeWaitS, minBp, maxBp (16 each).
type Price is uint256;

using Prices for Price global;

/// @notice The rest that `settle` needs of a tariff that has it; zero where it has not. From the lowest bit:
/// sectionM (32), perKmBeyond, levyFlat, tollMax (24 each), roundTo (16).
type Extras is uint256;

using Prices for Extras global;

/// @notice The arithmetic of a fare: integers only, every result floored once. Amounts in minor units.
/// No overflow: the widest product (perMin * secs * 1000 * UNIT * bp) stays below 2^97.
library Prices {
    uint256 internal constant UNIT = 10_000;
    uint256 private constant HAS_EXTRAS = 1 << 135;

    function pack(Tariff memory t) internal pure returns (Price) {
        uint256 word = uint256(t.base) | uint256(t.perKm) << 24 | uint256(t.perMin) << 48 | uint256(t.minimum)
            << 72 | uint256(t.waitPerMin) << 96 | uint256(t.levyBps) << 120 | uint256(t.freeWaitS) << 136
            | uint256(t.minBp) << 152 | uint256(t.maxBp) << 168;
        if (Extras.unwrap(packExtras(t)) != 0) word |= HAS_EXTRAS;
        return Price.wrap(word);
    }

    function packExtras(Tariff memory t) internal pure returns (Extras) {
        return Extras.wrap(
            uint256(t.sectionM) | uint256(t.perKmBeyond) << 32 | uint256(t.levyFlat) << 56
                | uint256(t.tollMax) << 80 | uint256(t.roundTo) << 104
        );
    }

    function hasExtras(Price price) internal pure returns (bool) {
        return Price.unwrap(price) & HAS_EXTRAS != 0;
    }

    /// @notice Fare before any factor, never below the minimum. Metres beyond `sectionM`, where it is not 0, cost
    /// `perKmBeyond`.
    function metered(Price price, Extras extras, uint256 metres, uint256 secs)
        internal
        pure
        returns (uint256 amount)
    {
        uint256 word = Price.unwrap(price);
        uint256 section = Extras.unwrap(extras) & 0xffffffff;
        unchecked {
            if (section != 0 && metres > section) {
                amount = (metres - section) * (Extras.unwrap(extras) >> 32 & 0xffffff) * 60;
                metres = section;
            }
            amount += (word & 0xffffff) * 60_000 + (word >> 24 & 0xffffff) * metres * 60
                + (word >> 48 & 0xffffff) * secs * 1000;
            amount = amount * UNIT / 60_000;
            uint256 minimum = (word >> 72 & 0xffffff) * UNIT;
            if (amount < minimum) amount = minimum;
        }
    }

    /// @notice The most a trip may cost at a factor of `bp` basis points, rounded half up to whole `roundTo`.
    function fareOf(Price price, Extras extras, uint256 metres, uint256 secs, uint256 bp)
        internal
        pure
        returns (uint256 amount)
    {
        unchecked {
            amount = metered(price, extras, metres, secs) * bp / 10_000;
            uint256 step = (Extras.unwrap(extras) >> 104) * UNIT;
            if (step != 0) amount = (amount + step / 2) / step * step;
        }
    }

    /// @notice Pay for waiting at the door: nothing for the free seconds.
    function waitOf(Price price, uint256 waitSecs) internal pure returns (uint256) {
        uint256 word = Price.unwrap(price);
        uint256 free = word >> 136 & 0xffff;
        unchecked {
            return waitSecs <= free ? 0 : (waitSecs - free) * (word >> 96 & 0xffffff) * UNIT / 60;
        }
    }

    /// @notice The authority's share of a fare: so much of it and so much a trip, never more than the fare.
    function levyOf(Price price, Extras extras, uint256 fare) internal pure returns (uint256 levy) {
        unchecked {
            levy = fare * (Price.unwrap(price) >> 120 & 0x7fff) / 10_000
                + (Extras.unwrap(extras) >> 56 & 0xffffff) * UNIT;
            if (levy > fare) levy = fare;
        }
    }

    /// @notice The most that tolls and charges of zones may add up to; no bound but the hold where it is 0.
    function tollMax(Extras extras) internal pure returns (uint256) {
        return (Extras.unwrap(extras) >> 80 & 0xffffff) * UNIT;
    }

    function minBp(Price price) internal pure returns (uint256) {
        return Price.unwrap(price) >> 152 & 0xffff;
    }

    function maxBp(Price price) internal pure returns (uint256) {
        return Price.unwrap(price) >> 168;
    }

    /// @notice Whether a factor is within the tariff's bounds; never, where there is no tariff.
    function allows(Price price, uint256 bp) internal pure returns (bool) {
        uint256 word = Price.unwrap(price);
        return word != 0 && bp >= (word >> 152 & 0xffff) && bp <= word >> 168;
    }

    function max(uint256 a, uint256 b) internal pure returns (uint256) {
        return a > b ? a : b;
    }
}
