// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Balances} from "./Balances.sol";
import {Digests} from "./Digests.sol";
import {Price, Prices} from "./Prices.sol";
import {Signatures} from "./Signatures.sol";
import {Tariffs} from "./Tariffs.sol";
import {Details, HoldJob, Receipt, SettleJob, Terms} from "./Terms.sol";

/// @title FareVault: riders' balances in one token, held for a trip and paid by signed receipts
/// @notice No owner, no pause, no upgrade. Every state that holds money can be left by each party alone in bounded
/// time; money leaves only by `withdraw`. See contracts/README.md for each operation.
contract FareVault is Digests, Balances {
    enum Kind {
        None,
        Claimed,
        Cancelled,
        Contested
    }

    /// @dev Money of a trip that one party closed alone; `fee` is the driver's part of a cancelled one.
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

    uint256 private constant POT_BITS = 72;
    uint256 private constant ONE_TRIP = 1 << 192;

    Tariffs public immutable tariffs;

    mapping(address owner => mapping(uint32 lane => Lane)) private _lanes;
    mapping(bytes32 terms => Case) private _cases;
    /// @dev One word a tariff: the levy not yet collected in the low 72 bits, the `Price` above it. A tariff never
    /// changes, so the copy made at its first use is good for ever, and a settle touches this one slot.
    mapping(uint32 tariff => uint256) private _prices;

    constructor(IERC20Metadata token_, Tariffs tariffs_) Balances(token_) {
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

    // ---- the usual path

    /// @notice Sets the rider's money aside for one trip. Anyone may bring the rider's signature.
    function hold(Terms calldata t, bytes calldata riderSig) external {
        _hold(t, riderSig);
    }

    /// @notice Many holds, all or none.
    function holdMany(HoldJob[] calldata jobs) external {
        for (uint256 i; i < jobs.length; ++i) {
            _hold(jobs[i].terms, jobs[i].riderSig);
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

    /// @notice Many settlements, all or none.
    function settleMany(SettleJob[] calldata jobs) external {
        for (uint256 i; i < jobs.length; ++i) {
            _settle(jobs[i].terms, jobs[i].receipt, jobs[i].riderSig, jobs[i].driverSig);
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

    // ---- a party is silent or leaves

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
        _cases[id] = Case(amount - admitted, 0, deadline, Kind.Contested);
        emit Contested(id, admitted, amount - admitted, deadline);
        _payDriver(t, admitted);
    }

    /// @notice Arbiter of the terms, within 14 days: how much of the disputed amount the driver gets.
    function rule(Terms calldata t, Details calldata d, uint96 toDriver) external {
        if (msg.sender != d.arbiter) revert NotParty(d.arbiter, msg.sender);
        _requireDetails(t, d);
        bytes32 id = digestOf(t);
        Case storage c = _requireCase(id, Kind.Contested);
        if (block.timestamp > c.deadline) revert TooLate(block.timestamp, c.deadline);
        if (toDriver > c.amount) revert AmountOverLimit(toDriver, c.amount);
        _close(t, id, c.amount, toDriver);
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
        _close(
            t,
            id,
            c.amount,
            c.kind == Kind.Claimed ? c.amount : c.kind == Kind.Cancelled ? c.fee : c.amount / 2
        );
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

    function caseOf(bytes32 terms)
        external
        view
        returns (uint96 amount, uint96 fee, uint40 deadline, Kind kind)
    {
        Case storage c = _cases[terms];
        return (c.amount, c.fee, c.deadline, c.kind);
    }

    /// @notice Levy of a tariff that waits for `collect`.
    function levyOf(uint32 tariff) external view returns (uint96) {
        return uint96(_prices[tariff] & CAPACITY);
    }

    // ---- inside

    function _lane(address owner, uint32 lane) private view returns (Lane storage) {
        return lane == 0 ? _accounts[owner] : _lanes[owner][lane];
    }

    /// @dev Everything about terms that does not depend on the rider's lane and balance.
    function _admit(Terms calldata t, bytes calldata riderSig) private view returns (bytes32 id) {
        if (block.timestamp > t.acceptBy) revert TooLate(block.timestamp, t.acceptBy);
        address rider = t.rider;
        if (rider == t.driver) revert SameParty(rider, t.driver);
        if (t.hold == 0) revert EmptyHold();
        if (t.fare > t.hold) revert FareOverHold(t.fare, t.hold);
        id = digestOf(t);
        if (!Signatures.byWallet(rider, id, riderSig)) revert WrongSigner(rider, id);
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
        emit Held(id, rider, t.driver, uint96(amount), t.tariff, t.lane);
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

    /// @dev A tip that the rider's funds do not cover shrinks to them: an emptied balance must not block the fare.
    function _share(Terms calldata t, Receipt calldata r, bytes32 id, uint256 funds)
        private
        returns (uint256 spent)
    {
        uint32 tariff = t.tariff;
        (uint256 word, Price price) = _price(tariff);
        uint256 fare = r.fare;
        uint256 due = _due(t, r, price, fare);
        uint256 tip = r.tip;
        if (tip > fare) revert TipOverFare(tip, fare);
        unchecked {
            if (tip > funds - due) tip = funds - due;
            spent = due + tip;
            uint256 levy = price.levyOf(fare);
            if (levy != 0) _prices[tariff] = word + levy;
            _accounts[t.driver].word += spent - levy;
            _logSettled(t, r, id, tip, levy);
        }
    }

    /// @dev Fare, wait and toll of a receipt, each within what the tariff and the hold allow.
    function _due(Terms calldata t, Receipt calldata r, Price price, uint256 fare)
        private
        pure
        returns (uint256 due)
    {
        uint16 bp = t.bp;
        if (!price.allows(bp)) revert FactorOutOfRange(bp, price.minBp(), price.maxBp());
        uint256 cap = price.fareOf(Prices.max(t.metres, r.metres), Prices.max(t.secs, r.secs), bp);
        if (fare > cap) revert FareOverCap(fare, cap);
        uint256 wait = r.wait;
        if (wait != 0) {
            cap = price.waitOf(r.waitSecs);
            if (wait > cap) revert WaitOverCap(wait, cap);
        }
        unchecked {
            due = fare + wait + r.toll;
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
    function _price(uint32 tariff) private returns (uint256 word, Price price) {
        word = _prices[tariff];
        if (word == 0) {
            word = Price.unwrap(tariffs.priceOf(tariff)) << POT_BITS;
            if (word != 0) _prices[tariff] = word;
        }
        price = Price.wrap(word >> POT_BITS);
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

    /// @dev The fare of the terms, at most what the tariff allows for their metres, seconds and factor.
    function _claimable(Terms calldata t) private returns (uint96) {
        (, Price price) = _price(t.tariff);
        if (!price.allows(t.bp)) return 0;
        uint256 cap = price.fareOf(t.metres, t.secs, t.bp);
        return cap < t.fare ? uint96(cap) : t.fare;
    }

    /// @dev Never reverts, so that a case can always be closed.
    function _payDriver(Terms calldata t, uint256 amount) private {
        if (amount == 0) return;
        (uint256 word, Price price) = _price(t.tariff);
        unchecked {
            uint256 levy = price.levyOf(amount);
            if (levy != 0) _prices[t.tariff] = word + levy;
            _accounts[t.driver].word += amount - levy;
        }
    }

    function _close(Terms calldata t, bytes32 id, uint96 amount, uint96 toDriver) private {
        delete _cases[id];
        _payDriver(t, toDriver);
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
