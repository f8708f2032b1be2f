// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FareVault} from "../src/FareVault.sol";
import {Base} from "./Base.sol";
import {OddToken, SixteenDecimals} from "./OddTokens.sol";
import {VaultLog} from "../src/VaultLog.sol";

contract BalancesTest is Base {
    bytes32 private constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    bytes32 private constant RECEIVE = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );

    function test_WrongDecimals() public {
        SixteenDecimals odd = new SixteenDecimals();
        vm.expectRevert(abi.encodeWithSelector(VaultLog.WrongDecimals.selector, 6, 16));
        deployVault(odd);
    }

    function testFuzz_Deposit(uint96 amount, address to) public {
        vm.assume(to != rider);
        amount = uint96(bound(amount, 0, vault.CAPACITY() - FUNDS));
        token.mint(stranger, amount);
        vm.startPrank(stranger);
        token.approve(address(vault), amount);
        vm.expectEmit(address(vault));
        emit VaultLog.Deposited(to, stranger, amount);
        vault.deposit(to, amount);
        vm.stopPrank();
        assertEq(freeOf(to), amount);
        assertEq(token.balanceOf(address(vault)), uint256(amount) + FUNDS);
    }

    function test_DepositOverCapacity() public {
        uint96 amount = uint96(vault.CAPACITY() - FUNDS + 1);
        token.mint(address(this), amount);
        token.approve(address(vault), type(uint256).max);
        uint256 before = vm.snapshotState();
        vault.deposit(rider, amount - 1);
        assertEq(freeOf(rider), vault.CAPACITY());
        vm.revertToState(before);
        vm.expectRevert(
            abi.encodeWithSelector(VaultLog.VaultFull.selector, vault.CAPACITY() + 1, vault.CAPACITY())
        );
        vault.deposit(rider, amount);
    }

    function oddVault(int256 skew) private returns (OddToken odd, FareVault v) {
        odd = new OddToken(skew);
        v = deployVault(odd);
        odd.approve(address(v), type(uint256).max);
    }

    function testFuzz_DepositThatDoesNotArriveWhole(int8 skew) public {
        vm.assume(skew != 0);
        (, FareVault v) = oddVault(skew);
        vm.expectRevert(
            abi.encodeWithSelector(
                VaultLog.WrongAmountReceived.selector, 1_000, uint256(1_000 + int256(skew))
            )
        );
        v.deposit(rider, 1_000);
    }

    function test_ReentrantTokenIsRefused() public {
        (OddToken odd, FareVault v) = oddVault(0);
        v.deposit(address(odd), 1_000);
        odd.reenter(abi.encodeCall(v.withdraw, (address(odd), 1_000)));
        v.deposit(rider, 1_000);
        assertFalse(odd.reentered());
        odd.reenter(abi.encodeCall(v.deposit, (address(odd), 1_000)));
        v.deposit(rider, 1_000);
        assertFalse(odd.reentered());
        odd.reenter(abi.encodeCall(v.withdraw, (address(odd), 500)));
        v.deposit(address(this), 10);
        v.withdraw(address(this), 10);
        assertFalse(odd.reentered());
        assertEq(odd.balanceOf(address(v)), 3_000);
    }

    function permit(uint256 key, address spender, uint256 value, uint256 nonce)
        private
        view
        returns (uint8, bytes32, bytes32)
    {
        bytes32 hash = keccak256(abi.encode(PERMIT, vm.addr(key), spender, value, nonce, START + 1 hours));
        return vm.sign(key, keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), hash)));
    }

    function testFuzz_DepositWithPermit(uint96 amount) public {
        amount = uint96(bound(amount, 1, vault.CAPACITY() - FUNDS));
        token.mint(driver, amount);
        (uint8 v, bytes32 r, bytes32 s) = permit(DRIVER_KEY, address(vault), amount, 0);
        vm.prank(stranger);
        vault.depositWithPermit(driver, amount, START + 1 hours, v, r, s);
        assertEq(freeOf(driver), amount);
        assertEq(token.allowance(driver, address(vault)), 0);
    }

    function test_PermitUsedBeforeByAStranger() public {
        token.mint(driver, 5e6);
        (uint8 v, bytes32 r, bytes32 s) = permit(DRIVER_KEY, address(vault), 5e6, 0);
        token.permit(driver, address(vault), 5e6, START + 1 hours, v, r, s);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.NotParty.selector, driver, stranger));
        vault.depositWithPermit(driver, 5e6, START + 1 hours, v, r, s);
        vm.prank(driver);
        vault.depositWithPermit(driver, 5e6, START + 1 hours, v, r, s);
        assertEq(freeOf(driver), 5e6);
    }

    function test_PermitOfAnother() public {
        token.mint(driver, 5e6);
        (uint8 v, bytes32 r, bytes32 s) = permit(RIDER_KEY, address(vault), 5e6, 0);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(VaultLog.NotParty.selector, driver, stranger));
        vault.depositWithPermit(driver, 5e6, START + 1 hours, v, r, s);
    }

    function authorization(address to, uint256 value) private view returns (uint8, bytes32, bytes32) {
        bytes32 hash = keccak256(abi.encode(RECEIVE, driver, to, value, 0, START + 1 hours, bytes32("n")));
        return vm.sign(DRIVER_KEY, keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), hash)));
    }

    function testFuzz_Deposit3009(uint96 amount) public {
        amount = uint96(bound(amount, 0, vault.CAPACITY() - FUNDS));
        token.mint(driver, amount);
        (uint8 v, bytes32 r, bytes32 s) = authorization(address(vault), amount);
        vm.prank(stranger);
        vault.deposit3009(driver, amount, 0, START + 1 hours, bytes32("n"), v, r, s);
        assertEq(freeOf(driver), amount);
        token.mint(driver, amount);
        vm.expectRevert();
        vault.deposit3009(driver, amount, 0, START + 1 hours, bytes32("n"), v, r, s);
    }

    function test_Deposit3009ForAnotherVaultOrAmount() public {
        token.mint(driver, 5e6);
        (uint8 v, bytes32 r, bytes32 s) = authorization(stranger, 5e6);
        vm.expectRevert();
        vault.deposit3009(driver, 5e6, 0, START + 1 hours, bytes32("n"), v, r, s);
        (v, r, s) = authorization(address(vault), 4e6);
        vm.expectRevert();
        vault.deposit3009(driver, 5e6, 0, START + 1 hours, bytes32("n"), v, r, s);
    }

    function testFuzz_Withdraw(uint96 amount, bool whileHeld) public {
        uint96 free = whileHeld ? FUNDS - 15e6 : FUNDS;
        if (whileHeld) hold(someTerms());
        amount = uint96(bound(amount, 0, FUNDS + 1));
        vm.prank(rider);
        if (amount > free) {
            vm.expectRevert(abi.encodeWithSelector(VaultLog.BalanceTooLow.selector, free, amount));
        }
        vault.withdraw(stranger, amount);
        assertEq(token.balanceOf(stranger), amount > free ? 0 : amount);
        assertEq(freeOf(rider), amount > free ? free : free - amount);
    }

    function test_WhatIsHeldCannotBeWithdrawn() public {
        hold(someTerms());
        vm.startPrank(rider);
        for (uint96 over = 1; over <= 15e6; over += 7.5e6 - 0.5e6) {
            vm.expectRevert(
                abi.encodeWithSelector(VaultLog.BalanceTooLow.selector, FUNDS - 15e6, FUNDS - 15e6 + over)
            );
            vault.withdraw(rider, FUNDS - 15e6 + over);
        }
        vault.withdraw(rider, FUNDS - 15e6);
        assertEq(heldOf(rider, 0), 15e6);
    }

    function test_APayeeWhoCannotReceiveStopsOnlyHimself() public {
        (OddToken odd, FareVault v) = oddVault(0);
        v.deposit(rider, 1_000);
        v.deposit(driver, 1_000);
        odd.block_(driver);
        vm.prank(driver);
        vm.expectRevert();
        v.withdraw(driver, 1_000);
        vm.prank(driver);
        v.withdraw(stranger, 1_000);
        vm.prank(rider);
        v.withdraw(rider, 1_000);
        assertEq(odd.balanceOf(address(v)), 0);
    }
}
