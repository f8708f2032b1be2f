// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FareDollar} from "../src/FareDollar.sol";
import {FareVault} from "../src/FareVault.sol";
import {Receipt as RideReceipt, Terms} from "../src/Terms.sol";
import {Voucher, Vouchers} from "../src/Vouchers.sol";
import {Base} from "./Base.sol";

/// Two sponsors with two campaigns each and two riders who redeem any voucher at any time, with books of its own.
contract VoucherHandler is Base {
    uint16 public constant PER_RIDER = 3;
    uint96 public constant BUDGET = 9e6;

    Vouchers private immutable vouchers;
    mapping(uint256 sponsor => uint256) public balance;
    mapping(uint256 sponsor => mapping(uint256 campaign => uint256)) public spent;
    mapping(uint256 sponsor => mapping(uint256 campaign => mapping(uint256 rider => uint256))) public uses;
    mapping(uint256 sponsor => mapping(uint256 campaign => mapping(uint256 index => bool))) private used;
    uint32 private lane;

    constructor(FareVault vault_, FareDollar token_, Vouchers vouchers_) {
        (vault, token, vouchers) = (vault_, token_, vouchers_);
        for (uint256 i; i < 2; ++i) {
            fund(vm.addr(riderKey(i)), 1e12);
        }
    }

    function riderKey(uint256 i) private pure returns (uint256) {
        return 2_000 + i % 2;
    }

    function sponsorKey(uint256 i) private pure returns (uint256) {
        return 3_000 + i % 2;
    }

    function sponsor(uint256 i) public pure returns (address) {
        return vm.addr(sponsorKey(i));
    }

    function give(uint256 who, uint96 amount) external {
        amount = uint96(bound(amount, 0, 20e6));
        token.mint(address(this), amount);
        token.approve(address(vouchers), amount);
        vouchers.fund(sponsor(who), amount);
        balance[who % 2] += amount;
    }

    function takeBack(uint256 who, uint96 amount) external {
        amount = uint96(bound(amount, 0, balance[who % 2] + 1));
        bool good = amount <= balance[who % 2];
        vm.prank(sponsor(who));
        (bool ok,) = address(vouchers).call(abi.encodeCall(vouchers.defund, (stranger, amount)));
        assertEq(ok, good, "taking back");
        if (ok) balance[who % 2] -= amount;
    }

    struct Job {
        uint256 who;
        uint256 by;
        uint256 campaign;
        uint256 index;
        bool good;
    }

    /// `wrong` now and then brings another rider's voucher.
    function redeem(uint256 who, uint256 by, uint256 campaign, uint256 index, uint96 fare, uint8 wrong)
        external
    {
        Job memory j = Job(who % 2, by % 2, campaign % 2, index % 24, wrong % 8 != 0);
        fare = uint96(bound(fare, 0, 10.55e6));
        (bool ok, bytes memory out) = address(vouchers).call(dataOf(j, fare));
        j.good = j.good && !used[j.who][j.campaign][j.index] && uses[j.who][j.campaign][j.by] < PER_RIDER;
        assertEq(ok, j.good, "redeeming");
        if (!ok) return;
        uint256 part = fare / 2;
        if (part > 4e6) part = 4e6;
        uint256 left = BUDGET - spent[j.who][j.campaign];
        if (part > left) part = left;
        if (part > balance[j.who]) part = balance[j.who];
        assertEq(abi.decode(out, (uint96)), part, "the sponsor's part");
        used[j.who][j.campaign][j.index] = true;
        uses[j.who][j.campaign][j.by] += 1;
        spent[j.who][j.campaign] += part;
        balance[j.who] -= part;
    }

    /// A trip is held and the call made that settles it.
    function dataOf(Job memory j, uint96 fare) private returns (bytes memory) {
        Terms memory t = someTerms();
        (t.rider, t.session, t.acceptBy) = (vm.addr(riderKey(j.by)), address(0), uint40(block.timestamp));
        (t.lane, t.seq) = (++lane, 0);
        vault.hold(t, sign(riderKey(j.by), vault.digestOf(t)));
        RideReceipt memory r;
        r.fare = fare;
        bytes32 digest = vault.receiptDigest(vault.digestOf(t), r);
        (bytes memory riderSig, bytes memory driverSig) =
            (sign(riderKey(j.by), digest), sign(DRIVER_KEY, digest));
        Voucher memory v = voucherOf(j);
        bytes memory sponsorSig = sign(sponsorKey(j.who), vouchers.digestOf(v));
        return abi.encodeCall(vouchers.settle, (t, r, riderSig, driverSig, v, sponsorSig));
    }

    function voucherOf(Job memory j) private view returns (Voucher memory) {
        return Voucher({
            sponsor: sponsor(j.who),
            rider: vm.addr(riderKey(j.good ? j.by : j.by + 1)),
            campaign: uint32(j.campaign),
            index: uint32(j.index),
            bps: 5_000,
            perRider: PER_RIDER,
            most: 4e6,
            budget: BUDGET,
            expiry: type(uint40).max
        });
    }
}
