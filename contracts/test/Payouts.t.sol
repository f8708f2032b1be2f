// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Payout} from "../src/Terms.sol";
import {VaultLog} from "../src/VaultLog.sol";
import {Base} from "./Base.sol";

contract PayoutsTest is Base {
    function somePayout() private view returns (Payout memory) {
        return Payout({
            owner: rider,
            to: stranger,
            amount: 20e6,
            maxFee: 0.1e6,
            inside: false,
            deadline: START + 1 hours,
            salt: keccak256("one")
        });
    }

    function signed(Payout memory o) private view returns (bytes memory) {
        return sign(RIDER_KEY, vault.payoutDigest(o));
    }

    function refused(Payout memory o, uint96 fee, bytes memory sig, bytes memory reason) private {
        vm.expectRevert(reason);
        vault.withdrawBySig(o, fee, sig);
    }

    function testFuzz_Refund(uint96 amount, bytes32 trip) public {
        amount = uint96(bound(amount, 0, FUNDS));
        vm.expectEmit(address(vault));
        emit VaultLog.Refunded(trip, rider, driver, amount);
        vm.prank(rider);
        vault.refund(trip, driver, amount);
        assertEq(freeOf(rider), FUNDS - amount);
        assertEq(freeOf(driver), amount);
    }

    function test_RefundRefused() public {
        hold(someTerms());
        vm.expectRevert(abi.encodeWithSelector(VaultLog.BalanceTooLow.selector, FUNDS - 15e6, FUNDS));
        vm.prank(rider);
        vault.refund(0, driver, FUNDS);
    }

    function test_RefundToOneself() public {
        vm.prank(rider);
        vault.refund(0, rider, 5e6);
        assertEq(freeOf(rider), FUNDS);
    }

    function testFuzz_Payout(uint96 amount, uint96 fee, uint96 maxFee, bool inside) public {
        Payout memory o = somePayout();
        o.maxFee = uint96(bound(maxFee, 0, 10e6));
        fee = uint96(bound(fee, 0, o.maxFee));
        o.amount = uint96(bound(amount, 0, FUNDS - fee));
        o.inside = inside;
        bytes32 id = vault.payoutDigest(o);
        bytes memory sig = signed(o);
        assertFalse(vault.isPaidOut(id));
        vm.prank(driver);
        vault.withdrawBySig(o, fee, sig);
        assertTrue(vault.isPaidOut(id));
        assertEq(freeOf(rider), FUNDS - o.amount - fee);
        assertEq(freeOf(driver), fee);
        assertEq(inside ? freeOf(stranger) : uint96(token.balanceOf(stranger)), o.amount);
        refused(o, fee, sig, abi.encodeWithSelector(VaultLog.PaidOut.selector, id));
    }

    /// Neither a fee nor an amount: nothing is moved, and the token is not called.
    function test_APayoutOfNothing() public {
        Payout memory o = somePayout();
        (o.amount, o.inside) = (0, false);
        bytes memory sig = signed(o);
        vm.recordLogs();
        vm.prank(driver);
        vault.withdrawBySig(o, 0, sig);
        assertEq(vm.getRecordedLogs().length, 1);
    }

    function test_PayoutEvents() public {
        Payout memory o = somePayout();
        vm.expectEmit(address(vault));
        emit VaultLog.Refunded(0, rider, driver, 0.1e6);
        vm.expectEmit(address(vault));
        emit VaultLog.Withdrawn(rider, stranger, 20e6);
        bytes memory sig = signed(o);
        vm.prank(driver);
        vault.withdrawBySig(o, 0.1e6, sig);
    }

    function test_PayoutRefused() public {
        Payout memory o = somePayout();
        bytes memory sig = signed(o);
        refused(
            o, 0.1e6 + 1, sig, abi.encodeWithSelector(VaultLog.AmountOverLimit.selector, 0.1e6 + 1, 0.1e6)
        );
        Payout memory q = somePayout();
        q.amount += 1;
        refused(
            q, 0, sig, abi.encodeWithSelector(VaultLog.WrongSigner.selector, rider, vault.payoutDigest(q))
        );
        q = somePayout();
        q.owner = driver;
        refused(
            q, 0, sig, abi.encodeWithSelector(VaultLog.WrongSigner.selector, driver, vault.payoutDigest(q))
        );
        o.amount = FUNDS;
        sig = signed(o);
        refused(o, 1, sig, abi.encodeWithSelector(VaultLog.BalanceTooLow.selector, FUNDS, FUNDS + 1));
        vm.warp(o.deadline + 1);
        refused(o, 0, sig, abi.encodeWithSelector(VaultLog.TooLate.selector, o.deadline + 1, o.deadline));
        vm.warp(o.deadline);
        vault.withdrawBySig(o, 0, sig);
        assertEq(token.balanceOf(stranger), FUNDS);
    }

    /// What wallets sign by EIP-712, worked out here by the letter.
    function test_PayoutDigest() public view {
        Payout memory o = somePayout();
        bytes32 typehash = keccak256(
            "Payout(address owner,address to,uint96 amount,uint96 maxFee,bool inside,uint40 deadline,bytes32 salt)"
        );
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("Hexhail FareVault"),
                keccak256("1"),
                block.chainid,
                address(vault)
            )
        );
        bytes32 expected = keccak256(abi.encodePacked(hex"1901", domain, keccak256(abi.encode(typehash, o))));
        assertEq(vault.payoutDigest(o), expected);
    }

    /// Terms, receipts and payouts cannot stand for one another, nor can two payouts that differ in any field.
    function testFuzz_EveryFieldIsSigned(uint256 word, uint8 bit) public view {
        Payout memory o = somePayout();
        uint8[7] memory bits = [160, 160, 96, 96, 1, 40, 255];
        word %= 7;
        bytes memory all = abi.encode(o);
        assembly ("memory-safe") {
            let p := add(add(all, 0x20), shl(5, word))
            mstore(p, xor(mload(p), shl(mod(bit, mload(add(bits, shl(5, word)))), 1)))
        }
        assertNotEq(vault.payoutDigest(abi.decode(all, (Payout))), vault.payoutDigest(o));
    }
}
