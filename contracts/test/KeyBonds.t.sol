// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {KeyBonds} from "../src/KeyBonds.sol";
import {Purses} from "../src/Purses.sol";
import {Base} from "./Base.sol";

contract KeyBondsTest is Base {
    uint96 private constant PURSE = 50e6;

    KeyBonds private bonds;
    address private session = sessionOf(SESSION_KEY);

    function setUp() public override {
        super.setUp();
        vm.roll(77);
        bonds = KeyBonds(deployCode(artifact("KeyBonds"), abi.encode(vault)));
        give(address(this), PURSE);
    }

    function give(address payer, uint96 amount) private {
        token.mint(address(this), amount);
        token.approve(address(bonds), amount);
        bonds.fund(payer, amount);
    }

    function check(address payer, uint96 amount, uint40 until) private view {
        (uint96 actual, uint40 end) = bonds.bondOf(session, payer);
        assertEq(actual, amount, "amount");
        assertEq(end, until, "until");
    }

    function tooLow(uint96 free, uint96 needed) private pure returns (bytes memory) {
        return abi.encodeWithSelector(Purses.BalanceTooLow.selector, free, needed);
    }

    function test_Purse() public {
        vm.roll(99);
        assertEq(bonds.deployBlock(), 77);
        bonds.lay(session, 20e6, START + 1 days);
        vm.expectRevert(tooLow(30e6, 30e6 + 1));
        bonds.defund(stranger, 30e6 + 1);
        bonds.defund(stranger, 30e6);
        assertEq(token.balanceOf(stranger), 30e6);
        assertEq(freeOf(address(bonds)), 20e6);
        give(driver, 7);
        vm.prank(driver);
        bonds.defund(driver, 7);
        assertEq(token.balanceOf(driver), 7);
    }

    function testFuzz_Lay(uint96 amount, uint40 until) public {
        amount = uint96(bound(amount, 0, 2 * PURSE));
        until = uint40(bound(until, START + 1 days, START + 365 days));
        if (amount > PURSE) {
            vm.expectRevert(tooLow(PURSE, amount));
            bonds.lay(session, amount, until);
            return check(address(this), 0, 0);
        }
        vm.expectEmit(address(bonds));
        emit KeyBonds.Laid(session, address(this), amount, until);
        bonds.lay(session, amount, until);
        check(address(this), amount, until);
        assertEq(bonds.freeOf(address(this)), PURSE - amount);
    }

    function testFuzz_LayMore(uint96 amount, uint96 more, uint40 until, uint40 later, uint40 pause) public {
        amount = uint96(bound(amount, 0, PURSE));
        more = uint96(bound(more, 0, PURSE - amount));
        until = uint40(bound(until, START + 1 days, START + 365 days));
        pause = uint40(bound(pause, 0, 400 days));
        bonds.lay(session, amount, until);
        skip(pause);
        uint40 nowS = START + pause;
        uint40 from = (until > nowS ? until : nowS) + 1 days;
        uint40 limit = nowS + 365 days;
        later = uint40(bound(later, nowS, limit));
        if (later < from) {
            vm.expectRevert(abi.encodeWithSelector(KeyBonds.TermOutOfRange.selector, later, from, limit));
            bonds.lay(session, more, later);
            return check(address(this), amount, until);
        }
        vm.expectEmit(address(bonds));
        emit KeyBonds.Laid(session, address(this), amount + more, later);
        bonds.lay(session, more, later);
        check(address(this), amount + more, later);
        assertEq(bonds.freeOf(address(this)), PURSE - amount - more);
    }

    function testFuzz_Term(uint40 until, uint40 nowS) public {
        nowS = uint40(bound(nowS, START, type(uint40).max - 366 days));
        vm.warp(nowS);
        outOfRange(until < nowS + 1 days ? until : nowS + 1 days - 1, nowS + 1 days);
        outOfRange(until > nowS + 365 days ? until : nowS + 365 days + 1, nowS + 1 days);
        bonds.lay(session, 1, nowS + 1 days);
        outOfRange(nowS + 2 days - 1, nowS + 2 days);
        bonds.lay(session, 1, nowS + 2 days);
        bonds.lay(session, 1, nowS + 365 days);
        outOfRange(nowS + 365 days, nowS + 366 days);
    }

    function outOfRange(uint40 until, uint256 from) private {
        uint256 limit = block.timestamp + 365 days;
        vm.expectRevert(abi.encodeWithSelector(KeyBonds.TermOutOfRange.selector, until, from, limit));
        bonds.lay(session, 1, until);
    }

    function test_TwoPayers() public {
        give(driver, 30e6);
        bonds.lay(session, 20e6, START + 1 days);
        vm.prank(driver);
        bonds.lay(session, 30e6, START + 2 days);
        check(address(this), 20e6, START + 1 days);
        check(driver, 30e6, START + 2 days);
        skip(1 days);
        bonds.lift(session);
        vm.prank(driver);
        vm.expectRevert(abi.encodeWithSelector(KeyBonds.TooEarly.selector, START + 1 days, START + 2 days));
        bonds.lift(session);
        vm.startPrank(stranger);
        bonds.lift(session);
        bonds.lift(address(this));
        assertEq(bonds.freeOf(stranger), 0);
        assertEq(bonds.freeOf(address(this)), PURSE);
        check(driver, 30e6, START + 2 days);
    }

    function testFuzz_Lift(uint96 amount, uint40 until, uint40 pause) public {
        amount = uint96(bound(amount, 0, PURSE));
        until = uint40(bound(until, START + 1 days, START + 365 days));
        pause = uint40(bound(pause, 0, until - START - 1));
        bonds.lay(session, amount, until);
        skip(pause);
        vm.expectRevert(abi.encodeWithSelector(KeyBonds.TooEarly.selector, block.timestamp, until));
        bonds.lift(session);
        vm.warp(until);
        vm.expectEmit(address(bonds));
        emit KeyBonds.Lifted(session, address(this), amount);
        bonds.lift(session);
        check(address(this), 0, until);
        bonds.lift(session);
        assertEq(bonds.freeOf(address(this)), PURSE);
        bonds.defund(stranger, PURSE);
        assertEq(token.balanceOf(stranger), PURSE);
    }

    function test_LaidAgain() public {
        bonds.lay(session, 20e6, START + 1 days);
        skip(3 days);
        bonds.lay(session, 0, START + 4 days);
        check(address(this), 20e6, START + 4 days);
        vm.expectRevert(abi.encodeWithSelector(KeyBonds.TooEarly.selector, START + 3 days, START + 4 days));
        bonds.lift(session);
        skip(1 days);
        bonds.lift(session);
        assertEq(bonds.freeOf(address(this)), PURSE);
    }
}
