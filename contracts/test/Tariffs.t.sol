// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Tariff} from "../src/Prices.sol";
import {Tariffs} from "../src/Tariffs.sol";
import {Base} from "./Base.sol";

contract TariffsTest is Base {
    string private json;

    function setUp() public override {
        super.setUp();
        json = vm.readFile("tests/vectors/tariff.json");
    }

    function column(string memory table, string memory name) private view returns (uint256[] memory) {
        return vm.parseJsonUintArray(json, string.concat(".", table, ".", name));
    }

    function field(string memory name, uint256 i) private view returns (uint256) {
        return column("tariffs", name)[i];
    }

    function tariffAt(uint256 i) private view returns (Tariff memory t) {
        t.authority = authority;
        (t.base, t.perKm) = (uint24(field("base", i)), uint24(field("perKm", i)));
        (t.perMin, t.minimum) = (uint24(field("perMin", i)), uint24(field("minimum", i)));
        (t.levyBps, t.waitPerMin) = (uint16(field("levyBps", i)), uint24(field("waitPerMin", i)));
        (t.freeWaitS, t.minBp) = (uint16(field("freeWaitS", i)), uint16(field("minBp", i)));
        (t.maxBp, t.cancelMin) = (uint16(field("maxBp", i)), uint24(field("cancelMin", i)));
        (t.cancelMax, t.cancelPerKm) = (uint24(field("cancelMax", i)), uint24(field("cancelPerKm", i)));
        (t.cancelPerMin, t.cancelBp) = (uint24(field("cancelPerMin", i)), uint16(field("cancelBp", i)));
        (t.sectionM, t.perKmBeyond) = (uint32(field("sectionM", i)), uint24(field("perKmBeyond", i)));
        (t.levyFlat, t.tollMax) = (uint24(field("levyFlat", i)), uint24(field("tollMax", i)));
        t.roundTo = uint16(field("roundTo", i));
    }

    function test_Vectors() public {
        uint256 tables = column("tariffs", "base").length;
        vm.startPrank(authority);
        for (uint256 i; i < tables; ++i) {
            assertEq(tariffs.publish(tariffAt(i)), i + 2);
        }
        uint256[] memory tariff = column("cases", "tariff");
        uint256[] memory metres = column("cases", "metres");
        uint256[] memory secs = column("cases", "secs");
        uint256[] memory bp = column("cases", "bp");
        uint256[] memory fare = column("cases", "fare");
        assertGe(fare.length, 300);
        for (uint256 i; i < fare.length; ++i) {
            uint256 f =
                tariffs.fareOf(uint32(tariff[i] + 2), uint32(metres[i]), uint32(secs[i]), uint16(bp[i]));
            assertEq(f, fare[i]);
        }
        uint256[] memory waitSecs = column("cases", "waitSecs");
        uint256[] memory wait = column("cases", "wait");
        uint256[] memory levies = column("cases", "levy");
        for (uint256 i; i < fare.length; ++i) {
            assertEq(tariffs.waitOf(uint32(tariff[i] + 2), uint32(waitSecs[i])), wait[i]);
            assertEq(tariffs.levyOf(uint32(tariff[i] + 2), uint96(fare[i])), levies[i]);
        }
        cancelFees(tariff, fare);
    }

    /// Random trips under random tariffs, a thousand each: one digest of all results a tariff, which
    /// tests/vectors/make-tariff-trips.ts has from protocol/tariff.ts. TARIFF_TRIPS names a longer list of them.
    function test_RandomTrips() public {
        string memory listed =
            vm.readFile(vm.envOr("TARIFF_TRIPS", string("tests/vectors/tariff-trips.json")));
        bytes32[] memory digests = vm.parseJsonBytes32Array(listed, ".digests");
        assertGe(digests.length, 10);
        vm.pauseGasMetering();
        for (uint256 i; i < digests.length; ++i) {
            uint256 unused;
            assembly ("memory-safe") {
                unused := mload(0x40)
            }
            Tariff memory t = randomTariff(i);
            vm.prank(authority);
            uint32 id = tariffs.publish(t);
            bytes32 digest;
            for (uint256 j; j < 1000; ++j) {
                digest = sha256(abi.encodePacked(digest, trip(id, t, uint256(sha256(abi.encode(i, j))))));
            }
            assertEq(digest, digests[i], string.concat("tariff ", vm.toString(i)));
            // A million trips need the memory of the ones before.
            assembly ("memory-safe") {
                mstore(0x40, unused)
            }
        }
    }

    function randomTariff(uint256 i) private view returns (Tariff memory t) {
        uint256 w = uint256(sha256(abi.encode(i)));
        t = demoTariff(authority);
        (t.base, t.perKm, t.perMin) = (uint24(w % 2_000), uint24((w >> 16) % 1_000), uint24((w >> 32) % 300));
        (t.minimum, t.levyBps) = (uint24((w >> 48) % 1_500), uint16((w >> 64) % 2_001));
        (t.waitPerMin, t.freeWaitS) = (uint24((w >> 80) % 200), uint16((w >> 96) % 600));
        (t.minBp, t.maxBp) = (uint16(1 + (w >> 112) % 10_000), uint16(10_000 + (w >> 128) % 55_536));
        (t.cancelMin, t.cancelMax) = (uint24((w >> 144) % 200), uint24(200 + (w >> 160) % 1_000));
        (t.cancelPerKm, t.cancelPerMin) = (uint24((w >> 176) % 300), uint24((w >> 192) % 100));
        t.cancelBp = uint16((w >> 208) % 10_001);
        if (i % 2 == 0) return t;
        (t.sectionM, t.perKmBeyond) = (uint32((w >> 224) % 20_000), uint24((w >> 232) % 500));
        (t.levyFlat, t.roundTo) = (uint24((w >> 240) % 50), uint16((w >> 248) % 30));
    }

    /// One in eight is as long as 32 bits let it be.
    function trip(uint32 id, Tariff memory t, uint256 w) private view returns (bytes memory) {
        uint32 metres = w & 7 == 0 ? uint32(w >> 8) : uint32(w >> 8) % 60_000;
        uint32 secs = w >> 3 & 7 == 0 ? uint32(w >> 40) : uint32(w >> 40) % 7_200;
        uint16 bp = t.minBp + uint16(uint32(w >> 72) % (uint32(t.maxBp) - t.minBp + 1));
        uint96 fare = uint96(tariffs.fareOf(id, metres, secs, bp));
        return abi.encode(
            fare,
            tariffs.waitOf(id, uint32(w >> 104) % 4_000),
            tariffs.levyOf(id, fare),
            tariffs.cancelFeeOf(id, fare, uint32(w >> 136) % 20_000, uint32(w >> 168) % 5_000)
        );
    }

    function cancelFees(uint256[] memory tariff, uint256[] memory quote) private view {
        uint256[] memory approachM = column("cases", "approachM");
        uint256[] memory elapsedS = column("cases", "elapsedS");
        uint256[] memory fee = column("cases", "cancelFee");
        for (uint256 i; i < fee.length; ++i) {
            uint32 id = uint32(tariff[i] + 2);
            uint256 f = tariffs.cancelFeeOf(id, uint96(quote[i]), uint32(approachM[i]), uint32(elapsedS[i]));
            assertEq(f, fee[i]);
        }
    }

    function testFuzz_FareGrowsWithEverything(uint32 m, uint32 s, uint16 bp, uint32 dm, uint32 ds)
        public
        view
    {
        bp = uint16(bound(bp, 0, type(uint16).max - 1));
        (dm, ds) = (uint32(bound(dm, 0, type(uint32).max - m)), uint32(bound(ds, 0, type(uint32).max - s)));
        uint256 f = tariffs.fareOf(1, m, s, bp);
        assertGe(tariffs.fareOf(1, m + dm, s + ds, bp), f);
        assertGe(tariffs.fareOf(1, m, s, bp + 1), f);
    }

    function testFuzz_PublishKeepsEveryField(Tariff memory t) public {
        t.levyBps = uint16(bound(t.levyBps, 0, 2_000));
        t.minBp = uint16(bound(t.minBp, 1, type(uint16).max));
        t.maxBp = uint16(bound(t.maxBp, t.minBp, type(uint16).max));
        t.cancelMin = uint24(bound(t.cancelMin, 0, t.cancelMax));
        (t.nightFromMin, t.nightToMin) = (t.nightFromMin % 1440, t.nightToMin % 1440);
        uint32 id = t.needsPermit ? 2 | tariffs.NEEDS_PERMIT() : 2;
        vm.prank(t.authority);
        vm.expectEmit(address(tariffs));
        emit Tariffs.Published(id, t.authority, t);
        assertEq(tariffs.publish(t), id);
        assertEq(abi.encode(tariffs.get(id)), abi.encode(t));
        assertEq(tariffs.authorityOf(id), t.authority);
    }

    function refused(Tariff memory t, bytes memory reason) private {
        vm.prank(authority);
        vm.expectRevert(reason);
        tariffs.publish(t);
    }

    function test_PublishRefused() public {
        Tariff memory t = demoTariff(authority);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(Tariffs.NotAuthority.selector, authority, stranger));
        tariffs.publish(t);
        t.levyBps = 2_001;
        refused(t, abi.encodeWithSelector(Tariffs.LevyTooHigh.selector, 2_001, 2_000));
        t = demoTariff(authority);
        t.minBp = 0;
        refused(t, abi.encodeWithSelector(Tariffs.EmptyRange.selector, 0, t.maxBp));
        t.minBp = t.maxBp + 1;
        refused(t, abi.encodeWithSelector(Tariffs.EmptyRange.selector, t.minBp, t.maxBp));
        t = demoTariff(authority);
        t.cancelMin = t.cancelMax + 1;
        refused(t, abi.encodeWithSelector(Tariffs.CancelRange.selector, t.cancelMin, t.cancelMax));
        t = demoTariff(authority);
        t.nightFromMin = 1440;
        refused(t, abi.encodeWithSelector(Tariffs.MinuteOfDay.selector, 1440, 1439));
        t = demoTariff(authority);
        t.nightToMin = 1440;
        refused(t, abi.encodeWithSelector(Tariffs.MinuteOfDay.selector, 1440, 1439));
        assertEq(tariffs.count(), 1);
    }

    function testFuzz_Unknown(uint32 id) public {
        vm.assume(id != 1);
        vm.expectRevert(abi.encodeWithSelector(Tariffs.UnknownTariff.selector, id, 1));
        tariffs.get(id);
        vm.expectRevert(abi.encodeWithSelector(Tariffs.UnknownTariff.selector, id, 1));
        tariffs.fareOf(id, 1, 1, 10_000);
    }

    function test_PriceOfNobodysTariffIsZero() public view {
        assertEq(abi.encode(tariffs.priceOf(0), tariffs.priceOf(2)), abi.encode(uint256(0), uint256(0)));
    }

    function test_DeployBlock() public {
        vm.roll(77);
        Tariffs there = deployTariffs();
        vm.roll(78);
        assertEq(there.deployBlock(), 77);
    }
}
