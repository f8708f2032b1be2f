// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FareDollar} from "../src/FareDollar.sol";
import {Base} from "./Base.sol";

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
