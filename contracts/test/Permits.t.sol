// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Permits} from "../src/Permits.sol";
import {Base} from "./Base.sol";

contract PermitsTest is Base {
    bytes32 private constant CAR = keccak256("salted plate");
    address private keeper = makeAddr("keeper");

    function untilOf(address by, address who) private view returns (uint40 until) {
        (until,,) = permits.permitOf(by, who);
    }

    function testFuzz_GrantAndRevoke(address by, address other, address who, uint40 until, bytes32 c) public {
        vm.assume(by != other);
        until = uint40(bound(until, block.timestamp + 1, type(uint40).max));
        vm.startPrank(by);
        vm.expectEmit(address(permits));
        emit Permits.Granted(by, who, until, false, c);
        permits.grant(who, until, false, c);
        (uint40 u, bytes32 h, bytes32 car) = permits.permitOf(by, who);
        assertEq(u, until);
        assertEq(h, c);
        assertEq(car, 0);
        assertEq(untilOf(other, who), 0);
        vm.stopPrank();
        vm.prank(other);
        vm.expectRevert(abi.encodeWithSelector(Permits.NoPermit.selector, other, who));
        permits.revoke(who);
        vm.startPrank(by);
        vm.expectEmit(address(permits));
        emit Permits.Revoked(by, who, until);
        permits.revoke(who);
        assertEq(untilOf(by, who), 0);
        vm.expectRevert(abi.encodeWithSelector(Permits.NoPermit.selector, by, who));
        permits.revoke(who);
    }

    function testFuzz_GrantInThePast(uint40 nowS, uint40 until) public {
        vm.warp(nowS);
        until = uint40(bound(until, 0, nowS));
        bytes memory refusal = abi.encodeWithSelector(Permits.AlreadyOver.selector, nowS, until);
        vm.expectRevert(refusal);
        permits.grant(address(1), until, false, 0);
        vm.expectRevert(refusal);
        permits.grantVehicle(CAR, keeper, until, 0);
    }

    function test_TheFirstSecondThatIsLateEnough() public {
        testFuzz_GrantInThePast(START, START);
        permits.grant(driver, START + 1, false, 0);
        permits.grantVehicle(CAR, keeper, START + 1, 0);
    }

    function checkVehicle(address by, address keeper_, address driver_, uint40 until, bytes32 c)
        private
        view
    {
        Permits.Vehicle memory v = permits.vehicleOf(by, CAR);
        assertEq(v.keeper, keeper_);
        assertEq(v.driver, driver_);
        assertEq(v.until, until);
        assertEq(v.credential, c);
    }

    function testFuzz_AVehicle(address by, address other, uint40 until, bytes32 c) public {
        vm.assume(by != other);
        until = uint40(bound(until, block.timestamp + 1, type(uint40).max));
        vm.expectEmit(address(permits));
        emit Permits.VehicleGranted(by, CAR, keeper, until, c);
        vm.prank(by);
        permits.grantVehicle(CAR, keeper, until, c);
        checkVehicle(by, keeper, keeper, until, c);
        checkVehicle(other, address(0), address(0), 0, 0);
        vm.expectRevert(abi.encodeWithSelector(Permits.NoVehicle.selector, other, CAR));
        vm.prank(other);
        permits.revokeVehicle(CAR);
        vm.prank(by);
        permits.grant(keeper, type(uint40).max, true, c);
        vm.prank(keeper);
        permits.drive(by, CAR);
        assertEq(untilOf(by, keeper), until);
        vm.startPrank(by);
        vm.expectEmit(address(permits));
        emit Permits.VehicleRevoked(by, CAR, until);
        permits.revokeVehicle(CAR);
        checkVehicle(by, address(0), address(0), 0, 0);
        assertEq(untilOf(by, keeper), 0);
        vm.expectRevert(abi.encodeWithSelector(Permits.NoVehicle.selector, by, CAR));
        permits.revokeVehicle(CAR);
    }

    /// A car of the keeper, and a permit of the driver that needs one.
    function licensed() private {
        vm.startPrank(authority);
        permits.grantVehicle(CAR, keeper, START + 100, "car");
        permits.grant(driver, START + 200, true, "driver");
        permits.grant(stranger, START + 200, true, "another driver");
        vm.stopPrank();
    }

    function lend(address to) private {
        vm.expectEmit(address(permits));
        emit Permits.Lent(authority, CAR, to);
        vm.prank(keeper);
        permits.lend(authority, CAR, to);
    }

    function drive(address who, bytes32 car) private {
        vm.expectEmit(address(permits));
        emit Permits.Drives(authority, who, car);
        vm.prank(who);
        permits.drive(authority, car);
    }

    function test_LendAndDrive() public {
        licensed();
        assertEq(untilOf(authority, driver), 0);
        drive(driver, CAR);
        assertEq(untilOf(authority, driver), 0);
        lend(driver);
        (uint40 until, bytes32 credential, bytes32 car) = permits.permitOf(authority, driver);
        assertEq(until, START + 100);
        assertEq(credential, "driver");
        assertEq(car, CAR);
        // One driver at a time, and nobody without his word.
        drive(stranger, CAR);
        assertEq(untilOf(authority, stranger), 0);
        lend(stranger);
        assertEq(untilOf(authority, stranger), START + 100);
        assertEq(untilOf(authority, driver), 0);
        drive(stranger, "another car");
        assertEq(untilOf(authority, stranger), 0);
        lend(address(0));
        assertEq(permits.vehicleOf(authority, CAR).driver, address(0));
    }

    function testFuzz_TheEarlierEnd(uint40 ofDriver, uint40 ofCar, bool drives) public {
        ofDriver = uint40(bound(ofDriver, START + 1, START + 100));
        ofCar = uint40(bound(ofCar, START + 1, START + 100));
        vm.startPrank(authority);
        permits.grant(driver, ofDriver, true, 0);
        permits.grantVehicle(CAR, driver, ofCar, 0);
        vm.stopPrank();
        if (drives) drive(driver, CAR);
        assertEq(untilOf(authority, driver), !drives ? 0 : ofDriver < ofCar ? ofDriver : ofCar);
    }

    function test_RenewingAVehicle() public {
        licensed();
        lend(driver);
        vm.prank(authority);
        permits.grantVehicle(CAR, keeper, START + 300, "renewed");
        checkVehicle(authority, keeper, driver, START + 300, "renewed");
        vm.prank(authority);
        permits.grantVehicle(CAR, stranger, START + 400, "sold");
        checkVehicle(authority, stranger, stranger, START + 400, "sold");
        vm.expectRevert(abi.encodeWithSelector(Permits.NotKeeper.selector, stranger, keeper));
        vm.prank(keeper);
        permits.lend(authority, CAR, driver);
    }

    function test_LendRefused() public {
        licensed();
        vm.startPrank(driver);
        vm.expectRevert(abi.encodeWithSelector(Permits.NotKeeper.selector, keeper, driver));
        permits.lend(authority, CAR, driver);
        vm.expectRevert(abi.encodeWithSelector(Permits.NotKeeper.selector, address(0), driver));
        permits.lend(stranger, CAR, driver);
    }
}
