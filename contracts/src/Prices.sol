// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A price list of one authority, in hundredths of the token (`Prices.UNIT` minor units), basis points,
/// seconds and minutes of the day. Same fields and order as `protocol/tariff.ts`.
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
}

/// @notice What `settle` needs of a tariff, in the low 184 bits of one word; zero is no tariff. From the lowest
/// bit: base, perKm, perMin, minimum, waitPerMin (24 bits each), levyBps, freeWaitS, minBp, maxBp (16 each).
type Price is uint256;

using Prices for Price global;

/// @notice The arithmetic of a fare: integers only, every result floored once. Amounts in minor units.
/// No overflow: the widest product (perMin * secs * 1000 * UNIT * bp) stays below 2^97.
library Prices {
    uint256 internal constant UNIT = 10_000;

    function pack(Tariff memory t) internal pure returns (Price) {
        uint256 word = uint256(t.base) | uint256(t.perKm) << 24 | uint256(t.perMin) << 48 | uint256(t.minimum)
            << 72 | uint256(t.waitPerMin) << 96 | uint256(t.levyBps) << 120 | uint256(t.freeWaitS) << 136
            | uint256(t.minBp) << 152 | uint256(t.maxBp) << 168;
        return Price.wrap(word);
    }

    /// @notice Fare before any factor, never below the minimum.
    function metered(Price price, uint256 metres, uint256 secs) internal pure returns (uint256 amount) {
        uint256 word = Price.unwrap(price);
        unchecked {
            amount = (word & 0xffffff) * 60_000 + (word >> 24 & 0xffffff) * metres * 60
                + (word >> 48 & 0xffffff) * secs * 1000;
            amount = amount * UNIT / 60_000;
            uint256 minimum = (word >> 72 & 0xffffff) * UNIT;
            if (amount < minimum) amount = minimum;
        }
    }

    /// @notice The most a trip may cost at a factor of `bp` basis points.
    function fareOf(Price price, uint256 metres, uint256 secs, uint256 bp) internal pure returns (uint256) {
        unchecked {
            return metered(price, metres, secs) * bp / 10_000;
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

    /// @notice The authority's share of a fare.
    function levyOf(Price price, uint256 fare) internal pure returns (uint256) {
        unchecked {
            return fare * (Price.unwrap(price) >> 120 & 0xffff) / 10_000;
        }
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
