// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Permits: who may drive, in which car, by which authority, until when
/// @notice Each address is the authority of its own lists, which is a jurisdiction; clients choose whose they believe.
/// The vault reads it at `hold` alone, for tariffs that need a permit: one taken away never touches a fare that is being
/// earned. A driver's permit may need a permitted car: it then stands while the car's keeper lends it to him, he says that
/// he drives it, and both permits last. So a car has one driver at a time, and nobody drives on a stranger's car.
contract Permits {
    struct Permit {
        uint40 until;
        bool needsVehicle;
        bytes32 credential;
    }

    struct Vehicle {
        address keeper;
        uint40 until;
        address driver;
        bytes32 credential;
    }

    mapping(address authority => mapping(address driver => Permit)) private _permits;
    mapping(address authority => mapping(bytes32 vehicle => Vehicle)) private _vehicles;
    mapping(address authority => mapping(address driver => bytes32 vehicle)) private _drives;

    event Granted(
        address indexed authority, address indexed driver, uint40 until, bool needsVehicle, bytes32 credential
    );
    event Revoked(address indexed authority, address indexed driver, uint40 until);
    event VehicleGranted(
        address indexed authority, bytes32 indexed vehicle, address keeper, uint40 until, bytes32 credential
    );
    event VehicleRevoked(address indexed authority, bytes32 indexed vehicle, uint40 until);
    event Lent(address indexed authority, bytes32 indexed vehicle, address driver);
    event Drives(address indexed authority, address indexed driver, bytes32 vehicle);

    error AlreadyOver(uint256 nowS, uint40 until);
    error NoPermit(address authority, address driver);
    error NoVehicle(address authority, bytes32 vehicle);
    error NotKeeper(address keeper, address sender);

    /// @notice Grants or renews. `until` is unix seconds, `credential` the hash of the off-chain credential.
    function grant(address driver, uint40 until, bool needsVehicle, bytes32 credential) external {
        if (until <= block.timestamp) revert AlreadyOver(block.timestamp, until);
        _permits[msg.sender][driver] = Permit(until, needsVehicle, credential);
        emit Granted(msg.sender, driver, until, needsVehicle, credential);
    }

    /// @notice Ends a permit now.
    function revoke(address driver) external {
        uint40 until = _permits[msg.sender][driver].until;
        if (until == 0) revert NoPermit(msg.sender, driver);
        delete _permits[msg.sender][driver];
        emit Revoked(msg.sender, driver, until);
    }

    /// @notice Permits a car, or renews it. `vehicle` is a hash that does not tell the plate (salted by the authority).
    /// A new keeper has it himself until he lends it.
    function grantVehicle(bytes32 vehicle, address keeper, uint40 until, bytes32 credential) external {
        if (until <= block.timestamp) revert AlreadyOver(block.timestamp, until);
        Vehicle storage v = _vehicles[msg.sender][vehicle];
        if (v.keeper != keeper) v.driver = keeper;
        (v.keeper, v.until, v.credential) = (keeper, until, credential);
        emit VehicleGranted(msg.sender, vehicle, keeper, until, credential);
    }

    /// @notice Ends a car's permit now.
    function revokeVehicle(bytes32 vehicle) external {
        uint40 until = _vehicles[msg.sender][vehicle].until;
        if (until == 0) revert NoVehicle(msg.sender, vehicle);
        delete _vehicles[msg.sender][vehicle];
        emit VehicleRevoked(msg.sender, vehicle, until);
    }

    /// @notice Keeper: who may drive the car from now on (nobody: zero).
    function lend(address authority, bytes32 vehicle, address driver) external {
        Vehicle storage v = _vehicles[authority][vehicle];
        if (msg.sender != v.keeper) revert NotKeeper(v.keeper, msg.sender);
        v.driver = driver;
        emit Lent(authority, vehicle, driver);
    }

    /// @notice Driver: which car he drives from now on. It counts while that car is lent to him.
    function drive(address authority, bytes32 vehicle) external {
        _drives[authority][msg.sender] = vehicle;
        emit Drives(authority, msg.sender, vehicle);
    }

    /// @notice `until` is 0 where there is none; a permit is active while `until` is in the future. Of a permit that
    /// needs a car it is the earlier end of both, 0 without the car, and `vehicle` is the car that he says he drives.
    function permitOf(address authority, address driver)
        external
        view
        returns (uint40 until, bytes32 credential, bytes32 vehicle)
    {
        Permit storage p = _permits[authority][driver];
        (until, credential) = (p.until, p.credential);
        if (p.needsVehicle) {
            vehicle = _drives[authority][driver];
            Vehicle storage v = _vehicles[authority][vehicle];
            uint40 most = v.driver == driver ? v.until : 0;
            if (most < until) until = most;
        }
    }

    /// @notice A car's permit; zeros where there is none.
    function vehicleOf(address authority, bytes32 vehicle) external view returns (Vehicle memory) {
        return _vehicles[authority][vehicle];
    }
}
