// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Exits} from "../src/Exits.sol";
import {FareVault} from "../src/FareVault.sol";
import {Details, Terms} from "../src/Terms.sol";
import {VaultLog} from "../src/VaultLog.sol";
import {Base} from "./Base.sol";

contract ExitsTest is Base {
    Terms private t;
    bytes32 private id;

    function setUp() public override {
        super.setUp();
        t = someTerms();
        id = hold(t);
    }

    function caseIs(uint96 amount, uint96 fee, uint40 deadline, Exits.Kind kind) private view {
        (uint96 a, uint96 f, uint40 d, Exits.Kind k) = vault.caseOf(id);
        assertEq(a, amount);
        assertEq(f, fee);
        assertEq(d, deadline);
        assertEq(uint8(k), uint8(kind));
    }

    function testFuzz_CancelFee(uint40 nowS, uint96 cancelFee) public {
        nowS = uint40(bound(nowS, START, START + 1 hours));
        Details memory d = someDetails();
        d.cancelFee = cancelFee;
        Terms memory u = someTerms();
        (u.lane, u.seq, u.details) = (3, 0, vault.detailsHash(d));
        id = hold(u);
        vm.warp(nowS);
        bool free = nowS <= d.freeUntil || nowS > d.lateAt;
        uint96 fee = free ? 0 : cancelFee < u.hold ? cancelFee : u.hold;
        vm.expectEmit(address(vault));
        emit VaultLog.Cancelled(id, fee, nowS + 1 days);
        vm.prank(rider);
        vault.cancel(u, d);
        caseIs(u.hold, fee, nowS + 1 days, Exits.Kind.Cancelled);
        assertEq(heldOf(rider, 3), 0);
        skip(1 days + 1);
        vm.expectEmit(address(vault));
        emit VaultLog.Closed(id, fee, u.hold - fee);
        vm.prank(stranger);
        vault.finalize(u);
        assertEq(freeOf(rider), FUNDS - t.hold - fee);
        assertEq(freeOf(driver), fee - levy(fee));
    }

    function test_CancelRefused() public {
        Details memory d = someDetails();
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.NotParty.selector, rider, driver));
        vault.cancel(t, d);
        d.cancelFee = 0;
        vm.startPrank(rider);
        vm.expectRevert(
            abi.encodeWithSelector(VaultLog.WrongDetails.selector, t.details, vault.detailsHash(d))
        );
        vault.cancel(t, d);
        vault.cancel(t, someDetails());
        vm.expectRevert(abi.encodeWithSelector(VaultLog.NotHeld.selector, id, id));
        vault.cancel(t, someDetails());
    }

    function testFuzz_ACancelledLaneIsFreeAtOnceAndAClaimStillOverrides(uint96 amount) public {
        cancel(t);
        hold(someTerms());
        amount = uint96(bound(amount, 1, t.fare));
        skip(1 days);
        claim(t, amount, SECRET);
        caseIs(amount, 0, START + 2 days, Exits.Kind.Claimed);
        assertEq(freeOf(rider), FUNDS - 15e6 - amount);
        skip(1 days + 1);
        vault.finalize(t);
        assertEq(freeOf(driver), amount - levy(amount));
    }

    function test_NoOverrideWithoutTheSecretOrTooLate() public {
        cancel(t);
        skip(30 minutes);
        vm.startPrank(driver);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.NotHeld.selector, id, id));
        vault.claim(t, someDetails(), 1e6, bytes32(0));
        skip(1 days);
        vm.expectRevert(
            abi.encodeWithSelector(VaultLog.TooLate.selector, START + 30 minutes + 1 days, START + 1 days)
        );
        vault.claim(t, someDetails(), 1e6, SECRET);
    }

    function testFuzz_ClaimBoarded(uint96 amount, uint40 nowS) public {
        nowS = uint40(bound(nowS, START, START + 4 hours));
        amount = uint96(bound(amount, 1, t.fare + 1));
        vm.warp(nowS);
        vm.prank(driver);
        if (amount > t.fare) {
            vm.expectRevert(abi.encodeWithSelector(VaultLog.AmountOverLimit.selector, amount, t.fare));
            vault.claim(t, someDetails(), amount, SECRET);
            return;
        }
        if (nowS > START + 3 hours) {
            vm.expectRevert(abi.encodeWithSelector(VaultLog.TooLate.selector, nowS, START + 3 hours));
            vault.claim(t, someDetails(), amount, SECRET);
            return;
        }
        vm.expectEmit(address(vault));
        emit VaultLog.Claimed(id, amount, true, nowS + 1 days);
        vault.claim(t, someDetails(), amount, SECRET);
        assertEq(freeOf(rider), FUNDS - amount);
        assertEq(heldOf(rider, 0), 0);
        skip(1 days + 1);
        vault.finalize(t);
        assertEq(freeOf(driver), amount - levy(amount));
        assertEq(freeOf(rider), FUNDS - amount);
        assertEq(vault.levyOf(1), levy(amount));
    }

    function testFuzz_ClaimIsCappedByTheTariff(uint32 metres, uint16 bp) public {
        Terms memory u = someTerms();
        (u.lane, u.seq, u.fare, u.hold) = (1, 0, 200e6, 200e6);
        (u.metres, u.bp) = (uint32(bound(metres, 0, 200_000)), bp);
        hold(u);
        bool allowed = bp >= 8_000 && bp <= 15_000;
        uint256 cap = allowed ? tariffs.fareOf(1, u.metres, u.secs, bp) : 0;
        uint96 limit = cap < 200e6 ? uint96(cap) : 200e6;
        vm.startPrank(driver);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.AmountOverLimit.selector, limit + 1, limit));
        vault.claim(u, someDetails(), limit + 1, SECRET);
        if (limit != 0) vault.claim(u, someDetails(), limit, SECRET);
    }

    function testFuzz_ClaimNoShow(uint96 amount, uint40 nowS) public {
        Details memory d = someDetails();
        nowS = uint40(bound(nowS, START, START + 4 hours));
        amount = uint96(bound(amount, 1, d.noShowFee + 1));
        vm.warp(nowS);
        vm.prank(driver);
        bool good = false;
        if (amount > d.noShowFee) {
            vm.expectRevert(abi.encodeWithSelector(VaultLog.AmountOverLimit.selector, amount, d.noShowFee));
        } else if (nowS <= d.pickupBy) {
            vm.expectRevert(abi.encodeWithSelector(VaultLog.TooEarly.selector, nowS, d.pickupBy));
        } else if (nowS > d.expiry) {
            vm.expectRevert(abi.encodeWithSelector(VaultLog.TooLate.selector, nowS, d.expiry));
        } else {
            good = true;
            vm.expectEmit(address(vault));
            emit VaultLog.Claimed(id, amount, false, nowS + 1 days);
        }
        vault.claim(t, d, amount, "wrong secret");
        assertEq(freeOf(rider), good ? FUNDS - amount : FUNDS - t.hold);
    }

    function test_FeesToTheUnitAndTheSecond() public {
        Details memory d = someDetails();
        vm.warp(d.lateAt);
        cancel(t);
        caseIs(t.hold, d.cancelFee, d.lateAt + 1 days, Exits.Kind.Cancelled);
        vm.warp(START);
        t = someTerms();
        id = hold(t);
        vm.warp(d.freeUntil);
        cancel(t);
        caseIs(t.hold, 0, d.freeUntil + 1 days, Exits.Kind.Cancelled);
        vm.warp(START);
        t = someTerms();
        id = hold(t);
        vm.warp(d.pickupBy + 1);
        vm.startPrank(driver);
        vm.expectRevert(
            abi.encodeWithSelector(VaultLog.AmountOverLimit.selector, d.noShowFee + 1, d.noShowFee)
        );
        vault.claim(t, d, d.noShowFee + 1, bytes32(0));
        vault.claim(t, d, 1, bytes32(0));
        vm.stopPrank();
        vm.prank(rider);
        vault.finalize(t);
        assertEq(freeOf(driver), 1);
    }

    function test_ANoShowFeeIsAtMostTheHold() public {
        Details memory d = someDetails();
        d.noShowFee = t.hold + 5e6;
        Terms memory u = someTerms();
        (u.lane, u.seq, u.details) = (4, 0, vault.detailsHash(d));
        u.acceptBy = START + 1 hours;
        hold(u);
        skip(21 minutes);
        vm.startPrank(driver);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.AmountOverLimit.selector, u.hold + 1, u.hold));
        vault.claim(u, d, u.hold + 1, bytes32(0));
        vault.claim(u, d, u.hold, bytes32(0));
        assertEq(freeOf(rider), FUNDS - t.hold - u.hold);
    }

    function test_ANoShowNeedsThePickupTimeToPass() public {
        vm.warp(START + 20 minutes);
        vm.startPrank(driver);
        vm.expectRevert(
            abi.encodeWithSelector(VaultLog.TooEarly.selector, START + 20 minutes, START + 20 minutes)
        );
        vault.claim(t, someDetails(), 1e6, bytes32(0));
        skip(1);
        vault.claim(t, someDetails(), 1e6, bytes32(0));
        caseIs(1e6, 0, START + 20 minutes + 1 + 1 days, Exits.Kind.Claimed);
    }

    function test_ClaimRefused() public {
        vm.prank(rider);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.NotParty.selector, driver, rider));
        vault.claim(t, someDetails(), 1e6, SECRET);
        vm.startPrank(driver);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.EmptyAmount.selector));
        vault.claim(t, someDetails(), 0, SECRET);
        vault.claim(t, someDetails(), 1e6, SECRET);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.NotHeld.selector, id, id));
        vault.claim(t, someDetails(), 1e6, SECRET);
    }

    /// The last second of the terms is the driver's: he may claim, and nobody else may release.
    function test_TheLastSecondOfTheTerms() public {
        uint40 expiry = someDetails().expiry;
        vm.warp(expiry);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.TooEarly.selector, expiry, expiry));
        vault.release(t, someDetails());
        claim(t, 1e6, SECRET);
        caseIs(1e6, 0, expiry + 1 days, Exits.Kind.Claimed);
    }

    function testFuzz_Contest(uint96 claimed, uint96 admitted, uint96 ruled) public {
        claimed = uint96(bound(claimed, 1, t.fare));
        admitted = uint96(bound(admitted, 0, claimed - 1));
        claim(t, claimed, SECRET);
        skip(1 days);
        vm.expectEmit(address(vault));
        emit VaultLog.Contested(id, admitted, claimed - admitted, START + 15 days);
        vm.prank(rider);
        vault.contest(t, admitted);
        assertEq(freeOf(driver), admitted - levy(admitted));
        caseIs(claimed - admitted, admitted, START + 15 days, Exits.Kind.Contested);
        ruled = uint96(bound(ruled, 0, claimed - admitted));
        skip(14 days);
        vm.prank(arbiter);
        vault.rule(t, someDetails(), ruled);
        assertEq(freeOf(driver), admitted + ruled - levy(admitted + ruled));
        assertEq(freeOf(rider), FUNDS - admitted - ruled);
    }

    function test_ContestRefused() public {
        vm.startPrank(rider);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongCase.selector, id, 0));
        vault.contest(t, 1e6);
        vm.stopPrank();
        claim(t, 5e6, SECRET);
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.NotParty.selector, rider, driver));
        vault.contest(t, 1e6);
        vm.startPrank(rider);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.AmountOverLimit.selector, 5e6, 5e6 - 1));
        vault.contest(t, 5e6);
        skip(1 days + 1);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.TooLate.selector, START + 1 days + 1, START + 1 days));
        vault.contest(t, 1e6);
    }

    function test_RuleRefused() public {
        vm.startPrank(arbiter);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongCase.selector, id, 0));
        vault.rule(t, someDetails(), 1e6);
        vm.stopPrank();
        claim(t, 5e6, SECRET);
        vm.prank(rider);
        vault.contest(t, 1e6);
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.NotParty.selector, arbiter, driver));
        vault.rule(t, someDetails(), 1e6);
        Details memory forged = someDetails();
        forged.arbiter = driver;
        bytes32 hash = vault.detailsHash(forged);
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongDetails.selector, t.details, hash));
        vault.rule(t, forged, 1e6);
        vm.startPrank(arbiter);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.AmountOverLimit.selector, 4e6 + 1, 4e6));
        vault.rule(t, someDetails(), 4e6 + 1);
        skip(14 days + 1);
        vm.expectRevert(
            abi.encodeWithSelector(VaultLog.TooLate.selector, START + 14 days + 1, START + 14 days)
        );
        vault.rule(t, someDetails(), 1e6);
    }

    function testFuzz_ASilentArbiterMeansHalfEach(uint96 claimed, uint96 admitted) public {
        claimed = uint96(bound(claimed, 1, t.fare));
        admitted = uint96(bound(admitted, 0, claimed - 1));
        claim(t, claimed, SECRET);
        vm.prank(rider);
        vault.contest(t, admitted);
        skip(14 days);
        for (uint256 i; i < 3; ++i) {
            vm.prank([rider, driver, arbiter][i]);
            vm.expectRevert(
                abi.encodeWithSelector(VaultLog.TooEarly.selector, START + 14 days, START + 14 days)
            );
            vault.finalize(t);
        }
        skip(1);
        vault.finalize(t);
        uint96 half = (claimed - admitted) / 2;
        assertEq(freeOf(driver), admitted + half - levy(admitted + half));
        assertEq(freeOf(rider), FUNDS - admitted - half);
    }

    function test_FinalizeEarlyOnlyByTheOneProtected() public {
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongCase.selector, id, 0));
        vault.finalize(t);
        claim(t, 5e6, SECRET);
        for (uint256 i; i < 3; ++i) {
            vm.prank([driver, arbiter, stranger][i]);
            vm.expectRevert(abi.encodeWithSelector(VaultLog.TooEarly.selector, START, START + 1 days));
            vault.finalize(t);
        }
        vm.prank(rider);
        vault.finalize(t);
        assertEq(freeOf(driver), 5e6 - levy(5e6));
        t = someTerms();
        id = hold(t);
        cancel(t);
        for (uint256 i; i < 3; ++i) {
            vm.prank([rider, arbiter, stranger][i]);
            vm.expectRevert(abi.encodeWithSelector(VaultLog.TooEarly.selector, START, START + 1 days));
            vault.finalize(t);
        }
        vm.prank(driver);
        vault.finalize(t);
        assertEq(freeOf(rider), FUNDS - 5e6);
    }

    function testFuzz_Release(uint40 nowS, uint8 who) public {
        nowS = uint40(bound(nowS, START, START + 4 hours));
        address by = [rider, driver, stranger][who % 3];
        vm.warp(nowS);
        vm.prank(by);
        if (by != driver && nowS <= START + 3 hours) {
            vm.expectRevert(abi.encodeWithSelector(VaultLog.TooEarly.selector, nowS, START + 3 hours));
            vault.release(t, someDetails());
            return;
        }
        vm.expectEmit(address(vault));
        emit VaultLog.Released(id);
        vault.release(t, someDetails());
        assertEq(freeOf(rider), FUNDS);
        assertEq(heldOf(rider, 0), 0);
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.NotHeld.selector, id, id));
        vault.release(t, someDetails());
    }

    function test_ReleaseWithForgedDetailsIsRefused() public {
        Details memory d = someDetails();
        d.expiry = START - 1;
        bytes32 forged = vault.detailsHash(d);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongDetails.selector, t.details, forged));
        vm.prank(stranger);
        vault.release(t, d);
    }

    function test_AnExitOfAnOldTripLeavesTheNewOneAlone() public {
        settle(t, someReceipt());
        bytes32 newer = hold(someTerms());
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.NotHeld.selector, id, newer));
        vault.release(t, someDetails());
        assertEq(heldOf(rider, 0), 15e6);
    }

    function test_ATariffOfNobodyNeverBlocksAnExit() public {
        Terms memory u = someTerms();
        (u.lane, u.seq, u.tariff, u.acceptBy) = (1, 0, 77, START + 1 hours);
        hold(u);
        skip(3 minutes);
        cancel(u);
        vm.prank(driver);
        vault.finalize(u);
        assertEq(freeOf(driver), 3e6);
        assertEq(freeOf(rider), FUNDS - 15e6 - 3e6);
    }
}
