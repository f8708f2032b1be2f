// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The rare half of the terms: only its hash goes to `hold` and `settle`. Times are unix seconds.
struct Details {
    uint96 cancelFee;
    uint96 noShowFee;
    uint40 freeUntil;
    uint40 lateAt;
    uint40 pickupBy;
    uint40 expiry;
    address arbiter;
    bytes32 boarding;
    bytes32 record;
}

/// @notice What the rider's wallet signs once a trip; `details` is the EIP-712 struct hash of `Details`.
struct Terms {
    address rider;
    address driver;
    address session;
    uint96 fare;
    uint96 hold;
    uint32 lane;
    uint64 seq;
    uint32 tariff;
    uint32 metres;
    uint32 secs;
    uint16 bp;
    uint40 acceptBy;
    bytes32 details;
}

/// @notice A cumulative amount that the rider signs. The digest of the terms, first field of the signed struct, is
/// not sent: the vault knows it.
struct Receipt {
    uint32 index;
    uint96 fare;
    uint96 wait;
    uint96 toll;
    uint96 tip;
    uint32 metres;
    uint32 secs;
    uint32 waitSecs;
    bytes32 record;
}

/// @notice An owner's order to move free balance, that anyone may bring: out of the vault, or `inside` it to the
/// balance of `to`. Whoever brings it may take up to `maxFee` for it.
struct Payout {
    address owner;
    address to;
    uint96 amount;
    uint96 maxFee;
    bool inside;
    uint40 deadline;
    bytes32 salt;
}

/// @notice EIP-712 struct hashes, to the byte those of `protocol/typed-data.ts`. They copy calldata words as
/// they stand: a dirty upper bit changes the hash, which no signature then fits.
library Hashes {
    bytes32 internal constant DETAILS = keccak256(
        "Details(uint96 cancelFee,uint96 noShowFee,uint40 freeUntil,uint40 lateAt,uint40 pickupBy,uint40 expiry,address arbiter,bytes32 boarding,bytes32 record)"
    );
    bytes32 internal constant TERMS = keccak256(
        "Terms(address rider,address driver,address session,uint96 fare,uint96 hold,uint32 lane,uint64 seq,uint32 tariff,uint32 metres,uint32 secs,uint16 bp,uint40 acceptBy,Details details)Details(uint96 cancelFee,uint96 noShowFee,uint40 freeUntil,uint40 lateAt,uint40 pickupBy,uint40 expiry,address arbiter,bytes32 boarding,bytes32 record)"
    );
    bytes32 internal constant RECEIPT = keccak256(
        "Receipt(bytes32 terms,uint32 index,uint96 fare,uint96 wait,uint96 toll,uint96 tip,uint32 metres,uint32 secs,uint32 waitSecs,bytes32 record)"
    );

    bytes32 internal constant PAYOUT = keccak256(
        "Payout(address owner,address to,uint96 amount,uint96 maxFee,bool inside,uint40 deadline,bytes32 salt)"
    );

    function hash(Terms calldata t) internal pure returns (bytes32) {
        uint256 from;
        assembly ("memory-safe") {
            from := t
        }
        return _hash(TERMS, from, 0x1a0);
    }

    function hash(Details calldata d) internal pure returns (bytes32) {
        uint256 from;
        assembly ("memory-safe") {
            from := d
        }
        return _hash(DETAILS, from, 0x120);
    }

    function hash(Payout calldata o) internal pure returns (bytes32) {
        uint256 from;
        assembly ("memory-safe") {
            from := o
        }
        return _hash(PAYOUT, from, 0xe0);
    }

    function hash(Receipt calldata r, bytes32 terms) internal pure returns (bytes32 h) {
        bytes32 typehash = RECEIPT;
        assembly ("memory-safe") {
            let p := mload(0x40)
            mstore(p, typehash)
            mstore(add(p, 0x20), terms)
            calldatacopy(add(p, 0x40), r, 0x120)
            h := keccak256(p, 0x160)
        }
    }

    /// @dev Of `size` bytes of calldata behind the type's hash.
    function _hash(bytes32 typehash, uint256 from, uint256 size) private pure returns (bytes32 h) {
        assembly ("memory-safe") {
            let p := mload(0x40)
            mstore(p, typehash)
            calldatacopy(add(p, 0x20), from, size)
            h := keccak256(p, add(size, 0x20))
        }
    }
}
