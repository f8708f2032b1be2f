// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Receipt as RideReceipt, Terms} from "../src/Terms.sol";
import {VaultLog} from "../src/VaultLog.sol";
import {Voucher, Vouchers} from "../src/Vouchers.sol";
import {Purses} from "../src/Purses.sol";
import {Base} from "./Base.sol";

contract VouchersTest is Base {
    uint256 private constant SPONSOR_KEY = 0xC17;
    Vouchers private vouchers;
    address private sponsor = vm.addr(SPONSOR_KEY);

    function setUp() public override {
        super.setUp();
        vouchers = Vouchers(deployCode(artifact("Vouchers"), abi.encode(vault)));
        give(100e6);
    }

    function give(uint96 amount) private {
        token.mint(address(this), amount);
        token.approve(address(vouchers), amount);
        vouchers.fund(sponsor, amount);
    }

    function someVoucher() private view returns (Voucher memory) {
        return Voucher({
            sponsor: sponsor,
            rider: rider,
            campaign: 7,
            index: 300,
            bps: 5_000,
            perRider: 2,
            most: 4e6,
            budget: 50e6,
            expiry: START + 1 days
        });
    }

    function settle(Terms memory t, RideReceipt memory r, Voucher memory v) private returns (uint96) {
        bytes32 digest = vault.receiptDigest(vault.digestOf(t), r);
        bytes memory sponsorSig = sign(SPONSOR_KEY, vouchers.digestOf(v));
        return vouchers.settle(t, r, sign(RIDER_KEY, digest), sign(DRIVER_KEY, digest), v, sponsorSig);
    }

    function refused(Voucher memory v, bytes memory reason) private {
        Terms memory t = someTerms();
        RideReceipt memory r = someReceipt();
        bytes32 digest = vault.receiptDigest(vault.digestOf(t), r);
        bytes memory sponsorSig = sign(SPONSOR_KEY, vouchers.digestOf(v));
        bytes memory riderSig = sign(RIDER_KEY, digest);
        bytes memory driverSig = sign(DRIVER_KEY, digest);
        vm.expectRevert(reason);
        vouchers.settle(t, r, riderSig, driverSig, v, sponsorSig);
    }

    function testFuzz_Part(uint96 fare, uint16 bps, uint96 most, uint96 budget, uint96 left) public {
        left = uint96(bound(left, 0, 100e6));
        vm.prank(sponsor);
        vouchers.defund(stranger, 100e6 - left);
        Terms memory t = someTerms();
        RideReceipt memory r = someReceipt();
        (r.fare, r.tip) = (uint96(bound(fare, 0, 10.55e6)), 0);
        Voucher memory v = someVoucher();
        (v.bps, v.most, v.budget) = (bps, uint96(bound(most, 0, 20e6)), uint96(bound(budget, 0, 20e6)));
        bytes32 id = hold(t);
        uint256 part = uint256(r.fare) * (bps > 10_000 ? 10_000 : bps) / 10_000;
        if (part > v.most) part = v.most;
        if (part > v.budget) part = v.budget;
        if (part > left) part = left;
        vm.expectEmit(address(vouchers));
        emit Vouchers.Redeemed(sponsor, 7, id, rider, 300, uint96(part));
        assertEq(settle(t, r, v), part);
        assertEq(freeOf(rider), FUNDS - r.fare - r.wait - r.toll + part);
        assertEq(vouchers.freeOf(sponsor), left - part);
        assertEq(vouchers.spentOf(sponsor, 7), part);
        assertEq(freeOf(address(vouchers)), left - part);
    }

    function test_LimitsOfACampaign() public {
        Voucher memory v = someVoucher();
        v.budget = 7e6;
        hold(someTerms());
        (Terms memory t, RideReceipt memory r) = (someTerms(), someReceipt());
        t.seq -= 1;
        assertEq(settle(t, r, v), 4e6);
        hold(someTerms());
        refused2(v, abi.encodeWithSelector(Vouchers.Used.selector, sponsor, 7, 300));
        v.index = 301;
        t.seq += 1;
        assertEq(settle(t, r, v), 3e6);
        (bool used, uint16 byRider) = vouchers.usesOf(v);
        assertTrue(used);
        assertEq(byRider, 2);
        hold(someTerms());
        v.index = 0;
        refused2(v, abi.encodeWithSelector(Vouchers.UsedUp.selector, rider, 2));
        v.campaign = 8;
        t.seq += 1;
        assertEq(settle(t, r, v), 4e6);
    }

    /// Refused for terms that are held by now.
    function refused2(Voucher memory v, bytes memory reason) private {
        Terms memory t = someTerms();
        t.seq -= 1;
        bytes memory sponsorSig = sign(SPONSOR_KEY, vouchers.digestOf(v));
        bytes32 digest = vault.receiptDigest(vault.digestOf(t), someReceipt());
        bytes memory riderSig = sign(RIDER_KEY, digest);
        bytes memory driverSig = sign(DRIVER_KEY, digest);
        vm.expectRevert(reason);
        vouchers.settle(t, someReceipt(), riderSig, driverSig, v, sponsorSig);
    }

    function test_Refused() public {
        Voucher memory v = someVoucher();
        v.expiry = START;
        uint256 before = vm.snapshotState();
        hold(someTerms());
        Terms memory t = someTerms();
        t.seq -= 1;
        assertEq(settle(t, someReceipt(), v), 4e6);
        vm.revertToState(before);
        v.expiry = START - 1;
        refused(v, abi.encodeWithSelector(Vouchers.Expired.selector, START, START - 1));
        v = someVoucher();
        v.rider = driver;
        refused(v, abi.encodeWithSelector(Vouchers.WrongRider.selector, driver, rider));
        v = someVoucher();
        v.sponsor = stranger;
        bytes32 digest = vouchers.digestOf(v);
        refused(v, abi.encodeWithSelector(Vouchers.WrongSponsor.selector, stranger, digest));
    }

    /// A trip that cannot be settled uses no voucher up.
    function test_NoSettlementNoMoney() public {
        bytes32 id = vault.digestOf(someTerms());
        refused(someVoucher(), abi.encodeWithSelector(VaultLog.NotHeld.selector, id, bytes32(0)));
        (bool used,) = vouchers.usesOf(someVoucher());
        assertFalse(used);
    }

    function test_Defund() public {
        vm.expectRevert(abi.encodeWithSelector(Purses.BalanceTooLow.selector, 0, 1));
        vouchers.defund(stranger, 1);
        vm.expectRevert(abi.encodeWithSelector(Purses.BalanceTooLow.selector, 100e6, 100e6 + 1));
        vm.prank(sponsor);
        vouchers.defund(sponsor, 100e6 + 1);
        vm.expectEmit(address(vouchers));
        emit Purses.Defunded(sponsor, stranger, 60e6);
        vm.prank(sponsor);
        vouchers.defund(stranger, 60e6);
        assertEq(token.balanceOf(stranger), 60e6);
        assertEq(vouchers.freeOf(sponsor), 40e6);
    }

    function testFuzz_EveryFieldIsSigned(uint256 word, uint8 bit) public view {
        Voucher memory v = someVoucher();
        uint8[9] memory bits = [160, 160, 32, 32, 16, 16, 96, 96, 40];
        word %= 9;
        bytes memory all = abi.encode(v);
        uint256 flip = uint256(1) << (bit % bits[word]);
        assembly ("memory-safe") {
            let p := add(add(all, 0x20), shl(5, word))
            mstore(p, xor(mload(p), flip))
        }
        assertNotEq(vouchers.digestOf(abi.decode(all, (Voucher))), vouchers.digestOf(v));
    }
}
