// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Exits} from "../src/Exits.sol";
import {FareVault} from "../src/FareVault.sol";
import {Base} from "./Base.sol";
import {Handler} from "./Handler.sol";

// invariants, after any sequence of calls
// ├── the token in the vault is what was brought less what was taken, and is all accounted for
// ├── every account, lane, case and levy is what the second bookkeeping says
// ├── nobody is paid twice: a trip ends at most once, and gives out no more than it took
// └── from every state that holds money each party alone gets it out within 15 days, the others silent
contract InvariantsTest is Base {
    Handler private h;

    function setUp() public override {
        super.setUp();
        vm.prank(rider);
        vault.withdraw(rider, FUNDS);
        h = new Handler(vault, token, tariffs);
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

    /// One campaign for both: each costs as much as the calls themselves.
    function invariant_MoneyIsConservedAndNobodyIsPaidTwice() public view {
        checkMoney();
        checkTrips();
    }

    function checkMoney() private view {
        uint256 sum = vault.levyOf(1) + freeOf(authority);
        assertEq(vault.levyOf(1), h.pot());
        assertEq(freeOf(authority), h.free(authority));
        for (uint256 i; i < 4; ++i) {
            address who = h.person(i);
            assertEq(freeOf(who), h.free(who));
            sum += freeOf(who);
            for (uint32 lane; lane < 2; ++lane) {
                (uint96 held, uint64 seq,) = vault.laneOf(who, lane);
                assertEq(held != 0, h.busy(who, lane));
                assertEq(seq, h.seq(who, lane));
                sum += held;
            }
        }
        for (uint256 i; i < h.count(); ++i) {
            Handler.Trip memory p = h.trip(i);
            (uint96 amount,,, Exits.Kind kind) = vault.caseOf(p.id);
            bool open = p.state != Handler.State.Held && p.state != Handler.State.Over;
            assertEq(uint8(kind), open ? uint8(p.state) : 0);
            assertEq(amount, open ? p.amount : 0);
            sum += amount;
        }
        assertEq(token.balanceOf(address(vault)), sum);
        assertEq(sum, h.brought() - h.taken());
    }

    function checkTrips() private view {
        for (uint256 i; i < h.count(); ++i) {
            Handler.Trip memory p = h.trip(i);
            bool over = p.state == Handler.State.Over;
            assertEq(p.ends, over ? 1 : 0);
            // Fare, wait and toll come out of the hold; a tip is at most the fare.
            assertLe(p.paid, uint256(p.terms.hold) + p.terms.fare);
            if (!over) assertEq(p.paid + p.returned + p.amount, p.terms.hold);
        }
    }

    /// Each party alone, the other silent.
    function afterInvariant() public {
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
            uint256 free = vault.levyOf(1) + freeOf(authority);
            for (uint256 i; i < 4; ++i) {
                free += freeOf(h.person(i));
            }
            assertEq(free, token.balanceOf(address(vault)), "money is stuck");
            vm.revertToState(state);
        }
    }

    function walkOut(Handler.Trip memory p, bool byRider) private {
        if (p.state != Handler.State.Held) return;
        vm.prank(byRider ? p.terms.rider : p.terms.driver);
        if (byRider) vault.cancel(p.terms, p.details);
        else vault.release(p.terms, p.details);
    }
}
