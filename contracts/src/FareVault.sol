// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC3009} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Price, Prices} from "./Prices.sol";
import {Signatures} from "./Signatures.sol";
import {Tariffs} from "./Tariffs.sol";
import {Details, Hashes, Receipt, Terms} from "./Terms.sol";
import {VaultLog} from "./VaultLog.sol";

/// @title FareVault: riders' balances in one token, held for a trip and paid by signed receipts
/// @notice No owner, no pause, no upgrade. Every state that holds money can be left by each party alone in bounded
/// time; money leaves only by `withdraw`. See contracts/README.md for each operation.
contract FareVault is EIP712, ReentrancyGuardTransient, VaultLog {
    using Hashes for Terms;
    using Hashes for Details;
    using Hashes for Receipt;
    using SafeERC20 for IERC20Metadata;

    /// @dev Lane 0 of a rider lives here, so that the usual hold and settle touch two slots of the rider.
    struct Account {
        uint96 free;
        uint96 held;
        uint64 seq;
        bytes32 terms;
    }

    struct Lane {
        uint96 held;
        uint64 seq;
        bytes32 terms;
    }

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

    struct HoldJob {
        Terms terms;
        bytes riderSig;
    }

    struct SettleJob {
        Terms terms;
        Receipt receipt;
        bytes riderSig;
        bytes driverSig;
    }

    /// @notice How long a claim can be contested, and a cancel overridden by the boarding secret.
    uint40 public constant WINDOW = 1 days;
    /// @notice How long the arbiter has to rule; then half each.
    uint40 public constant RULING = 14 days;

    uint256 private constant POT_BITS = 72;
    uint256 private constant POT_MAX = (1 << POT_BITS) - 1;

    IERC20Metadata public immutable token;
    Tariffs public immutable tariffs;

    mapping(address owner => Account) private _accounts;
    mapping(address owner => mapping(uint32 lane => Lane)) private _lanes;
    mapping(bytes32 terms => Case) private _cases;
    /// @dev One word a tariff: the levy not yet collected in the low 72 bits, the `Price` above it. A tariff never
    /// changes, so the copy made at its first hold is good for ever, and a settle touches this one slot.
    mapping(uint32 tariff => uint256) private _prices;

    constructor(IERC20Metadata token_, Tariffs tariffs_) EIP712("Hexhail FareVault", "1") {
        if (token_.decimals() != 6) revert WrongDecimals(6, token_.decimals());
        token = token_;
        tariffs = tariffs_;
    }

    // ---- money in and out

    /// @notice Moves `amount` from the sender, by allowance, to the balance of `to`.
    function deposit(address to, uint96 amount) external nonReentrant {
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount);
        _credit(to, msg.sender, amount, before);
    }

    /// @notice Like `deposit` to `from` itself, by an ERC-2612 permit that anyone may bring. Where the permit was
    /// used before, only `from` may go on with the allowance it left.
    function depositWithPermit(address from, uint96 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
        nonReentrant
    {
        uint256 before = token.balanceOf(address(this));
        try IERC20Permit(address(token)).permit(from, address(this), amount, deadline, v, r, s) {}
        catch {
            if (msg.sender != from) revert NotParty(from, msg.sender);
        }
        token.safeTransferFrom(from, address(this), amount);
        _credit(from, from, amount, before);
    }

    /// @notice Like `deposit` to `from` itself, by an ERC-3009 authorization (receiveWithAuthorization) that anyone
    /// may bring.
    function deposit3009(
        address from,
        uint96 amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant {
        uint256 before = token.balanceOf(address(this));
        IERC3009(address(token)).receiveWithAuthorization(
            from, address(this), amount, validAfter, validBefore, nonce, v, r, s
        );
        _credit(from, from, amount, before);
    }

    /// @notice Pays `amount` of the sender's free balance out to `to`.
    function withdraw(address to, uint96 amount) external nonReentrant {
        uint96 free = _accounts[msg.sender].free;
        if (amount > free) revert BalanceTooLow(free, amount);
        unchecked {
            _accounts[msg.sender].free = free - amount;
        }
        emit Withdrawn(msg.sender, to, amount);
        token.safeTransfer(to, amount);
    }

    /// @notice Moves the levy of a tariff to the balance of its authority. Anyone may call.
    function collect(uint32 tariff) external returns (uint96 amount) {
        address authority = tariffs.authorityOf(tariff);
        uint256 word = _prices[tariff];
        amount = uint96(word & POT_MAX);
        _prices[tariff] = word ^ amount;
        _accounts[authority].free += amount;
        emit Collected(tariff, authority, amount);
    }

    // ---- the usual path

    /// @notice Sets the rider's money aside for one trip. Anyone may bring the rider's signature.
    function hold(Terms calldata t, bytes calldata riderSig) external {
        _hold(t, riderSig);
    }

    /// @notice Many holds, all or none.
    function holdMany(HoldJob[] calldata jobs) external {
        for (uint256 i; i < jobs.length; ++i) _hold(jobs[i].terms, jobs[i].riderSig);
    }

    /// @notice Pays the trip by the rider's receipt and frees the rest. The driver sends it, or anyone with the
    /// driver's signature over the same receipt (`driverSig`, else empty).
    function settle(Terms calldata t, Receipt calldata r, bytes calldata riderSig, bytes calldata driverSig) external {
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
        (bytes32 id, uint256 word) = _admit(t, termsSig);
        Account storage a = _accounts[t.rider];
        uint96 free = a.free;
        if (t.hold > free) revert BalanceTooLow(free, t.hold);
        if (t.lane == 0) {
            _requireNext(a.held, a.seq, a.terms, t.seq);
            (uint96 left, uint64 seq) = (free - _charge(t, id, r, riderSig, driverSig, free, word), t.seq + 1);
            (a.free, a.seq) = (left, seq);
        } else {
            Lane storage l = _lanes[t.rider][t.lane];
            _requireNext(l.held, l.seq, l.terms, t.seq);
            l.seq = t.seq + 1;
            a.free = free - _charge(t, id, r, riderSig, driverSig, free, word);
        }
    }

    /// @notice Rider: voids every terms signed for the lane's present sequence that is not held yet.
    function revoke(uint32 lane) external {
        uint64 seq;
        if (lane == 0) seq = ++_accounts[msg.sender].seq;
        else seq = ++_lanes[msg.sender][lane].seq;
        emit Revoked(msg.sender, lane, seq);
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
        _accounts[t.rider].free += t.hold - amount;
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
            bool waived = c.kind == Kind.Claimed && msg.sender == t.rider
                || c.kind == Kind.Cancelled && msg.sender == t.driver;
            if (!waived) revert TooEarly(block.timestamp, c.deadline);
        }
        _close(t, id, c.amount, c.kind == Kind.Claimed ? c.amount : c.kind == Kind.Cancelled ? c.fee : c.amount / 2);
    }

    /// @notice Gives a held trip's money back to the rider: the driver at any time, anyone after `expiry`.
    function release(Terms calldata t, Details calldata d) external {
        _requireDetails(t, d);
        if (msg.sender != t.driver && block.timestamp <= d.expiry) revert TooEarly(block.timestamp, d.expiry);
        bytes32 id = digestOf(t);
        _accounts[t.rider].free += _take(t, id);
        emit Released(id);
    }

    // ---- views

    /// @notice Free balance, and the state of lane 0.
    function accountOf(address owner) external view returns (uint96 free, uint96 held, uint64 seq, bytes32 terms) {
        Account storage a = _accounts[owner];
        return (a.free, a.held, a.seq, a.terms);
    }

    /// @notice What a lane holds and for which terms (the last ones, where it holds nothing), and its next sequence.
    function laneOf(address owner, uint32 lane) external view returns (uint96 held, uint64 seq, bytes32 terms) {
        if (lane == 0) {
            Account storage a = _accounts[owner];
            return (a.held, a.seq, a.terms);
        }
        Lane storage l = _lanes[owner][lane];
        return (l.held, l.seq, l.terms);
    }

    function caseOf(bytes32 terms) external view returns (uint96 amount, uint96 fee, uint40 deadline, Kind kind) {
        Case storage c = _cases[terms];
        return (c.amount, c.fee, c.deadline, c.kind);
    }

    /// @notice Levy of a tariff that waits for `collect`.
    function levyOf(uint32 tariff) external view returns (uint96) {
        return uint96(_prices[tariff] & POT_MAX);
    }

    /// @notice The trip id: what the rider signs.
    function digestOf(Terms calldata t) public view returns (bytes32) {
        return _hashTypedDataV4(t.hash());
    }

    /// @notice What the rider signs for a receipt of these terms.
    function receiptDigest(bytes32 terms, Receipt calldata r) public view returns (bytes32) {
        return _hashTypedDataV4(r.hash(terms));
    }

    function detailsHash(Details calldata d) external pure returns (bytes32) {
        return d.hash();
    }

    // ---- inside

    function _credit(address to, address from, uint96 amount, uint256 before) private {
        uint256 received = token.balanceOf(address(this)) - before;
        if (received != amount) revert WrongAmountReceived(amount, received);
        _accounts[to].free += amount;
        emit Deposited(to, from, amount);
    }

    /// @dev Everything about terms that does not depend on the rider's balance.
    function _admit(Terms calldata t, bytes calldata riderSig) private returns (bytes32 id, uint256 word) {
        if (block.timestamp > t.acceptBy) revert TooLate(block.timestamp, t.acceptBy);
        if (t.rider == t.driver) revert SameParty(t.rider, t.driver);
        if (t.hold == 0) revert EmptyHold();
        if (t.fare > t.hold) revert FareOverHold(t.fare, t.hold);
        word = _prices[t.tariff];
        if (word == 0) _prices[t.tariff] = word = Price.unwrap(tariffs.priceOf(t.tariff)) << POT_BITS;
        Price price = Price.wrap(word >> POT_BITS);
        if (t.bp < price.minBp() || t.bp > price.maxBp()) revert FactorOutOfRange(t.bp, price.minBp(), price.maxBp());
        id = digestOf(t);
        if (!Signatures.byWallet(t.rider, id, riderSig)) revert WrongSigner(t.rider, id);
    }

    function _requireNext(uint96 held, uint64 seq, bytes32 terms, uint64 given) private pure {
        if (held != 0) revert LaneBusy(held, terms);
        if (seq != given) revert WrongSequence(seq, given);
    }

    function _hold(Terms calldata t, bytes calldata riderSig) private {
        (bytes32 id,) = _admit(t, riderSig);
        Account storage a = _accounts[t.rider];
        uint96 free = a.free;
        if (t.hold > free) revert BalanceTooLow(free, t.hold);
        if (t.lane == 0) {
            _requireNext(a.held, a.seq, a.terms, t.seq);
            (a.free, a.held, a.seq) = (free - t.hold, t.hold, t.seq + 1);
            a.terms = id;
        } else {
            Lane storage l = _lanes[t.rider][t.lane];
            _requireNext(l.held, l.seq, l.terms, t.seq);
            a.free = free - t.hold;
            (l.held, l.seq) = (t.hold, t.seq + 1);
            l.terms = id;
        }
        emit Held(id, t.rider, t.driver, t.hold, t.tariff, t.lane);
    }

    function _settle(Terms calldata t, Receipt calldata r, bytes calldata riderSig, bytes calldata driverSig) private {
        bytes32 id = digestOf(t);
        Account storage a = _accounts[t.rider];
        if (t.lane == 0) {
            if (a.held == 0 || a.terms != id) revert NotHeld(id, a.terms);
            uint96 funds = a.free + t.hold;
            uint96 left = funds - _charge(t, id, r, riderSig, driverSig, funds, _prices[t.tariff]);
            (a.free, a.held) = (left, 0);
        } else {
            _take(t, id);
            uint96 funds = a.free + t.hold;
            a.free = funds - _charge(t, id, r, riderSig, driverSig, funds, _prices[t.tariff]);
        }
    }

    /// @dev Checks the receipt and both parties' will, credits driver and levy, and says what the rider spent. A tip
    /// that the rider's funds do not cover shrinks to them: an emptied balance must not block the fare.
    function _charge(
        Terms calldata t,
        bytes32 id,
        Receipt calldata r,
        bytes calldata riderSig,
        bytes calldata driverSig,
        uint96 funds,
        uint256 word
    ) private returns (uint96 spent) {
        _requireReceipt(t, receiptDigest(id, r), riderSig, driverSig);
        Price price = Price.wrap(word >> POT_BITS);
        uint256 cap = price.fareOf(
            r.metres > t.metres ? r.metres : t.metres, r.secs > t.secs ? r.secs : t.secs, t.bp
        );
        if (r.fare > cap) revert FareOverCap(r.fare, cap);
        if (r.wait != 0) {
            cap = price.waitOf(r.waitSecs);
            if (r.wait > cap) revert WaitOverCap(r.wait, cap);
        }
        if (r.tip > r.fare) revert TipOverFare(r.tip, r.fare);
        uint256 due = uint256(r.fare) + r.wait + r.toll;
        if (due > t.hold) revert DueOverHold(due, t.hold);
        unchecked {
            uint256 tip = r.tip > funds - due ? funds - due : r.tip;
            uint256 levy = price.levyOf(r.fare);
            spent = uint96(due + tip);
            _addLevy(t.tariff, word, levy);
            _accounts[t.driver].free += uint96(spent - levy);
            emit Settled(
                id, t.rider, t.driver, t.tariff, r.fare, r.wait, r.toll, uint96(tip), uint96(levy), r.record
            );
        }
    }

    function _requireReceipt(Terms calldata t, bytes32 digest, bytes calldata riderSig, bytes calldata driverSig)
        private
        view
    {
        if (!Signatures.bySession(t.session, digest, riderSig) && !Signatures.byWallet(t.rider, digest, riderSig)) {
            revert WrongSigner(t.rider, digest);
        }
        if (msg.sender != t.driver && !Signatures.byWallet(t.driver, digest, driverSig)) {
            revert WrongSigner(t.driver, digest);
        }
    }

    function _addLevy(uint32 tariff, uint256 word, uint256 levy) private {
        if (levy == 0) return;
        if ((word & POT_MAX) + levy > POT_MAX) revert LevyPotFull(word & POT_MAX, levy);
        unchecked {
            _prices[tariff] = word + levy;
        }
    }

    /// @dev Empties the lane that holds the trip and says how much it held.
    function _take(Terms calldata t, bytes32 id) private returns (uint96 held) {
        if (t.lane == 0) {
            Account storage a = _accounts[t.rider];
            held = a.held;
            if (held == 0 || a.terms != id) revert NotHeld(id, a.terms);
            a.held = 0;
        } else {
            Lane storage l = _lanes[t.rider][t.lane];
            held = l.held;
            if (held == 0 || l.terms != id) revert NotHeld(id, l.terms);
            l.held = 0;
        }
    }

    /// @dev The fare of the terms, at most what the tariff allows for their metres and seconds.
    function _claimable(Terms calldata t) private view returns (uint96) {
        uint256 cap = Price.wrap(_prices[t.tariff] >> POT_BITS).fareOf(t.metres, t.secs, t.bp);
        return cap < t.fare ? uint96(cap) : t.fare;
    }

    function _payDriver(Terms calldata t, uint96 amount) private {
        uint256 word = _prices[t.tariff];
        uint96 levy = uint96(Price.wrap(word >> POT_BITS).levyOf(amount));
        _addLevy(t.tariff, word, levy);
        _accounts[t.driver].free += amount - levy;
    }

    function _close(Terms calldata t, bytes32 id, uint96 amount, uint96 toDriver) private {
        delete _cases[id];
        _payDriver(t, toDriver);
        _accounts[t.rider].free += amount - toDriver;
        emit Closed(id, toDriver, amount - toDriver);
    }

    function _requireDetails(Terms calldata t, Details calldata d) private pure {
        bytes32 actual = d.hash();
        if (actual != t.details) revert WrongDetails(t.details, actual);
    }

    function _requireCase(bytes32 id, Kind kind) private view returns (Case storage c) {
        c = _cases[id];
        if (c.kind != kind) revert WrongCase(id, uint8(c.kind));
    }
}
