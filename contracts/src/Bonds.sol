// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {FareVault} from "./FareVault.sol";
import {Purses} from "./Purses.sol";
import {Signatures} from "./Signatures.sol";
import {Details, Terms} from "./Terms.sol";

/// @notice A driver's word to come, with money behind it. `terms` is the trip id.
struct Pledge {
    address driver;
    bytes32 terms;
    uint96 amount;
}

/// @title Bonds: what a driver loses who takes a trip and does not come
/// @notice Optional: a rider who wants it asks for a pledge before holding. A rider who still waits after `lateAt`
/// accuses; the driver has a day to show the boarding secret, which he has if the rider is in the car. If he has not,
/// the pledge goes to the tariff's authority: nobody gains by another's failure. The money lies in the vault.
contract Bonds is Purses, EIP712("Hexhail Bonds", "1") {
    enum State {
        None,
        Pledged,
        Accused,
        Over
    }

    struct Bond {
        uint96 amount;
        uint40 deadline;
        State state;
    }

    bytes32 private constant PLEDGE = keccak256("Pledge(address driver,bytes32 terms,uint96 amount)");

    /// @notice How long an accused driver has to show the boarding secret.
    uint40 public constant WINDOW = 1 days;

    mapping(bytes32 terms => mapping(address driver => Bond)) public bondOf;

    event Pledged(bytes32 indexed terms, address indexed driver, uint96 amount);
    event Accused(bytes32 indexed terms, uint40 deadline);
    event Freed(bytes32 indexed terms);
    event Forfeited(bytes32 indexed terms, address indexed authority, uint96 amount);

    error WrongSigner(address expected, bytes32 digest);
    error WrongState(bytes32 terms, State state);
    error WrongDetails(bytes32 expected, bytes32 actual);
    error WrongSecret(bytes32 expected, bytes32 actual);
    error NotParty(address expected, address sender);
    error NotHeld(bytes32 terms, bytes32 laneTerms);
    error StillBound(bytes32 terms);
    error TooEarly(uint256 nowS, uint256 from);
    error TooLate(uint256 nowS, uint256 deadline);

    constructor(FareVault vault_) Purses(vault_) {}

    /// @notice Binds a driver's money to a trip. Anyone may bring the driver's signature; one pledge a trip
    /// and driver.
    function pledge(Pledge calldata p, bytes calldata driverSig) external {
        (address driver, bytes32 terms, uint96 amount) = (p.driver, p.terms, p.amount);
        bytes32 digest = digestOf(p);
        if (!Signatures.byWallet(driver, digest, driverSig)) revert WrongSigner(driver, digest);
        Bond storage b = bondOf[terms][driver];
        if (b.state != State.None) revert WrongState(terms, b.state);
        _debit(driver, amount);
        (b.amount, b.state) = (amount, State.Pledged);
        emit Pledged(terms, driver, amount);
    }

    /// @notice Rider, while the trip is held and after `lateAt`: the driver has not come. Cancel afterwards.
    function accuse(Terms calldata t, Details calldata d) external {
        if (msg.sender != t.rider) revert NotParty(t.rider, msg.sender);
        bytes32 terms = vault.digestOf(t);
        _requireDetails(t, d);
        Bond storage b = _bond(t, terms, State.Pledged);
        if (block.timestamp <= d.lateAt) revert TooEarly(block.timestamp, d.lateAt);
        (uint96 held,, bytes32 laneTerms) = vault.laneOf(t.rider, t.lane);
        if (held == 0 || laneTerms != terms) revert NotHeld(terms, laneTerms);
        (b.state, b.deadline) = (State.Accused, uint40(block.timestamp) + WINDOW);
        emit Accused(terms, b.deadline);
    }

    /// @notice Frees a pledge by the boarding secret, accused or not. Anyone may bring it.
    function acquit(Terms calldata t, Details calldata d, bytes32 secret) external {
        bytes32 terms = vault.digestOf(t);
        _requireDetails(t, d);
        Bond storage b = bondOf[terms][t.driver];
        if (b.state == State.Accused && block.timestamp > b.deadline) {
            revert TooLate(block.timestamp, b.deadline);
        }
        bytes32 actual = keccak256(abi.encodePacked(secret));
        if (actual != d.boarding) revert WrongSecret(d.boarding, actual);
        _free(t.driver, terms, b);
    }

    /// @notice Frees a pledge whose trip is over, or can never be held any more. Anyone may call.
    function free(Terms calldata t) external {
        bytes32 terms = vault.digestOf(t);
        Bond storage b = _bond(t, terms, State.Pledged);
        (uint96 held, uint64 seq, bytes32 laneTerms) = vault.laneOf(t.rider, t.lane);
        bool isHeld = held != 0 && laneTerms == terms;
        if (isHeld || seq <= t.seq && block.timestamp <= t.acceptBy) revert StillBound(terms);
        _free(t.driver, terms, b);
    }

    /// @notice Gives the pledge of an accused driver who has stayed silent to the tariff's authority. Anyone may call.
    function forfeit(Terms calldata t) external {
        bytes32 terms = vault.digestOf(t);
        Bond storage b = _bond(t, terms, State.Accused);
        if (block.timestamp <= b.deadline) revert TooEarly(block.timestamp, b.deadline);
        b.state = State.Over;
        address authority = vault.tariffs().authorityOf(t.tariff);
        emit Forfeited(terms, authority, b.amount);
        vault.refund(terms, authority, b.amount);
    }

    /// @notice What a driver signs for a pledge.
    function digestOf(Pledge calldata p) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(PLEDGE, p)));
    }

    function _bond(Terms calldata t, bytes32 terms, State state) private view returns (Bond storage b) {
        b = bondOf[terms][t.driver];
        if (b.state != state) revert WrongState(terms, b.state);
    }

    function _requireDetails(Terms calldata t, Details calldata d) private view {
        bytes32 actual = vault.detailsHash(d);
        if (actual != t.details) revert WrongDetails(t.details, actual);
    }

    function _free(address driver, bytes32 terms, Bond storage b) private {
        if (b.state != State.Pledged && b.state != State.Accused) revert WrongState(terms, b.state);
        b.state = State.Over;
        freeOf[driver] += b.amount;
        emit Freed(terms);
    }
}
