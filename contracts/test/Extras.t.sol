// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Tariff} from "../src/Prices.sol";
import {Receipt as RideReceipt, Terms} from "../src/Terms.sol";
import {VaultLog} from "../src/VaultLog.sol";
import {Base} from "./Base.sol";

/// The vault under a tariff with a far section, a levy a trip, a bound on tolls and rounding.
contract ExtrasTest is Base {
    uint32 private id;

    function setUp() public override {
        super.setUp();
        Tariff memory x = demoTariff(authority);
        (x.sectionM, x.perKmBeyond, x.levyFlat, x.tollMax, x.roundTo) = (5_000, 50, 50, 90, 10);
        vm.prank(authority);
        id = tariffs.publish(x);
    }

    /// Like `someTerms`: 5 km at 0.95, 2 km at 0.50 and 15 min come to 9.65, rounded to 9.70.
    function farTerms() private view returns (Terms memory t) {
        t = someTerms();
        (t.tariff, t.fare) = (id, 9.7e6);
    }

    function farReceipt() private pure returns (RideReceipt memory r) {
        r = someReceipt();
        (r.fare, r.metres, r.secs) = (9.7e6, 7_000, 900);
    }

    function refused(Terms memory t, RideReceipt memory r, bytes memory reason) private {
        bytes memory sig = signReceipt(t, r);
        vm.expectRevert(reason);
        vm.prank(driver);
        vault.settle(t, r, sig, "");
    }

    function test_CapLevyAndToll() public {
        Terms memory t = farTerms();
        hold(t);
        RideReceipt memory r = farReceipt();
        r.fare = 9.7e6 + 1;
        refused(t, r, abi.encodeWithSelector(VaultLog.FareOverCap.selector, 9.7e6 + 1, 9.7e6));
        r = farReceipt();
        r.toll = 0.9e6 + 1;
        refused(t, r, abi.encodeWithSelector(VaultLog.TollOverCap.selector, 0.9e6 + 1, 0.9e6));
        settle(t, farReceipt());
        uint256 due = levy(9.7e6) + 0.5e6;
        assertEq(vault.levyOf(id), due);
        assertEq(freeOf(driver), 9.7e6 + 0.25e6 + 0.9e6 + 1e6 - due);
        // The second time the vault has the tariff.
        t = farTerms();
        hold(t);
        settle(t, farReceipt());
        assertEq(vault.levyOf(id), 2 * due);
    }

    function testFuzz_TheLevyIsNeverMoreThanTheFare(uint96 fare) public {
        Terms memory t = farTerms();
        hold(t);
        RideReceipt memory r = farReceipt();
        (r.fare, r.tip) = (uint96(bound(fare, 0, 9.7e6)), 0);
        settle(t, r);
        uint256 due = uint256(levy(r.fare)) + 0.5e6;
        assertEq(vault.levyOf(id), due < r.fare ? due : r.fare);
    }

    /// The levy a trip is owed once, however many parts a contested claim is paid in.
    function testFuzz_OneLevyATrip(uint96 admitted, uint96 ruled) public {
        Terms memory t = farTerms();
        hold(t);
        claim(t, 9.7e6, SECRET);
        admitted = uint96(bound(admitted, 0, 9.7e6 - 1));
        ruled = uint96(bound(ruled, 0, 9.7e6 - admitted));
        vm.prank(rider);
        vault.contest(t, admitted);
        vm.prank(arbiter);
        vault.rule(t, someDetails(), ruled);
        uint256 got = admitted + ruled;
        uint256 due = got * 300 / 10_000 + 0.5e6;
        assertEq(vault.levyOf(id), due < got ? due : got);
        assertEq(freeOf(driver) + vault.levyOf(id), got);
    }

    function test_ClaimIsBoundByTheTariff() public {
        Terms memory t = farTerms();
        (t.fare, t.hold) = (12e6, 15e6);
        hold(t);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.AmountOverLimit.selector, 9.7e6 + 1, 9.7e6));
        claim(t, 9.7e6 + 1, SECRET);
        claim(t, 9.7e6, SECRET);
    }
}
