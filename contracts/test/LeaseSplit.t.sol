// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LeaseSplit} from "../src/LeaseSplit.sol";
import {Payout, Receipt as RideReceipt, Terms} from "../src/Terms.sol";
import {VaultLog} from "../src/VaultLog.sol";
import {Base} from "./Base.sol";

contract LeaseSplitTest is Base {
    LeaseSplit private split;
    address private owner = makeAddr("owner of the car");

    function setUp() public override {
        super.setUp();
        split = lease(4_000, 0);
    }

    function lease(uint16 bps, uint96 owed) private returns (LeaseSplit) {
        return LeaseSplit(deployCode(artifact("LeaseSplit"), abi.encode(vault, owner, driver, bps, owed)));
    }

    function leaseTerms() private view returns (Terms memory t) {
        t = someTerms();
        t.driver = address(split);
    }

    function one(bytes memory data) private pure returns (bytes[] memory calls) {
        calls = new bytes[](1);
        calls[0] = data;
    }

    function wrap(bytes32 id, RideReceipt memory r, uint256 key) private view returns (bytes memory) {
        return abi.encode(id, r, sign(key, vault.receiptDigest(id, r)));
    }

    function testFuzz_Share(uint96 amount, uint96 more, uint16 bps, uint96 owed) public {
        bps = uint16(bound(bps, 0, 10_000));
        (amount, more) = (uint96(bound(amount, 0, FUNDS)), uint96(bound(more, 0, FUNDS)));
        split = lease(bps, uint96(bound(owed, 0, 2 * FUNDS)));
        fund(address(split), amount);
        split.share();
        fund(address(split), more);
        split.share();
        assertEq(freeOf(address(split)), 0);
        assertEq(freeOf(owner) + freeOf(driver), amount + more);
        assertEq(freeOf(owner), split.paid());
        uint256 due = uint256(amount) * bps / 10_000 + uint256(more) * bps / 10_000;
        uint96 limit = split.owed();
        assertEq(freeOf(owner), limit != 0 && due > limit ? limit : due);
    }

    function test_TheDriverDrivesForIt() public {
        Terms memory t = leaseTerms();
        RideReceipt memory r = someReceipt();
        bytes memory termsSig = signTerms(t);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(vault.hold, (t, termsSig));
        calls[1] = abi.encodeCall(vault.settle, (t, r, signReceipt(t, r), ""));
        vm.expectRevert(abi.encodeWithSelector(LeaseSplit.NotDriver.selector, driver, owner));
        vm.prank(owner);
        split.act(calls);
        vm.prank(driver);
        split.act(calls);
        uint96 all = 12.7e6 - levy(10.55e6);
        assertEq(freeOf(address(split)), all);
        vm.expectEmit(address(split));
        emit LeaseSplit.Shared(all * 4 / 10, all - all * 4 / 10);
        split.share();
        assertEq(freeOf(owner), all * 4 / 10);
    }

    /// A relayer brings the driver's signature over the receipt.
    function test_ByARelayer() public {
        Terms memory t = leaseTerms();
        RideReceipt memory r = someReceipt();
        bytes32 id = hold(t);
        bytes memory riderSig = signReceipt(t, r);
        bytes memory wrong = wrap(id, r, RIDER_KEY);
        bytes memory right = wrap(id, r, DRIVER_KEY);
        vm.expectPartialRevert(VaultLog.WrongSigner.selector);
        vault.settle(t, r, riderSig, wrong);
        vault.settle(t, r, riderSig, right);
        assertEq(freeOf(address(split)), 12.7e6 - levy(10.55e6));
    }

    /// The driver's key moves no money out of the account: not by a call, and not by a signed payout.
    function test_NothingGoesRoundTheOwner() public {
        fund(address(split), 50e6);
        bytes[4] memory data = [
            abi.encodeCall(vault.withdraw, (driver, 50e6)),
            abi.encodeCall(vault.refund, (0, driver, 50e6)),
            abi.encodeCall(vault.multicall, (new bytes[](0))),
            bytes("")
        ];
        vm.startPrank(driver);
        for (uint256 i; i < 4; ++i) {
            vm.expectRevert(abi.encodeWithSelector(LeaseSplit.NotForTrips.selector, bytes4(data[i])));
            split.act(one(data[i]));
        }
        vm.stopPrank();
        Payout memory o;
        (o.owner, o.to, o.amount, o.deadline) = (address(split), driver, 50e6, START + 60);
        bytes32 digest = vault.payoutDigest(o);
        bytes memory sig = abi.encode(bytes32(0), someReceipt(), sign(DRIVER_KEY, digest));
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongSigner.selector, address(split), digest));
        vault.withdrawBySig(o, 0, sig);
        assertEq(freeOf(address(split)), 50e6);
    }

    function test_ClaimReleaseAndFinalize() public {
        Terms memory t = leaseTerms();
        hold(t);
        vm.startPrank(driver);
        split.act(one(abi.encodeCall(vault.claim, (t, someDetails(), 10e6, SECRET))));
        skip(1 days + 1);
        split.act(one(abi.encodeCall(vault.finalize, (t))));
        assertEq(freeOf(address(split)), 10e6 - levy(10e6));
        vm.warp(START);
        t = leaseTerms();
        hold(t);
        split.act(one(abi.encodeCall(vault.release, (t, someDetails()))));
        assertEq(heldOf(rider, 0), 0);
        t = leaseTerms();
        RideReceipt memory r = someReceipt();
        split.act(one(abi.encodeCall(vault.pay, (t, r, signTerms(t), signReceipt(t, r), ""))));
        bytes[] memory nothing = one(abi.encodeCall(vault.settleMany, ("")));
        split.act(nothing);
    }

    function test_Refused() public {
        assertEq(lease(10_000, 1).ownerBps(), 10_000);
        vm.expectRevert(abi.encodeWithSelector(LeaseSplit.ShareTooHigh.selector, 10_001, 10_000));
        deployCode(artifact("LeaseSplit"), abi.encode(vault, owner, driver, 10_001, 0));
        vm.expectRevert(abi.encodeWithSelector(LeaseSplit.SameParty.selector, driver, driver));
        deployCode(artifact("LeaseSplit"), abi.encode(vault, driver, driver, 1, 0));
    }
}
