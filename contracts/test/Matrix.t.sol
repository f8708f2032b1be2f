// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FareVault} from "../src/FareVault.sol";
import {Details, Receipt as RideReceipt, Terms} from "../src/Terms.sol";
import {Base} from "./Base.sol";

// Every state of a trip against every operation: '1' works, '.' is refused and changes nothing.
//             hold
//             │settle
//             ││pay
//             │││cancel (rider)
//             ││││claim (driver, boarding secret)
//             │││││claim (driver, no-show)
//             ││││││contest (rider)
//             │││││││rule (arbiter)
//             ││││││││finalize (stranger, before the deadline)
//             │││││││││finalize (stranger, after it)
//             ││││││││││release (driver)
//             │││││││││││release (stranger, before expiry)
contract MatrixTest is Base {
    string private constant IDLE = "1.1.........";
    string private constant HELD = ".1.111....1.";
    string private constant CLAIMED = ".1....1..1..";
    string private constant CANCELLED = ".1..1....1..";
    string private constant CONTESTED = ".......1.1..";
    string private constant OVER = "............";

    Terms private t;
    RideReceipt private r;
    bytes private termsSig;
    bytes private riderSig;

    function setUp() public override {
        super.setUp();
        Terms memory u = someTerms();
        u.acceptBy = START + 1 hours;
        RideReceipt memory q = someReceipt();
        (t, r) = (u, q);
        (termsSig, riderSig) = (signTerms(u), signReceipt(u, q));
        vm.warp(START + 21 minutes);
    }

    function doHold() private {
        vault.hold(t, termsSig);
    }

    function call(uint256 op) private returns (bool ok) {
        Details memory d = someDetails();
        address by = [
            stranger,
            driver,
            driver,
            rider,
            driver,
            driver,
            rider,
            arbiter,
            stranger,
            stranger,
            driver,
            stranger
        ][op];
        bytes memory data = op == 0
            ? abi.encodeCall(vault.hold, (t, termsSig))
            : op == 1
                ? abi.encodeCall(vault.settle, (t, r, riderSig, ""))
                : op == 2
                    ? abi.encodeCall(vault.pay, (t, r, termsSig, riderSig, ""))
                    : op == 3
                        ? abi.encodeCall(vault.cancel, (t, d))
                        : op == 4
                            ? abi.encodeCall(vault.claim, (t, d, 3e6, SECRET))
                            : op == 5
                                ? abi.encodeCall(vault.claim, (t, d, 1e6, bytes32(0)))
                                : op == 6
                                    ? abi.encodeCall(vault.contest, (t, 0.5e6))
                                    : op == 7
                                        ? abi.encodeCall(vault.rule, (t, d, 0.1e6))
                                        : op < 10
                                            ? abi.encodeCall(vault.finalize, (t))
                                            : abi.encodeCall(vault.release, (t, d));
        if (op == 9) skip(15 days);
        vm.prank(by);
        (ok,) = address(vault).call(data);
    }

    function check(string memory row) private {
        for (uint256 op; op < 12; ++op) {
            uint256 state = vm.snapshotState();
            uint96 before = freeOf(rider) + freeOf(driver) + vault.levyOf(1) + heldOf(rider, 0);
            bool ok = call(op);
            assertEq(ok, bytes(row)[op] == "1", string.concat("operation ", vm.toString(op)));
            if (!ok) {
                assertEq(freeOf(rider) + freeOf(driver) + vault.levyOf(1) + heldOf(rider, 0), before);
            }
            vm.revertToState(state);
        }
    }

    function test_Idle() public {
        check(IDLE);
    }

    function test_Held() public {
        doHold();
        check(HELD);
    }

    function test_Claimed() public {
        doHold();
        assertTrue(call(4));
        check(CLAIMED);
    }

    function test_ClaimedNoShow() public {
        doHold();
        assertTrue(call(5));
        check(CLAIMED);
    }

    function test_Cancelled() public {
        doHold();
        assertTrue(call(3));
        check(CANCELLED);
    }

    function test_Contested() public {
        doHold();
        assertTrue(call(4));
        assertTrue(call(6));
        check(CONTESTED);
    }

    function test_Settled() public {
        doHold();
        assertTrue(call(1));
        check(OVER);
    }

    function test_Paid() public {
        assertTrue(call(2));
        check(OVER);
    }

    function test_Released() public {
        doHold();
        assertTrue(call(10));
        check(OVER);
    }

    function test_Ruled() public {
        doHold();
        assertTrue(call(4));
        assertTrue(call(6));
        assertTrue(call(7));
        check(OVER);
    }

    function test_Finalized() public {
        doHold();
        assertTrue(call(4));
        assertTrue(call(9));
        check(OVER);
    }
}
