// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @notice Who signed a digest.
library Signatures {
    /// @notice A wallet's signature: 65 bytes r‖s‖v or 64 bytes r‖vs (ERC-2098) by its key, else ERC-1271.
    /// The key is asked first, so that an account which delegates by EIP-7702 later cannot void what it signed.
    function byWallet(address signer, bytes32 digest, bytes calldata sig) internal view returns (bool) {
        (uint8 v, bytes32 r, bytes32 s) = ECDSA.parseCalldata(sig);
        (address recovered,,) = ECDSA.tryRecover(digest, v, r, s);
        if (recovered == signer && signer != address(0)) return true;
        return
            signer.code.length != 0
                && SignatureChecker.isValidERC1271SignatureNowCalldata(signer, digest, sig);
    }

    /// @notice A session key's signature: 128 bytes r‖s‖x‖y over sha256(digest), as WebCrypto makes it, with a low s.
    /// `session` is the last 20 bytes of keccak256(x‖y).
    function bySession(address session, bytes32 digest, bytes calldata sig) internal view returns (bool) {
        if (sig.length != 128 || address(uint160(uint256(keccak256(sig[64:])))) != session) return false;
        (bytes32 r, bytes32 s, bytes32 x, bytes32 y) = abi.decode(sig, (bytes32, bytes32, bytes32, bytes32));
        return P256.verify(sha256(abi.encodePacked(digest)), r, s, x, y);
    }
}
