// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FareVault} from "../src/FareVault.sol";
import {Details, Receipt as RideReceipt, Terms} from "../src/Terms.sol";
import {VaultLog} from "../src/VaultLog.sol";
import {Base} from "./Base.sol";

contract VectorsTest is Base {
    /// Storage slots of the two mappings; EIP712's fallback strings come before them.
    uint256 private constant ACCOUNTS = 2;
    uint256 private constant LANES = 5;

    string private json;

    function number(string memory path) private view returns (uint256) {
        return vm.parseJsonUint(json, path);
    }

    function details(string memory path) private view returns (Details memory d) {
        d.cancelFee = uint96(number(string.concat(path, ".cancelFee")));
        d.noShowFee = uint96(number(string.concat(path, ".noShowFee")));
        d.freeUntil = uint40(number(string.concat(path, ".freeUntil")));
        d.lateAt = uint40(number(string.concat(path, ".lateAt")));
        d.pickupBy = uint40(number(string.concat(path, ".pickupBy")));
        d.expiry = uint40(number(string.concat(path, ".expiry")));
        d.arbiter = vm.parseJsonAddress(json, string.concat(path, ".arbiter"));
        d.boarding = vm.parseJsonBytes32(json, string.concat(path, ".boarding"));
        d.record = vm.parseJsonBytes32(json, string.concat(path, ".record"));
    }

    function terms(string memory path) private view returns (Terms memory t) {
        t.rider = vm.parseJsonAddress(json, string.concat(path, ".rider"));
        t.driver = vm.parseJsonAddress(json, string.concat(path, ".driver"));
        t.session = vm.parseJsonAddress(json, string.concat(path, ".session"));
        t.fare = uint96(number(string.concat(path, ".fare")));
        t.hold = uint96(number(string.concat(path, ".hold")));
        t.lane = uint32(number(string.concat(path, ".lane")));
        t.seq = uint64(number(string.concat(path, ".seq")));
        t.tariff = uint32(number(string.concat(path, ".tariff")));
        t.metres = uint32(number(string.concat(path, ".metres")));
        t.secs = uint32(number(string.concat(path, ".secs")));
        t.bp = uint16(number(string.concat(path, ".bp")));
        t.acceptBy = uint40(number(string.concat(path, ".acceptBy")));
        t.details = vault.detailsHash(details(string.concat(path, ".details")));
    }

    function receipt(string memory path) private view returns (RideReceipt memory r) {
        r.index = uint32(number(string.concat(path, ".index")));
        r.fare = uint96(number(string.concat(path, ".fare")));
        r.wait = uint96(number(string.concat(path, ".wait")));
        r.toll = uint96(number(string.concat(path, ".toll")));
        r.tip = uint96(number(string.concat(path, ".tip")));
        r.metres = uint32(number(string.concat(path, ".metres")));
        r.secs = uint32(number(string.concat(path, ".secs")));
        r.waitSecs = uint32(number(string.concat(path, ".waitSecs")));
        r.record = vm.parseJsonBytes32(json, string.concat(path, ".record"));
    }

    /// The vault at the address and chain of the case.
    function move(string memory path) private returns (FareVault v) {
        v = FareVault(vm.parseJsonAddress(json, string.concat(path, ".domain.vault")));
        vm.chainId(number(string.concat(path, ".domain.chainId")));
        vm.etch(address(v), address(vault).code);
    }

    function test_Eip712() public {
        json = vm.readFile("tests/vectors/eip712.json");
        uint256 i;
        for (; vm.keyExistsJson(json, string.concat(".cases[", vm.toString(i), "].terms")); ++i) {
            string memory path = string.concat(".cases[", vm.toString(i), "]");
            Terms memory t = terms(string.concat(path, ".terms"));
            assertEq(t.details, vm.parseJsonBytes32(json, string.concat(path, ".detailsHash")));
            FareVault v = move(path);
            bytes32 id = v.digestOf(t);
            assertEq(id, vm.parseJsonBytes32(json, string.concat(path, ".termsDigest")));
            RideReceipt memory r = receipt(string.concat(path, ".receipt"));
            assertEq(v.receiptDigest(id, r), vm.parseJsonBytes32(json, string.concat(path, ".receiptDigest")));
            passesTheSignature(v, t, r, path);
        }
        assertGe(i, 20);
    }

    /// Fares of these vectors fit no tariff: a good signature is seen by the refusal that comes after it.
    function passesTheSignature(FareVault v, Terms memory t, RideReceipt memory r, string memory path)
        private
    {
        bytes32 slot = keccak256(abi.encode(t.rider, ACCOUNTS));
        vm.store(address(v), slot, bytes32(uint256(t.hold) << 96 | 1));
        vm.store(address(v), bytes32(uint256(slot) + 1), v.digestOf(t));
        if (t.lane != 0) {
            bytes32 lane = keccak256(abi.encode(t.lane, keccak256(abi.encode(t.rider, LANES))));
            vm.store(address(v), lane, bytes32(uint256(t.hold) << 96));
            vm.store(address(v), bytes32(uint256(lane) + 1), v.digestOf(t));
        }
        if (t.hold == 0) return;
        bytes memory reason = abi.encodeWithSelector(VaultLog.FactorOutOfRange.selector, t.bp, 0, 0);
        for (uint256 j; j < 2; ++j) {
            string memory name = j == 0 ? ".receiptSignature" : ".receiptSessionSignature";
            bytes memory sig = vm.parseJsonBytes(json, string.concat(path, name));
            vm.prank(t.driver);
            if (t.tariff != 1) vm.expectRevert(reason);
            else vm.expectRevert();
            v.settle(t, r, sig, "");
        }
    }
}
