// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Exits} from "../src/Exits.sol";
import {FareDollar} from "../src/FareDollar.sol";
import {Base} from "./Base.sol";
import {CallingToken, Handler} from "./Handler.sol";

/// Twelve invariants (Invariants.tree). One campaign looks at eleven of them after each call, since apart each would
/// cost as much as the calls; I11 is looked at where each sequence of calls ends. The second books are in Handler.
contract InvariantsTest is Base {
    Handler private h;
    CallingToken private calling;

    function setUp() public override {
        vm.warp(START);
        calling = new CallingToken();
        token = FareDollar(address(calling));
        tariffs = deployTariffs();
        vault = deployVault(token);
        vm.prank(authority);
        tariffs.publish(demoTariff(authority));
        h = new Handler(vault, token, tariffs);
        token.mint(address(this), 1);
        token.approve(address(vault), 1);
        vault.deposit(address(calling), 1);
        calling.callBack(vault);
        bytes4[] memory calls = new bytes4[](15);
        calls[0] = Handler.deposit.selector;
        calls[1] = Handler.withdraw.selector;
        calls[2] = Handler.collect.selector;
        calls[3] = Handler.wait.selector;
        calls[4] = Handler.hold.selector;
        calls[5] = Handler.holdAgain.selector;
        calls[6] = Handler.settle.selector;
        calls[7] = Handler.pay.selector;
        calls[8] = Handler.revoke.selector;
        calls[9] = Handler.cancel.selector;
        calls[10] = Handler.claim.selector;
        calls[11] = Handler.contest.selector;
        calls[12] = Handler.rule.selector;
        calls[13] = Handler.finalize.selector;
        calls[14] = Handler.release.selector;
        targetContract(address(h));
        targetSelector(FuzzSelector(address(h), calls));
    }

    function invariant_I01ToI12() public view {
        uint256[] memory open = h.openTrips();
        (uint256 free, uint256 held) = accounts();
        uint256 cases = openCases(open);
        uint256 levies = vault.levyOf(1);
        uint256 here = token.balanceOf(address(vault));
        assertEq(here, free + held + cases + levies, "I1: the vault holds what it owes");
        assertEq(here, 1 + h.brought() - h.taken(), "I2: what came in and did not go out is here");
        assertEq(levies, h.pot(), "I3: the levy in the pot");
        assertEq(h.illegal(), 0, "I6: a trip went to a state that it must not reach");
        assertEq(levies + freeOf(authority), h.levied(), "I9: levies, floored payment by payment");
        assertLe(h.dearest(), tariffs.fareOf(1, 7_000, 900, 10_000), "I10: a fare above the tariff");
        assertEq(calling.entered(), 0, "I12: the token entered the vault again");
        uint256 n = h.count();
        for (uint256 i = n < 4 ? 0 : n - 4; i < n; ++i) {
            checkTrip(h.trip(i));
        }
        for (uint256 i; i < open.length; ++i) {
            if (open[i] + 4 < n) checkTrip(h.trip(open[i]));
        }
    }

    function accounts() private view returns (uint256 free, uint256 held) {
        free = freeOf(authority) + freeOf(address(calling));
        assertEq(freeOf(authority), h.free(authority), "I3: the authority's balance");
        for (uint256 i; i < 4; ++i) {
            address who = h.person(i);
            assertEq(freeOf(who), h.free(who), "I3: a balance");
            free += freeOf(who);
            for (uint32 lane; lane < 2; ++lane) {
                (uint96 inLane, uint64 seq,) = vault.laneOf(who, lane);
                assertEq(inLane != 0, h.busy(who, lane), "I4: a lane holds one trip or none");
                assertEq(seq, h.seq(who, lane), "I5: the sequence counts trips and revokes");
                held += inLane;
            }
        }
    }

    function openCases(uint256[] memory open) private view returns (uint256 sum) {
        for (uint256 i; i < open.length; ++i) {
            (uint96 amount,,,) = vault.caseOf(h.trip(open[i]).id);
            sum += amount;
        }
    }

    function checkTrip(Handler.Trip memory p) private view {
        bool over = p.state == Handler.State.Over;
        (uint96 amount,,, Exits.Kind kind) = vault.caseOf(p.id);
        bool open = p.state != Handler.State.Held && !over;
        assertEq(uint8(kind), open ? uint8(p.state) : 0, "I3: the kind of a case");
        assertEq(amount, open ? p.amount : 0, "I3: the amount of a case");
        if (p.state == Handler.State.Held) {
            (uint96 held,, bytes32 terms) = vault.laneOf(p.terms.rider, p.terms.lane);
            assertEq(terms, p.id, "I4: the lane is another trip's");
            assertEq(held, p.terms.hold, "I4: the lane holds another amount");
        }
        assertEq(p.ends, over ? 1 : 0, "I7: a trip ends once");
        if (!over) {
            assertEq(p.paid + p.returned + p.amount, p.terms.hold, "I7: an open trip gives what it took");
        }
        // Fare, wait and toll come out of the hold, a tip is at most the fare; what nobody signed is at most what the
        // terms name for it.
        assertLe(p.paid, p.most, "I8: the rider paid more than he signed");
        if (over) assertGe(p.paid, p.least, "I8: the driver got less than he was owed");
        assertLe(p.returned, p.terms.hold, "I8: the canceller was paid");
    }

    /// I11: from where the campaign ended each party alone gets the money out, the others silent.
    function afterInvariant() public {
        for (uint256 i; i < h.count(); ++i) {
            checkTrip(h.trip(i));
            assertEq(uint8(h.stateOf(i)), uint8(h.trip(i).state), "I6: the vault's state of a trip");
        }
        for (uint256 side; side < 2; ++side) {
            uint256 state = vm.snapshotState();
            uint256 begin = block.timestamp;
            for (uint256 i; i < h.count(); ++i) {
                walkOut(h.trip(i), side == 0);
            }
            skip(14 days + 1);
            for (uint256 i; i < h.count(); ++i) {
                Handler.Trip memory p = h.trip(i);
                address by = side == 0 ? p.terms.rider : p.terms.driver;
                (,,, Exits.Kind kind) = vault.caseOf(p.id);
                vm.prank(by);
                if (kind != Exits.Kind.None) vault.finalize(p.terms);
            }
            assertLe(block.timestamp - begin, 15 days);
            (uint256 free, uint256 held) = freeNow();
            assertEq(held, 0, "I11: money is stuck in a lane");
            assertEq(free + vault.levyOf(1), token.balanceOf(address(vault)), "I11: money is stuck");
            vm.revertToState(state);
        }
    }

    function freeNow() private view returns (uint256 free, uint256 held) {
        free = freeOf(authority) + freeOf(address(calling));
        for (uint256 i; i < 4; ++i) {
            free += freeOf(h.person(i));
            held += uint256(heldOf(h.person(i), 0)) + heldOf(h.person(i), 1);
        }
    }

    function walkOut(Handler.Trip memory p, bool byRider) private {
        if (p.state != Handler.State.Held) return;
        vm.prank(byRider ? p.terms.rider : p.terms.driver);
        if (byRider) vault.cancel(p.terms, p.details);
        else vault.release(p.terms, p.details);
    }
}
