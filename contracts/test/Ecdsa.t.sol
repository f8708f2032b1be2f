// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Signatures} from "../src/Signatures.sol";
import {Base} from "./Base.sol";

/// The vault's two verifiers, to be called with any digest.
contract Verifier {
    function byWallet(address signer, bytes32 digest, bytes calldata sig) external view returns (bool) {
        return Signatures.byWallet(signer, digest, sig);
    }

    function bySession(address session, bytes32 digest, bytes calldata sig) external view returns (bool) {
        return Signatures.bySession(session, digest, sig);
    }
}

/// Seeded cases of our own, and Wycheproof's where `node contracts/tools/wycheproof.ts` has laid them out.
contract EcdsaTest is Base {
    uint256 private constant N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
    uint256 private constant P256_P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF;
    string private constant WYCHEPROOF = "contracts/out/wycheproof.json";

    Verifier private verifier = new Verifier();

    function keyOf(uint256 i, uint256 n) private pure returns (uint256) {
        return uint256(keccak256(abi.encode("key", i))) % (n - 1) + 1;
    }

    function addressOf(uint256 x, uint256 y) private pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encode(x, y)))));
    }

    function session(bytes32 digest, uint256 r, uint256 s, uint256 x, uint256 y) private view returns (bool) {
        return verifier.bySession(addressOf(x, y), digest, abi.encode(r, s, x, y));
    }

    function test_SessionSignatures() public view {
        for (uint256 i; i < 12; ++i) {
            uint256 key = keyOf(i, P256_N);
            bytes32 digest = keccak256(abi.encode("digest", i));
            (bytes32 r_, bytes32 s_) = vm.signP256(key, sha256(abi.encodePacked(digest)));
            (uint256 x, uint256 y) = vm.publicKeyP256(key);
            (uint256 r, uint256 s) = (uint256(r_), uint256(s_));
            if (s > P256_N / 2) s = P256_N - s;
            assertTrue(session(digest, r, s, x, y), "good");
            assertFalse(session(digest, r, P256_N - s, x, y), "high s");
            assertFalse(session(bytes32(uint256(digest) ^ 1), r, s, x, y), "other digest");
            assertFalse(session(digest, 0, s, x, y), "r = 0");
            assertFalse(session(digest, r, 0, x, y), "s = 0");
            assertFalse(session(digest, P256_N, s, x, y), "r = n");
            assertFalse(session(digest, type(uint256).max, s, x, y), "r > n");
            assertFalse(session(digest, r, P256_N, x, y), "s = n");
            assertFalse(session(digest, s, r, x, y), "r and s swapped");
            assertFalse(session(digest, r, s, 0, 0), "the point at infinity");
            assertFalse(session(digest, r, s, x, y ^ 1), "a point off the curve");
            assertFalse(session(digest, r, s, x, P256_P - y), "the opposite point");
            assertFalse(session(digest, r, s, P256_P, y), "x = p");
            assertFalse(verifier.bySession(addressOf(y, x), digest, abi.encode(r, s, x, y)), "other key");
            // r + n is the same number to a verifier that forgets the bound; it fits for small r alone.
            unchecked {
                assertFalse(session(digest, r + P256_N, s, x, y), "r + n");
            }
        }
    }

    function wallet(address signer, bytes32 digest, uint256 r, uint256 s, uint8 v)
        private
        view
        returns (bool)
    {
        return verifier.byWallet(signer, digest, abi.encodePacked(r, s, v));
    }

    function test_WalletSignatures() public view {
        for (uint256 i; i < 12; ++i) {
            uint256 key = keyOf(i, N);
            address signer = vm.addr(key);
            bytes32 digest = keccak256(abi.encode("digest", i));
            (uint8 v, bytes32 r_, bytes32 s_) = vm.sign(key, digest);
            (uint256 r, uint256 s) = (uint256(r_), uint256(s_));
            uint8 w = 55 - v;
            assertTrue(wallet(signer, digest, r, s, v), "good");
            assertTrue(
                verifier.byWallet(signer, digest, abi.encodePacked(r, s | uint256(v - 27) << 255)), "64 bytes"
            );
            assertFalse(wallet(signer, digest, r, s, w), "other v");
            assertFalse(wallet(signer, digest, r, N - s, w), "high s");
            assertFalse(wallet(signer, bytes32(uint256(digest) ^ 1), r, s, v), "other digest");
            assertFalse(wallet(signer, digest, 0, s, v), "r = 0");
            assertFalse(wallet(signer, digest, r, 0, v), "s = 0");
            assertFalse(wallet(signer, digest, N, s, v), "r = n");
            assertFalse(wallet(signer, digest, r, N, v), "s = n");
            assertFalse(wallet(signer, digest, s, r, v), "r and s swapped");
            assertFalse(wallet(signer, digest, r, s, v - 27), "v = 0 or 1");
            assertFalse(wallet(address(0), digest, 0, s, v), "nobody");
            assertFalse(verifier.byWallet(signer, digest, abi.encode(r, s, uint256(v))), "96 bytes");
        }
    }

    /// Valid and of low s: taken. Of high s, which the vault is stricter about, or invalid: refused.
    function test_Wycheproof() public {
        if (!vm.exists(WYCHEPROOF)) vm.skip(true, "no ../shared/data/vectors/wycheproof");
        string memory json = vm.readFile(WYCHEPROOF);
        bytes[] memory sigs = vm.parseJsonBytesArray(json, ".sig");
        bytes32[] memory hashes = vm.parseJsonBytes32Array(json, ".hash");
        bytes[] memory keys = vm.parseJsonBytesArray(json, ".key");
        bool[] memory p256 = vm.parseJsonBoolArray(json, ".p256");
        bool[] memory good = vm.parseJsonBoolArray(json, ".good");
        uint256 taken;
        for (uint256 i; i < sigs.length; ++i) {
            address signer = address(uint160(uint256(keccak256(keys[i]))));
            bool ok;
            if (p256[i]) {
                // The vault hashes 32 bytes; the vectors sign other lengths: sha256 answers with the vector's hash.
                bytes32 digest = bytes32(i);
                vm.mockCall(address(2), abi.encodePacked(digest), abi.encode(hashes[i]));
                ok = verifier.bySession(signer, digest, bytes.concat(sigs[i], keys[i]));
                vm.clearMockedCalls();
            } else {
                bool even = verifier.byWallet(signer, hashes[i], bytes.concat(sigs[i], bytes1(uint8(27))));
                bool odd = verifier.byWallet(signer, hashes[i], bytes.concat(sigs[i], bytes1(uint8(28))));
                ok = even || odd;
                assertFalse(even && odd, "both parities");
            }
            assertEq(ok, good[i], string.concat("vector ", vm.toString(i)));
            if (ok) ++taken;
        }
        assertGt(taken, 200);
        assertGt(sigs.length - taken, 200);
    }
}
