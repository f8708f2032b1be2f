// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FareDollar} from "../src/FareDollar.sol";
import {Permits} from "../src/Permits.sol";
import {Base} from "./Base.sol";

contract PermitsTest is Base {
    function testFuzz_GrantAndRevoke(address by, address other, address who, uint40 until, bytes32 c) public {
        vm.assume(by != other);
        until = uint40(bound(until, block.timestamp + 1, type(uint40).max));
        vm.startPrank(by);
        vm.expectEmit(address(permits));
        emit Permits.Granted(by, who, until, c);
        permits.grant(who, until, c);
        (uint40 u, bytes32 h) = permits.permitOf(by, who);
        assertEq(u, until);
        assertEq(h, c);
        (u, h) = permits.permitOf(other, who);
        assertEq(u, 0);
        vm.stopPrank();
        vm.prank(other);
        vm.expectRevert(abi.encodeWithSelector(Permits.NoPermit.selector, other, who));
        permits.revoke(who);
        vm.startPrank(by);
        vm.expectEmit(address(permits));
        emit Permits.Revoked(by, who, until);
        permits.revoke(who);
        (u,) = permits.permitOf(by, who);
        assertEq(u, 0);
        vm.expectRevert(abi.encodeWithSelector(Permits.NoPermit.selector, by, who));
        permits.revoke(who);
    }

    function testFuzz_GrantInThePast(uint40 nowS, uint40 until) public {
        vm.warp(nowS);
        until = uint40(bound(until, 0, nowS));
        vm.expectRevert(abi.encodeWithSelector(Permits.AlreadyOver.selector, nowS, until));
        permits.grant(address(1), until, 0);
    }
}

contract FareDollarTest is Base {
    function testFuzz_MintOnlyOnTheLocalChain(address to, uint256 amount, uint64 chain) public {
        vm.assume(to != address(0) && chain != 31337 && chain != 0);
        amount = bound(amount, 0, type(uint256).max - FUNDS);
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
