// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Anchor: checkpoints of append-only logs, on record for ever
/// @notice Anyone may anchor, in the own name only. A log grows: its size never falls, and a size has one root. So two
/// checkpoints that do not fit together cannot both be anchored, and who was shown another than the anchored one has
/// proof.
contract Anchor {
    struct Checkpoint {
        uint64 size;
        uint40 time;
        bytes32 root;
    }

    mapping(address keeper => mapping(bytes32 origin => Checkpoint[])) private _logs;

    event Anchored(address indexed keeper, bytes32 indexed origin, uint64 size, bytes32 root);

    error NotGrown(uint64 anchored, uint64 given);
    error NoCheckpoint(address keeper, bytes32 origin, uint256 index);

    /// @notice Puts a checkpoint of the sender's log on record. `origin`: sha256 of the log's origin line (C2SP
    /// checkpoint); `root`: RFC 6962 tree head over `size` leaves.
    function anchor(bytes32 origin, uint64 size, bytes32 root) external {
        Checkpoint[] storage log = _logs[msg.sender][origin];
        uint256 n = log.length;
        uint64 before = n == 0 ? 0 : log[n - 1].size;
        if (size <= before) revert NotGrown(before, size);
        log.push(Checkpoint(size, uint40(block.timestamp), root));
        emit Anchored(msg.sender, origin, size, root);
    }

    /// @notice How many checkpoints of a log are on record.
    function countOf(address keeper, bytes32 origin) external view returns (uint256) {
        return _logs[keeper][origin].length;
    }

    /// @notice The checkpoint of that number, from 0.
    function checkpointOf(address keeper, bytes32 origin, uint256 index)
        external
        view
        returns (Checkpoint memory)
    {
        Checkpoint[] storage log = _logs[keeper][origin];
        if (index >= log.length) revert NoCheckpoint(keeper, origin, index);
        return log[index];
    }
}
