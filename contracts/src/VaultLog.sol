// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What the vault says: its events, all of static fields so that a follower reads them by the word, and
/// its refusals, each with both values. `terms` is the EIP-712 digest of the terms, the id of the trip.
abstract contract VaultLog {
    event Deposited(address indexed owner, address indexed from, uint96 amount);
    event Withdrawn(address indexed owner, address indexed to, uint96 amount);
    event Refunded(bytes32 indexed terms, address indexed from, address indexed to, uint96 amount);
    event Held(
        bytes32 indexed terms,
        address indexed rider,
        address indexed driver,
        uint96 hold,
        uint32 tariff,
        uint32 lane
    );
    event Settled(
        bytes32 indexed terms,
        address indexed rider,
        address indexed driver,
        uint32 tariff,
        uint96 fare,
        uint96 wait,
        uint96 toll,
        uint96 tip,
        uint96 levy,
        bytes32 record
    );
    event Cancelled(bytes32 indexed terms, uint96 fee, uint40 deadline);
    event Claimed(bytes32 indexed terms, uint96 amount, bool boarded, uint40 deadline);
    event Contested(bytes32 indexed terms, uint96 admitted, uint96 disputed, uint40 deadline);
    /// @dev `toDriver` is gross: the levy is taken out of it.
    event Closed(bytes32 indexed terms, uint96 toDriver, uint96 toRider);
    event Released(bytes32 indexed terms);
    event Revoked(address indexed rider, uint32 lane, uint64 seq);
    event Collected(uint32 indexed tariff, address indexed authority, uint96 amount);

    error WrongDecimals(uint8 expected, uint8 actual);
    error WrongAmountReceived(uint256 expected, uint256 received);
    error TooLate(uint256 nowS, uint256 deadline);
    error TooEarly(uint256 nowS, uint256 from);
    error SameParty(address rider, address driver);
    error FareOverHold(uint96 fare, uint96 hold);
    error EmptyHold();
    error FactorOutOfRange(uint16 bp, uint256 minBp, uint256 maxBp);
    error NotPermitted(address authority, address driver, uint40 until);
    error LaneBusy(uint96 held, bytes32 terms);
    error WrongSequence(uint64 expected, uint64 actual);
    error BalanceTooLow(uint256 free, uint256 needed);
    error VaultFull(uint256 balance, uint256 capacity);
    error WrongSigner(address expected, bytes32 digest);
    error NotHeld(bytes32 terms, bytes32 laneTerms);
    error NotParty(address expected, address sender);
    error FareOverCap(uint256 fare, uint256 cap);
    error WaitOverCap(uint256 wait, uint256 cap);
    error TollOverCap(uint256 toll, uint256 cap);
    error TipOverFare(uint256 tip, uint256 fare);
    error DueOverHold(uint256 due, uint96 hold);
    error WrongDetails(bytes32 expected, bytes32 actual);
    error AmountOverLimit(uint96 amount, uint96 limit);
    error EmptyAmount();
    error PaidOut(bytes32 payout);
    error WrongCase(bytes32 terms, uint8 kind);
}
