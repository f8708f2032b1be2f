// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FareVault} from "../src/FareVault.sol";
import {Payout, Receipt as RideReceipt, Terms} from "../src/Terms.sol";
import {Base} from "./Base.sol";

/// Gas of each operation inside the vault, from cold slots, second trip of the same parties. Not the whole cost of a
/// transaction (21,000 and calldata come on top: tests/bench/gas.bench.ts). Kept in contracts/snapshots and checked.
contract GasTest is Base {
    Terms private t;

    function setUp() public override {
        super.setUp();
        fund(driver, 1e6);
        Terms memory first = someTerms();
        hold(first);
        settle(first, someReceipt());
        t = someTerms();
    }

    function cold() private {
        vm.cool(address(vault));
    }

    function test_HoldAndSettle() public {
        bytes memory sig = signTerms(t);
        cold();
        vault.hold(t, sig);
        vm.snapshotGasLastCall("vault", "hold");
        RideReceipt memory r = someReceipt();
        sig = signReceipt(t, r);
        cold();
        vm.prank(driver);
        vault.settle(t, r, sig, "");
        vm.snapshotGasLastCall("vault", "settle");
    }

    function test_SettleBySession() public {
        RideReceipt memory r = someReceipt();
        bytes memory sig = signSession(SESSION_KEY, vault.receiptDigest(hold(t), r));
        cold();
        vm.prank(driver);
        vault.settle(t, r, sig, "");
        vm.snapshotGasLastCall("vault", "settle by session key");
    }

    function test_Pay() public {
        RideReceipt memory r = someReceipt();
        bytes memory termsSig = signTerms(t);
        bytes memory riderSig = signReceipt(t, r);
        cold();
        vm.prank(driver);
        vault.pay(t, r, termsSig, riderSig, "");
        vm.snapshotGasLastCall("vault", "pay");
    }

    function test_CancelAndFinalize() public {
        hold(t);
        cold();
        cancel(t);
        vm.snapshotGasLastCall("vault", "cancel");
        cold();
        vm.prank(driver);
        vault.finalize(t);
        vm.snapshotGasLastCall("vault", "finalize a cancel");
    }

    function test_ClaimContestRule() public {
        hold(t);
        cold();
        claim(t, 10e6, SECRET);
        vm.snapshotGasLastCall("vault", "claim");
        cold();
        vm.prank(rider);
        vault.contest(t, 4e6);
        vm.snapshotGasLastCall("vault", "contest");
        cold();
        vm.prank(arbiter);
        vault.rule(t, someDetails(), 3e6);
        vm.snapshotGasLastCall("vault", "rule");
    }

    function test_ReleaseAndFinalize() public {
        hold(t);
        cold();
        vm.prank(driver);
        vault.release(t, someDetails());
        vm.snapshotGasLastCall("vault", "release");
        t = someTerms();
        hold(t);
        claim(t, 10e6, SECRET);
        skip(1 days + 1);
        cold();
        vault.finalize(t);
        vm.snapshotGasLastCall("vault", "finalize a claim");
    }

    function test_RevokeCollectWithdraw() public {
        cold();
        vm.prank(rider);
        vault.revoke(0);
        vm.snapshotGasLastCall("vault", "revoke");
        cold();
        vault.collect(1);
        vm.snapshotGasLastCall("vault", "collect");
        cold();
        vm.prank(rider);
        vault.withdraw(rider, 1e6);
        vm.snapshotGasLastCall("vault", "withdraw");
    }

    function test_RefundAndPayout() public {
        cold();
        vm.prank(rider);
        vault.refund(0, driver, 1e6);
        vm.snapshotGasLastCall("vault", "refund");
        Payout memory o;
        (o.owner, o.to, o.amount, o.maxFee, o.deadline) = (rider, rider, 1e6, 1e5, START);
        bytes memory sig = sign(RIDER_KEY, vault.payoutDigest(o));
        cold();
        vm.prank(driver);
        vault.withdrawBySig(o, 1e5, sig);
        vm.snapshotGasLastCall("vault", "withdraw by signature");
    }

    /// The code must fit a block explorer's and a chain's limit (EIP-170).
    function test_CodeSize() public view {
        assertLe(address(vault).code.length, 24_576);
    }
}
