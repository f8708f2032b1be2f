// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Extras, Price, Prices, Tariff} from "./Prices.sol";

/// @title Tariffs: the price lists of all authorities, append-only
/// @notice Anyone may publish, in the own name only; a published tariff never changes, so that signed terms keep
/// their prices. A new price is a new id.
contract Tariffs {
    /// @notice The highest levy that a tariff may name, basis points of the fare.
    uint16 public constant LEVY_MAX = 2_000;

    /// @notice Block in which this was put here: a vault needs it, so that nothing of one stands in an earlier block.
    uint256 public immutable deployBlock = block.number;

    mapping(uint32 id => Tariff) private _tariffs;

    /// @notice Bit of the id of a tariff that needs a permit: the vault sees it without asking here.
    uint32 public constant NEEDS_PERMIT = 1 << 31;

    /// @notice How many tariffs there are; they are numbered from 1 to this, and the number is the id but for
    /// `NEEDS_PERMIT`.
    uint32 public count;

    event Published(uint32 indexed id, address indexed authority, Tariff tariff);

    error NotAuthority(address authority, address sender);
    error LevyTooHigh(uint16 levyBps, uint16 limit);
    error EmptyRange(uint16 minBp, uint16 maxBp);
    error CancelRange(uint24 cancelMin, uint24 cancelMax);
    error MinuteOfDay(uint16 minute, uint16 limit);
    error UnknownTariff(uint32 id, uint32 count);

    /// @notice Puts a tariff on record. The sender must be its authority.
    function publish(Tariff calldata tariff) external returns (uint32 id) {
        if (msg.sender != tariff.authority) revert NotAuthority(tariff.authority, msg.sender);
        if (tariff.levyBps > LEVY_MAX) revert LevyTooHigh(tariff.levyBps, LEVY_MAX);
        if (tariff.minBp == 0 || tariff.minBp > tariff.maxBp) revert EmptyRange(tariff.minBp, tariff.maxBp);
        if (tariff.cancelMin > tariff.cancelMax) revert CancelRange(tariff.cancelMin, tariff.cancelMax);
        if (tariff.nightFromMin >= 1440) revert MinuteOfDay(tariff.nightFromMin, 1439);
        if (tariff.nightToMin >= 1440) revert MinuteOfDay(tariff.nightToMin, 1439);
        id = ++count | (tariff.needsPermit ? NEEDS_PERMIT : 0);
        _tariffs[id] = tariff;
        emit Published(id, tariff.authority, tariff);
    }

    function get(uint32 id) external view returns (Tariff memory) {
        return _known(id);
    }

    /// @notice The word that a vault keeps of a tariff; zero for an id that nobody published.
    function priceOf(uint32 id) external view returns (Price) {
        return Prices.pack(_tariffs[id]);
    }

    /// @notice The second word, of a tariff that has one; else zero.
    function extrasOf(uint32 id) external view returns (Extras) {
        return Prices.packExtras(_tariffs[id]);
    }

    function authorityOf(uint32 id) external view returns (address) {
        return _known(id).authority;
    }

    /// @notice The most that a trip may cost, minor units.
    function fareOf(uint32 id, uint32 metres, uint32 secs, uint16 bp) external view returns (uint256) {
        Tariff memory t = _known(id);
        return Prices.pack(t).fareOf(Prices.packExtras(t), metres, secs, bp);
    }

    /// @notice Pay for waiting at the door, minor units.
    function waitOf(uint32 id, uint32 waitSecs) external view returns (uint256) {
        return Prices.pack(_known(id)).waitOf(waitSecs);
    }

    /// @notice The authority's share of a fare, minor units.
    function levyOf(uint32 id, uint96 fare) external view returns (uint256) {
        Tariff memory t = _known(id);
        return Prices.pack(t).levyOf(Prices.packExtras(t), fare);
    }

    /// @notice What a late cancel costs, minor units: `approachM` is how much closer the driver came, `elapsedS`
    /// the time since the hold, `quote` the fare of the terms.
    function cancelFeeOf(uint32 id, uint96 quote, uint32 approachM, uint32 elapsedS)
        external
        view
        returns (uint256 fee)
    {
        Tariff storage t = _known(id);
        fee = (uint256(t.cancelPerKm) * approachM * 60 + uint256(t.cancelPerMin) * elapsedS * 1000)
            * Prices.UNIT / 60_000;
        uint256 share = uint256(quote) * t.cancelBp / 10_000;
        if (fee > share) fee = share;
        uint256 bound = t.cancelMax * Prices.UNIT;
        if (fee > bound) fee = bound;
        bound = t.cancelMin * Prices.UNIT;
        if (fee < bound) fee = bound;
    }

    function _known(uint32 id) private view returns (Tariff storage tariff) {
        tariff = _tariffs[id];
        if (tariff.maxBp == 0) revert UnknownTariff(id, count);
    }
}
