// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Permits: who may drive, by which authority, until when
/// @notice Each address is the authority of its own list; clients choose whose list they believe. The vault reads it
/// at `hold` alone, for tariffs that need a permit: one taken away never touches a fare that is being earned.
contract Permits {
    struct Permit {
        uint40 until;
        bytes32 credential;
    }

    mapping(address authority => mapping(address driver => Permit)) private _permits;

    event Granted(address indexed authority, address indexed driver, uint40 until, bytes32 credential);
    event Revoked(address indexed authority, address indexed driver, uint40 until);

    error AlreadyOver(uint256 nowS, uint40 until);
    error NoPermit(address authority, address driver);

    /// @notice Grants or renews. `until` is unix seconds, `credential` the hash of the off-chain credential.
    function grant(address driver, uint40 until, bytes32 credential) external {
        if (until <= block.timestamp) revert AlreadyOver(block.timestamp, until);
        _permits[msg.sender][driver] = Permit(until, credential);
        emit Granted(msg.sender, driver, until, credential);
    }

    /// @notice Ends a permit now.
    function revoke(address driver) external {
        uint40 until = _permits[msg.sender][driver].until;
        if (until == 0) revert NoPermit(msg.sender, driver);
        delete _permits[msg.sender][driver];
        emit Revoked(msg.sender, driver, until);
    }

    /// @notice `until` is 0 where there is none; a permit is active while `until` is in the future.
    function permitOf(address authority, address driver)
        external
        view
        returns (uint40 until, bytes32 credential)
    {
        Permit storage p = _permits[authority][driver];
        return (p.until, p.credential);
    }
}
