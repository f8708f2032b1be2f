// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";
import {FareDollar} from "../src/FareDollar.sol";
import {Permits} from "../src/Permits.sol";

// Permits
// ├── grant: in the sender's own list, until a time in the future; again renews
// └── revoke: ends it now; reverts where there is none
contract PermitsTest is Test {
    Permits private permits = new Permits();

    function testFuzz_GrantAndRevoke(
        address authority,
        address other,
        address driver,
        uint40 until,
        bytes32 c
    ) public {
        vm.assume(authority != other);
        until = uint40(bound(until, block.timestamp + 1, type(uint40).max));
        vm.startPrank(authority);
        vm.expectEmit(address(permits));
        emit Permits.Granted(authority, driver, until, c);
        permits.grant(driver, until, c);
        (uint40 u, bytes32 h) = permits.permitOf(authority, driver);
        assertEq(u, until);
        assertEq(h, c);
        (u, h) = permits.permitOf(other, driver);
        assertEq(u, 0);
        vm.stopPrank();
        vm.prank(other);
        vm.expectRevert(abi.encodeWithSelector(Permits.NoPermit.selector, other, driver));
        permits.revoke(driver);
        vm.startPrank(authority);
        vm.expectEmit(address(permits));
        emit Permits.Revoked(authority, driver, until);
        permits.revoke(driver);
        (u,) = permits.permitOf(authority, driver);
        assertEq(u, 0);
        vm.expectRevert(abi.encodeWithSelector(Permits.NoPermit.selector, authority, driver));
        permits.revoke(driver);
    }

    function testFuzz_GrantInThePast(uint40 nowS, uint40 until) public {
        vm.warp(nowS);
        until = uint40(bound(until, 0, nowS));
        vm.expectRevert(abi.encodeWithSelector(Permits.AlreadyOver.selector, nowS, until));
        permits.grant(address(1), until, 0);
    }
}

// FareDollar
// └── mint: by anyone on the local chain, by nobody elsewhere
contract FareDollarTest is Test {
    FareDollar private token = new FareDollar();

    function testFuzz_MintOnlyOnTheLocalChain(address to, uint256 amount, uint64 chain) public {
        vm.assume(to != address(0) && chain != 31337 && chain != 0);
        token.mint(to, amount);
        assertEq(token.balanceOf(to), amount);
        vm.chainId(chain);
        vm.expectRevert(abi.encodeWithSelector(FareDollar.OnlyLocalChain.selector, 31337, chain));
        token.mint(to, 1);
    }

    function test_Decimals() public view {
        assertEq(token.decimals(), 6);
    }
}
