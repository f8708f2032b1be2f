// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {FareVault} from "../src/FareVault.sol";
import {Receipt as RideReceipt, Terms} from "../src/Terms.sol";
import {VaultLog} from "../src/VaultLog.sol";
import {Base} from "./Base.sol";

/// An account that says no to everything.
contract Refuses {
    fallback() external {
        revert("no");
    }
}

/// A contract wallet of one key; the owner may turn it off.
contract Wallet1271 is IERC1271 {
    address public immutable owner;
    bool public off;

    constructor(address owner_) {
        owner = owner_;
    }

    function turnOff() external {
        off = true;
    }

    function isValidSignature(bytes32 hash, bytes calldata sig) external view returns (bytes4) {
        if (off || sig.length != 65) return 0xffffffff;
        address by = ecrecover(hash, uint8(sig[64]), bytes32(sig[:32]), bytes32(sig[32:64]));
        return by == owner ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}

contract SignaturesTest is Base {
    uint256 private constant N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    function refusedTerms(Terms memory t, bytes memory sig) private {
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongSigner.selector, t.rider, vault.digestOf(t)));
        vault.hold(t, sig);
    }

    function refusedReceipt(Terms memory t, RideReceipt memory r, bytes memory sig) private {
        bytes32 digest = vault.receiptDigest(vault.digestOf(t), r);
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongSigner.selector, t.rider, digest));
        vault.settle(t, r, sig, "");
    }

    function compact(bytes memory sig) private pure returns (bytes memory) {
        (bytes32 r, bytes32 s) = abi.decode(sig, (bytes32, bytes32));
        if (uint8(sig[64]) == 28) s |= bytes32(uint256(1) << 255);
        return abi.encodePacked(r, s);
    }

    function testFuzz_WalletSignatures(bool short, uint256 otherKey, uint256 position, uint8 flip) public {
        Terms memory t = someTerms();
        bytes32 id = vault.digestOf(t);
        bytes memory sig = signTerms(t);
        if (short) sig = compact(sig);
        otherKey = bound(otherKey, 1, N - 1);
        if (otherKey != RIDER_KEY) refusedTerms(t, sign(otherKey, id));
        bytes memory changed = bytes.concat(sig);
        position = bound(position, 0, sig.length - 1);
        changed[position] ^= bytes1(flip == 0 ? 1 : flip);
        refusedTerms(t, changed);
        // A short signature and its v could be the long form of the same.
        if (!short || flip != 27 && flip != 28) refusedTerms(t, bytes.concat(sig, bytes1(flip)));
        refusedTerms(t, "");
        vault.hold(t, sig);
    }

    function testFuzz_HighSIsRefused(uint32 metres) public {
        Terms memory t = someTerms();
        t.metres = metres;
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(RIDER_KEY, vault.digestOf(t));
        refusedTerms(t, abi.encodePacked(r, N - uint256(s), v == 27 ? uint8(28) : uint8(27)));
    }

    /// Every word of terms and receipt is signed: changing any bit of any of them voids the signature.
    function testFuzz_EveryFieldIsSigned(uint256 word, uint8 bit) public {
        Terms memory t = someTerms();
        bytes32 id = vault.digestOf(t);
        uint8[13] memory termBits = [160, 160, 160, 96, 96, 32, 64, 32, 32, 32, 16, 40, 255];
        uint256 w = word % 13;
        bytes memory all = abi.encode(t);
        flipBit(all, w, bit % termBits[w]);
        Terms memory u = abi.decode(all, (Terms));
        assertNotEq(vault.digestOf(u), id);
        RideReceipt memory r = someReceipt();
        bytes32 digest = vault.receiptDigest(id, r);
        uint8[9] memory receiptBits = [32, 96, 96, 96, 96, 32, 32, 32, 255];
        w = word % 9;
        all = abi.encode(r);
        flipBit(all, w, bit % receiptBits[w]);
        RideReceipt memory q = abi.decode(all, (RideReceipt));
        assertNotEq(vault.receiptDigest(id, q), digest);
        hold(t);
        refusedReceipt(t, q, sign(RIDER_KEY, digest));
    }

    function flipBit(bytes memory data, uint256 word, uint256 bit) private pure {
        assembly ("memory-safe") {
            let at := add(add(data, 0x20), shl(5, word))
            mstore(at, xor(mload(at), shl(bit, 1)))
        }
    }

    /// 300 runs: a P-256 signature by cheatcode is slow.
    /// forge-config: test.fuzz.runs = 300
    function testFuzz_SessionReceipt(uint256 key, uint256 otherKey, uint256 position, bytes1 flip) public {
        key = bound(key, 1, P256_N - 1);
        otherKey = bound(otherKey, 1, P256_N - 1);
        vm.assume(key != otherKey);
        Terms memory t = someTerms();
        t.session = sessionOf(key);
        RideReceipt memory r = someReceipt();
        bytes32 digest = vault.receiptDigest(hold(t), r);
        refusedReceipt(t, r, signSession(otherKey, digest));
        bytes memory sig = signSession(key, digest);
        bytes memory changed = bytes.concat(sig);
        changed[bound(position, 0, 127)] ^= flip == 0 ? bytes1(0x01) : flip;
        refusedReceipt(t, r, changed);
        vm.prank(driver);
        vault.settle(t, r, sig, "");
        assertEq(freeOf(rider), FUNDS - 12.7e6);
    }

    function test_SessionHighSAndOddLengthsAreRefused() public {
        Terms memory t = someTerms();
        RideReceipt memory r = someReceipt();
        bytes32 digest = vault.receiptDigest(hold(t), r);
        bytes memory sig = signSession(SESSION_KEY, digest);
        (bytes32 sr, uint256 ss, uint256 x, uint256 y) = abi.decode(sig, (bytes32, uint256, uint256, uint256));
        refusedReceipt(t, r, abi.encodePacked(sr, P256_N - ss, x, y));
        refusedReceipt(t, r, abi.encodePacked(bytes32(0), bytes32(0), x, y));
        refusedReceipt(t, r, abi.encodePacked(sr, ss, bytes32(0), bytes32(0)));
        refusedReceipt(t, r, bytes.concat(sig, hex"00"));
        refusedReceipt(t, r, abi.encodePacked(sr, ss));
    }

    function test_ASessionKeyCannotSignTerms() public {
        Terms memory t = someTerms();
        refusedTerms(t, signSession(SESSION_KEY, vault.digestOf(t)));
    }

    function test_WithoutThePrecompile() public {
        Terms memory t = someTerms();
        RideReceipt memory r = someReceipt();
        bytes32 digest = vault.receiptDigest(hold(t), r);
        bytes memory sig = signSession(SESSION_KEY, digest);
        vm.mockCall(address(0x100), bytes(""), bytes(""));
        bytes memory changed = bytes.concat(sig);
        changed[0] ^= 0x01;
        refusedReceipt(t, r, changed);
        vm.prank(driver);
        vault.settle(t, r, sig, "");
    }

    function test_ContractWalletOfRiderAndDriver() public {
        Wallet1271 wallet = new Wallet1271(rider);
        Wallet1271 driverWallet = new Wallet1271(driver);
        fund(address(wallet), 50e6);
        Terms memory t = someTerms();
        (t.rider, t.driver) = (address(wallet), address(driverWallet));
        RideReceipt memory r = someReceipt();
        bytes32 id = vault.digestOf(t);
        refusedTerms(t, sign(DRIVER_KEY, id));
        vault.hold(t, sign(RIDER_KEY, id));
        bytes32 digest = vault.receiptDigest(id, r);
        bytes memory riderSig = sign(RIDER_KEY, digest);
        bytes memory driverSig = sign(DRIVER_KEY, digest);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongSigner.selector, address(driverWallet), digest));
        vault.settle(t, r, riderSig, riderSig);
        wallet.turnOff();
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongSigner.selector, address(wallet), digest));
        vault.settle(t, r, riderSig, driverSig);
        // A session receipt cannot be turned off.
        vault.settle(t, r, signSession(SESSION_KEY, digest), driverSig);
        assertEq(freeOf(address(driverWallet)), 12.7e6 - levy(10.55e6));
    }

    function test_DelegationDoesNotVoidWhatWasSigned() public {
        Terms memory t = someTerms();
        RideReceipt memory r = someReceipt();
        bytes memory termsSig = signTerms(t);
        bytes memory riderSig = signReceipt(t, r);
        vm.signAndAttachDelegation(address(new Refuses()), RIDER_KEY);
        vault.hold(t, termsSig);
        assertGt(rider.code.length, 0);
        vm.prank(driver);
        vault.settle(t, r, riderSig, "");
        assertEq(freeOf(driver), 12.7e6 - levy(10.55e6));
    }

    function testFuzz_TheZeroAddressNeverSigns(bytes calldata sig) public {
        fund(address(0), 50e6);
        Terms memory t = someTerms();
        (t.rider, t.session) = (address(0), address(0));
        refusedTerms(t, sig);
        refusedTerms(t, new bytes(65));
        refusedTerms(t, new bytes(128));
    }

    function test_AReceiptOfAnotherTripIsRefused() public {
        Terms memory a = someTerms();
        Terms memory b = someTerms();
        b.lane = 1;
        hold(a);
        hold(b);
        RideReceipt memory r = someReceipt();
        refusedReceipt(b, r, signReceipt(a, r));
        refusedReceipt(b, r, signSession(SESSION_KEY, vault.receiptDigest(vault.digestOf(a), r)));
    }

    function test_AnotherVaultAndAnotherChainAreRefused() public {
        Terms memory t = someTerms();
        RideReceipt memory r = someReceipt();
        bytes memory termsSig = signTerms(t);
        bytes memory riderSig = signReceipt(t, r);
        FareVault other = deployVault(token);
        token.mint(address(this), 50e6);
        token.approve(address(other), 50e6);
        other.deposit(rider, 50e6);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongSigner.selector, rider, other.digestOf(t)));
        other.hold(t, termsSig);
        vm.chainId(10);
        refusedTerms(t, termsSig);
        hold(t);
        refusedReceipt(t, r, riderSig);
    }
}
