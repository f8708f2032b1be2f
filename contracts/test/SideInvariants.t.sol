// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Bonds} from "../src/Bonds.sol";
import {KeyBonds} from "../src/KeyBonds.sol";
import {LeaseSplit} from "../src/LeaseSplit.sol";
import {Permits} from "../src/Permits.sol";
import {RelayRegistry} from "../src/RelayRegistry.sol";
import {Base} from "./Base.sol";
import {SideHandler} from "./SideHandler.sol";

/// Six more invariants (SideInvariants.tree), of what stands beside the vault, looked at after each call.
contract SideInvariantsTest is Base {
    uint96 private constant OWED = 30e6;

    Bonds private bonds;
    LeaseSplit private split;
    RelayRegistry private registry;
    KeyBonds private keys;
    SideHandler private h;
    address private owner = makeAddr("owner of the car");

    function setUp() public override {
        super.setUp();
        bonds = Bonds(deployCode(artifact("Bonds"), abi.encode(vault)));
        split =
            LeaseSplit(deployCode(artifact("LeaseSplit"), abi.encode(vault, owner, stranger, 4_000, OWED)));
        registry = RelayRegistry(deployCode(artifact("RelayRegistry")));
        keys = KeyBonds(deployCode(artifact("KeyBonds"), abi.encode(vault)));
        h = new SideHandler(vault, token, permits, bonds, split, registry, keys);
        // A list that is nearly full, so that places are fought for.
        for (uint256 i; i < 62; ++i) {
            h.list(i, i % 4, 2 days);
        }
        targetContract(address(h));
        bytes4[17] memory calls = [
            h.wait.selector,
            h.give.selector,
            h.takeBack.selector,
            h.pledge.selector,
            h.settleTrip.selector,
            h.accuse.selector,
            h.acquit.selector,
            h.release.selector,
            h.forfeit.selector,
            h.earn.selector,
            h.share.selector,
            h.list.selector,
            h.displace.selector,
            h.goAway.selector,
            h.cash.selector,
            h.licence.selector,
            h.lend.selector
        ];
        bytes4[] memory all = new bytes4[](23);
        for (uint256 i; i < 17; ++i) {
            all[i] = calls[i];
        }
        (all[17], all[18]) = (h.endLicence.selector, h.drive.selector);
        (all[19], all[20]) = (h.giveForKeys.selector, h.takeFromKeys.selector);
        (all[21], all[22]) = (h.layKey.selector, h.liftKey.selector);
        targetSelector(FuzzSelector(address(h), all));
    }

    function invariant_I16ToI21() public view {
        driversMoney();
        lease();
        cars();
        keysMoney();
    }

    function driversMoney() private view {
        uint256 sum = h.bound_();
        for (uint256 i; i < 2; ++i) {
            assertEq(bonds.freeOf(h.person(i)), h.free(h.person(i)), "I16: a driver's money");
            sum += h.free(h.person(i));
        }
        assertEq(freeOf(address(bonds)), sum, "I16: what lies in the vault is the drivers'");
        assertEq(freeOf(authority), h.forfeited(), "I17: what is forfeited goes to the authority");
    }

    function keysMoney() private view {
        uint256 sum;
        for (uint256 i; i < 2; ++i) {
            address by = h.person(i);
            assertEq(keys.freeOf(by), h.spare(by), "I21: a payer's purse");
            sum += h.spare(by);
            for (uint256 key; key < 2; ++key) {
                (uint96 amount, uint40 until) = keys.bondOf(h.keyOf(key), by);
                assertEq(amount, h.beside(by, key), "I21: what lies beside a key");
                assertEq(until, h.besideTill(by, key), "I21: its time");
                sum += amount;
            }
        }
        assertEq(freeOf(address(keys)), sum, "I21: what lies in the vault is the payers'");
    }

    function lease() private view {
        (uint256 toOwner, uint256 toDriver) = (freeOf(owner), freeOf(stranger));
        assertEq(toOwner, split.paid(), "I18: what the owner got");
        assertLe(toOwner, OWED, "I18: more than is owed");
        assertEq(freeOf(address(split)) + toOwner + toDriver, h.leased(), "I18: nothing is lost");
    }

    /// Each has one seat or none; coin in the registry is bonds and what is owed, keeper by keeper.
    function afterInvariant() public view {
        (, RelayRegistry.Record[] memory all) = registry.list();
        assertLe(all.length, 64, "I19: places");
        assertEq(all.length, h.places(), "I19: who came and did not go");
        uint256 sum;
        uint256 seats;
        for (uint256 i; i < 70; ++i) {
            address by = h.keeper(i);
            uint256 his = registry.owedTo(by);
            if (h.listed(by)) {
                RelayRegistry.Record memory r = registry.recordOf(by);
                assertEq(r.keeper, by, "I19: his own place");
                his += r.bond;
                ++seats;
            }
            assertEq(his + h.got(by), h.laid(by), "I19: a keeper's coin");
            uint256 till = h.lockedTill(by);
            assertLe(registry.paidFrom(by), till < 30 days ? 30 days : till, "I19: waits for long");
            sum += his;
        }
        assertEq(seats, all.length, "I19: one place a keeper");
        assertEq(address(registry).balance, sum, "I19: coin");
    }

    function cars() private view {
        for (uint256 car; car < 2; ++car) {
            uint256 drivers;
            Permits.Vehicle memory v = permits.vehicleOf(authority, bytes32(car));
            for (uint256 i; i < 2; ++i) {
                (uint40 until,, bytes32 his) = permits.permitOf(authority, h.person(i));
                if (until == 0 || his != bytes32(car)) continue;
                ++drivers;
                assertEq(v.driver, h.person(i), "I20: a car that is not lent to him");
                assertLe(until, v.until, "I20: a car whose permit is over");
            }
            assertLe(drivers, 1, "I20: two drivers of one car");
        }
    }
}
