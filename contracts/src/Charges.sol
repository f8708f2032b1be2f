// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Balances} from "./Balances.sol";
import {Extras, Price, Prices} from "./Prices.sol";
import {Tariffs} from "./Tariffs.sol";
import {Receipt, Terms} from "./Terms.sol";

/// @notice What a trip costs by its tariff, and who gets how much of it.
abstract contract Charges is Balances {
    uint256 private constant POT_BITS = 72;

    Tariffs public immutable tariffs;

    /// @dev One word a tariff: the levy not yet collected in the low 72 bits, the `Price` above it. A tariff never
    /// changes, so the copy made at its first use is good for ever, and a settle touches this one slot.
    mapping(uint32 tariff => uint256) private _prices;
    mapping(uint32 tariff => Extras) private _extras;

    constructor(Tariffs tariffs_) {
        tariffs = tariffs_;
    }

    /// @notice Moves the levy of a tariff to the balance of its authority. Anyone may call.
    function collect(uint32 tariff) external returns (uint96 amount) {
        address authority = tariffs.authorityOf(tariff);
        uint256 word = _prices[tariff];
        uint256 pot = word & CAPACITY;
        amount = uint96(pot);
        unchecked {
            _prices[tariff] = word - pot;
            _accounts[authority].word += pot;
        }
        emit Collected(tariff, authority, amount);
    }

    /// @notice Levy of a tariff that waits for `collect`.
    function levyOf(uint32 tariff) external view returns (uint96) {
        return uint96(_prices[tariff] & CAPACITY);
    }

    // ---- inside

    /// @dev A tip that the rider's funds do not cover shrinks to them: an emptied balance must not block the fare.
    function _share(Terms calldata t, Receipt calldata r, bytes32 id, uint256 funds)
        internal
        returns (uint256 spent)
    {
        uint32 tariff = t.tariff;
        (uint256 word, Price price, Extras extras) = _price(tariff);
        uint256 fare = r.fare;
        uint256 due = _due(t, r, price, extras, fare);
        uint256 tip = r.tip;
        if (tip > fare) revert TipOverFare(tip, fare);
        unchecked {
            if (tip > funds - due) tip = funds - due;
            spent = due + tip;
            uint256 levy = price.levyOf(extras, fare);
            _prices[tariff] = word + levy;
            _accounts[t.driver].word += spent - levy;
            _logSettled(t, r, id, tip, levy);
        }
    }

    /// @dev Fare, wait and toll of a receipt, each within what the tariff and the hold allow.
    function _due(Terms calldata t, Receipt calldata r, Price price, Extras extras, uint256 fare)
        private
        pure
        returns (uint256 due)
    {
        uint16 bp = t.bp;
        if (!price.allows(bp)) revert FactorOutOfRange(bp, price.minBp(), price.maxBp());
        uint256 cap = price.fareOf(extras, Prices.max(t.metres, r.metres), Prices.max(t.secs, r.secs), bp);
        if (fare > cap) revert FareOverCap(fare, cap);
        uint256 wait = r.wait;
        cap = price.waitOf(r.waitSecs);
        if (wait > cap) revert WaitOverCap(wait, cap);
        uint256 toll = r.toll;
        if (Extras.unwrap(extras) != 0) {
            cap = extras.tollMax();
            if (cap != 0 && toll > cap) revert TollOverCap(toll, cap);
        }
        unchecked {
            due = fare + wait + toll;
        }
        if (due > t.hold) revert DueOverHold(due, t.hold);
    }

    /// @dev Emits `Settled`; by hand, since fare, wait, toll and record stand in calldata as the log needs them, and
    /// `_due` has read and so checked them.
    function _logSettled(Terms calldata t, Receipt calldata r, bytes32 id, uint256 tip, uint256 levy)
        private
    {
        (address rider, address driver, uint32 tariff) = (t.rider, t.driver, t.tariff);
        bytes32 topic = Settled.selector;
        assembly ("memory-safe") {
            let p := mload(0x40)
            mstore(p, tariff)
            calldatacopy(add(p, 0x20), add(r, 0x20), 0x60)
            mstore(add(p, 0x80), tip)
            mstore(add(p, 0xa0), levy)
            calldatacopy(add(p, 0xc0), add(r, 0x100), 0x20)
            log4(p, 0xe0, topic, id, rider, driver)
        }
    }

    /// @dev A tariff never changes: what was once read of it is kept. Zero for an id that nobody published.
    function _price(uint32 tariff) private returns (uint256 word, Price price, Extras extras) {
        word = _prices[tariff];
        if (word == 0) {
            word = Price.unwrap(tariffs.priceOf(tariff)) << POT_BITS;
            (_prices[tariff], _extras[tariff]) = (word, tariffs.extrasOf(tariff));
        }
        price = Price.wrap(word >> POT_BITS);
        if (price.hasExtras()) extras = _extras[tariff];
    }

    /// @dev The fare of the terms, at most what the tariff allows for their metres, seconds and factor.
    function _claimable(Terms calldata t) internal returns (uint96) {
        (, Price price, Extras extras) = _price(t.tariff);
        if (!price.allows(t.bp)) return 0;
        uint256 cap = price.fareOf(extras, t.metres, t.secs, t.bp);
        return cap < t.fare ? uint96(cap) : t.fare;
    }

    /// @dev `before` is what the driver got of the same trip already: the levy is that of both, less that of it. Never
    /// reverts, so that a case can always be closed.
    function _payDriver(Terms calldata t, uint256 before, uint256 amount) internal {
        if (amount == 0) return;
        (uint256 word, Price price, Extras extras) = _price(t.tariff);
        unchecked {
            uint256 levy = price.levyOf(extras, before + amount) - price.levyOf(extras, before);
            _prices[t.tariff] = word + levy;
            _accounts[t.driver].word += amount - levy;
        }
    }
}
