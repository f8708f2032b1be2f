// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Vm} from "forge-std/Vm.sol";
import {Packed} from "../src/Packed.sol";
import {Details, Payout, Receipt as RideReceipt, Terms} from "../src/Terms.sol";
import {VaultLog} from "../src/VaultLog.sol";
import {Base} from "./Base.sol";
import {Jobs} from "./Jobs.sol";

contract BatchesTest is Base {
    function test_HoldManyAllOrNone() public {
        Terms memory a = someTerms();
        Terms memory b = someTerms();
        b.lane = 1;
        bytes memory first = Jobs.holdJob(a, signTerms(a));
        bytes memory wrong = Jobs.holdJob(b, signTerms(a));
        bytes memory right = Jobs.holdJob(b, signTerms(b));
        bytes32 id = vault.digestOf(b);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongSigner.selector, rider, id));
        vault.holdMany(bytes.concat(first, wrong));
        assertEq(freeOf(rider), FUNDS);
        vault.holdMany(bytes.concat(first, right));
        assertEq(freeOf(rider), FUNDS - 30e6);
    }

    function test_SettleManyAllOrNone() public {
        Terms memory a = someTerms();
        Terms memory b = someTerms();
        b.lane = 7;
        hold(a);
        hold(b);
        RideReceipt memory r = someReceipt();
        bytes memory first = Jobs.settleJob(a, r, signReceipt(a, r), "");
        bytes memory wrong = Jobs.settleJob(b, r, signReceipt(a, r), "");
        bytes memory right = Jobs.settleJob(b, r, signReceipt(b, r), "");
        vm.startPrank(driver);
        vm.expectPartialRevert(VaultLog.WrongSigner.selector);
        vault.settleMany(bytes.concat(first, wrong));
        assertEq(freeOf(driver), 0);
        vault.settleMany(bytes.concat(first, right));
        assertEq(freeOf(driver), 2 * (12.7e6 - levy(10.55e6)));
    }

    /// A job says the same as the single call: the same log, from any sender, with signatures of any length.
    function testFuzz_AJobIsTheSingleCall(
        uint32 lane,
        uint96 toll,
        uint96 tip,
        bool short,
        bool byDriver,
        bool session
    ) public {
        Terms memory t = someTerms();
        t.lane = lane;
        RideReceipt memory r = someReceipt();
        r.toll = uint96(bound(toll, 0, 4e6));
        r.tip = uint96(bound(tip, 0, r.fare));
        bytes memory termsSig = short ? signShort(RIDER_KEY, vault.digestOf(t)) : signTerms(t);
        bytes32 digest = vault.receiptDigest(vault.digestOf(t), r);
        bytes memory riderSig = session ? signSession(SESSION_KEY, digest) : sign(RIDER_KEY, digest);
        bytes memory driverSig = byDriver ? bytes("") : sign(DRIVER_KEY, digest);
        uint256 before = vm.snapshotState();
        vm.recordLogs();
        vault.hold(t, termsSig);
        vm.prank(byDriver ? driver : stranger);
        vault.settle(t, r, riderSig, driverSig);
        Vm.Log[] memory single = vm.getRecordedLogs();
        vm.revertToState(before);
        vm.recordLogs();
        vault.holdMany(Jobs.holdJob(t, termsSig));
        vm.prank(byDriver ? driver : stranger);
        vault.settleMany(Jobs.settleJob(t, r, riderSig, driverSig));
        assertEq(abi.encode(vm.getRecordedLogs()), abi.encode(single));
    }

    function signShort(uint256 key, bytes32 digest) private pure returns (bytes memory) {
        (bytes32 r, bytes32 vs) = vm.signCompact(key, digest);
        return abi.encodePacked(r, vs);
    }

    /// Jobs that end early are refused, whatever calldata stands behind them.
    function testFuzz_CutOff(uint256 length, bool settling, bytes32 behind) public {
        Terms memory t = someTerms();
        RideReceipt memory r = someReceipt();
        bytes memory job =
            settling ? Jobs.settleJob(t, r, signReceipt(t, r), "") : Jobs.holdJob(t, signTerms(t));
        if (settling) hold(t);
        length = bound(length, 1, job.length - 1);
        bytes4 selector = settling ? vault.settleMany.selector : vault.holdMany.selector;
        bytes memory data = bytes.concat(selector, abi.encode(uint256(0x20), length), job, behind);
        vm.prank(driver);
        (bool ok, bytes memory reason) = address(vault).call(data);
        assertFalse(ok);
        assertEq(reason, abi.encodeWithSelector(Packed.CutOff.selector, length));
    }

    function test_NoJobs() public {
        vault.holdMany("");
        vault.settleMany("");
        vault.multicall(new bytes[](0));
        assertEq(freeOf(rider), FUNDS);
    }

    // ---- multicall

    /// Another destination: the old hold goes back and the new one is made, or neither.
    function test_ChangeOfDestination() public {
        Terms memory t = someTerms();
        bytes32 old = hold(t);
        Terms memory u = someTerms();
        (u.fare, u.hold, u.metres, u.secs) = (21e6, 28e6, 15_000, 1_900);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(vault.release, (t, someDetails()));
        calls[1] = abi.encodeCall(vault.hold, (u, signTerms(t)));
        vm.startPrank(driver);
        vm.expectPartialRevert(VaultLog.WrongSigner.selector);
        vault.multicall(calls);
        (,, bytes32 held) = vault.laneOf(rider, 0);
        assertEq(held, old);
        calls[1] = abi.encodeCall(vault.hold, (u, signTerms(u)));
        vault.multicall(calls);
        vm.stopPrank();
        (uint96 amount,, bytes32 now_) = vault.laneOf(rider, 0);
        assertEq(now_, vault.digestOf(u));
        assertEq(amount, 28e6);
        assertEq(freeOf(rider), FUNDS - 28e6);
    }

    /// A stranger cannot change anybody's trip so: the calls go on as the stranger.
    function test_MulticallIsNobodyElse() public {
        Terms memory t = someTerms();
        hold(t);
        bytes[] memory calls = new bytes[](1);
        calls[0] = abi.encodeCall(vault.release, (t, someDetails()));
        vm.expectPartialRevert(VaultLog.TooEarly.selector);
        vm.prank(stranger);
        vault.multicall(calls);
    }

    /// A relayer holds for a rider without coin, and takes the fee that the rider allowed.
    function test_ARelayerHoldsForAFee() public {
        Terms memory t = someTerms();
        Payout memory o;
        (o.owner, o.to, o.maxFee, o.inside, o.deadline) = (rider, stranger, 0.05e6, true, START + 60);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(vault.hold, (t, signTerms(t)));
        calls[1] = abi.encodeCall(vault.withdrawBySig, (o, 0.03e6, sign(RIDER_KEY, vault.payoutDigest(o))));
        vm.prank(stranger);
        vault.multicall(calls);
        assertEq(freeOf(stranger), 0.03e6);
        assertEq(freeOf(rider), FUNDS - 15e6 - 0.03e6);
    }

    /// Two riders share a trip: each has signed terms for a part, and one call settles both.
    function test_SplitFare() public {
        uint256 otherKey = 0xB0B;
        fund(vm.addr(otherKey), 100e6);
        Terms memory a = someTerms();
        Terms memory b = someTerms();
        (b.rider, b.seq) = (vm.addr(otherKey), 0);
        vault.holdMany(
            bytes.concat(Jobs.holdJob(a, signTerms(a)), Jobs.holdJob(b, sign(otherKey, vault.digestOf(b))))
        );
        RideReceipt memory r = someReceipt();
        (r.fare, r.wait, r.toll, r.tip) = (5e6, 0, 0, 0);
        bytes32 digest = vault.receiptDigest(vault.digestOf(b), r);
        bytes memory first = Jobs.settleJob(a, r, signReceipt(a, r), "");
        vm.prank(driver);
        vault.settleMany(bytes.concat(first, Jobs.settleJob(b, r, sign(otherKey, digest), "")));
        assertEq(freeOf(driver), 10e6 - levy(10e6));
        assertEq(freeOf(vm.addr(otherKey)), 95e6);
    }

    /// A ride booked for tomorrow: signed now, held when it is time, void by a revoke in between.
    function test_ScheduledRide() public {
        Terms memory t = someTerms();
        t.acceptBy = START + 1 days;
        bytes memory sig = signTerms(t);
        uint256 before = vm.snapshotState();
        skip(23 hours);
        vault.hold(t, sig);
        assertEq(heldOf(rider, 0), 15e6);
        vm.revertToState(before);
        vm.prank(rider);
        vault.revoke(0);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongSequence.selector, 1, 0));
        vault.hold(t, sig);
    }
}
