// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Charges} from "./Charges.sol";
import {Digests} from "./Digests.sol";
import {Details, Terms} from "./Terms.sol";

/// @notice The ways out of a held trip when a party is silent or leaves: each needs one party alone.
abstract contract Exits is Digests, Charges {
    enum Kind {
        None,
        Claimed,
        Cancelled,
        Contested
    }

    /// @dev Money of a trip that one party closed alone; `fee` is the driver's part of a cancelled one, and what he
    /// got already of a contested one.
    struct Case {
        uint96 amount;
        uint96 fee;
        uint40 deadline;
        Kind kind;
    }

    /// @notice How long a claim can be contested, and a cancel overridden by the boarding secret.
    uint40 public constant WINDOW = 1 days;
    /// @notice How long the arbiter has to rule; then half each.
    uint40 public constant RULING = 14 days;

    mapping(address owner => mapping(uint32 lane => Lane)) internal _lanes;
    mapping(bytes32 terms => Case) internal _cases;

    /// @notice Rider: ends a held trip. Free until `freeUntil` and after `lateAt`, else for `cancelFee`. For a day
    /// a driver who proves boarding overrides it; the driver may finalize at once.
    function cancel(Terms calldata t, Details calldata d) external {
        if (msg.sender != t.rider) revert NotParty(t.rider, msg.sender);
        _requireDetails(t, d);
        bytes32 id = digestOf(t);
        uint96 amount = _take(t, id);
        uint96 fee;
        if (block.timestamp > d.freeUntil && block.timestamp <= d.lateAt) {
            fee = d.cancelFee < amount ? d.cancelFee : amount;
        }
        uint40 deadline = uint40(block.timestamp) + WINDOW;
        _cases[id] = Case(amount, fee, deadline, Kind.Cancelled);
        emit Cancelled(id, fee, deadline);
    }

    /// @notice Driver, until `expiry`: asks for pay that the rider does not sign. With the boarding secret up to the
    /// fare of the terms; without it, after `pickupBy`, up to the no-show fee. What is not asked is freed at once.
    /// Also overrides a cancel within its day, with the secret.
    function claim(Terms calldata t, Details calldata d, uint96 amount, bytes32 secret) external {
        if (msg.sender != t.driver) revert NotParty(t.driver, msg.sender);
        _requireDetails(t, d);
        bytes32 id = digestOf(t);
        bool boarded = keccak256(abi.encodePacked(secret)) == d.boarding;
        uint96 limit = boarded ? _claimable(t) : d.noShowFee < t.hold ? d.noShowFee : t.hold;
        if (amount == 0) revert EmptyAmount();
        if (amount > limit) revert AmountOverLimit(amount, limit);
        Case storage c = _cases[id];
        if (c.kind == Kind.Cancelled && boarded) {
            if (block.timestamp > c.deadline) revert TooLate(block.timestamp, c.deadline);
        } else {
            if (!boarded && block.timestamp <= d.pickupBy) revert TooEarly(block.timestamp, d.pickupBy);
            if (block.timestamp > d.expiry) revert TooLate(block.timestamp, d.expiry);
            _take(t, id);
        }
        unchecked {
            _accounts[t.rider].word += t.hold - amount;
        }
        uint40 deadline = uint40(block.timestamp) + WINDOW;
        _cases[id] = Case(amount, 0, deadline, Kind.Claimed);
        emit Claimed(id, amount, boarded, deadline);
    }

    /// @notice Rider, within a day of a claim: the admitted part is paid now, the rest waits for the arbiter.
    function contest(Terms calldata t, uint96 admitted) external {
        if (msg.sender != t.rider) revert NotParty(t.rider, msg.sender);
        bytes32 id = digestOf(t);
        Case storage c = _requireCase(id, Kind.Claimed);
        if (block.timestamp > c.deadline) revert TooLate(block.timestamp, c.deadline);
        uint96 amount = c.amount;
        if (admitted >= amount) revert AmountOverLimit(admitted, amount - 1);
        uint40 deadline = uint40(block.timestamp) + RULING;
        _cases[id] = Case(amount - admitted, admitted, deadline, Kind.Contested);
        emit Contested(id, admitted, amount - admitted, deadline);
        _payDriver(t, 0, admitted);
    }

    /// @notice Arbiter of the terms, within 14 days: how much of the disputed amount the driver gets.
    function rule(Terms calldata t, Details calldata d, uint96 toDriver) external {
        if (msg.sender != d.arbiter) revert NotParty(d.arbiter, msg.sender);
        _requireDetails(t, d);
        bytes32 id = digestOf(t);
        Case storage c = _requireCase(id, Kind.Contested);
        if (block.timestamp > c.deadline) revert TooLate(block.timestamp, c.deadline);
        if (toDriver > c.amount) revert AmountOverLimit(toDriver, c.amount);
        _close(t, id, c.amount, c.fee, toDriver);
    }

    /// @notice Anyone, after the deadline: silence is consent, and a silent arbiter means half each. The party whom
    /// the time protects need not wait: the rider for a claim, the driver for a cancel.
    function finalize(Terms calldata t) external {
        bytes32 id = digestOf(t);
        Case memory c = _cases[id];
        if (c.kind == Kind.None) revert WrongCase(id, uint8(Kind.None));
        if (block.timestamp <= c.deadline) {
            bool waived = c.kind == Kind.Claimed && msg.sender == t.rider || c.kind == Kind.Cancelled
                && msg.sender == t.driver;
            if (!waived) revert TooEarly(block.timestamp, c.deadline);
        }
        if (c.kind == Kind.Contested) _close(t, id, c.amount, c.fee, c.amount / 2);
        else _close(t, id, c.amount, 0, c.kind == Kind.Claimed ? c.amount : c.fee);
    }

    /// @notice Gives a held trip's money back to the rider: the driver at any time, anyone after `expiry`.
    function release(Terms calldata t, Details calldata d) external {
        _requireDetails(t, d);
        if (msg.sender != t.driver && block.timestamp <= d.expiry) {
            revert TooEarly(block.timestamp, d.expiry);
        }
        bytes32 id = digestOf(t);
        uint256 amount = _take(t, id);
        unchecked {
            _accounts[t.rider].word += amount;
        }
        emit Released(id);
    }

    function caseOf(bytes32 terms)
        external
        view
        returns (uint96 amount, uint96 fee, uint40 deadline, Kind kind)
    {
        Case storage c = _cases[terms];
        return (c.amount, c.fee, c.deadline, c.kind);
    }

    // ---- inside

    function _lane(address owner, uint32 lane) internal view returns (Lane storage) {
        return lane == 0 ? _accounts[owner] : _lanes[owner][lane];
    }

    /// @dev Empties the lane that holds the trip and says how much it held.
    function _take(Terms calldata t, bytes32 id) private returns (uint96 held) {
        Lane storage l = _lane(t.rider, t.lane);
        uint256 word = l.word;
        held = uint96(word >> 96);
        if (held == 0 || l.terms != id) revert NotHeld(id, l.terms);
        unchecked {
            l.word = word - (uint256(held) << 96);
        }
    }

    function _close(Terms calldata t, bytes32 id, uint96 amount, uint96 before, uint96 toDriver) private {
        delete _cases[id];
        _payDriver(t, before, toDriver);
        unchecked {
            uint96 rest = amount - toDriver;
            if (rest != 0) _accounts[t.rider].word += rest;
            emit Closed(id, toDriver, rest);
        }
    }

    function _requireDetails(Terms calldata t, Details calldata d) private pure {
        bytes32 actual = detailsHash(d);
        if (actual != t.details) revert WrongDetails(t.details, actual);
    }

    function _requireCase(bytes32 id, Kind kind) private view returns (Case storage c) {
        c = _cases[id];
        if (c.kind != kind) revert WrongCase(id, uint8(c.kind));
    }
}
