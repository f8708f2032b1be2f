// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Balances} from "./Balances.sol";
import {Charges} from "./Charges.sol";
import {Exits} from "./Exits.sol";
import {Packed} from "./Packed.sol";
import {Permits} from "./Permits.sol";
import {Payouts} from "./Payouts.sol";
import {Signatures} from "./Signatures.sol";
import {Tariffs} from "./Tariffs.sol";
import {Receipt, Terms} from "./Terms.sol";

/// @title FareVault: riders' balances in one token, held for a trip and paid by signed receipts
/// @notice No owner, no pause, no upgrade. Every state that holds money can be left by each party alone in bounded
/// time; money leaves only by `withdraw`. See contracts/README.md for each operation.
contract FareVault is Exits, Payouts {
    uint256 private constant ONE_TRIP = 1 << 192;

    Permits public immutable permits;

    constructor(IERC20Metadata token_, Tariffs tariffs_, Permits permits_)
        Balances(token_)
        Charges(tariffs_)
    {
        permits = permits_;
    }

    // ---- the usual path

    /// @notice Sets the rider's money aside for one trip. Anyone may bring the rider's signature.
    function hold(Terms calldata t, bytes calldata riderSig) external {
        _hold(t, riderSig);
    }

    /// @notice Many holds, all or none; `jobs` as `Packed` has them.
    function holdMany(bytes calldata jobs) external {
        for (uint256 next; next < jobs.length;) {
            bytes memory job;
            (job, next) = Packed.holdCall(this.hold.selector, jobs, next);
            _callSelf(job);
        }
    }

    /// @notice Pays the trip by the rider's receipt and frees the rest. The driver sends it, or anyone with the
    /// driver's signature over the same receipt (`driverSig`, else empty). Also ends a claim or a cancel that is
    /// still open and not contested.
    function settle(Terms calldata t, Receipt calldata r, bytes calldata riderSig, bytes calldata driverSig)
        external
    {
        _settle(t, r, riderSig, driverSig);
    }

    /// @notice Many settlements, all or none; `jobs` as `Packed` has them.
    function settleMany(bytes calldata jobs) external {
        for (uint256 next; next < jobs.length;) {
            bytes memory job;
            (job, next) = Packed.settleCall(this.settle.selector, jobs, next);
            _callSelf(job);
        }
    }

    /// @notice Several calls as one, all or none: a driver who releases a trip and holds it again by new terms for
    /// another destination, or a relayer who holds and takes the fee that the rider allowed.
    function multicall(bytes[] calldata calls) external {
        for (uint256 i; i < calls.length; ++i) {
            _callSelf(calls[i]);
        }
    }

    /// @notice Hold and settle at once, for a trip that was driven on trust. Emits `Settled` alone.
    function pay(
        Terms calldata t,
        Receipt calldata r,
        bytes calldata termsSig,
        bytes calldata riderSig,
        bytes calldata driverSig
    ) external {
        bytes32 id = _admit(t, termsSig);
        Lane storage a = _accounts[t.rider];
        uint256 word = a.word;
        uint256 amount = t.hold;
        if (amount > uint96(word)) revert BalanceTooLow(uint96(word), amount);
        uint256 spent = _charge(t, r, id, riderSig, driverSig, uint96(word));
        unchecked {
            if (t.lane == 0) {
                if (word >> 96 != uint256(t.seq) << 96) _refuse(a, t.seq);
                a.word = word + ONE_TRIP - spent;
            } else {
                Lane storage l = _lanes[t.rider][t.lane];
                if (l.word >> 96 != uint256(t.seq) << 96) _refuse(l, t.seq);
                l.word += ONE_TRIP;
                a.word = word - spent;
            }
        }
    }

    /// @notice Rider: voids every terms signed for the lane's present sequence that is not held yet.
    function revoke(uint32 lane) external {
        Lane storage l = _lane(msg.sender, lane);
        unchecked {
            l.word += ONE_TRIP;
        }
        emit Revoked(msg.sender, lane, uint64(l.word >> 192));
    }

    // ---- views

    /// @notice What a lane holds and for which terms (the last ones, where it holds nothing), and its next sequence.
    function laneOf(address owner, uint32 lane)
        external
        view
        returns (uint96 held, uint64 seq, bytes32 terms)
    {
        Lane storage l = _lane(owner, lane);
        uint256 word = l.word;
        return (uint96(word >> 96), uint64(word >> 192), l.terms);
    }

    // ---- inside

    /// @dev Goes on as the same sender; a refusal is handed on as it is.
    function _callSelf(bytes memory data) private {
        assembly ("memory-safe") {
            if iszero(delegatecall(gas(), address(), add(data, 0x20), mload(data), 0, 0)) {
                let p := mload(0x40)
                returndatacopy(p, 0, returndatasize())
                revert(p, returndatasize())
            }
        }
    }

    /// @dev Everything about terms that does not depend on the rider's lane and balance.
    function _admit(Terms calldata t, bytes calldata riderSig) private view returns (bytes32 id) {
        if (block.timestamp > t.acceptBy) revert TooLate(block.timestamp, t.acceptBy);
        (address rider, address driver) = (t.rider, t.driver);
        if (rider == driver || driver == address(0)) revert SameParty(rider, driver);
        uint96 amount = t.hold;
        if (amount == 0) revert EmptyHold();
        if (t.fare > amount) revert FareOverHold(t.fare, amount);
        id = digestOf(t);
        if (!Signatures.byWallet(rider, id, riderSig)) revert WrongSigner(rider, id);
    }

    /// @dev Asked for at `hold` and never afterwards: a permit taken away touches no fare that is being earned.
    function _requirePermit(uint32 tariff, address driver) private view {
        address authority = tariffs.authorityOf(tariff);
        (uint40 until,,) = permits.permitOf(authority, driver);
        if (until <= block.timestamp) revert NotPermitted(authority, driver, until);
    }

    /// @dev The lane holds a trip, or expects another sequence.
    function _refuse(Lane storage l, uint64 given) private view {
        uint256 word = l.word;
        if (uint96(word >> 96) != 0) revert LaneBusy(uint96(word >> 96), l.terms);
        revert WrongSequence(uint64(word >> 192), given);
    }

    function _hold(Terms calldata t, bytes calldata riderSig) private {
        bytes32 id = _admit(t, riderSig);
        address rider = t.rider;
        uint256 amount = t.hold;
        Lane storage l = _accounts[rider];
        uint256 word = l.word;
        if (t.lane != 0) {
            _debit(rider, amount);
            l = _lanes[rider][t.lane];
            word = l.word + amount;
        } else if (amount > uint96(word)) {
            revert BalanceTooLow(uint96(word), amount);
        }
        // Nothing held and the right sequence, in one comparison.
        if (word >> 96 != uint256(t.seq) << 96) _refuse(l, t.seq);
        unchecked {
            l.word = word + ONE_TRIP + (amount << 96) - amount;
        }
        l.terms = id;
        uint32 tariff = t.tariff;
        if (tariff >> 31 != 0) _requirePermit(tariff, t.driver);
        emit Held(id, rider, t.driver, uint96(amount), tariff, t.lane);
    }

    function _settle(Terms calldata t, Receipt calldata r, bytes calldata riderSig, bytes calldata driverSig)
        private
    {
        bytes32 id = digestOf(t);
        Lane storage a = _accounts[t.rider];
        Lane storage l = t.lane == 0 ? a : _lanes[t.rider][t.lane];
        uint256 word = l.word;
        uint256 amount = uint96(word >> 96);
        unchecked {
            if (amount == 0 || l.terms != id) {
                amount = _takeCase(t, r, id);
                word = a.word;
            } else {
                word -= amount << 96;
                if (t.lane != 0) {
                    l.word = word;
                    word = a.word;
                }
            }
            a.word = word + amount - _charge(t, r, id, riderSig, driverSig, uint96(word) + amount);
        }
    }

    /// @dev A receipt is worth more than what one party said alone: it settles a claimed or cancelled trip too. The
    /// rider's balance makes up for what a claim had freed.
    function _takeCase(Terms calldata t, Receipt calldata r, bytes32 id) private returns (uint256 amount) {
        Case storage c = _cases[id];
        if (c.kind != Kind.Claimed && c.kind != Kind.Cancelled) {
            revert NotHeld(id, _lane(t.rider, t.lane).terms);
        }
        amount = c.amount;
        delete _cases[id];
        uint256 funds = uint96(_accounts[t.rider].word) + amount;
        uint256 due = uint256(r.fare) + r.wait + r.toll;
        if (due > funds) revert BalanceTooLow(funds, due);
    }

    /// @dev Checks the receipt and both parties' will, credits driver and levy, and says what the rider spent.
    function _charge(
        Terms calldata t,
        Receipt calldata r,
        bytes32 id,
        bytes calldata riderSig,
        bytes calldata driverSig,
        uint256 funds
    ) private returns (uint256) {
        _requireReceipt(t, t.driver, receiptDigest(id, r), riderSig, driverSig);
        return _share(t, r, id, funds);
    }

    function _requireReceipt(
        Terms calldata t,
        address driver,
        bytes32 digest,
        bytes calldata riderSig,
        bytes calldata driverSig
    ) private view {
        bool signed = riderSig.length == 128 && Signatures.bySession(t.session, digest, riderSig)
            || Signatures.byWallet(t.rider, digest, riderSig);
        if (!signed) revert WrongSigner(t.rider, digest);
        if (msg.sender != driver && !Signatures.byWallet(driver, digest, driverSig)) {
            revert WrongSigner(driver, digest);
        }
    }
}
