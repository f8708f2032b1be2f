// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Test} from "forge-std/Test.sol";
import {VmSafe} from "forge-std/Vm.sol";
import {FareDollar} from "../src/FareDollar.sol";
import {FareVault} from "../src/FareVault.sol";
import {Permits} from "../src/Permits.sol";
import {Tariff} from "../src/Prices.sol";
import {Tariffs} from "../src/Tariffs.sol";
import {Details, Receipt as RideReceipt, Terms} from "../src/Terms.sol";
import {VaultLog} from "../src/VaultLog.sol";

/// A vault with the demo tariff and four people; a rider with 1,000 tokens.
abstract contract Base is Test {
    uint256 internal constant RIDER_KEY = 0xA11CE;
    uint256 internal constant DRIVER_KEY = 0xD21;
    uint256 internal constant SESSION_KEY = 0x5E55;
    bytes32 internal constant SECRET = keccak256("boarding secret");
    uint96 internal constant FUNDS = 1_000e6;
    uint40 internal constant START = 1_800_000_000;

    FareDollar internal token;
    Tariffs internal tariffs;
    Permits internal permits;
    FareVault internal vault;
    address internal rider = vm.addr(RIDER_KEY);
    address internal driver = vm.addr(DRIVER_KEY);
    address internal authority = makeAddr("authority");
    address internal arbiter = makeAddr("arbiter");
    address internal stranger = makeAddr("stranger");

    function setUp() public virtual {
        vm.warp(START);
        token = FareDollar(deployCode(artifact("FareDollar")));
        tariffs = deployTariffs();
        permits = Permits(deployCode(artifact("Permits")));
        vault = deployVault(token);
        vm.prank(authority);
        tariffs.publish(demoTariff(authority));
        fund(rider, FUNDS);
    }

    /// Release code (see foundry.toml): what the tests compile is not what is deployed. Under `forge coverage` the
    /// instrumented code of that run; under the mutation run (CONTRACT_CODE) the code with a fault in it.
    function artifact(string memory name) internal view returns (string memory) {
        string memory file = string.concat(name, ".sol");
        if (vm.isContext(VmSafe.ForgeContext.Coverage)) return string.concat(file, ":", name);
        return
            string.concat(vm.envOr("CONTRACT_CODE", string("contracts/out")), "/", file, "/", name, ".json");
    }

    function deployTariffs() internal returns (Tariffs) {
        return Tariffs(deployCode(artifact("Tariffs")));
    }

    function deployVault(IERC20Metadata of_) internal returns (FareVault) {
        return FareVault(deployCode(artifact("FareVault"), abi.encode(of_, tariffs, permits)));
    }

    function demoTariff(address by) internal pure returns (Tariff memory t) {
        t = Tariff({
            authority: by,
            base: 120,
            perKm: 95,
            perMin: 18,
            minimum: 250,
            levyBps: 300,
            waitPerMin: 25,
            freeWaitS: 120,
            minBp: 8_000,
            maxBp: 15_000,
            nightFromMin: 1_320,
            nightToMin: 360,
            nightBp: 12_000,
            utcOffsetMin: -180,
            cancelGraceS: 120,
            cancelMin: 100,
            cancelMax: 500,
            cancelPerKm: 80,
            cancelPerMin: 15,
            cancelBp: 3_000,
            noShowWaitS: 300,
            noShowFee: 400,
            lateS: 300,
            sectionM: 0,
            perKmBeyond: 0,
            levyFlat: 0,
            tollMax: 0,
            roundTo: 0,
            document: 0,
            needsPermit: false
        });
    }

    function fund(address who, uint96 amount) internal {
        token.mint(address(this), amount);
        token.approve(address(vault), amount);
        vault.deposit(who, amount);
    }

    // ---- what people sign

    function someDetails() internal view returns (Details memory) {
        return Details({
            cancelFee: 3e6,
            noShowFee: 2e6,
            freeUntil: START + 2 minutes,
            lateAt: START + 15 minutes,
            pickupBy: START + 20 minutes,
            expiry: START + 3 hours,
            arbiter: arbiter,
            boarding: keccak256(abi.encodePacked(SECRET)),
            record: keccak256("salted trip record")
        });
    }

    /// 7 km and 15 min: the tariff allows 10.55 tokens.
    function someTerms() internal view returns (Terms memory t) {
        (, uint64 seq,) = vault.laneOf(rider, 0);
        t = Terms({
            rider: rider,
            driver: driver,
            session: sessionOf(SESSION_KEY),
            fare: 10.55e6,
            hold: 15e6,
            lane: 0,
            seq: seq,
            tariff: 1,
            metres: 7_000,
            secs: 900,
            bp: 10_000,
            acceptBy: START + 1 minutes,
            details: vault.detailsHash(someDetails())
        });
    }

    function someReceipt() internal pure returns (RideReceipt memory) {
        return RideReceipt({
            index: 15,
            fare: 10.55e6,
            wait: 0.25e6,
            toll: 0.9e6,
            tip: 1e6,
            metres: 7_012,
            secs: 931,
            waitSecs: 180,
            record: keccak256("record root")
        });
    }

    function sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function signTerms(Terms memory t) internal view returns (bytes memory) {
        return sign(RIDER_KEY, vault.digestOf(t));
    }

    function signReceipt(Terms memory t, RideReceipt memory r) internal view returns (bytes memory) {
        return sign(RIDER_KEY, vault.receiptDigest(vault.digestOf(t), r));
    }

    function sessionOf(uint256 key) internal pure returns (address) {
        (uint256 x, uint256 y) = vm.publicKeyP256(key);
        return address(uint160(uint256(keccak256(abi.encode(x, y)))));
    }

    uint256 internal constant P256_N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551;

    /// As WebCrypto does it: ECDSA with SHA-256 over the 32 bytes of the digest; s made low by the client.
    function signSession(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (bytes32 r, bytes32 s) = vm.signP256(key, sha256(abi.encodePacked(digest)));
        if (uint256(s) > P256_N / 2) s = bytes32(P256_N - uint256(s));
        (uint256 x, uint256 y) = vm.publicKeyP256(key);
        return abi.encodePacked(r, s, x, y);
    }

    // ---- steps

    function hold(Terms memory t) internal returns (bytes32 id) {
        id = vault.digestOf(t);
        vault.hold(t, signTerms(t));
    }

    function settle(Terms memory t, RideReceipt memory r) internal {
        bytes memory sig = signReceipt(t, r);
        vm.prank(t.driver);
        vault.settle(t, r, sig, "");
    }

    function claim(Terms memory t, uint96 amount, bytes32 secret) internal {
        vm.prank(t.driver);
        vault.claim(t, someDetails(), amount, secret);
    }

    function cancel(Terms memory t) internal {
        vm.prank(t.rider);
        vault.cancel(t, someDetails());
    }

    // ---- what there is

    function freeOf(address who) internal view returns (uint96 free) {
        (free,,,) = vault.accountOf(who);
    }

    function heldOf(address who, uint32 lane) internal view returns (uint96 held) {
        (held,,) = vault.laneOf(who, lane);
    }

    function levy(uint256 amount) internal pure returns (uint96) {
        return uint96(amount * 300 / 10_000);
    }
}
