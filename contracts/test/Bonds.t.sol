// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Bonds, Pledge} from "../src/Bonds.sol";
import {Details, Terms} from "../src/Terms.sol";
import {Purses} from "../src/Purses.sol";
import {Base} from "./Base.sol";

contract BondsTest is Base {
    Bonds private bonds;
    Terms private t;
    bytes32 private id;

    function setUp() public override {
        super.setUp();
        bonds = Bonds(deployCode(artifact("Bonds"), abi.encode(vault)));
        token.mint(address(this), 30e6);
        token.approve(address(bonds), 30e6);
        vm.expectEmit(address(bonds));
        emit Purses.Funded(driver, address(this), 30e6);
        bonds.fund(driver, 30e6);
        t = someTerms();
        id = vault.digestOf(t);
    }

    function pledge() private {
        Pledge memory p = Pledge(driver, id, 5e6);
        bytes memory sig = sign(DRIVER_KEY, bonds.digestOf(p));
        vm.expectEmit(address(bonds));
        emit Bonds.Pledged(id, driver, 5e6);
        bonds.pledge(p, sig);
    }

    function wrongState(Bonds.State state) private view returns (bytes memory) {
        return abi.encodeWithSelector(Bonds.WrongState.selector, id, state);
    }

    function held() private {
        hold(t);
        pledge();
    }

    function accuse() private {
        vm.warp(START + 15 minutes + 1);
        vm.expectEmit(address(bonds));
        emit Bonds.Accused(id, uint40(block.timestamp) + 1 days);
        vm.prank(rider);
        bonds.accuse(t, someDetails());
    }

    function test_Pledge() public {
        pledge();
        assertEq(bonds.freeOf(driver), 25e6);
        (uint96 amount,, Bonds.State state) = bonds.bondOf(id, driver);
        assertEq(amount, 5e6);
        assertEq(uint8(state), uint8(Bonds.State.Pledged));
        Pledge memory p = Pledge(driver, id, 1e6);
        bytes memory sig = sign(DRIVER_KEY, bonds.digestOf(p));
        vm.expectRevert(wrongState(Bonds.State.Pledged));
        bonds.pledge(p, sig);
        p.terms = keccak256("another trip");
        vm.expectRevert(abi.encodeWithSelector(Bonds.WrongSigner.selector, driver, bonds.digestOf(p)));
        bonds.pledge(p, sig);
        p.amount = 25e6 + 1;
        sig = sign(DRIVER_KEY, bonds.digestOf(p));
        vm.expectRevert(abi.encodeWithSelector(Purses.BalanceTooLow.selector, 25e6, 25e6 + 1));
        bonds.pledge(p, sig);
    }

    function test_Defund() public {
        pledge();
        vm.startPrank(driver);
        vm.expectRevert(abi.encodeWithSelector(Purses.BalanceTooLow.selector, 25e6, 25e6 + 1));
        bonds.defund(driver, 25e6 + 1);
        bonds.defund(stranger, 25e6);
        assertEq(token.balanceOf(stranger), 25e6);
        assertEq(freeOf(address(bonds)), 5e6);
    }

    function test_ForfeitGoesToNeither() public {
        held();
        accuse();
        cancel(t);
        uint256 deadline = block.timestamp + 1 days;
        vm.warp(deadline);
        vm.expectRevert(abi.encodeWithSelector(Bonds.TooEarly.selector, deadline, deadline));
        bonds.forfeit(t);
        skip(1);
        vm.expectPartialRevert(Bonds.TooLate.selector);
        bonds.acquit(t, someDetails(), SECRET);
        vm.expectEmit(address(bonds));
        emit Bonds.Forfeited(id, authority, 5e6);
        bonds.forfeit(t);
        vault.finalize(t);
        assertEq(freeOf(authority), 5e6);
        assertEq(freeOf(rider), FUNDS);
        assertEq(bonds.freeOf(driver), 25e6);
        vm.expectRevert(wrongState(Bonds.State.Over));
        bonds.forfeit(t);
    }

    function testFuzz_Acquit(bool accused, bytes32 secret) public {
        held();
        if (accused) accuse();
        bytes32 actual = keccak256(abi.encodePacked(secret));
        vm.assume(secret != SECRET);
        bytes32 wanted = someDetails().boarding;
        vm.expectRevert(abi.encodeWithSelector(Bonds.WrongSecret.selector, wanted, actual));
        bonds.acquit(t, someDetails(), secret);
        vm.expectEmit(address(bonds));
        emit Bonds.Freed(id);
        bonds.acquit(t, someDetails(), SECRET);
        assertEq(bonds.freeOf(driver), 30e6);
        vm.expectRevert(wrongState(Bonds.State.Over));
        bonds.acquit(t, someDetails(), SECRET);
    }

    function test_AcquitInTheLastSecond() public {
        held();
        accuse();
        skip(1 days);
        bonds.acquit(t, someDetails(), SECRET);
        assertEq(bonds.freeOf(driver), 30e6);
    }

    function test_AccuseRefused() public {
        Details memory d = someDetails();
        pledge();
        vm.expectRevert(abi.encodeWithSelector(Bonds.NotParty.selector, rider, stranger));
        vm.prank(stranger);
        bonds.accuse(t, d);
        vm.startPrank(rider);
        vm.expectRevert(abi.encodeWithSelector(Bonds.TooEarly.selector, START, d.lateAt));
        bonds.accuse(t, d);
        vm.warp(d.lateAt);
        vm.expectRevert(abi.encodeWithSelector(Bonds.TooEarly.selector, d.lateAt, d.lateAt));
        bonds.accuse(t, d);
        vm.warp(d.lateAt + 1);
        vm.expectRevert(abi.encodeWithSelector(Bonds.NotHeld.selector, id, bytes32(0)));
        bonds.accuse(t, d);
        Details memory other = someDetails();
        other.lateAt = 0;
        bytes32 actual = vault.detailsHash(other);
        vm.expectRevert(abi.encodeWithSelector(Bonds.WrongDetails.selector, t.details, actual));
        bonds.accuse(t, other);
        Terms memory u = t;
        u.lane = 1;
        bytes32 unpledged = vault.digestOf(u);
        vm.expectRevert(abi.encodeWithSelector(Bonds.WrongState.selector, unpledged, Bonds.State.None));
        bonds.accuse(u, d);
    }

    /// A trip that is over leaves the terms in the lane: that is no held trip.
    function test_AccuseAfterTheTripIsRefused() public {
        held();
        settle(t, someReceipt());
        vm.warp(START + 16 minutes);
        vm.expectRevert(abi.encodeWithSelector(Bonds.NotHeld.selector, id, id));
        vm.prank(rider);
        bonds.accuse(t, someDetails());
    }

    function test_FreeWhenTheTripIsOver() public {
        pledge();
        bytes memory bound_ = abi.encodeWithSelector(Bonds.StillBound.selector, id);
        vm.expectRevert(bound_);
        bonds.free(t);
        hold(t);
        vm.warp(t.acceptBy + 1);
        vm.expectRevert(bound_);
        bonds.free(t);
        settle(t, someReceipt());
        bonds.free(t);
        assertEq(bonds.freeOf(driver), 30e6);
    }

    function test_FreeWhenTheTermsCannotBeHeldAnyMore() public {
        pledge();
        uint256 before = vm.snapshotState();
        vm.warp(t.acceptBy);
        vm.expectRevert(abi.encodeWithSelector(Bonds.StillBound.selector, id));
        bonds.free(t);
        skip(1);
        bonds.free(t);
        assertEq(bonds.freeOf(driver), 30e6);
        vm.revertToState(before);
        vm.prank(rider);
        vault.revoke(0);
        bonds.free(t);
        assertEq(bonds.freeOf(driver), 30e6);
    }

    /// Who is accused cannot go free by the end of the trip.
    function test_AccusedIsNotFreed() public {
        held();
        accuse();
        cancel(t);
        vm.expectRevert(wrongState(Bonds.State.Accused));
        bonds.free(t);
    }

    /// A stranger's pledge for the same trip neither stands for the driver's nor stands in its way.
    function test_AStrangersPledge() public {
        uint256 key = 0xBAD;
        token.mint(address(this), 1e6);
        token.approve(address(bonds), 1e6);
        bonds.fund(vm.addr(key), 1e6);
        Pledge memory p = Pledge(vm.addr(key), id, 1);
        bonds.pledge(p, sign(key, bonds.digestOf(p)));
        held();
        accuse();
        (uint96 amount,, Bonds.State state) = bonds.bondOf(id, driver);
        assertEq(amount, 5e6);
        assertEq(uint8(state), uint8(Bonds.State.Accused));
    }
}
