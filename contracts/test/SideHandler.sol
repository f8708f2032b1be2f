// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Bonds, Pledge} from "../src/Bonds.sol";
import {FareDollar} from "../src/FareDollar.sol";
import {FareVault} from "../src/FareVault.sol";
import {KeyBonds} from "../src/KeyBonds.sol";
import {LeaseSplit} from "../src/LeaseSplit.sol";
import {Permits} from "../src/Permits.sol";
import {RelayRegistry} from "../src/RelayRegistry.sol";
import {Terms} from "../src/Terms.sol";
import {Base} from "./Base.sol";

/// People who do anything at any time with what stands beside the vault, and second books of it.
contract SideHandler is Base {
    struct Trip {
        Terms terms;
        bytes32 id;
        Bonds.State state;
        uint256 deadline;
        uint96 amount;
    }

    Bonds private immutable bonds;
    LeaseSplit private immutable split;
    RelayRegistry private immutable registry;
    KeyBonds private immutable keys;

    Trip[] private trips;
    /// Drivers' money that nothing binds, what is bound, and what the authority got.
    mapping(address driver => uint256) public free;
    uint256 public bound_;
    uint256 public forfeited;
    /// What came to the lease.
    uint256 public leased;
    /// Coin that keepers laid and got back.
    mapping(address keeper => uint256) public laid;
    mapping(address keeper => uint256) public got;
    mapping(address keeper => uint256) public lockedTill;
    uint256 public places;
    /// Payers' money that lies beside no key, what does, and until when.
    mapping(address payer => uint256) public spare;
    mapping(address payer => mapping(uint256 key => uint256)) public beside;
    mapping(address payer => mapping(uint256 key => uint256)) public besideTill;

    constructor(
        FareVault vault_,
        FareDollar token_,
        Permits permits_,
        Bonds bonds_,
        LeaseSplit split_,
        RelayRegistry registry_,
        KeyBonds keys_
    ) {
        (vault, token, permits, bonds) = (vault_, token_, permits_, bonds_);
        (split, registry, keys) = (split_, registry_, keys_);
        fund(vm.addr(RIDER_KEY), 1e15);
    }

    function driverKey(uint256 i) private pure returns (uint256) {
        return 5_000 + i % 2;
    }

    function person(uint256 i) public pure returns (address) {
        return vm.addr(driverKey(i));
    }

    function tell(address by, address to, uint256 coin, bytes memory data, bool expected)
        private
        returns (bool ok)
    {
        vm.deal(by, coin);
        vm.prank(by);
        (ok,) = to.call{value: coin}(data);
        assertEq(ok, expected, "the contract and the second book disagree on whether this works");
    }

    function wait(uint256 s) external {
        skip(bound(s, 1, 9 hours));
    }

    // ---- bonds

    function give(uint256 who, uint96 amount) external {
        amount = uint96(bound(amount, 0, 20e6));
        token.mint(address(this), amount);
        token.approve(address(bonds), amount);
        bonds.fund(person(who), amount);
        free[person(who)] += amount;
    }

    function takeBack(uint256 who, uint96 amount) external {
        address by = person(who);
        amount = uint96(bound(amount, 0, free[by] + 1));
        bytes memory data = abi.encodeCall(bonds.defund, (stranger, amount));
        if (tell(by, address(bonds), 0, data, amount <= free[by])) free[by] -= amount;
    }

    /// A trip is signed, held or not, and a driver pledges for it, now and then twice.
    function pledge(uint256 who, uint96 amount, bool isHeld, bool twice) external {
        address by = person(who);
        amount = uint96(bound(amount, 0, free[by] + 1));
        Terms memory t = someTerms();
        (t.driver, t.lane, t.seq) = (by, uint32(trips.length), 0);
        t.acceptBy = uint40(block.timestamp) + 1 hours;
        bytes32 id = vault.digestOf(t);
        if (isHeld) vault.hold(t, sign(RIDER_KEY, id));
        Pledge memory p = Pledge(by, id, amount);
        bytes memory data = abi.encodeCall(bonds.pledge, (p, sign(driverKey(who), bonds.digestOf(p))));
        bool ok = tell(stranger, address(bonds), 0, data, amount <= free[by]);
        trips.push(Trip(t, id, ok ? Bonds.State.Pledged : Bonds.State.None, 0, amount));
        if (!ok) return;
        free[by] -= amount;
        bound_ += amount;
        if (twice) tell(stranger, address(bonds), 0, data, false);
    }

    /// One of the newest four.
    function pick(uint256 i) private view returns (Trip storage) {
        uint256 n = trips.length;
        return trips[n - 1 - i % (n < 4 ? n : 4)];
    }

    function laneHolds(Trip storage p) private view returns (bool) {
        return heldOf(rider, p.terms.lane) != 0;
    }

    function settleTrip(uint256 i) external {
        if (trips.length == 0 || !laneHolds(pick(i))) return;
        vm.prank(pick(i).terms.driver);
        vault.release(pick(i).terms, someDetails());
    }

    function accuse(uint256 i) external {
        if (trips.length == 0) return;
        Trip storage p = pick(i);
        bool good = p.state == Bonds.State.Pledged && laneHolds(p) && block.timestamp > START + 15 minutes;
        if (!tell(rider, address(bonds), 0, abi.encodeCall(bonds.accuse, (p.terms, someDetails())), good)) {
            return;
        }
        (p.state, p.deadline) = (Bonds.State.Accused, block.timestamp + 1 days);
    }

    function acquit(uint256 i, bool knows) external {
        if (trips.length == 0) return;
        Trip storage p = pick(i);
        bool good =
            p.state == Bonds.State.Pledged || p.state == Bonds.State.Accused && block.timestamp <= p.deadline;
        bytes memory data =
            abi.encodeCall(bonds.acquit, (p.terms, someDetails(), knows ? SECRET : bytes32(0)));
        if (tell(stranger, address(bonds), 0, data, good && knows)) back(p);
    }

    function release(uint256 i) external {
        if (trips.length == 0) return;
        Trip storage p = pick(i);
        (, uint64 seq,) = vault.laneOf(rider, p.terms.lane);
        bool gone = !laneHolds(p) && (seq != 0 || block.timestamp > p.terms.acceptBy);
        bool good = p.state == Bonds.State.Pledged && gone;
        if (tell(stranger, address(bonds), 0, abi.encodeCall(bonds.free, (p.terms)), good)) back(p);
    }

    function forfeit(uint256 i) external {
        if (trips.length == 0) return;
        Trip storage p = pick(i);
        bool good = p.state == Bonds.State.Accused && block.timestamp > p.deadline;
        if (!tell(stranger, address(bonds), 0, abi.encodeCall(bonds.forfeit, (p.terms)), good)) return;
        p.state = Bonds.State.Over;
        bound_ -= p.amount;
        forfeited += p.amount;
    }

    function back(Trip storage p) private {
        p.state = Bonds.State.Over;
        free[p.terms.driver] += p.amount;
        bound_ -= p.amount;
    }

    // ---- the lease

    function earn(uint96 amount) external {
        amount = uint96(bound(amount, 0, 20e6));
        fund(address(split), amount);
        leased += amount;
    }

    function share() external {
        split.share();
    }

    // ---- relays

    function keeper(uint256 i) public pure returns (address) {
        return address(uint160(0xBEE0 + i % 70));
    }

    function listed(address who) public view returns (bool ok) {
        (ok,) = address(registry).staticcall(abi.encodeCall(registry.recordOf, (who)));
    }

    function list(uint256 who, uint256 bond, uint256 forS) external {
        address by = keeper(who);
        bond = bound(bond, 0, 9);
        uint40 until = uint40(block.timestamp + bound(forS, 1, 3 days));
        bool was = listed(by);
        bool good = places < 64 || was;
        if (!tell(by, address(registry), bond, abi.encodeCall(registry.put, ("relay", until)), good)) return;
        lay(by, bond);
        if (!was) ++places;
    }

    function displace(uint256 who, uint256 other, uint256 bond, uint256 forS) external {
        (address by, address from) = (keeper(who), keeper(other));
        bond = bound(bond, 0, 9);
        uint40 until = uint40(block.timestamp + bound(forS, 1, 3 days));
        bool good = places == 64 && !listed(by) && listed(from);
        if (good) {
            RelayRegistry.Record memory r = registry.recordOf(from);
            good = r.until <= block.timestamp || r.bond < bond;
        }
        bytes memory data = abi.encodeCall(registry.displace, (from, "relay", until));
        if (tell(by, address(registry), bond, data, good)) lay(by, bond);
    }

    function lay(address by, uint256 bond) private {
        laid[by] += bond;
        if (bond != 0) lockedTill[by] = block.timestamp + 30 days;
    }

    function goAway(uint256 who) external {
        address by = keeper(who);
        if (tell(by, address(registry), 0, abi.encodeCall(registry.remove, ()), listed(by))) --places;
    }

    /// Who was listed once and has never been outbid waits for what he laid.
    function cash(uint256 who) external {
        address by = keeper(who);
        bool good = block.timestamp >= registry.paidFrom(by);
        uint256 owed = registry.owedTo(by);
        if (tell(by, address(registry), 0, abi.encodeCall(registry.withdraw, ()), good)) got[by] += owed;
        assertEq(by.balance, good ? owed : 0, "paid");
    }

    // ---- bonds of session keys

    function keyOf(uint256 i) public pure returns (address) {
        return address(uint160(0x5E55 + i % 2));
    }

    function giveForKeys(uint256 who, uint96 amount) external {
        amount = uint96(bound(amount, 0, 20e6));
        token.mint(address(this), amount);
        token.approve(address(keys), amount);
        keys.fund(person(who), amount);
        spare[person(who)] += amount;
    }

    function takeFromKeys(uint256 who, uint96 amount) external {
        address by = person(who);
        amount = uint96(bound(amount, 0, spare[by] + 1));
        bytes memory data = abi.encodeCall(keys.defund, (stranger, amount));
        if (tell(by, address(keys), 0, data, amount <= spare[by])) spare[by] -= amount;
    }

    function layKey(uint256 who, uint256 key, uint96 amount, uint256 forS) external {
        address by = person(who);
        amount = uint96(bound(amount, 0, spare[by] + 1));
        uint256 till = besideTill[by][key % 2];
        if (till < block.timestamp) till = block.timestamp;
        uint40 until = uint40(bound(forS, till + 1 days - 1, till + 2 days));
        bool good = amount <= spare[by] && until > till + 1 days - 1 && until <= block.timestamp + 365 days;
        bytes memory data = abi.encodeCall(keys.lay, (keyOf(key), amount, until));
        if (!tell(by, address(keys), 0, data, good)) return;
        spare[by] -= amount;
        beside[by][key % 2] += amount;
        besideTill[by][key % 2] = until;
    }

    function liftKey(uint256 who, uint256 key, uint8 pause) external {
        address by = person(who);
        if (pause % 4 == 0) skip(1 days);
        bool good = block.timestamp >= besideTill[by][key % 2];
        if (!tell(by, address(keys), 0, abi.encodeCall(keys.lift, (keyOf(key))), good)) return;
        spare[by] += beside[by][key % 2];
        beside[by][key % 2] = 0;
    }

    // ---- cars

    function licence(uint256 who, uint256 car, uint256 forS, bool ofCar) external {
        uint40 until = uint40(block.timestamp + bound(forS, 1, 2 days));
        vm.prank(authority);
        if (ofCar) permits.grantVehicle(bytes32(car % 2), person(who), until, 0);
        else permits.grant(person(who), until, true, 0);
    }

    function endLicence(uint256 who, uint256 car, bool ofCar) external {
        bytes memory data = ofCar
            ? abi.encodeCall(permits.revokeVehicle, (bytes32(car % 2)))
            : abi.encodeCall(permits.revoke, (person(who)));
        vm.prank(authority);
        (bool ok,) = address(permits).call(data);
        ok;
    }

    function lend(uint256 who, uint256 car, uint256 to) external {
        bool good = permits.vehicleOf(authority, bytes32(car % 2)).keeper == person(who);
        bytes memory data = abi.encodeCall(permits.lend, (authority, bytes32(car % 2), person(to)));
        tell(person(who), address(permits), 0, data, good);
    }

    function drive(uint256 who, uint256 car) external {
        vm.prank(person(who));
        permits.drive(authority, bytes32(car % 2));
    }
}
