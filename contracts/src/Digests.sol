// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Details, Hashes, Payout, Receipt, Terms} from "./Terms.sol";

/// @notice What people sign, for this vault on this chain.
abstract contract Digests is EIP712("Hexhail FareVault", "1") {
    using Hashes for Terms;
    using Hashes for Details;
    using Hashes for Receipt;
    using Hashes for Payout;

    /// @notice The trip id: what the rider signs.
    function digestOf(Terms calldata t) public view returns (bytes32) {
        return _hashTypedDataV4(t.hash());
    }

    /// @notice What the rider signs for a receipt of these terms.
    function receiptDigest(bytes32 terms, Receipt calldata r) public view returns (bytes32) {
        return _hashTypedDataV4(r.hash(terms));
    }

    /// @notice What an owner signs for a payout.
    function payoutDigest(Payout calldata o) public view returns (bytes32) {
        return _hashTypedDataV4(o.hash());
    }

    function detailsHash(Details calldata d) public pure returns (bytes32) {
        return d.hash();
    }
}
