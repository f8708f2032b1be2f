// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FareVault} from "./FareVault.sol";
import {Purses} from "./Purses.sol";

/// @title KeyBonds: money beside a session key, so that busy relays hear it for the usual work
/// @notice A session key (P-256) sends no transactions, so the money never becomes its own: a payer, who need not be
/// whom the key speaks for, lays it beside the key until a time, and nothing ends that earlier. Then it is his again.
/// Relays read `Laid` and count a bond until its time, so while a bond counts its money is bound, and what is lifted
/// counted last before. Nobody loses a bond, whatever the key says.
contract KeyBonds is Purses {
    struct Bond {
        uint96 amount;
        uint40 until;
    }

    /// @notice How long money lies beside a key at least: it cannot serve one key after the other in one flood.
    uint40 public constant LOCK = 1 days;
    /// @notice And at most from the time when it is laid.
    uint40 public constant TERM_MAX = 365 days;

    /// @notice Where reading for bonds begins.
    uint256 public immutable deployBlock = block.number;

    mapping(address session => mapping(address payer => Bond)) public bondOf;

    /// @notice `amount` is all that the payer has beside the key now.
    event Laid(address indexed session, address indexed payer, uint96 amount, uint40 until);
    event Lifted(address indexed session, address indexed payer, uint96 amount);

    error TermOutOfRange(uint40 until, uint256 from, uint256 limit);
    error TooEarly(uint256 nowS, uint256 from);

    constructor(FareVault vault_) Purses(vault_) {}

    /// @notice Lays money of the sender's purse beside a key, on top of what he has there, for a day more at least: so
    /// nobody makes readers read much for little money.
    function lay(address session, uint96 amount, uint40 until) external {
        Bond storage b = bondOf[session][msg.sender];
        uint256 from = (b.until > block.timestamp ? b.until : block.timestamp) + LOCK;
        uint256 limit = block.timestamp + TERM_MAX;
        if (until < from || until > limit) revert TermOutOfRange(until, from, limit);
        _debit(msg.sender, amount);
        (b.amount, b.until) = (b.amount + amount, until);
        emit Laid(session, msg.sender, b.amount, until);
    }

    /// @notice Puts the sender's money beside a key, whose time is over, back into his purse.
    function lift(address session) external {
        Bond storage b = bondOf[session][msg.sender];
        (uint96 amount, uint40 until) = (b.amount, b.until);
        if (block.timestamp < until) revert TooEarly(block.timestamp, until);
        b.amount = 0;
        freeOf[msg.sender] += amount;
        emit Lifted(session, msg.sender, amount);
    }
}
