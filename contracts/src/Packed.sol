// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Jobs of a batch without the padding of the ABI, which costs a quarter of what a batched trip costs. A job
/// is written out as the calldata of the single call.
/// terms, 147 bytes: rider 20, driver 20, session 20, fare 12, hold 12, lane 4, seq 8, tariff 4, metres 4, secs 4,
/// bp 2, acceptBy 5, details 32. Receipt, 96 bytes: index 4, fare 12, wait 12, toll 12, tip 12, metres 4, secs 4,
/// waitSecs 4, record 32. A signature: its length in 2 bytes, then itself.
library Packed {
    error CutOff(uint256 length);

    /// @dev Calldata of `hold` for the job at `from`, and where the next job begins.
    function holdCall(bytes4 selector, bytes calldata jobs, uint256 from)
        internal
        pure
        returns (bytes memory job, uint256 next)
    {
        uint256 start;
        assembly ("memory-safe") {
            job := mload(0x40)
            start := add(job, 0x20)
            mstore(start, selector)
        }
        _terms(jobs, from, start + 4);
        uint256 tail = start + 0x1c4;
        assembly ("memory-safe") {
            mstore(add(start, 0x1a4), 0x1c0)
        }
        (tail, next) = _bytes(jobs, from + 147, tail);
        _end(job, tail, jobs, next);
    }

    /// @dev Calldata of `settle` for the job at `from`, and where the next job begins.
    function settleCall(bytes4 selector, bytes calldata jobs, uint256 from)
        internal
        pure
        returns (bytes memory job, uint256 next)
    {
        uint256 start;
        assembly ("memory-safe") {
            job := mload(0x40)
            start := add(job, 0x20)
            mstore(start, selector)
        }
        _terms(jobs, from, start + 4);
        _receipt(jobs, from + 147, start + 0x1a4);
        uint256 tail = start + 0x304;
        assembly ("memory-safe") {
            mstore(add(start, 0x2c4), 0x300)
        }
        (tail, next) = _bytes(jobs, from + 243, tail);
        assembly ("memory-safe") {
            mstore(add(start, 0x2e4), sub(sub(tail, start), 4))
        }
        (tail, next) = _bytes(jobs, next, tail);
        _end(job, tail, jobs, next);
    }

    function _terms(bytes calldata jobs, uint256 from, uint256 to) private pure {
        assembly ("memory-safe") {
            let p := add(jobs.offset, from)
            mstore(to, shr(96, calldataload(p)))
            mstore(add(to, 0x20), shr(96, calldataload(add(p, 20))))
            mstore(add(to, 0x40), shr(96, calldataload(add(p, 40))))
            mstore(add(to, 0x60), shr(160, calldataload(add(p, 60))))
            mstore(add(to, 0x80), shr(160, calldataload(add(p, 72))))
            mstore(add(to, 0xa0), shr(224, calldataload(add(p, 84))))
            mstore(add(to, 0xc0), shr(192, calldataload(add(p, 88))))
            mstore(add(to, 0xe0), shr(224, calldataload(add(p, 96))))
            mstore(add(to, 0x100), shr(224, calldataload(add(p, 100))))
            mstore(add(to, 0x120), shr(224, calldataload(add(p, 104))))
            mstore(add(to, 0x140), shr(240, calldataload(add(p, 108))))
            mstore(add(to, 0x160), shr(216, calldataload(add(p, 110))))
            mstore(add(to, 0x180), calldataload(add(p, 115)))
        }
    }

    function _receipt(bytes calldata jobs, uint256 from, uint256 to) private pure {
        assembly ("memory-safe") {
            let p := add(jobs.offset, from)
            mstore(to, shr(224, calldataload(p)))
            mstore(add(to, 0x20), shr(160, calldataload(add(p, 4))))
            mstore(add(to, 0x40), shr(160, calldataload(add(p, 16))))
            mstore(add(to, 0x60), shr(160, calldataload(add(p, 28))))
            mstore(add(to, 0x80), shr(160, calldataload(add(p, 40))))
            mstore(add(to, 0xa0), shr(224, calldataload(add(p, 52))))
            mstore(add(to, 0xc0), shr(224, calldataload(add(p, 56))))
            mstore(add(to, 0xe0), shr(224, calldataload(add(p, 60))))
            mstore(add(to, 0x100), calldataload(add(p, 64)))
        }
    }

    /// @dev A byte string at `from` to `to`, with its length before. What stands behind it up to a whole word is read by
    /// nobody.
    function _bytes(bytes calldata jobs, uint256 from, uint256 to)
        private
        pure
        returns (uint256 end, uint256 next)
    {
        assembly ("memory-safe") {
            let p := add(jobs.offset, from)
            let n := shr(240, calldataload(p))
            mstore(to, n)
            end := add(to, 0x20)
            calldatacopy(end, add(p, 2), n)
            end := add(end, and(add(n, 31), not(31)))
            next := add(from, add(n, 2))
        }
    }

    /// @dev What stands beyond the jobs would be read as zeros, or as other calldata: refused.
    function _end(bytes memory job, uint256 end, bytes calldata jobs, uint256 next) private pure {
        if (next > jobs.length) revert CutOff(jobs.length);
        assembly ("memory-safe") {
            mstore(job, sub(sub(end, job), 0x20))
        }
    }
}
