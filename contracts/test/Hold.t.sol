// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Tariff} from "../src/Prices.sol";
import {Tariffs} from "../src/Tariffs.sol";
import {Terms} from "../src/Terms.sol";
import {VaultLog} from "../src/VaultLog.sol";
import {Base} from "./Base.sol";

contract HoldTest is Base {
    function testFuzz_Hold(uint96 fare, uint96 amount, uint32 lane, address driver_, uint32 tariff) public {
        vm.assume(driver_ != rider && driver_ != address(0));
        tariff %= tariffs.NEEDS_PERMIT();
        Terms memory t = someTerms();
        t.hold = uint96(bound(amount, 1, FUNDS));
        t.fare = uint96(bound(fare, 0, t.hold));
        (t.lane, t.driver, t.tariff) = (lane, driver_, tariff);
        bytes32 id = vault.digestOf(t);
        bytes memory sig = signTerms(t);
        vm.expectEmit(address(vault));
        emit VaultLog.Held(id, rider, driver_, t.hold, tariff, lane);
        vm.prank(stranger);
        vault.hold(t, sig);
        (uint96 held, uint64 seq, bytes32 terms) = vault.laneOf(rider, lane);
        assertEq(held, t.hold);
        assertEq(seq, 1);
        assertEq(terms, id);
        assertEq(freeOf(rider), FUNDS - t.hold);
    }

    function testFuzz_HoldInTime(uint40 nowS) public {
        Terms memory t = someTerms();
        bytes memory sig = signTerms(t);
        nowS = uint40(bound(nowS, START, START + 2 minutes));
        vm.warp(nowS);
        if (nowS > t.acceptBy) {
            vm.expectRevert(abi.encodeWithSelector(VaultLog.TooLate.selector, nowS, t.acceptBy));
        }
        vault.hold(t, sig);
    }

    function refused(Terms memory t, bytes memory reason) private {
        bytes memory sig = signTerms(t);
        vm.expectRevert(reason);
        vault.hold(t, sig);
    }

    function test_SenselessTerms() public {
        Terms memory t = someTerms();
        t.driver = rider;
        refused(t, abi.encodeWithSelector(VaultLog.SameParty.selector, rider, rider));
        t.driver = address(0);
        refused(t, abi.encodeWithSelector(VaultLog.SameParty.selector, rider, address(0)));
        t = someTerms();
        (t.hold, t.fare) = (0, 0);
        refused(t, abi.encodeWithSelector(VaultLog.EmptyHold.selector));
        t = someTerms();
        t.fare = t.hold + 1;
        refused(t, abi.encodeWithSelector(VaultLog.FareOverHold.selector, t.fare, t.hold));
    }

    function testFuzz_HoldOverBalance(uint96 over, uint32 lane) public {
        Terms memory t = someTerms();
        (t.hold, t.lane) = (FUNDS + uint96(bound(over, 1, 1e20)), lane);
        refused(t, abi.encodeWithSelector(VaultLog.BalanceTooLow.selector, FUNDS, t.hold));
    }

    function test_HoldOfAllAndOfOneMore() public {
        for (uint32 lane; lane < 2; ++lane) {
            Terms memory t = someTerms();
            (t.lane, t.seq, t.hold) = (lane, 0, FUNDS + 1);
            refused(t, abi.encodeWithSelector(VaultLog.BalanceTooLow.selector, FUNDS, FUNDS + 1));
            t.hold = FUNDS;
            hold(t);
            settle(t, someReceipt());
            assertEq(freeOf(rider), FUNDS - 12.7e6);
            fund(rider, 12.7e6);
        }
    }

    function testFuzz_WrongSequence(uint64 seq, uint32 lane) public {
        vm.assume(seq != 0);
        Terms memory t = someTerms();
        (t.seq, t.lane) = (seq, lane);
        refused(t, abi.encodeWithSelector(VaultLog.WrongSequence.selector, 0, seq));
    }

    function testFuzz_TwoDriversOfOneSequence(uint32 lane) public {
        Terms memory a = someTerms();
        Terms memory b = someTerms();
        (a.lane, b.lane, b.driver) = (lane, lane, stranger);
        bytes32 id = hold(a);
        refused(b, abi.encodeWithSelector(VaultLog.LaneBusy.selector, a.hold, id));
        settle(a, someReceipt());
        refused(b, abi.encodeWithSelector(VaultLog.WrongSequence.selector, 1, 0));
    }

    function test_LanesHoldMoreThanOneTrip() public {
        Terms memory a = someTerms();
        Terms memory b = someTerms();
        Terms memory c = someTerms();
        (b.lane, c.lane) = (1, type(uint32).max);
        hold(a);
        hold(b);
        hold(c);
        assertEq(freeOf(rider), FUNDS - 45e6);
        settle(b, someReceipt());
        settle(a, someReceipt());
        settle(c, someReceipt());
        assertEq(freeOf(rider), FUNDS - 3 * 12.7e6);
        assertEq(heldOf(rider, 0) + heldOf(rider, 1) + heldOf(rider, type(uint32).max), 0);
    }

    /// A tariff that needs a permit: held only for a driver who has one of its authority now, and settled whatever
    /// becomes of it. Without its mark the id is nobody's tariff.
    function testFuzz_Permit(uint40 until, uint40 nowS) public {
        Tariff memory x = demoTariff(authority);
        x.needsPermit = true;
        Terms memory t = someTerms();
        vm.prank(authority);
        t.tariff = tariffs.publish(x);
        assertEq(t.tariff, 0x80000002);
        refused(t, abi.encodeWithSelector(VaultLog.NotPermitted.selector, authority, driver, 0));
        (until, nowS) = (uint40(bound(until, START + 1, START + 50)), uint40(bound(nowS, START, START + 59)));
        vm.prank(authority);
        permits.grant(driver, until, false, "credential");
        vm.warp(nowS);
        if (until <= nowS) {
            refused(t, abi.encodeWithSelector(VaultLog.NotPermitted.selector, authority, driver, until));
            return;
        }
        hold(t);
        vm.prank(authority);
        permits.revoke(driver);
        settle(t, someReceipt());
        assertEq(freeOf(rider), FUNDS - 12.7e6);
        assertEq(abi.encode(tariffs.priceOf(2)), abi.encode(uint256(0)));
    }

    /// A driver whose permit needs a car is held for while he drives one that is lent to him.
    function test_PermitOfTheCar() public {
        Tariff memory x = demoTariff(authority);
        x.needsPermit = true;
        Terms memory t = someTerms();
        vm.startPrank(authority);
        t.tariff = tariffs.publish(x);
        permits.grant(driver, START + 1 days, true, "driver");
        permits.grantVehicle("car", stranger, START + 1 days, "car");
        vm.stopPrank();
        vm.prank(driver);
        permits.drive(authority, "car");
        refused(t, abi.encodeWithSelector(VaultLog.NotPermitted.selector, authority, driver, 0));
        vm.prank(stranger);
        permits.lend(authority, "car", driver);
        hold(t);
        vm.prank(authority);
        permits.revokeVehicle("car");
        settle(t, someReceipt());
        assertEq(freeOf(rider), FUNDS - 12.7e6);
    }

    function testFuzz_PermitOfNobodysTariff(uint32 tariff) public {
        Terms memory t = someTerms();
        t.tariff = tariff | tariffs.NEEDS_PERMIT();
        refused(t, abi.encodeWithSelector(Tariffs.UnknownTariff.selector, t.tariff, 1));
    }

    function testFuzz_Revoke(uint32 lane) public {
        Terms memory t = someTerms();
        t.lane = lane;
        vm.expectEmit(address(vault));
        emit VaultLog.Revoked(rider, lane, 1);
        vm.prank(rider);
        vault.revoke(lane);
        refused(t, abi.encodeWithSelector(VaultLog.WrongSequence.selector, 1, 0));
        t.seq = 1;
        hold(t);
        vm.prank(rider);
        vault.revoke(lane);
        settle(t, someReceipt());
        assertEq(freeOf(rider), FUNDS - 12.7e6);
        (, uint64 seq,) = vault.laneOf(rider, lane);
        assertEq(seq, 3);
    }
}
