// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Tariffs} from "../src/Tariffs.sol";
import {Receipt as RideReceipt, Terms} from "../src/Terms.sol";
import {VaultLog} from "../src/VaultLog.sol";
import {Base} from "./Base.sol";

contract SettleTest is Base {
    function refused(Terms memory t, RideReceipt memory r, bytes memory reason) private {
        bytes memory sig = signReceipt(t, r);
        vm.prank(t.driver);
        vm.expectRevert(reason);
        vault.settle(t, r, sig, "");
    }

    function testFuzz_SettlePaysExactly(uint96 fare, uint96 wait, uint96 toll, uint96 tip, uint32 lane)
        public
    {
        Terms memory t = someTerms();
        (t.hold, t.lane) = (30e6, lane);
        hold(t);
        RideReceipt memory r = someReceipt();
        uint256 cap = tariffs.fareOf(1, r.metres, r.secs, t.bp);
        r.fare = uint96(bound(fare, 0, cap));
        r.waitSecs = 720;
        r.wait = uint96(bound(wait, 0, tariffs.waitOf(1, 720)));
        r.toll = uint96(bound(toll, 0, t.hold - r.fare - r.wait));
        r.tip = uint96(bound(tip, 0, r.fare));
        uint96 spent = r.fare + r.wait + r.toll + r.tip;
        bytes memory sig = signReceipt(t, r);
        vm.expectEmit(address(vault));
        emit VaultLog.Settled(
            vault.digestOf(t), rider, driver, 1, r.fare, r.wait, r.toll, r.tip, levy(r.fare), r.record
        );
        vm.prank(driver);
        vault.settle(t, r, sig, "");
        assertEq(freeOf(rider), FUNDS - spent);
        assertEq(heldOf(rider, lane), 0);
        assertEq(freeOf(driver), spent - levy(r.fare));
        assertEq(vault.levyOf(1), levy(r.fare));
    }

    function test_AStrangerNeedsTheDriversWill() public {
        Terms memory t = someTerms();
        bytes32 id = hold(t);
        RideReceipt memory r = someReceipt();
        bytes32 digest = vault.receiptDigest(id, r);
        bytes memory riderSig = sign(RIDER_KEY, digest);
        bytes memory driverSig = sign(DRIVER_KEY, digest);
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongSigner.selector, driver, digest));
        vault.settle(t, r, riderSig, "");
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongSigner.selector, driver, digest));
        vault.settle(t, r, riderSig, riderSig);
        vault.settle(t, r, riderSig, driverSig);
        assertEq(freeOf(driver), 12.7e6 - levy(10.55e6));
    }

    function testFuzz_NoLowBallClose(uint96 fare) public {
        Terms memory t = someTerms();
        bytes32 id = hold(t);
        RideReceipt memory r = someReceipt();
        (r.fare, r.wait, r.toll, r.tip) = (uint96(bound(fare, 0, 10e6)), 0, 0, 0);
        bytes memory sig = signReceipt(t, r);
        vm.prank(rider);
        vm.expectRevert(
            abi.encodeWithSelector(VaultLog.WrongSigner.selector, driver, vault.receiptDigest(id, r))
        );
        vault.settle(t, r, sig, sig);
    }

    function testFuzz_FareCap(uint32 metres, uint32 secs, uint16 bp, uint96 over) public {
        Terms memory t = someTerms();
        t.hold = FUNDS;
        t.bp = uint16(bound(bp, 8_000, 15_000));
        hold(t);
        RideReceipt memory r = someReceipt();
        (r.metres, r.secs) = (uint32(bound(metres, 0, 100_000)), uint32(bound(secs, 0, 20_000)));
        (r.wait, r.toll, r.tip) = (0, 0, 0);
        uint32 m = r.metres > t.metres ? r.metres : t.metres;
        uint32 s = r.secs > t.secs ? r.secs : t.secs;
        uint96 cap = uint96(tariffs.fareOf(1, m, s, t.bp));
        r.fare = cap + uint96(bound(over, 1, 1e20));
        refused(t, r, abi.encodeWithSelector(VaultLog.FareOverCap.selector, r.fare, cap));
        r.fare = cap;
        settle(t, r);
        assertEq(freeOf(rider), FUNDS - cap);
    }

    function testFuzz_WaitCap(uint32 waitSecs, uint96 over) public {
        Terms memory t = someTerms();
        hold(t);
        RideReceipt memory r = someReceipt();
        r.waitSecs = waitSecs;
        uint96 cap = uint96(tariffs.waitOf(1, waitSecs));
        r.wait = cap + uint96(bound(over, 1, 1e6));
        refused(t, r, abi.encodeWithSelector(VaultLog.WaitOverCap.selector, r.wait, cap));
    }

    function testFuzz_TipOverFareAndDueOverHold(uint96 over, uint96 toll) public {
        Terms memory t = someTerms();
        hold(t);
        RideReceipt memory r = someReceipt();
        r.tip = r.fare + uint96(bound(over, 1, 1e20));
        refused(t, r, abi.encodeWithSelector(VaultLog.TipOverFare.selector, r.tip, r.fare));
        r.tip = 0;
        r.toll = uint96(bound(toll, t.hold - r.fare - r.wait + 1, type(uint96).max));
        uint256 due = uint256(r.fare) + r.wait + r.toll;
        refused(t, r, abi.encodeWithSelector(VaultLog.DueOverHold.selector, due, t.hold));
    }

    /// To the unit: a sum that is the hold, a hold that is the balance.
    function test_TheWholeHoldAndTheWholeBalance() public {
        Terms memory t = someTerms();
        hold(t);
        RideReceipt memory r = someReceipt();
        (r.toll, r.tip) = (t.hold - r.fare - r.wait, 0);
        settle(t, r);
        assertEq(freeOf(rider), FUNDS - 15e6);
        t = someTerms();
        t.hold = FUNDS - 15e6;
        bytes memory termsSig = signTerms(t);
        bytes memory riderSig = signReceipt(t, r);
        vm.prank(driver);
        vault.pay(t, r, termsSig, riderSig, "");
        assertEq(freeOf(rider), FUNDS - 30e6);
    }

    function testFuzz_AnEmptiedBalanceShrinksTheTipAlone(uint96 left, uint96 tip) public {
        Terms memory t = someTerms();
        hold(t);
        left = uint96(bound(left, 0, 10e6));
        vm.prank(rider);
        vault.withdraw(rider, FUNDS - t.hold - left);
        RideReceipt memory r = someReceipt();
        r.tip = uint96(bound(tip, 0, r.fare));
        settle(t, r);
        uint96 room = t.hold + left - 11.7e6;
        uint96 paid = r.tip < room ? r.tip : room;
        assertEq(freeOf(driver), 11.7e6 + paid - levy(r.fare));
        assertEq(freeOf(rider), room - paid);
    }

    function testFuzz_FactorOutOfRange(uint16 bp) public {
        vm.assume(bp < 8_000 || bp > 15_000);
        Terms memory t = someTerms();
        t.bp = bp;
        hold(t);
        refused(
            t, someReceipt(), abi.encodeWithSelector(VaultLog.FactorOutOfRange.selector, bp, 8_000, 15_000)
        );
    }

    function testFuzz_TariffOfNobody(uint32 tariff, uint96 fare) public {
        tariff %= tariffs.NEEDS_PERMIT();
        vm.assume(tariff != 1);
        Terms memory t = someTerms();
        t.tariff = tariff;
        hold(t);
        RideReceipt memory r = someReceipt();
        r.fare = fare;
        refused(t, r, abi.encodeWithSelector(VaultLog.FactorOutOfRange.selector, t.bp, 0, 0));
    }

    function test_OnlyOnce() public {
        Terms memory t = someTerms();
        RideReceipt memory r = someReceipt();
        bytes32 id = vault.digestOf(t);
        refused(t, r, abi.encodeWithSelector(VaultLog.NotHeld.selector, id, bytes32(0)));
        hold(t);
        settle(t, r);
        refused(t, r, abi.encodeWithSelector(VaultLog.NotHeld.selector, id, id));
        bytes memory sig = signTerms(t);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongSequence.selector, 1, 0));
        vault.hold(t, sig);
        // A newer trip in the lane does not open the old one again.
        Terms memory u = someTerms();
        bytes32 newer = hold(u);
        refused(t, r, abi.encodeWithSelector(VaultLog.NotHeld.selector, id, newer));
        assertEq(freeOf(driver), 12.7e6 - levy(10.55e6));
    }

    function testFuzz_AReceiptWinsOverAClaim(uint96 claimed, bool emptied, uint32 lane) public {
        Terms memory t = someTerms();
        t.lane = lane;
        hold(t);
        claimed = uint96(bound(claimed, 1, t.fare));
        claim(t, claimed, SECRET);
        if (emptied) {
            uint96 free = freeOf(rider);
            vm.prank(rider);
            vault.withdraw(rider, free);
        }
        RideReceipt memory r = someReceipt();
        if (emptied && claimed < 11.7e6) {
            refused(t, r, abi.encodeWithSelector(VaultLog.BalanceTooLow.selector, claimed, 11.7e6));
            return;
        }
        settle(t, r);
        assertEq(freeOf(driver), 12.7e6 - levy(r.fare));
        (uint96 amount,,,) = vault.caseOf(vault.digestOf(t));
        assertEq(amount, 0);
    }

    function test_AReceiptWinsOverACancelAndNotOverAContest() public {
        Terms memory t = someTerms();
        hold(t);
        cancel(t);
        settle(t, someReceipt());
        assertEq(freeOf(rider), FUNDS - 12.7e6);
        assertEq(freeOf(driver), 12.7e6 - levy(10.55e6));
        t = someTerms();
        bytes32 id = hold(t);
        claim(t, 10e6, SECRET);
        vm.prank(rider);
        vault.contest(t, 4e6);
        refused(t, someReceipt(), abi.encodeWithSelector(VaultLog.NotHeld.selector, id, id));
    }

    function testFuzz_Pay(uint96 fare, uint96 tip, uint32 lane) public {
        Terms memory t = someTerms();
        t.lane = lane;
        RideReceipt memory r = someReceipt();
        r.fare = uint96(bound(fare, 0, 10.55e6));
        r.tip = uint96(bound(tip, 0, r.fare));
        bytes memory termsSig = signTerms(t);
        bytes memory riderSig = signReceipt(t, r);
        vm.prank(driver);
        vault.pay(t, r, termsSig, riderSig, "");
        uint96 spent = r.fare + r.wait + r.toll + r.tip;
        assertEq(freeOf(rider), FUNDS - spent);
        assertEq(freeOf(driver), spent - levy(r.fare));
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongSequence.selector, 1, 0));
        vault.pay(t, r, termsSig, riderSig, "");
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongSequence.selector, 1, 0));
        vault.hold(t, termsSig);
        refused(t, r, abi.encodeWithSelector(VaultLog.NotHeld.selector, vault.digestOf(t), bytes32(0)));
    }

    function testFuzz_PayRefused(uint32 lane) public {
        Terms memory a = someTerms();
        a.lane = lane;
        bytes32 id = hold(a);
        Terms memory b = someTerms();
        (b.lane, b.seq) = (lane, 1);
        RideReceipt memory r = someReceipt();
        bytes memory termsSig = signTerms(b);
        bytes memory riderSig = signReceipt(b, r);
        vm.startPrank(driver);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.LaneBusy.selector, a.hold, id));
        vault.pay(b, r, termsSig, riderSig, "");
        b.hold = FUNDS;
        termsSig = signTerms(b);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.BalanceTooLow.selector, FUNDS - 15e6, FUNDS));
        vault.pay(b, r, termsSig, riderSig, "");
    }

    function test_Collect() public {
        Terms memory t = someTerms();
        hold(t);
        settle(t, someReceipt());
        vm.prank(stranger);
        vm.expectEmit(address(vault));
        emit VaultLog.Collected(1, authority, levy(10.55e6));
        vault.collect(1);
        assertEq(freeOf(authority), levy(10.55e6));
        assertEq(vault.collect(1), 0);
        assertEq(freeOf(authority), levy(10.55e6));
        t = someTerms();
        hold(t);
        settle(t, someReceipt());
        assertEq(vault.levyOf(1), levy(10.55e6));
        vm.expectRevert(abi.encodeWithSelector(Tariffs.UnknownTariff.selector, 9, 1));
        vault.collect(9);
    }
}
