// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Exits} from "../src/Exits.sol";
import {FareDollar} from "../src/FareDollar.sol";
import {FareVault} from "../src/FareVault.sol";
import {Tariffs} from "../src/Tariffs.sol";
import {Details, Receipt as RideReceipt, Terms} from "../src/Terms.sol";
import {Base} from "./Base.sol";

/// A token that, on its way, tries to enter the vault again with the balance it has there itself.
contract CallingToken is ERC20("Calling", "CALL") {
    FareVault public vault;
    uint256 public calls;
    uint256 public entered;

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function callBack(FareVault vault_) external {
        vault = vault_;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (address(vault) == address(0) || msg.sender != address(vault)) return;
        bytes memory data = ++calls % 2 == 0
            ? abi.encodeCall(vault.withdraw, (address(this), 1))
            : abi.encodeCall(vault.deposit, (address(this), 0));
        (bool ok,) = address(vault).call(data);
        if (ok) ++entered;
    }
}

/// Two riders and two drivers who do anything at any time, and a second bookkeeping, kept here and not in the vault,
/// that says before each call whether it must work and after it what everybody must have.
contract Handler is Base {
    enum State {
        Held,
        Claimed,
        Cancelled,
        Contested,
        Over
    }

    struct Trip {
        Terms terms;
        Details details;
        bytes32 id;
        State state;
        uint96 amount;
        uint96 fee;
        uint256 deadline;
        uint256 paid;
        uint256 returned;
        uint256 levied;
        uint256 ends;
        /// Most and least that the driver gets, gross, by what both signed and did.
        uint256 most;
        uint256 least;
    }

    address private immutable first = vm.addr(1000);
    address private immutable second = vm.addr(1001);

    Trip[] private trips;
    /// Trips that hold money, by their place in `trips`.
    uint256[] private openOnes;
    /// What the vault itself said of each trip last, and how often it went from a state to one that it must not reach.
    State[] private seen;
    uint256 public transitions;
    uint256 public illegal;
    /// Levy of each payment, floored one by one.
    uint256 public levied;
    /// Highest fare or claim that the vault took.
    uint256 public dearest;
    mapping(address => uint256) public free;
    mapping(address => mapping(uint32 => uint64)) public seq;
    mapping(address => mapping(uint32 => bool)) public busy;
    uint256 public pot;
    uint256 public brought;
    uint256 public taken;

    constructor(FareVault vault_, FareDollar token_, Tariffs tariffs_) {
        (vault, token, tariffs) = (vault_, token_, tariffs_);
        for (uint256 i; i < 2; ++i) {
            deposit(i, 500e6);
        }
        hold(0, 0, 0, 0, 2);
    }

    function riderKey(uint256 i) private pure returns (uint256) {
        return 1000 + i % 2;
    }

    function person(uint256 i) public view returns (address) {
        return i % 4 > 1 ? address(uint160(0xD000 + i % 4)) : i % 2 == 0 ? first : second;
    }

    function count() external view returns (uint256) {
        return trips.length;
    }

    function openTrips() external view returns (uint256[] memory) {
        return openOnes;
    }

    /// States that a trip may go to from each, as bits.
    function legal(State from) private pure returns (uint256) {
        if (from == State.Held) return bit(State.Claimed) | bit(State.Cancelled) | bit(State.Over);
        if (from == State.Claimed) return bit(State.Contested) | bit(State.Over);
        if (from == State.Cancelled) return bit(State.Claimed) | bit(State.Over);
        if (from == State.Contested) return bit(State.Over);
        return 0;
    }

    function bit(State s) private pure returns (uint256) {
        return 1 << uint256(s);
    }

    /// What the vault says of a trip.
    function stateOf(uint256 i) public view returns (State) {
        Trip storage p = trips[i];
        (,,, Exits.Kind kind) = vault.caseOf(p.id);
        if (kind != Exits.Kind.None) return State(uint256(kind));
        (uint96 held,, bytes32 terms) = vault.laneOf(p.terms.rider, p.terms.lane);
        return held != 0 && terms == p.id ? State.Held : State.Over;
    }

    /// Looks at the newest trips after each call that worked.
    function observe() private {
        uint256 n = trips.length;
        for (uint256 i = n < 6 ? 0 : n - 6; i < n; ++i) {
            State now_ = stateOf(i);
            if (now_ == seen[i]) continue;
            ++transitions;
            if (legal(seen[i]) & bit(now_) == 0) ++illegal;
            seen[i] = now_;
        }
    }

    function begin(Trip memory made, State state) private {
        trips.push(made);
        seen.push(state);
        if (state == State.Held) openOnes.push(trips.length - 1);
    }

    function shut(bytes32 id) private {
        for (uint256 i; i < openOnes.length; ++i) {
            if (trips[openOnes[i]].id != id) continue;
            openOnes[i] = openOnes[openOnes.length - 1];
            openOnes.pop();
        }
    }

    function trip(uint256 i) external view returns (Trip memory) {
        return trips[i];
    }

    /// One of the newest six; older ones are mostly over.
    function pick(uint256 i) private view returns (Trip storage) {
        uint256 n = trips.length;
        return trips[n - 1 - i % (n < 6 ? n : 6)];
    }

    function tell(address by, bytes memory data, bool expected) private returns (bool ok) {
        vm.prank(by);
        (ok,) = address(vault).call(data);
        assertEq(ok, expected, "the vault and the second book disagree on whether this works");
        if (ok) observe();
    }

    // ---- money in and out

    function deposit(uint256 who, uint96 amount) public {
        amount = uint96(bound(amount, 0, 500e6));
        token.mint(address(this), amount);
        token.approve(address(vault), amount);
        vault.deposit(person(who), amount);
        free[person(who)] += amount;
        brought += amount;
    }

    function withdraw(uint256 who, uint96 amount) external {
        address by = person(who);
        amount = uint96(bound(amount, 0, free[by] + 1));
        if (!tell(by, abi.encodeCall(vault.withdraw, (by, amount)), amount <= free[by])) return;
        free[by] -= amount;
        taken += amount;
    }

    function collect() external {
        vault.collect(1);
        free[authority] += pot;
        pot = 0;
    }

    function wait(uint256 s) external {
        skip(bound(s, 1, 20 hours));
    }

    // ---- trips

    function makeTrip(uint256 who, uint256 driver_, uint32 lane, uint96 extra)
        private
        view
        returns (Trip memory made)
    {
        uint40 nowS = uint40(block.timestamp);
        made.details = someDetails();
        (made.details.freeUntil, made.details.lateAt) = (nowS + 2 minutes, nowS + 5 hours);
        (made.details.pickupBy, made.details.expiry) = (nowS + 20 minutes, nowS + 2 days);
        Terms memory t = made.terms;
        (t.rider, t.driver, t.lane) = (person(who % 2), person(2 + driver_ % 2), lane % 2);
        (t.fare, t.hold) = (10.55e6, 10.55e6 + uint96(bound(extra, 0, 10e6)));
        (t.tariff, t.metres, t.secs, t.bp, t.acceptBy) = (1, 7_000, 900, 10_000, nowS);
        t.seq = seq[t.rider][t.lane];
        t.details = vault.detailsHash(made.details);
    }

    function hold(uint256 who, uint256 driver_, uint32 lane, uint96 extra, uint8 wrong) public {
        Trip memory made = makeTrip(who, driver_, lane, extra);
        Terms memory t = made.terms;
        if (wrong % 8 == 0) t.seq += 1;
        made.id = vault.digestOf(t);
        bytes memory sig = sign(riderKey(wrong % 8 == 1 ? who % 2 + 1 : who), made.id);
        bool good = wrong % 8 > 1 && !busy[t.rider][t.lane] && free[t.rider] >= t.hold;
        if (!tell(stranger, abi.encodeCall(vault.hold, (t, sig)), good)) return;
        free[t.rider] -= t.hold;
        busy[t.rider][t.lane] = true;
        seq[t.rider][t.lane] += 1;
        made.amount = t.hold;
        begin(made, State.Held);
    }

    function holdAgain(uint256 i) external {
        Trip storage p = pick(i);
        bytes memory sig = sign(p.terms.rider == person(0) ? riderKey(0) : riderKey(1), p.id);
        tell(stranger, abi.encodeCall(vault.hold, (p.terms, sig)), false);
    }

    function receipt(uint96 fare, uint96 toll, uint96 tip) private pure returns (RideReceipt memory r) {
        r.fare = uint96(bound(fare, 0, 10.6e6));
        (r.toll, r.tip) = (uint96(bound(toll, 0, 3e6)), uint96(bound(tip, 0, r.fare)));
    }

    function settle(uint256 i, uint256 other, uint96 fare, uint96 toll, uint96 tip, uint8 how) external {
        Trip storage p = pick(i);
        Trip storage q = pick(other);
        Terms memory t = p.terms;
        RideReceipt memory r = receipt(fare, toll, tip);
        // Now and then a receipt of another trip, or a sender who is not the driver.
        bytes32 digest = vault.receiptDigest(how % 8 == 0 ? q.id : p.id, r);
        bytes memory sig = sign(t.rider == person(0) ? riderKey(0) : riderKey(1), digest);
        uint256 funds = free[t.rider] + p.amount;
        uint256 due = uint256(r.fare) + r.toll;
        bool good = p.state <= State.Cancelled && (how % 8 > 0 || q.id == p.id) && how % 8 != 1
            && r.fare <= 10.55e6 && due <= t.hold && due <= funds;
        address by = how % 8 == 1 ? t.rider : t.driver;
        if (!tell(by, abi.encodeCall(vault.settle, (t, r, sig, "")), good)) return;
        uint256 paidTip = r.tip < funds - due ? r.tip : funds - due;
        free[t.rider] = funds - due - paidTip;
        // What the tip or a fare beyond a claim took from the free balance counts as taken from the trip.
        p.returned += p.amount;
        p.returned -= due + paidTip < p.returned ? due + paidTip : p.returned;
        (p.most, p.least) = (due + r.tip, due);
        if (r.fare > dearest) dearest = r.fare;
        give(p, due + paidTip, r.fare);
        end(p);
    }

    function pay(uint256 who, uint256 driver_, uint32 lane, uint96 fare, uint96 tip) external {
        Trip memory made = makeTrip(who, driver_, lane, 2e6);
        Terms memory t = made.terms;
        made.id = vault.digestOf(t);
        RideReceipt memory r = receipt(fare, 0, tip);
        bytes memory termsSig = sign(riderKey(who), made.id);
        bytes memory sig = sign(riderKey(who), vault.receiptDigest(made.id, r));
        bool good = !busy[t.rider][t.lane] && free[t.rider] >= t.hold && r.fare <= 10.55e6;
        if (!tell(t.driver, abi.encodeCall(vault.pay, (t, r, termsSig, sig, "")), good)) return;
        seq[t.rider][t.lane] += 1;
        uint256 room = free[t.rider] - r.fare;
        uint256 spent = uint256(r.fare) + (r.tip < room ? r.tip : room);
        free[t.rider] -= spent;
        made.state = State.Over;
        made.ends = 1;
        (made.most, made.least) = (spent, spent);
        begin(made, State.Over);
        if (r.fare > dearest) dearest = r.fare;
        give(trips[trips.length - 1], spent, r.fare);
    }

    /// The levy of a trip is that of all its payments together.
    function give(Trip storage p, uint256 amount, uint256 fare) private {
        uint256 l = (p.levied + fare) * 300 / 10_000 - p.levied * 300 / 10_000;
        p.levied += fare;
        levied += l;
        free[p.terms.driver] += amount - l;
        pot += l;
        p.paid += amount;
    }

    function end(Trip storage p) private {
        if (p.state == State.Held) busy[p.terms.rider][p.terms.lane] = false;
        (p.state, p.amount) = (State.Over, 0);
        p.ends += 1;
        shut(p.id);
    }

    function revoke(uint256 who, uint32 lane) external {
        vm.prank(person(who % 2));
        vault.revoke(lane % 2);
        seq[person(who % 2)][lane % 2] += 1;
    }

    // ---- one party alone

    function cancel(uint256 i) external {
        Trip storage p = pick(i);
        Details memory d = p.details;
        if (!tell(p.terms.rider, abi.encodeCall(vault.cancel, (p.terms, d)), p.state == State.Held)) return;
        bool charged = block.timestamp > d.freeUntil && block.timestamp <= d.lateAt;
        (p.state, p.fee, p.deadline) = (State.Cancelled, charged ? d.cancelFee : 0, block.timestamp + 1 days);
        (p.most, p.least) = (p.fee, p.fee);
        busy[p.terms.rider][p.terms.lane] = false;
    }

    function claim(uint256 i, uint96 amount, bool boarded, bool notDriver) external {
        Trip storage p = pick(i);
        Details memory d = p.details;
        amount = uint96(bound(amount, 0, boarded ? 10.6e6 : 2.1e6));
        bool good = amount != 0 && amount <= (boarded ? 10.55e6 : 2e6) && !notDriver;
        if (p.state == State.Held) {
            good = good && block.timestamp <= d.expiry && (boarded || block.timestamp > d.pickupBy);
        } else {
            good = good && p.state == State.Cancelled && boarded && block.timestamp <= p.deadline;
        }
        bytes memory data = abi.encodeCall(vault.claim, (p.terms, d, amount, boarded ? SECRET : bytes32(0)));
        if (!tell(notDriver ? p.terms.rider : p.terms.driver, data, good)) return;
        if (p.state == State.Held) busy[p.terms.rider][p.terms.lane] = false;
        free[p.terms.rider] += p.terms.hold - amount;
        p.returned += p.terms.hold - amount;
        (p.state, p.amount, p.fee, p.deadline) = (State.Claimed, amount, 0, block.timestamp + 1 days);
        (p.most, p.least) = (boarded ? p.terms.fare : d.noShowFee, amount);
        if (amount > dearest) dearest = amount;
    }

    function contest(uint256 i, uint96 admitted) external {
        Trip storage p = pick(i);
        admitted = uint96(bound(admitted, 0, uint256(p.amount) + 1));
        bool good = p.state == State.Claimed && block.timestamp <= p.deadline && admitted < p.amount;
        if (!tell(p.terms.rider, abi.encodeCall(vault.contest, (p.terms, admitted)), good)) return;
        give(p, admitted, admitted);
        p.least = admitted;
        (p.state, p.amount, p.deadline) = (State.Contested, p.amount - admitted, block.timestamp + 14 days);
    }

    function rule(uint256 i, uint96 toDriver) external {
        Trip storage p = pick(i);
        toDriver = uint96(bound(toDriver, 0, uint256(p.amount) + 1));
        bool good = p.state == State.Contested && block.timestamp <= p.deadline && toDriver <= p.amount;
        if (!tell(arbiter, abi.encodeCall(vault.rule, (p.terms, p.details, toDriver)), good)) return;
        close(p, toDriver);
    }

    function finalize(uint256 i, uint8 who) external {
        Trip storage p = pick(i);
        address by = [p.terms.rider, p.terms.driver, stranger][who % 3];
        bool open = p.state != State.Held && p.state != State.Over;
        bool waived = p.state == State.Claimed && who % 3 == 0 || p.state == State.Cancelled && who % 3 == 1;
        bool good = open && (block.timestamp > p.deadline || waived);
        if (!tell(by, abi.encodeCall(vault.finalize, (p.terms)), good)) return;
        close(p, p.state == State.Claimed ? p.amount : p.state == State.Cancelled ? p.fee : p.amount / 2);
    }

    function release(uint256 i, uint8 who) external {
        Trip storage p = pick(i);
        address by = [p.terms.rider, p.terms.driver, stranger][who % 3];
        bool good = p.state == State.Held && (who % 3 == 1 || block.timestamp > p.details.expiry);
        if (!tell(by, abi.encodeCall(vault.release, (p.terms, p.details)), good)) return;
        free[p.terms.rider] += p.amount;
        p.returned += p.amount;
        end(p);
    }

    function close(Trip storage p, uint96 toDriver) private {
        free[p.terms.rider] += p.amount - toDriver;
        p.returned += p.amount - toDriver;
        give(p, toDriver, toDriver);
        end(p);
    }
}
